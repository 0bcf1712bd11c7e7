"""Addresses as digests write them: which paper, which URL, which repository."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.text.links import clean_url, find_urls, is_repository, is_unsafe, parse_arxiv


@pytest.mark.parametrize(
    "address",
    [
        "", "https://arxiv.org", "https://arxiv.org/list/cs.CL/recent", "https://arxiv.org/abs/12.3",
        "https://evil.org/arxiv.org/abs/2501.12948", "https://arxiv.org.evil.org/abs/2501.12948",
        "https://huggingface.co/papers", "https://huggingface.co/Qwen/2501.12948", "2501.12948",
        "https://arxiv.org/abs/2501.129481",
    ],
)  # fmt: skip
def test_what_is_no_paper_on_arxiv(address: str) -> None:
    assert parse_arxiv(address) is None


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://arxiv.org/abs/2501.12948", ("2501.12948", None)),
        ("http://arxiv.org/abs/2501.12948v2", ("2501.12948", 2)),
        ("https://www.arxiv.org/abs/2408.08921", ("2408.08921", None)),
        ("https://browse.arxiv.org/abs/2402.00396", ("2402.00396", None)),
        ("https://arxiv.org/pdf/2404.19296", ("2404.19296", None)),
        ("https://arxiv.org/pdf/2402.17177.pdf", ("2402.17177", None)),
        ("https://arxiv.org/pdf/2402.17177v3.pdf", ("2402.17177", 3)),
        ("https://arxiv.org/html/2402.00157v1", ("2402.00157", 1)),
        ("https://arxiv.org/abs/2501.12948?context=cs.AI#top", ("2501.12948", None)),
        ("https://arxiv.org/abs/2406.06592 ", ("2406.06592", None)),
        ("https://arxiv.org/abs/adap-org/9306005", ("adap-org/9306005", None)),
        ("https://arxiv.org/abs/math.GT/0309136v1", ("math.GT/0309136", 1)),
        ("https://huggingface.co/papers/2408.16357", ("2408.16357", None)),
        ("https://doi.org/10.48550/arXiv.2501.12948", ("2501.12948", None)),
        ("https://ar5iv.labs.arxiv.org/html/1910.06709", ("1910.06709", None)),
        ("arxiv.org/abs/2501.12948/", ("2501.12948", None)),
    ],
)
def test_which_paper_an_address_gives(address: str, found: tuple[str, int | None]) -> None:
    assert parse_arxiv(address) == found


@pytest.mark.parametrize(
    "address",
    [
        "", "null", "None", "string", "N/A", "-", "#readme", "../README.md", "/avatars/x.svg", "localhost",
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://x.org/a", "mailto:a@b.org",
        "https://", "https://a b.org", "https://user:secret@github.com/a/b", "https://[::1]/", "x" * 3000,
        "https://" + "a" * 3000 + ".org",
    ],
)  # fmt: skip
def test_what_is_not_followed(address: str) -> None:
    assert clean_url(address) is None


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://github.com/a/b.", "https://github.com/a/b"),
        ("http://www.github.com/a/b/", "https://github.com/a/b"),
        ("https://www.github.com/a/b.git/", "https://github.com/a/b.git"),
        ("github.com/DAMO-NLP-SG/CMM", "https://github.com/DAMO-NLP-SG/CMM"),
        ("mssbench.github.io", "https://mssbench.github.io"),
        ("<https://x.org/a>", "https://x.org/a"),
        ("http://hf.co/datasets/a/b", "https://hf.co/datasets/a/b"),
        ("HTTPS://X.org/Path", "https://x.org/Path"),
        ("https://x.org/a b|c", "https://x.org/a%20b%7Cc"),
        ("https://x.org/가", "https://x.org/%EA%B0%80"),
        ("https://x.org/a%20b?q=1#f", "https://x.org/a%20b?q=1#f"),
        ("x.org:8080/a", "https://x.org:8080/a"),
    ],
)
def test_how_a_url_is_cleaned(address: str, url: str) -> None:
    assert clean_url(address) == url
    assert clean_url(url) == url


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript:x", "java\nscript:x", "data:,x", "file:///a"]
)
def test_what_is_unsafe(address: str) -> None:
    assert is_unsafe(address)


@pytest.mark.parametrize("address", ["https://x.org", "x.org:80/a", "N/A", ""])
def test_what_is_not_unsafe(address: str) -> None:
    assert not is_unsafe(address)


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("https://github.com/a/b", True),
        ("https://github.com/a/b/tree/main/c", True),
        ("https://github.com/a", False),
        ("https://gitlab.com/a/b", True),
        ("https://huggingface.co/Qwen/Qwen2.5-7B", True),
        ("https://huggingface.co/datasets/a/b", True),
        ("https://huggingface.co/papers/2501.12948", False),
        ("https://huggingface.co/blog/x", False),
        ("https://huggingface.co", False),
        ("https://a.github.io/b", False),
        ("https://evil.org/github.com/a/b", False),
        ("https://github.com/a?b/c", False),
        ("https://github.com/a/b?c", True),
        ("https://github.com/a#b/c", False),
    ],
)
def test_what_is_a_repository(url: str, verdict: bool) -> None:
    assert is_repository(url) is verdict


def test_urls_are_found_in_running_text() -> None:
    text = "See https://github.com/a/b_c에서, (github.com/d/e), \\url{https://x.org/f\\_g}. Not a@hf.co/x."
    assert find_urls(text) == ("https://github.com/a/b_c", "https://github.com/d/e", "https://x.org/f_g")


@given(st.text(max_size=40) | st.text(max_size=30).map("https://x.org/{}".format))
def test_a_clean_url_is_an_iri(address: str) -> None:
    url = clean_url(address)
    if url is not None:
        assert NamedNode(url).value == url
        assert url.isascii()
        assert clean_url(url) == url
