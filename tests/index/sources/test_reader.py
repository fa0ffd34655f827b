from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from index.errors import SourceError
from index.sources import read_source
from index.views import Reject
from tests.index.sources.samples import SAMPLES, TITLES, is_inert, read, records, whole


def complaint(path: Path | None, format: str | None = None) -> str:  # noqa: A002
    with pytest.raises(SourceError) as caught:
        list(read_source(path, format=format, stdin=io.BytesIO()))
    return str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    assert complaint(tmp_path / "none.txt") == f"{tmp_path}/none.txt does not exist."
    assert complaint(Path("a\0b")) == "ab does not exist."


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be read")
def test_a_file_of_somebody_else(tmp_path: Path) -> None:
    file = tmp_path / "papers.txt"
    file.touch(mode=0o000)
    assert complaint(file) == f"You are not permitted to read {file}."


def test_a_path_through_a_file(tmp_path: Path) -> None:
    file = tmp_path / "papers.txt"
    file.touch()
    assert complaint(file / "more") == f"{file}/more cannot be read: Not a directory."


def test_an_empty_file(tmp_path: Path) -> None:
    file = tmp_path / "papers.txt"
    file.touch()
    assert complaint(file) == "papers.txt is empty."
    assert complaint(None) == "Standard input is empty."


def test_a_format_that_is_not_recognised() -> None:
    with pytest.raises(SourceError) as caught:
        read("Dear reader, this is a letter.\n")
    assert str(caught.value) == (
        "The format of standard input is not recognised. Name it with --format; "
        "there are bibtex, ris, acl_xml, opml, hf_page_html, csl_json, arxiv_dump, beir, jsonl, "
        "csv, hf_page."
    )


def test_a_page_saved_as_html() -> None:
    for text in ("\n<!DOCTYPE html>\n<html>", "<HTML lang=en>"):
        with pytest.raises(SourceError, match="Standard input is a web page; save it as text"):
            read(text)


def test_a_format_that_does_not_exist(tmp_path: Path) -> None:
    said = complaint(tmp_path, "\x1b[1mbib")
    assert said.startswith("There is no format “[1mbib”; there are bibtex, ris,")


def test_names_of_files_are_shown_without_controls(tmp_path: Path) -> None:
    file = tmp_path / "a\x1b]0;x\x07b\n.jsonl"
    file.write_text('{"title": 3}\n{"title": "A Title"}\n', encoding="utf-8")
    reject, _ = whole(read_source(file))
    assert reject == Reject("a]0;xb .jsonl", 1, "title: not a text")
    file.write_text(" ", encoding="utf-8")
    assert is_inert(complaint(file))


def test_without_a_path_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = SAMPLES["jsonl"].text.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [record.paper.title for record in records(read_source(None))] == [*TITLES]


def test_a_pipe_has_no_known_size() -> None:
    ours, theirs = os.pipe()
    with open(ours, "rb") as stream, open(theirs, "wb") as writer:  # noqa: PTH123
        writer.write(SAMPLES["jsonl"].text.encode())
        writer.close()
        told: list[tuple[int, int]] = []
        items = read_source(
            None, stdin=stream, progress=lambda done, total: told.append((done, total))
        )
        assert len(records(items)) == 2
    assert told == [(len(SAMPLES["jsonl"].text.encode()), 0)]


class Broken(io.BytesIO):
    """A file on a disk that fails after its first bytes."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_a_file_that_breaks_off() -> None:
    items = read_source(None, stdin=Broken(SAMPLES["jsonl"].text.encode()))
    assert len(records([next(items), next(items)])) == 2
    with pytest.raises(SourceError, match=r"^Standard input cannot be read: Input/output error\.$"):
        next(items)
