"""A store in Virtuoso, and in Oxigraph's server: every command says what it says of a folder, to the byte."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.cli import main
from kg.errors import StoreError
from kg.remote import is_address
from kg.remote.client import Client
from tests.engines import ENGINES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., tuple[int, bytes]]

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
DIGEST = "2025-01-23.md"

ASKED = (
    ("ask", "which papers report MATH-500?"),
    ("ask", "AIME 2024에서 가장 좋은 모델은?"),
    ("ask", "List the papers evaluated on OSWorld"),
    ("ask", "what does DeepSeek-R1 report?", "--format", "json"),
    ("ask", "who wrote FilmAgent?"),
    ("ask", "who wrote NoSuchThing?"),
    ("ask", "which papers use GRPO?", "--format", "bib"),
    ("query", "ASK { ?paper a kg:Nothing }"),
    ("query", "SELECT ?o { ?s kg:parameterCount ?o } ORDER BY ?o", "--format", "json"),
    ("query", "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o", "--format", "tsv"),
    ("query", "CONSTRUCT { ?s dcterms:title ?o } WHERE { ?s dcterms:title ?o }", "--format", "ttl"),
    ("show", "GRPO"),
    ("show", "DeepSeek-R1", "--format", "ttl"),
    ("stats",),
    ("leaderboard", "AIME 2024"),
    ("timeline", "GRPO"),
    ("compare", "DeepSeek-R1", "Kimi k1.5"),
    ("diff", "2025-01-10", "2025-01-23"),
    ("new", "--since", "2025-01-20"),
    ("check",),
    ("evaluate", str(ROOT / "tests" / "gold")),
    *(("query", name) for name in ("papers", "outperforms", "leaderboard", "models", "unsure")),
)

FILES = ("graph.ttl", "graph.jsonld", "graph.nt", "results.csv", "refs.bib", "graph.graphml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the examples in a folder, which all others are compared with."""
    path = tmp_path_factory.mktemp("embedded") / "kg"
    kg.build([SEEDS], store=path).close()
    return path


@pytest.fixture(scope="module", autouse=True)
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    """A machine that has no working folders yet, and a password."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_CACHE", str(tmp_path_factory.mktemp("machine")))
        patch.setenv("KG_USER", "dba")
        patch.setenv("KG_PASSWORD", "dba")
        patch.setattr("kg.remote.working.WATCH", 0.2)
        yield patch


@pytest.fixture(scope="module", params=ENGINES)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with nothing in it."""
    with ENGINES[request.param](tmp_path_factory.mktemp(request.param)) as address:
        yield address


@pytest.fixture(scope="module")
def store(server: str) -> str:
    """The store of the examples on a server."""
    kg.build([SEEDS], store=server).close()
    return server


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command on a store; its exit code and what it prints."""

    def run_line(store: object, *arguments: str) -> tuple[int, bytes]:
        monkeypatch.setattr(sys, "argv", ["kg", *arguments, "--store", str(store)])
        if is_address(store) and arguments[0] in ("ask", "query"):
            # What they fork can read a graph but not load one: the engine's threads of this process are lost.
            kg.open(str(store)).close()
        with pytest.raises(SystemExit) as left:
            main()
        sys.stdout.flush()
        return int(left.value.code or 0), capfdbinary.readouterr().out

    return run_line


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The updates that are sent from now on."""
    sent: list[str] = []
    send = Client.change

    def note(client: Client, update: str) -> None:
        send(client, update)
        sent.append(update)

    monkeypatch.setattr(Client, "change", note)
    return sent


def on_another_machine(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("KG_CACHE", str(folder))


@pytest.mark.parametrize("arguments", ASKED, ids=lambda a: " ".join(a)[:40])
def test_a_command_says_the_same(run: Run, folder: Path, store: str, arguments: tuple[str, ...]) -> None:
    assert run(store, *arguments) == run(folder, *arguments)


def test_an_export_has_the_same_bytes(run: Run, folder: Path, store: str, tmp_path: Path) -> None:
    for place, name in ((folder, "ours"), (store, "theirs")):
        (tmp_path / name).mkdir()
        assert run(place, "export", *(str(tmp_path / name / file) for file in FILES))[0] == 0
        assert run(place, "view", "-o", str(tmp_path / name / "graph.html"))[0] == 0
    for file in (*FILES, "graph.html"):
        assert (tmp_path / "theirs" / file).read_bytes() == (tmp_path / "ours" / file).read_bytes(), file


def test_only_the_surer_facts_are_exported(run: Run, folder: Path, store: str, tmp_path: Path) -> None:
    for place, name in ((folder, "ours.nt"), (store, "theirs.nt")):
        assert run(place, "export", str(tmp_path / name), "--min-confidence", "0.8")[0] == 0
    assert (tmp_path / "theirs.nt").read_bytes() == (tmp_path / "ours.nt").read_bytes()


def test_what_is_unchanged_is_not_sent(store: str, requests: list[str]) -> None:
    kg.build([SEEDS], store=store).close()
    assert not requests


def test_any_machine_goes_on(
    run: Run, folder: Path, store: str, requests: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It drops a digest, brings it back, and sends no other digest; then the first machine goes on."""
    mine = shutil.copytree(folder, tmp_path / "mine")
    with monkeypatch.context() as away:
        on_another_machine(away, tmp_path / "other")
        for place in (mine, store):
            assert run(place, "drop", DIGEST)[0] == 0
        assert run(store, "stats") == run(mine, "stats")
        assert {name for name in _parts(requests) if name.startswith("digest/")} == {f"digest/{DIGEST}"}
        requests.clear()
    for place in (mine, store):
        assert run(place, "build", str(SEEDS))[0] == 0
    assert {name for name in _parts(requests) if name.startswith("digest/")} == {f"digest/{DIGEST}"}
    assert run(store, "query", "papers") == run(folder, "query", "papers")
    assert run(store, "stats") == run(folder, "stats")


def _parts(updates: list[str]) -> set[str]:
    """The parts of the archive that updates change."""
    found = {update.partition("DROP SILENT GRAPH <")[2].partition(">")[0] for update in updates}
    return {iri.partition("/archive/")[2].replace("%2F", "/") for iri in found if iri}


def test_a_decision_holds_on_every_machine(
    run: Run, store: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = shutil.copytree(folder, tmp_path / "mine")
    for place in (mine, store):
        assert run(place, "curate", "rename", "GRPO", "Group Something")[0] == 0
        assert run(place, "curate", "apply")[0] == 0
    with monkeypatch.context() as away:
        on_another_machine(away, tmp_path / "other")
        kg.build([SEEDS], store=store).close()
        assert run(store, "show", "Group Something") == run(mine, "show", "Group Something")
        for path in (tmp_path / "other").rglob("curation.txt"):
            path.write_text("")
        assert run(store, "curate", "apply")[0] == 0
    assert run(store, "show", "GRPO") == run(folder, "show", "GRPO")
    kg.build([SEEDS], store=store).close()


def test_what_was_stopped_goes_on(
    server: str, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers are told meanwhile; what was sent is not sent again."""
    place = f"{server}&graph=https://example.org/stopped"
    sent: list[str] = []
    send = Client.change

    def change(client: Client, update: str) -> None:
        if len(sent) == 20:
            raise StoreError("the line was cut")
        send(client, update)
        sent.append(update)

    monkeypatch.setattr(Client, "change", change)
    with pytest.raises(StoreError, match="the line was cut"):
        kg.build([SEEDS], store=place)
    with pytest.raises(StoreError, match="a build is being written there, or was stopped"):
        kg.open(place)
    first, sent[:] = set(sent), []
    monkeypatch.setattr(
        Client, "change", lambda client, update: (send(client, update), sent.append(update))[0]
    )
    kg.build([SEEDS], store=place).close()
    assert sent
    assert not first & set(sent)
    assert run(place, "stats") == run(folder, "stats")


def test_what_another_machine_left_is_mended(
    server: str, folder: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine that was stopped does not come back; when it does, it begins from what is there."""
    place = f"{server}&graph=https://example.org/left"
    send, count = Client.change, iter(range(40))

    def change(client: Client, update: str) -> None:
        if next(count, None) is None:
            raise StoreError("the line was cut")
        send(client, update)

    with monkeypatch.context() as cut:
        cut.setattr(Client, "change", change)
        with pytest.raises(StoreError, match="the line was cut"):
            kg.build([SEEDS], store=place)
    with monkeypatch.context() as away:
        on_another_machine(away, tmp_path / "other")
        kg.build([SEEDS / DIGEST], store=place).close()
        assert run(place, "query", "digests")[1].count(b".md") >= 1
    kg.build([SEEDS], store=place).close()
    assert run(place, "stats") == run(folder, "stats")
    assert run(place, "query", "outperforms") == run(folder, "query", "outperforms")


def test_two_writers_do_not_mix(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = f"{server}&graph=https://example.org/two"
    kg.build([SEEDS / DIGEST], store=place).close()
    from kg.remote.opening import open_store

    slow = open_store(place, writing=True)
    try:
        with monkeypatch.context() as away:
            on_another_machine(away, tmp_path / "other")
            kg.build([SEEDS / "2025-01-24.md"], store=place).close()
        slow.ledger.drop_digest(DIGEST)
        with pytest.raises(StoreError, match="another build"), slow.changing():
            kg.image.refresh(slow)
    finally:
        slow.close()
    assert kg.open(place).store.size == len(kg.open(place).store.graph)


def test_a_graph_of_others_is_not_touched(server: str) -> None:
    place = f"{server}&graph=https://example.org/theirs"
    from kg.remote.address import parse_address

    Client(parse_address(place)).change(
        "INSERT DATA { GRAPH <https://example.org/theirs> { <x:a> <x:b> 1 } }"
    )
    with pytest.raises(StoreError, match="holds statements that no build put there"):
        kg.build([SEEDS], store=place)


def test_nothing_was_built_there(server: str, run: Run, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    for arguments in (("stats",), ("drop", DIGEST), ("curate", "apply")):
        assert run(f"{server}&graph=https://example.org/none", *arguments)[0] == 2
