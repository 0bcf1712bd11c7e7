"""A CURIE <-> its IRI, by the prefixes that every file, query and export of ours shares.

>>> expand("paper:2501.12948")
'https://w3id.org/paperkg/paper/2501.12948'
>>> compact("http://purl.org/dc/terms/title")
'dcterms:title'
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Every IRI of ours begins with this.
BASE = "https://w3id.org/paperkg/"

#: The kinds of node that have a name; all others say something about these.
NAMED = ("paper", "author", "org", "model", "method", "benchmark", "dataset", "metric", "task")

#: The kinds of node, each a folder of our namespace and a prefix of its own, so that Turtle reads well.
KINDS = (*NAMED, "result", "comparison", "mention", "digest", "item", "extraction", "authorship")

#: Prefix -> namespace, ours first.
PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "kg": f"{BASE}ontology#",
        **{kind: f"{BASE}{kind}/" for kind in KINDS},
        "cito": "http://purl.org/spar/cito/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "fabio": "http://purl.org/spar/fabio/",
        "fair4ml": "https://w3id.org/fair4ml#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "it6": "http://data.europa.eu/it6/",
        "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
        "mls": "http://www.w3.org/ns/mls#",
        "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "soa": "https://semopenalex.org/ontology/",
        "vann": "http://purl.org/vocab/vann/",
        "void": "http://rdfs.org/ns/void#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

_PREFIX_OF = {iri: prefix for prefix, iri in PREFIXES.items()}

# A local name that Turtle and SPARQL read without escapes: PN_LOCAL, less its rarest scripts.
_LETTER = r"0-9A-Za-z_:\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff"
_LOCAL = rf"(?:[{_LETTER}]|%[0-9A-Fa-f]{{2}})(?:[{_LETTER}.-]|%[0-9A-Fa-f]{{2}})*(?<!\.)\Z"


def expand(curie: str) -> str:
    """Turn ``kg:Paper`` into its IRI; a prefix that nobody declared is a `UsageError`."""
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        raise UsageError(f"{curie!r} has no known prefix; expected one of {', '.join(PREFIXES)}")
    return PREFIXES[prefix] + local


def compact(iri: str) -> str:
    """Turn an IRI into its CURIE, or leave it whole where none is known or Turtle could not read it.

    >>> compact("https://w3id.org/paperkg/task/강화학습"), compact("https://w3id.org/paperkg/model/a+b")
    ('task:강화학습', 'https://w3id.org/paperkg/model/a+b')
    """
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _PREFIX_OF.get(iri[:end])
    return f"{prefix}:{iri[end:]}" if prefix and _local().match(iri, end) else iri


@cache
def _local() -> re.Pattern[str]:
    return re.compile(_LOCAL)  # when it is first needed: this takes longer than all else here
