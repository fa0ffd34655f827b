"""What holds for every format that papers come in."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceError
from index.sources import FORMATS, Source, opml, read_source
from index.views import Reject
from tests.index.sources.samples import (
    ABSTRACTS,
    SAMPLES,
    TITLES,
    Sample,
    is_inert,
    read,
    records,
    rejects,
)

HOSTILE = "[/foo] [@click=app.quit] [Re] \x1b]0;x\x07 \x9b31m \u202egnp.exe\u2066 a\x00b \ud7ff"

formats = pytest.mark.parametrize(
    "source", [one for one in FORMATS if one is not opml], ids=lambda source: source.name
)


def sample_of(source: Source) -> Sample:
    return SAMPLES[source.name]


def test_every_format_has_a_sample_and_a_name_of_its_own() -> None:
    assert list(SAMPLES) == [source.name for source in FORMATS if source is not opml]


@formats
def test_a_format_recognises_its_own_text_and_no_other(source: Source) -> None:
    for name, sample in SAMPLES.items():
        assert source.recognise(sample.text) == (name == source.name)


@formats
def test_papers_come_in_order_with_line_and_source(source: Source) -> None:
    sample = sample_of(source)
    first, second = records(read(sample.text))
    assert (first.paper.title, second.paper.title) == TITLES
    assert (first.paper.abstract, second.paper.abstract) == ABSTRACTS
    assert (first.line, second.line) == sample.lines
    assert first.paper.source == second.paper.source == source.name
    assert [link.url for link in first.paper.links] == ["https://github.com/x/y"]


@formats
def test_a_record_is_kept_as_it_came(source: Source) -> None:
    sample = sample_of(source)
    for record, title in zip(records(read(sample.text)), TITLES, strict=True):
        assert record.raw.replace("&#x27;", "'").count(title) == 1
        assert not any(other in record.raw for other in TITLES if other != title)
        if sample.stands_alone:
            (again,) = records(read(record.raw, source.name))
            assert (again.paper, again.raw) == (record.paper, record.raw)


@formats
def test_the_text_of_a_record_is_its_own_in_every_file(source: Source) -> None:
    text = sample_of(source).text
    noted = text.replace("\n", "\r\n").encode("utf-8-sig")
    assert [record.raw for record in records(read(noted))] == [
        record.raw for record in records(read(text))
    ]


@formats
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-32"),
        lambda text: text.encode("cp1252"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: ("\n \n" + text).encode(),
        lambda text: text.rstrip("\n").encode(),
    ],
    ids=["BOM", "UTF-16", "UTF-32", "Windows-1252", "CRLF", "CR", "blank lines", "no end"],
)
def test_papers_are_the_same_in_every_encoding(
    source: Source, encode: Callable[[str], bytes]
) -> None:
    text = sample_of(source).text
    items = read(encode(text))
    assert [record.paper for record in records(items)] == [
        record.paper for record in records(read(text))
    ]
    assert not rejects(items)


class Endless(io.RawIOBase):
    """A text that never ends."""

    def __init__(self, text: bytes) -> None:
        self._text = itertools.cycle(text)

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "the whole of it was asked for"
        return bytes(itertools.islice(self._text, size))


@formats
def test_reading_does_not_wait_for_the_end(source: Source) -> None:
    endless = cast(BinaryIO, Endless(sample_of(source).text.encode()))
    items = read_source(None, stdin=endless)
    titles = [record.paper.title for record in records(itertools.islice(items, 3000))]
    assert titles == [*TITLES] * 1500


@formats
def test_hostile_text_is_plain_text(source: Source) -> None:
    (record,) = records(read(sample_of(source).write([(HOSTILE, f"{HOSTILE}.")]), source.name))
    title = record.paper.title
    assert title.startswith("[/foo] [@click=app.quit] [Re]")
    assert "gnp.exe" in title
    for text in (title, record.paper.abstract):
        assert is_inert(text)


@formats
def test_what_is_left_out_is_given_as_it_came_to_be_mended(source: Source) -> None:
    sample = sample_of(source)
    endless = ("A word. " * 20_000).strip()
    items = read(sample.write([(TITLES[0], endless), (TITLES[1], ABSTRACTS[1])]), source.name)
    (reject,) = (item for item in items if isinstance(item, Reject))
    assert endless in reject.raw
    assert TITLES[1] not in reject.raw
    if sample.stands_alone:
        (record,) = records(read(reject.raw.replace(endless, ABSTRACTS[0]), source.name))
        assert record.paper.title == TITLES[0]


HTML = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n<body>&nbsp;</body></html>\n"


@formats
def test_a_web_page_in_place_of_papers_brings_in_nothing(source: Source) -> None:
    assert not source.recognise(HTML)
    try:
        items = read(HTML, source.name)
    except SourceError:
        return
    if source.name != "hf_page":  # which takes any lines in turn
        assert records(items) == []
        assert rejects(items)


@formats
def test_nul_bytes_and_broken_characters_cost_nothing(source: Source) -> None:
    text = sample_of(source).text.encode().replace(b"small graphs", b"small\x00 gr\xff\x81aphs")
    first, second = records(read(text, source.name))
    assert first.paper.abstract == ABSTRACTS[0].replace("graphs", "grÿaphs")
    assert second.paper.title == TITLES[1]


@formats
def test_a_title_is_never_empty(source: Source) -> None:
    for title in ("", " ", "\x07\u200b"):
        items = read(
            sample_of(source).write([(title, ABSTRACTS[0]), *zip(TITLES, ABSTRACTS, strict=True)]),
            source.name,
        )
        assert [record.paper.title for record in records(items)] == [*TITLES]
        assert len(rejects(items)) == 1


@formats
@pytest.mark.parametrize("text", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_file_without_text_is_an_error(source: Source, text: bytes) -> None:
    with pytest.raises(SourceError, match=r"is empty|nothing but white space"):
        read(text, source.name)


@formats
def test_a_file_cut_off_anywhere_keeps_what_was_whole(source: Source) -> None:
    whole = sample_of(source).text.encode()
    second = whole.index(TITLES[1].encode())
    for end in range(20, len(whole)):
        try:
            items = read(whole[:end], source.name)
        except SourceError:  # there is no paper in it yet
            assert end <= second or sample_of(source).is_one_piece
            continue
        if end > second and not sample_of(source).is_one_piece:
            assert records(items)[0].paper.title == TITLES[0]
        assert len(items) <= 3


@formats
@settings(max_examples=60, deadline=None)
@given(
    noise=st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
)
def test_noise_is_rejected_or_read_and_no_more(source: Source, noise: bytes) -> None:
    text = sample_of(source).text.encode()
    try:
        items = read(text + b"\n" + noise + b"\n" + text, source.name)
    except SourceError:
        return
    assert records(items)[0].paper.title == TITLES[0]
    for record in records(items):
        assert is_inert(record.paper.title)
        assert record.line >= 1
    assert all(line >= 1 and is_inert(reason) for line, reason in rejects(items))


@formats
def test_the_format_may_be_named(source: Source, tmp_path: Path) -> None:
    file = tmp_path / "misleading.pdf"
    file.write_text(sample_of(source).text, encoding="utf-8")
    assert len(records(read_source(file, format=source.name))) == 2
    for other in FORMATS:
        with suppress(SourceError):  # it holds no paper in that format
            found = records(read_source(file, format=other.name))
            assert {record.paper.source for record in found} <= {other.name}


@formats
def test_progress_counts_the_bytes_to_the_end(source: Source, tmp_path: Path) -> None:
    file = tmp_path / "papers"
    file.write_text(sample_of(source).text * 5000, encoding="utf-8")
    size = file.stat().st_size
    told: list[tuple[int, int]] = []
    assert (
        len(records(read_source(file, progress=lambda done, total: told.append((done, total)))))
        == 10_000
    )
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == (size, size)
    assert {total for _, total in told} == {size}
