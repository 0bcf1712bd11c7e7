# Every way to break a rule, as a change to conforming.ttl that breaks this rule and no other.
# "##": the rule, as its message says it. "#": the constraint of the shape that notices (or "rule": a house rule),
# then, each after " + ", the rules that cannot but break with it.

## A named node has a preferred label, not empty, and only one in each language.
# minCount
DELETE WHERE { model:walker skos:prefLabel ?label }
# uniqueLang
INSERT DATA { metric:accuracy skos:prefLabel "exactness"@en }
# nodeKind
DELETE WHERE { model:walker skos:prefLabel ?label } ; INSERT DATA { model:walker skos:prefLabel <urn:example:walker> }
# minLength
DELETE WHERE { model:walker skos:prefLabel ?label } ; INSERT DATA { model:walker skos:prefLabel "" }
## An alternative label is text, not empty.
# nodeKind
INSERT DATA { model:walker skos:altLabel <urn:example:walker> }
# minLength
INSERT DATA { model:walker skos:altLabel "" }
## A preferred label is not repeated as an alternative label.
# disjoint
INSERT DATA { model:walker skos:altLabel "Walker" }
## A mention, a result and a comparison each have a label, not empty.
# minCount
DELETE WHERE { result:gain rdfs:label ?label }
# nodeKind
INSERT DATA { mention:again rdfs:label <urn:example:again> }
# minLength
INSERT DATA { comparison:beats rdfs:label "" }
## A mention, a result and a comparison each have one confidence, a decimal from 0 to 1.
# minCount
DELETE WHERE { comparison:beats itsrdf:taConfidence ?confidence }
# maxCount
INSERT DATA { result:gain itsrdf:taConfidence 0.7 }
# datatype
DELETE WHERE { result:gain itsrdf:taConfidence ?confidence } ; INSERT DATA { result:gain itsrdf:taConfidence 8e-1 }
# minInclusive
DELETE WHERE { mention:again itsrdf:taConfidence ?confidence } ; INSERT DATA { mention:again itsrdf:taConfidence -0.1 }
# maxInclusive
DELETE WHERE { mention:again itsrdf:taConfidence ?confidence } ; INSERT DATA { mention:again itsrdf:taConfidence 1.1 }
## A result and a comparison each have evidence: at least one mention.
# minCount
DELETE WHERE { result:gain prov:wasDerivedFrom ?mention }
## A result and a comparison each have at most one primary source.
# maxCount
INSERT DATA { comparison:beats prov:hadPrimarySource paper:2 }


## A paper has a title: plain text without line breaks.
# minCount
DELETE WHERE { paper:2 dcterms:title ?title }
# datatype
INSERT DATA { paper:2 dcterms:title "A study of gait"@en }
# pattern
INSERT DATA { paper:2 dcterms:title "A study\nof gait" }
## A paper has at most one arXiv id, such as 2501.12948 or cs/0112017, without version.
# maxCount
INSERT DATA { paper:1 fabio:hasArXivId "2501.00002" }
# datatype
DELETE WHERE { paper:1 fabio:hasArXivId ?id } ; INSERT DATA { paper:1 fabio:hasArXivId "2501.00001"@en }
# pattern
DELETE WHERE { paper:1 fabio:hasArXivId ?id } ; INSERT DATA { paper:1 fabio:hasArXivId "2501.00001v2" }
## A paper's link is a web address, as an IRI.
# nodeKind
INSERT DATA { paper:1 schema:url "https://arxiv.org/abs/2501.00001" }
# pattern
INSERT DATA { paper:1 schema:url <javascript:alert(1)> }
## A paper's repository is a web address, as an IRI.
# nodeKind
INSERT DATA { paper:1 schema:codeRepository "https://github.com/stride/runner" }
# pattern
INSERT DATA { paper:1 schema:codeRepository <file:///runner> }
## A paper is discussed by at least one digest item.
# minCount
INSERT DATA { paper:3 a kg:Paper ; skos:prefLabel "Unseen" ; dcterms:title "Unseen" }
## A paper's tag is plain text, not empty.
# datatype
INSERT DATA { paper:1 kg:tag "robotics"@en }
# minLength
INSERT DATA { paper:1 kg:tag "" }

## An author is the creator of at least one paper.
# minCount
INSERT DATA { author:lee a kg:Author ; skos:prefLabel "Lee Stroll" }
## An author's handle is plain text without blanks and without @.
# datatype
INSERT DATA { author:kim foaf:nick "kim"@en }
# pattern
INSERT DATA { author:kim foaf:nick "@kim" }
## An author's page is one on Hugging Face.
# nodeKind + An author's page is one on Hugging Face.
INSERT DATA { author:kim schema:url "https://huggingface.co/kimstep" }

# pattern
INSERT DATA { author:kim schema:url <https://example.org/kimstep> }

## A reason why names are one person is plain text, not empty.
# datatype
INSERT DATA { author:kim kg:identifiedBy "a reason"@en }

# minLength
INSERT DATA { author:kim kg:identifiedBy "" }

## An authorship has one author.
# minCount
DELETE WHERE { authorship:1-1 soa:hasAuthor ?author }
# maxCount
INSERT DATA { authorship:1-1 soa:hasAuthor org:teamstride }
## An authorship has one position, an integer from 1.
# minCount
DELETE WHERE { authorship:1-1 soa:position ?position }
# maxCount
INSERT DATA { authorship:1-1 soa:position 2 }
# datatype
DELETE WHERE { authorship:1-1 soa:position ?position } ; INSERT DATA { authorship:1-1 soa:position 1.0 }
# minInclusive
DELETE WHERE { authorship:1-1 soa:position ?position } ; INSERT DATA { authorship:1-1 soa:position 0 }

## A model is a variant of a model.
# class
INSERT DATA { model:walker kg:variantOf benchmark:gaitbench }
## A model has at most one parameter count, a positive integer.
# maxCount
INSERT DATA { model:runner7b kg:parameterCount 8000000000 }
# datatype
INSERT DATA { model:walker kg:parameterCount 7.5 }
# minExclusive
INSERT DATA { model:walker kg:parameterCount 0 }
## A model's weights are open or not: one boolean.
# maxCount
INSERT DATA { model:runner7b kg:openWeights false }
# datatype
INSERT DATA { model:walker kg:openWeights "yes" }
## A benchmark is a variant of a benchmark.
# class
INSERT DATA { benchmark:gaitbench kg:variantOf dataset:stepset }
## A metric has at most one direction: higher is better, lower is better, or not ordered.
# maxCount
INSERT DATA { metric:accuracy kg:direction kg:lowerIsBetter }
# in
INSERT DATA { metric:speed kg:direction "higher" }
## Only models and benchmarks have variants.
# maxCount
INSERT DATA { dataset:stepset kg:variantOf dataset:stepset }

## A result is either a score or a gain.
# qualifiedMinCount
DELETE DATA { result:gain a kg:Gain }
# qualifiedMaxCount
INSERT DATA { result:gain a kg:Score }
## A result is reported by one paper.
# minCount
INSERT { result:lost ?property ?value } WHERE { result:gain ?property ?value }
# maxCount + The evidence of a result stands in an entry about the paper that reports it.
INSERT DATA { paper:2 kg:reports result:gain }
## A result has one value, a decimal.
# minCount
DELETE WHERE { result:score kg:value ?value }
# maxCount
INSERT DATA { result:score kg:value 71.6 }
# datatype
DELETE WHERE { result:score kg:value ?value } ; INSERT DATA { result:score kg:value 71 }
## A result has at most one high end, a decimal.
# maxCount
INSERT DATA { result:gain kg:high 6.0 }
# datatype
DELETE WHERE { result:gain kg:high ?high } ; INSERT DATA { result:gain kg:high 5 }
## A result's value is less than the high end of its range.
# lessThan
DELETE WHERE { result:gain kg:high ?high } ; INSERT DATA { result:gain kg:high 1.0 }
## A result has at most one unit: %, points or x.
# maxCount
INSERT DATA { result:gain kg:unit "points" }
# in
DELETE WHERE { result:gain kg:unit ?unit } ; INSERT DATA { result:gain kg:unit "times" }
## A result's raw value is plain text, not empty.
# datatype
INSERT DATA { result:gain kg:rawValue 2.0 }
# minLength
INSERT DATA { result:gain kg:rawValue "" }
## A result has at most one setting: plain text, not empty.
# maxCount
INSERT DATA { result:score kg:setting "zero-shot" }
# datatype
INSERT DATA { result:gain kg:setting "zero-shot"@en }
# minLength
INSERT DATA { result:gain kg:setting "" }
## A result has at most one system.
# maxCount
INSERT DATA { result:score kg:system model:walker }
## A result has at most one benchmark.
# maxCount
INSERT DATA { result:score kg:benchmark benchmark:gaitbench }
## A result has at most one metric.
# maxCount
INSERT DATA { result:score kg:metric metric:speed }
## A result has at most one implied metric, other than the metric it states.
# maxCount
INSERT DATA { result:gain kg:impliedMetric metric:accuracy }
# disjoint
INSERT DATA { result:score kg:impliedMetric metric:accuracy }
## A score stands on at most one leaderboard, benchmark/metric.
# maxCount
INSERT DATA { result:score kg:leaderboard "gaitbench/accuracy" }
# datatype
INSERT DATA { result:gain kg:leaderboard "gaitbench/speed"@en }
# pattern
INSERT DATA { result:gain kg:leaderboard "gaitbench" }
## A result has at most one baseline.
# maxCount
INSERT DATA { result:score kg:baseline model:runner }
## A result has at most one baseline value, a decimal.
# maxCount
INSERT DATA { result:score kg:baselineValue 61.0 }
# datatype
INSERT DATA { result:gain kg:baselineValue 61 }
## A result is reported by a first or a third party, and by one of them only.
# maxCount
INSERT DATA { result:score kg:reportedBy kg:thirdParty }
# in
INSERT DATA { result:gain kg:reportedBy paper:1 }

## A comparison has one better side.
# minCount + One system outperforms another exactly where a comparison says so.
DELETE WHERE { comparison:beats kg:better ?system }
# maxCount
INSERT DATA { comparison:beats kg:better model:runner . model:runner kg:outperforms model:walker }
## A comparison has one worse side.
# minCount + One system outperforms another exactly where a comparison says so.
DELETE WHERE { comparison:beats kg:worse ?system }
# maxCount
INSERT DATA { comparison:beats kg:worse model:runner . model:runner7b kg:outperforms model:runner }
## Nothing is better than itself.
# disjoint
INSERT { comparison:odd ?property ?value } WHERE { comparison:beats ?property ?value FILTER(?property != kg:worse) } ;
INSERT DATA { comparison:odd kg:worse model:runner7b }
## A comparison has at most one setting: plain text, not empty.
# maxCount
INSERT DATA { comparison:beats kg:setting "zero-shot" }
# datatype
DELETE WHERE { comparison:beats kg:setting ?setting } ; INSERT DATA { comparison:beats kg:setting "zero-shot"@en }
# minLength
DELETE WHERE { comparison:beats kg:setting ?setting } ; INSERT DATA { comparison:beats kg:setting "" }

## A digest has one identifier: its file name without folders.
# minCount
DELETE WHERE { digest:day.md dcterms:identifier ?name }
# maxCount
INSERT DATA { digest:day.md dcterms:identifier "other.md" }
# datatype
DELETE WHERE { digest:day.md dcterms:identifier ?name } ; INSERT DATA { digest:day.md dcterms:identifier "day.md"@en }
# pattern
DELETE WHERE { digest:day.md dcterms:identifier ?name } ; INSERT DATA { digest:day.md dcterms:identifier "seeds/day.md" }
## A digest has at most one date, a day or a month.
# maxCount
INSERT DATA { digest:day.md dcterms:issued "2025-01-24"^^xsd:date }
# or
DELETE WHERE { digest:day.md dcterms:issued ?date } ; INSERT DATA { digest:day.md dcterms:issued "2025-01-23" }

## A digest item is part of one digest.
# minCount
DELETE WHERE { item:three dcterms:isPartOf ?digest }
# maxCount
INSERT { digest:two ?property ?value . item:three dcterms:isPartOf digest:two } WHERE { digest:day.md ?property ?value }
## A digest item discusses one paper.
# minCount
DELETE WHERE { item:three kg:discusses ?paper }
# maxCount
INSERT DATA { item:three kg:discusses paper:1 }
## A digest item has one text, not empty.
# minCount
DELETE WHERE { item:three nif:isString ?text }
# maxCount
INSERT DATA { item:three nif:isString "보행" }
# datatype
DELETE WHERE { item:three nif:isString ?text } ; INSERT DATA { item:three nif:isString "보행"@ko }
# minLength
DELETE WHERE { item:three nif:isString ?text } ; INSERT DATA { item:three nif:isString "" }
## A digest item is in one language: en or ko.
# minCount
DELETE WHERE { item:three dcterms:language ?language }
# maxCount
INSERT DATA { item:three dcterms:language "en" }
# in
DELETE WHERE { item:three dcterms:language ?language } ; INSERT DATA { item:three dcterms:language "ko-KR" }
## A digest item has at most one date of its own, a day or a month.
# maxCount
INSERT DATA { item:three dcterms:issued "2025-01-24"^^xsd:date }
# or
DELETE WHERE { item:three dcterms:issued ?date } ; INSERT DATA { item:three dcterms:issued "2025"^^xsd:gYear }
## A digest item begins on at most one line, an integer from 1.
# maxCount
INSERT DATA { item:one kg:line 4 }
# datatype
INSERT DATA { item:three kg:line 3.0 }
# minInclusive
INSERT DATA { item:three kg:line 0 }
## A digest item has at most one number of upvotes, an integer from 0.
# maxCount
INSERT DATA { item:one kg:upvotes 8 }
# datatype
INSERT DATA { item:three kg:upvotes "8" }
# minInclusive
INSERT DATA { item:three kg:upvotes -1 }

## A mention stands in one digest item.
# minCount
DELETE WHERE { mention:again nif:referenceContext ?item }
# maxCount
INSERT { item:copy ?property ?value . mention:again nif:referenceContext item:copy } WHERE { item:one ?property ?value }
## A mention begins at one offset, an integer from 0.
# minCount
DELETE WHERE { mention:again nif:beginIndex ?begin }
# maxCount + A mention's anchor is exactly the slice of its item's text from begin to end.
INSERT DATA { mention:again nif:beginIndex 3 }
# datatype
DELETE WHERE { mention:again nif:beginIndex ?begin } ; INSERT DATA { mention:again nif:beginIndex 2.0 }
# minInclusive + A mention's anchor is exactly the slice of its item's text from begin to end.
DELETE WHERE { mention:again nif:beginIndex ?begin } ; INSERT DATA { mention:again nif:beginIndex -1 }
## A mention ends at one offset, an integer.
# minCount
DELETE WHERE { mention:again nif:endIndex ?end }
# maxCount + A mention's anchor is exactly the slice of its item's text from begin to end.
INSERT DATA { mention:again nif:endIndex 9 }
# datatype
DELETE WHERE { mention:again nif:endIndex ?end } ; INSERT DATA { mention:again nif:endIndex 8.0 }
## A mention begins before it ends.
# lessThan
DELETE WHERE { mention:again nif:beginIndex ?begin } ; INSERT DATA { mention:again nif:beginIndex 8 }
## A mention has one anchor: its words, not empty.
# minCount
DELETE WHERE { mention:again nif:anchorOf ?anchor }
# maxCount + A mention's anchor is exactly the slice of its item's text from begin to end.
INSERT DATA { mention:again nif:anchorOf "runner" }
# datatype
DELETE WHERE { mention:again nif:anchorOf ?anchor } ; INSERT DATA { mention:again nif:anchorOf "Runner"@en }
# minLength + A mention's anchor is exactly the slice of its item's text from begin to end.
DELETE WHERE { mention:again nif:anchorOf ?anchor } ; INSERT DATA { mention:again nif:anchorOf "" }
## A mention names at most one entity.
# maxCount
INSERT DATA { mention:again itsrdf:taIdentRef model:walker }
## A mention says which extraction made it.
# minCount
DELETE WHERE { mention:again prov:wasGeneratedBy ?extraction }
## A mention's raw value is plain text, not empty.
# datatype
INSERT DATA { mention:again kg:rawValue 2.0 }
# minLength
INSERT DATA { mention:again kg:rawValue "" }

## An extraction has at most one program version: plain text, not empty.
# maxCount
INSERT DATA { extraction:names schema:softwareVersion "paperkg 0.2.0" }
# datatype
DELETE WHERE { extraction:names schema:softwareVersion ?version } ; INSERT DATA { extraction:names schema:softwareVersion 0.1 }
# minLength
DELETE WHERE { extraction:names schema:softwareVersion ?version } ; INSERT DATA { extraction:names schema:softwareVersion "" }
## An extraction has at most one hash of its input: hexadecimal digits.
# maxCount
INSERT DATA { extraction:names schema:sha256 "0100" }
# datatype
DELETE WHERE { extraction:names schema:sha256 ?hash } ; INSERT DATA { extraction:names schema:sha256 "00ff"@en }
# pattern
DELETE WHERE { extraction:names schema:sha256 ?hash } ; INSERT DATA { extraction:names schema:sha256 "none" }

## What a digest item discusses is a paper, and so is a primary source.
# class
DELETE WHERE { item:three kg:discusses ?paper } ; INSERT DATA { item:three kg:discusses digest:day.md }
# class
INSERT DATA { result:gain prov:hadPrimarySource digest:day.md }
## What an item is part of is a digest, and so is what an extraction used.
# class
DELETE WHERE { item:three dcterms:isPartOf ?digest } ; INSERT DATA { item:three dcterms:isPartOf item:two }
# class
INSERT DATA { extraction:names prov:used item:one }
## What a mention stands in is a digest item.
# class
DELETE WHERE { mention:again nif:referenceContext ?item } ; INSERT DATA { mention:again nif:referenceContext digest:day.md }
## Evidence is a mention.
# class
INSERT DATA { comparison:beats prov:wasDerivedFrom item:one }
## What generates a mention, a result or a comparison is an extraction.
# class
INSERT DATA { result:gain prov:wasGeneratedBy digest:day.md }
## A place in a paper's author list is an authorship.
# class
INSERT DATA { paper:1 soa:hasAuthorship author:kim }
## What a paper evaluates on, and a result was obtained on, is a benchmark.
# class
INSERT DATA { paper:1 kg:evaluatesOn model:walker }
# class
INSERT DATA { result:gain kg:benchmark dataset:stepset }
## The method that a paper uses is a method.
# class
INSERT DATA { paper:1 kg:usesMethod model:walker }
## What a paper takes data from, and a model is trained on, is a dataset.
# class
INSERT DATA { paper:1 kg:usesDataset benchmark:gaitbench2024 }
# class
INSERT DATA { model:walker fair4ml:trainedOn benchmark:gaitbench }
## What a paper addresses, and a benchmark is for, is a task.
# class
INSERT DATA { paper:1 kg:addresses model:walker }
# class
INSERT DATA { benchmark:gaitbench kg:forTask method:gaitrl }
## What a result is expressed in is a metric.
# class
INSERT DATA { result:gain kg:metric task:motionrecognition }
# class
INSERT DATA { result:score kg:impliedMetric benchmark:gaitbench }
## Who develops a model is an organization.
# class
INSERT DATA { model:walker kg:developedBy author:kim }
## Who creates a paper is an author or an organization.
# minCount
INSERT DATA { paper:1 dcterms:creator "Kim Step" }
# in
INSERT DATA { paper:1 dcterms:creator model:walker }
# in
DELETE WHERE { authorship:1-1 soa:hasAuthor ?author } ; INSERT DATA { authorship:1-1 soa:hasAuthor paper:1 }
## What a paper reports, and what a result conflicts with, is a result.
# minCount
INSERT DATA { paper:1 kg:reports "71.5%" }
# in
INSERT DATA { paper:1 kg:reports comparison:beats }
# in
INSERT DATA { result:score kg:conflictsWith comparison:beats }
## Who obtains a result is a model or a method.
# minCount
INSERT DATA { result:gain kg:system "Runner-7B" }
# in
INSERT DATA { result:gain kg:system org:teamstride }
## What a paper introduces is a model, a method, a benchmark or a dataset.
# minCount + A paper is linked only to what an entry about it names.
INSERT DATA { paper:1 kg:introduces "Runner-7B" }
# in
INSERT DATA { paper:1 kg:introduces metric:accuracy }
## What is mentioned, compared or a baseline is an organization, model, method, benchmark, dataset, metric or task.
# minCount
INSERT DATA { comparison:beats kg:on "GaitBench" }
# in + A paper is linked only to what an entry about it names.
INSERT DATA { paper:1 kg:mentions author:kim }
# in
DELETE WHERE { mention:again itsrdf:taIdentRef ?entity } ; INSERT DATA { mention:again itsrdf:taIdentRef author:kim }
# in
INSERT DATA { result:gain kg:baseline author:kim }
# in
INSERT DATA { comparison:beats kg:on paper:1 }
# in
INSERT { comparison:odd ?property ?value } WHERE { comparison:beats ?property ?value FILTER(?property != kg:better) } ;
INSERT DATA { comparison:odd kg:better author:kim . author:kim kg:outperforms model:walker }
# in
INSERT { comparison:odd ?property ?value } WHERE { comparison:beats ?property ?value FILTER(?property != kg:worse) } ;
INSERT DATA { comparison:odd kg:worse author:kim . model:runner7b kg:outperforms author:kim }

## A mention's anchor is exactly the slice of its item's text from begin to end.
# rule
DELETE WHERE { mention:again nif:anchorOf ?anchor } ; INSERT DATA { mention:again nif:anchorOf "runner" }
# rule
DELETE WHERE { mention:again nif:endIndex ?end } ; INSERT DATA { mention:again nif:endIndex 9 }
## There are no blank nodes: everything has an IRI.
# rule
INSERT { model:walker skos:closeMatch [] } WHERE {}
# rule
INSERT { [] skos:closeMatch model:walker } WHERE {}
## Every node of ours that the graph speaks of has a type.
# rule
INSERT DATA { model:walker skos:closeMatch model:ghost }
# rule
INSERT DATA { model:ghost skos:prefLabel "Ghost" }
## The evidence of a result stands in an entry about the paper that reports it.
# rule
INSERT DATA { result:gain prov:wasDerivedFrom mention:gaitrl }
## A paper is linked only to what an entry about it names.
# rule
INSERT DATA { paper:2 kg:mentions model:walker }
# rule
INSERT DATA { paper:2 kg:introduces model:walker }
## Every entity is named by a mention, or stands in a result, a comparison, an author list, a family of variants or what is said of another.
# rule
INSERT DATA { model:lonely a kg:Model ; skos:prefLabel "Lonely" }
## A node has at most one preferred label without a language tag.
# rule
INSERT DATA { model:walker skos:prefLabel "The Walker" }
## One system outperforms another exactly where a comparison says so.
# rule
DELETE DATA { model:runner7b kg:outperforms model:walker }
# rule
INSERT DATA { model:walker kg:outperforms model:runner7b }
