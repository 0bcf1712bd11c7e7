"""Which files are digests, by what key, and which texts are refused."""

from __future__ import annotations

import io
import os
import unicodedata
from typing import TYPE_CHECKING

import pytest

from kg.errors import InputError, UsageError
from kg.files import LARGEST_FILE, LONGEST_LINE, find_digests, folder_of, holds, read_text, stamp

if TYPE_CHECKING:
    from pathlib import Path


def grow(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("## 2025-01-23\n", "utf8")
    return root


def keys(*paths: str | Path, name: str | None = None) -> list[str]:
    return [file.key for file in find_digests([str(path) for path in paths], name).files]


def test_a_folder_gives_the_digests_below_it(tmp_path: Path) -> None:
    grow(tmp_path, "b.md", "a.txt", "ko/2025-01-23.md", "x/y/z.jsonl", "d.json", "e.markdown")
    assert keys(tmp_path) == ["a.txt", "b.md", "d.json", "e.markdown", "ko/2025-01-23.md", "x/y/z.jsonl"]
    assert keys(f"{tmp_path}/") == keys(tmp_path)


def test_a_folder_passes_over_what_is_no_digest(tmp_path: Path) -> None:
    grow(tmp_path, "a.md", "README.md", "readme.txt", "LICENSE.md", "CONTRIBUTING.md", ".hidden.md")
    grow(tmp_path, ".git/x.md", "b.png", "c.py", "Makefile", "ko/README.ko.md")
    assert keys(tmp_path) == ["a.md"]


def test_a_single_file_is_known_by_its_bare_name_whatever_it_is_called(tmp_path: Path) -> None:
    grow(tmp_path, "sub/README.md", "sub/a.digest")
    assert keys(tmp_path / "sub" / "README.md", tmp_path / "sub" / "a.digest") == ["README.md", "a.digest"]


def test_a_pattern_gives_what_it_matches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, "2025-01-23.md", "2025-01-24.md", "2025-02-01.md", "README.md", "sub/2025-01-25.md")
    monkeypatch.chdir(tmp_path)
    assert keys("2025-01-*.md") == ["2025-01-23.md", "2025-01-24.md"]
    assert keys("**/*.md") == ["2025-01-23.md", "2025-01-24.md", "2025-01-25.md", "2025-02-01.md"]


def test_a_name_that_looks_like_a_pattern_is_a_name_first(tmp_path: Path) -> None:
    grow(tmp_path, "a[1].md")
    assert keys(tmp_path / "a[1].md") == ["a[1].md"]


def test_a_file_given_twice_is_one_digest(tmp_path: Path) -> None:
    grow(tmp_path, "a.md")
    assert keys(tmp_path / "a.md", tmp_path / "a.md", tmp_path) == ["a.md"]


def test_a_file_given_beside_its_folder_is_one_digest(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.md").write_text("# A", "utf8")
    for paths in ((tmp_path, tmp_path / "below" / "a.md"), (tmp_path / "below", tmp_path)):
        assert [file.key for file in find_digests(list(map(str, paths))).files] == ["below/a.md"]


def test_two_files_with_one_key_are_refused(tmp_path: Path) -> None:
    grow(tmp_path, "en/a.md", "ko/a.md")
    with pytest.raises(UsageError, match=r"would both be the digest a\.md; build the folder that holds both"):
        find_digests([str(tmp_path / "en"), str(tmp_path / "ko" / "a.md")])
    assert keys(tmp_path) == ["en/a.md", "ko/a.md"]


def test_keys_are_composed(tmp_path: Path) -> None:
    grow(tmp_path, "e\u0301.md")
    assert keys(tmp_path) == ["é.md"]


def test_standard_input_needs_a_name() -> None:
    assert keys("-", name="2025-01-23.md") == ["2025-01-23.md"]
    with pytest.raises(UsageError, match="--name"):
        find_digests(["-"])


@pytest.mark.parametrize("path", ["nowhere", "nowhere/*.md", "nowhere/a.md", ""])
def test_a_path_that_leads_nowhere_is_refused(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="no such file or folder"):
        find_digests([path])


def test_a_folder_without_digests_is_refused(tmp_path: Path) -> None:
    grow(tmp_path, "README.md", "a.png")
    with pytest.raises(InputError, match=r"holds no digest; expected files that end in .*\.md"):
        find_digests([str(tmp_path)])


@pytest.mark.skipif(os.name == "nt", reason="no POSIX permissions")
def test_a_folder_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, "a.md", "closed/b.md")
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(InputError, match="closed: the folder cannot be read"):
        find_digests([str(tmp_path)])


def test_links_that_leave_the_folder_are_refused_and_said(tmp_path: Path) -> None:
    grow(tmp_path, "out/secret.md", "in/a.md", "in/sub/b.md")
    inside = tmp_path / "in"
    (inside / "leak.md").symlink_to(tmp_path / "out" / "secret.md")
    (inside / "leaks").symlink_to(tmp_path / "out")
    (inside / "again.md").symlink_to(inside / "a.md")
    (inside / "loop").symlink_to(inside)
    found = find_digests([str(inside)])
    assert [file.key for file in found.files] == ["a.md", "again.md", "sub/b.md"]
    assert [problem.digest for problem in found.problems] == ["leak.md", "leaks"]
    assert "leads out of the folder" in str(found.problems[0])
    (inside / "sub" / "deep.md").symlink_to(inside / "a.md")
    found = find_digests([str(inside)])
    assert {folder_of(file) for file in found.files} == set(found.folders) == {str(inside)}


def test_a_link_to_itself_is_found_and_cannot_be_read(tmp_path: Path) -> None:
    grow(tmp_path, "a.md")
    (tmp_path / "b.md").symlink_to(tmp_path / "b.md")
    assert [file.key for file in find_digests([str(tmp_path)]).files] == ["a.md", "b.md"]
    with pytest.raises(InputError, match="cannot be read"):
        read_text(str(tmp_path / "b.md"))


def test_a_file_that_is_gone_is_told_from_one_that_is_spelled_otherwise(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "가é.md")
    grow(tmp_path, "a.md", f"sub/{decomposed}")
    known = ("a.md", "sub/가é.md", "b.md", "a.md/b.md")
    assert [holds(str(tmp_path), key) for key in known] == [True, True, False, False]
    assert not holds(str(tmp_path / "nowhere"), "a.md")


def test_text_is_read_with_line_feeds_and_without_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n\xea\xb0\x80")
    assert read_text(str(path)) == "a\nb\nc\n가"


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("가\r\n".encode())))
    assert read_text("-") == "가\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a\nb\n\xff", r"a\.md:3: byte 0xff is not UTF-8; expected text in UTF-8"),
        ("한글".encode("cp949"), r"a\.md:1: byte 0xc7 is not UTF-8"),
        (b"a\n\0", r"a\.md:2: looks like a binary file"),
        (b"a\n" + b"x" * (LONGEST_LINE + 1), r"a\.md:2: the line is longer than 2 MB"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message):
        read_text(str(path))


def test_json_may_be_one_long_line(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"[" + b" " * LONGEST_LINE + b"]")
    assert len(read_text(str(path))) == LONGEST_LINE + 2


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(InputError, match="larger than 64 MB"):
        read_text(str(path))


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_text(str(tmp_path / "gone.md"))
    with pytest.raises(InputError, match="is not a plain file"):
        read_text(str(tmp_path))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.md")
        with pytest.raises(InputError, match="is not a plain file"):
            read_text(str(tmp_path / "pipe.md"))


def test_what_may_change_unseen_has_no_stamp(tmp_path: Path) -> None:
    path = grow(tmp_path, "new.md") / "new.md"
    assert stamp(str(path)) == stamp("-") == stamp(str(tmp_path / "none.md")) == ""


def test_a_stamp_tells_one_file_from_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.files.local._SETTLED", -1)
    one, other = (str(grow(tmp_path, name) / name) for name in ("a.md", "b.md"))
    assert stamp(one) == stamp(one) != stamp(other)
