"""Papers of a day are fetched politely; a server on this machine replays the shapes of both interfaces."""

from __future__ import annotations

import json
import os
import threading
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.errors import FetchError, UsageError
from kg.fetching import SOURCES, Client, fetch, list_days
from kg.fetching.atom import read_feed

DAY = date(2025, 1, 23)
DAILY = [
    {
        "paper": {
            "id": "2501.12948",
            "title": "DeepSeek-R1: Reasoning",
            "summary": "On MATH-500, DeepSeek-R1 reaches 97.3% Pass@1.",
            "authors": [{"name": "Ada Example", "user": {"user": "ada", "fullname": "Ada Example"}}],
            "upvotes": 7,
            "publishedAt": "2025-01-22T10:19:35.000Z",
        },
        "publishedAt": "2025-01-22T23:43:07.000Z",
        "title": "DeepSeek-R1: Reasoning",
    }
]


def _make_atom(start: int, count: int, total: int) -> str:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/2501.{number:05}v1</id><published>2025-01-23T09:00:00Z</published>"
        f"<title>Paper &amp; number\n  {number}</title><summary> About it. </summary>"
        "<author><name>Ada Example</name></author><author><name>Bo Probe</name></author></entry>"
        for number in range(start, min(start + count, total))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        '<opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        f"{total}</opensearch:totalResults>{entries}</feed>"
    )


class Server(ThreadingHTTPServer):
    """Answers as both interfaces do; ``failures`` are told first, in their order."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.failures: list[tuple[int, dict[str, str]]] = []
        self.total = 0
        self.body: str | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.agents.add(self.headers["User-Agent"])
        if self.server.failures:
            code, headers = self.server.failures.pop(0)
            self._send(code, "busy", headers)
            return
        asked = parse_qs(urlsplit(self.path).query)
        if self.server.body is not None:
            self._send(200, self.server.body, {})
        elif "date" in asked:
            self._send(200, json.dumps(DAILY if asked["date"] == ["2025-01-23"] else []), {})
        else:
            start, count = int(asked["start"][0]), int(asked["max_results"][0])
            self._send(200, _make_atom(start, count, self.server.total), {})

    def _send(self, code: int, text: str, headers: dict[str, str]) -> None:
        content = text.encode()
        self.send_response(code)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server():
    made = Server()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def waits():
    return []


@pytest.fixture
def client(tmp_path, waits):
    return Client(tmp_path / "cache", sleep=waits.append)


def _fetch(server, client, folder, source="hf", days=(DAY,), **options):
    return list(fetch(source, list(days), folder, address=server.address, client=client, **options))


def test_a_day_of_daily_papers_is_a_digest(server, client, tmp_path):
    (found,) = _fetch(server, client, tmp_path)
    assert (found.papers, found.file.name) == (1, "2025-01-23.json")
    (entry,) = kg.read(str(found.file))
    assert (entry.arxiv, entry.title) == ("2501.12948", "DeepSeek-R1: Reasoning")
    assert "97.3%" in entry.text
    assert server.asked == ["/api?date=2025-01-23"]
    assert all(agent.startswith("paperkg/") for agent in server.agents)


def test_arxiv_is_read_page_by_page(server, client, waits, tmp_path):
    server.total = 230
    (found,) = _fetch(server, client, tmp_path, "arxiv", subject="cs.LG")
    assert found.papers == 230
    assert len(server.asked) == 3
    assert waits == [3.0, 3.0]
    asked = [parse_qs(urlsplit(path).query) for path in server.asked]
    assert [query["start"] for query in asked] == [["0"], ["100"], ["200"]]
    assert "cat:cs.LG AND submittedDate:[202501230000 TO 202501232359]" in asked[0]["search_query"]
    entries = list(kg.read(str(found.file)))
    assert len({entry.arxiv for entry in entries}) == 230
    assert entries[7].title == "Paper & number 7"
    assert [credit.name for credit in entries[7].authors] == ["Ada Example", "Bo Probe"]


def test_each_subject_has_files_of_its_own(server, client, tmp_path):
    server.total = 3
    for subject, name in (("", "cs.CL"), ("cs.LG", "cs.LG"), ("../a/*", "..%2Fa%2F%2A")):
        (found,) = _fetch(server, client, tmp_path, "arxiv", subject=subject)
        assert (found.known, found.papers) == (False, 3)
        assert found.file == tmp_path / "arxiv" / f"2025-01-23-{name}.json"
        assert _fetch(server, client, tmp_path, "arxiv", subject=subject)[0].known
    assert _fetch(server, client, tmp_path, "hf", subject="cs.LG")[0].file.name == "2025-01-23.json"
    assert len(server.asked) == 4


def test_a_paper_of_two_subjects_is_one_paper(server, client, tmp_path):
    server.total = 1
    (one,) = _fetch(server, client, tmp_path, "arxiv", subject="cs.CL")
    alone = kg.build([one.file])
    _fetch(server, client, tmp_path, "arxiv", subject="cs.LG")
    both = kg.build([tmp_path])
    query = "SELECT ?paper ?day { ?item kg:discusses ?paper ; dcterms:isPartOf/dcterms:issued ?day }"
    (row,) = alone.query(query).rows
    assert list(both.query(query).rows) == [row, row]
    assert "2025-01-23" in str(row)


def test_a_day_that_is_there_is_not_asked_for_again(server, client, tmp_path):
    _fetch(server, client, tmp_path)
    (again,) = _fetch(server, client, tmp_path)
    assert again.known
    assert len(server.asked) == 1


def test_a_day_that_was_not_over_is_fetched_again(server, client, tmp_path):
    (found,) = _fetch(server, client, tmp_path)
    midnight = datetime(2025, 1, 24, tzinfo=UTC).timestamp()
    os.utime(found.file, (midnight - 1, midnight - 1))
    (again,) = _fetch(server, client, tmp_path)
    assert (again.known, again.papers) == (False, 1)
    os.utime(found.file, (midnight, midnight))
    assert _fetch(server, client, tmp_path)[0].known
    assert len(server.asked) == 2


def test_a_day_that_is_a_link_out_of_the_folder_is_not_written_through(server, client, tmp_path):
    (tmp_path / "digests" / "hf").mkdir(parents=True)
    (tmp_path / "digests" / "hf" / "2025-01-23.json").symlink_to(tmp_path / "secret")
    with pytest.raises(UsageError, match="leads out of the folder"):
        _fetch(server, client, tmp_path / "digests")
    assert not (tmp_path / "secret").exists()


def test_a_day_without_papers_leaves_no_file(server, client, tmp_path):
    (found,) = _fetch(server, client, tmp_path, days=[date(2025, 1, 25)])
    assert not found.papers
    assert not found.file.exists()


def test_a_busy_server_is_asked_again_when_it_says_so(server, client, waits, tmp_path):
    server.failures = [(503, {"Retry-After": "11"}), (429, {})]
    (found,) = _fetch(server, client, tmp_path)
    assert found.papers == 1
    assert waits == [11.0, 3.0, 4.0, 3.0]


def test_what_stays_broken_is_given_up(server, client, tmp_path):
    server.failures = [(500, {})] * 9
    with pytest.raises(FetchError, match="500"):
        _fetch(server, client, tmp_path)
    assert len(server.asked) == client.tries
    server.failures = [(404, {})]
    server.asked.clear()
    with pytest.raises(FetchError, match="404"):
        _fetch(server, client, tmp_path)
    assert len(server.asked) == 1


def test_an_interrupted_day_goes_on_where_it_stopped(server, client, tmp_path):
    server.total = 150
    client.tries = 1
    _ = client.get(f"{server.address}?date=2025-01-23")  # another page is no hindrance
    server.asked.clear()
    page = SOURCES["arxiv"].read
    first = page(client, server.address, "cs.CL", DAY).addresses[0]
    client.forget(page(client, server.address, "cs.CL", DAY).addresses[1:])
    server.asked.clear()
    (found,) = _fetch(server, client, tmp_path, "arxiv")
    assert found.papers == 150
    assert [parse_qs(urlsplit(p).query)["start"] for p in server.asked] == [["100"]]
    assert not client._place(first).exists()


def test_the_files_before_a_failure_stay(server, client, tmp_path):
    client.tries = 1
    days = fetch("hf", [DAY, date(2025, 1, 24)], tmp_path, address=server.address, client=client)
    assert next(days).file.exists()
    server.failures = [(500, {})]
    with pytest.raises(FetchError):
        next(days)


@pytest.mark.parametrize("body", ["<html>no</html>", "{}", '["x"]', "[" * 100_000])
def test_an_answer_that_is_no_list_is_refused_and_not_kept(server, client, tmp_path, body):
    server.body = body
    with pytest.raises(FetchError):
        _fetch(server, client, tmp_path)
    server.body = None
    assert _fetch(server, client, tmp_path)[0].papers == 1


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><feed xmlns="http://www.w3.org/2005/Atom"/>',
        "<feed/>",
        "no xml",
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#x</id>'
        "<summary>bad query</summary></entry></feed>",
    ],
)
def test_what_is_no_feed_is_refused(text):
    with pytest.raises(FetchError):
        read_feed(text, "https://example.org")


def test_an_empty_page_of_many_is_no_end(server, client, tmp_path):
    server.body = _make_atom(0, 0, 5)
    with pytest.raises(FetchError, match="empty"):
        _fetch(server, client, tmp_path, "arxiv")


def test_a_redirect_to_another_host_is_not_followed(server, client, tmp_path):
    server.failures = [(302, {"Location": "http://example.org/"})]
    with pytest.raises(FetchError, match="another place"):
        _fetch(server, client, tmp_path)


@pytest.mark.parametrize("address", ["http://example.org/api", "file:///etc/passwd", "ftp://x.org/"])
def test_only_https_is_fetched(client, address):
    with pytest.raises(UsageError):
        client.get(address)


@pytest.mark.parametrize(("first", "last"), [("soon", "2025-01-01"), ("2025-01-02", "2025-01-01"),
                                            ("2000-01-01", "2025-01-01")])  # fmt: skip
def test_days_are_checked(first, last):
    with pytest.raises(UsageError):
        list_days(first, last)


def test_the_command_fetches_what_a_build_reads(server, tmp_path):
    run = CliRunner().invoke(
        cli, ["fetch", "hf", "--date", "2025-01-23", "-o", str(tmp_path), "--url", server.address]
    )
    assert run.exit_code == 0, run.output
    assert "1 paper" in run.stderr
    built = CliRunner().invoke(cli, ["build", str(tmp_path), "--store", str(tmp_path / "kg")])
    assert built.exit_code == 0, built.output


@pytest.mark.parametrize("options", [[], ["--date", "2025-01-23", "--since", "2025-01-20"]])
def test_the_command_wants_days(options):
    assert isinstance(CliRunner().invoke(cli, ["fetch", "hf", *options]).exception, UsageError)
