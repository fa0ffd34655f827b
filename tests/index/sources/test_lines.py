from __future__ import annotations

import io
import json
import os
import random
import tracemalloc
from pathlib import Path

import pytest

from index.errors import SourceError
from index.sources.lines import CHUNK, LONGEST_LINE, Line, Lines
from index.views import Reject


def lines(data: bytes) -> list[tuple[int, str]]:
    """The lines of these bytes, none of them too long."""
    found = list(Lines(io.BytesIO(data), "papers.txt"))
    assert all(isinstance(line, Line) for line in found)
    return [(line.number, line.text) for line in found if isinstance(line, Line)]


def texts(data: bytes) -> list[str]:
    return [text for _, text in lines(data)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("last", [True, False])
def test_lines_are_counted_from_one_whatever_ends_them(end: bytes, last: bool) -> None:
    data = end.join([b"one", b"", b"three"]) + end * last
    assert lines(data) == [(1, "one"), (2, ""), (3, "three")]


@pytest.mark.parametrize("inside", "\v\f\x1c\x85\u2028\u2029\r")
def test_no_other_character_ends_a_line(inside: str) -> None:
    assert texts(f"a title{inside}of one line\nnext".encode()) == [
        f"a title{inside}of one line",
        "next",
    ]


def test_a_long_first_line_does_not_make_carriage_returns_ends() -> None:
    first = "a" * 3 * CHUNK
    assert texts(f"{first}\r\nb\rc\n".encode()) == [first, "b\rc"]


def test_lines_are_whole_across_chunks() -> None:
    wanted = [f"{number} " + "é" * (number * 7919 % 5000) for number in range(200)]
    for codec in ("utf-8", "utf-16", "utf-32"):
        assert texts("\n".join(wanted).encode(codec)) == wanted


def test_a_byte_order_mark_goes_also_where_files_were_put_together() -> None:
    assert texts("one\n".encode("utf-8-sig") + "two".encode("utf-8-sig")) == ["one", "two"]


def test_utf8_and_windows_may_be_mixed_and_no_letter_is_lost() -> None:
    data = "“naïve” – Šimek".encode() + b"\n" + "“naïve” – Šimek".encode("cp1252")
    assert texts(data) == ["“naïve” – Šimek"] * 2
    assert texts("é, ".encode() + b"\xe9") == ["é, é"]


def test_bytes_of_no_encoding_become_something() -> None:
    assert texts(b"a\x81b\xffc") == ["a\x81bÿc"]


def test_a_character_cut_in_the_middle_costs_no_other() -> None:
    data = "größer – größer".encode()
    cut = data[: data.rindex("ß".encode()) + 1]
    assert texts(cut) == ["größer – gröÃ"]


def test_wide_text_cut_in_the_middle_of_a_character_shows_it() -> None:
    assert texts("one\ntwo".encode("utf-16")[:-1]) == ["one", "tw\ufffd"]


@pytest.mark.parametrize(
    ("beginning", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "a PDF"),
        (b"PK\x03\x04\x14\x00", "a zip archive"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x7fELF\x02\x01\x01", "a program"),
        (b"SQLite format 3\x00", "an SQLite database"),
    ],
)
def test_a_file_that_is_no_text_is_named_for_what_it_is(beginning: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=rf"^papers\.txt is {what}, not a text file"):
        lines(beginning + b"some text\n" * 100)


@pytest.mark.parametrize("size", [300, 5000, 100_000])
def test_random_bytes_are_not_text(size: int) -> None:
    with pytest.raises(SourceError, match="is not text"):
        lines(b"a" + random.Random(2).randbytes(size))


def test_a_few_nul_bytes_do_not_make_a_text_binary() -> None:
    assert texts(b"a title\x00 of many words\nand an abstract\x00 of many more\n")[0].startswith(
        "a title"
    )


def test_a_line_of_200_mb_is_passed_over_in_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    with file.open("wb") as stream:
        stream.write(b"one " * 20_000 + b"\ntwo")
        stream.seek(200 << 20, os.SEEK_CUR)  # a hole, which reads as NULs
        stream.write(b"\nthree\n")
    tracemalloc.start()
    try:
        with file.open("rb") as stream:
            found = list(Lines(stream, "long.txt"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == [
        Line(1, "one " * 20_000),
        Reject("long.txt", 2, "the line is longer than 4 MB"),
        Line(3, "three"),
    ]
    assert peak < 6 * LONGEST_LINE


def test_a_line_may_be_as_long_as_the_limit_and_no_longer() -> None:
    longest = b"a" * LONGEST_LINE
    assert [len(text) for text in texts(longest + b"\nb")] == [LONGEST_LINE, 1]
    for end in (b"", b"\n", b"\nb"):
        found = list(Lines(io.BytesIO(b"x\n" + longest + b"a" + end), "papers.txt"))
        assert [isinstance(line, Reject) for line in found] == [False, True, False][
            : 2 + (end == b"\nb")
        ]


def test_the_head_is_text_and_no_longer_than_needed() -> None:
    text = json.dumps({"title": "é" * 200_000}, ensure_ascii=False)
    for codec in ("utf-8", "utf-16"):
        head = Lines(io.BytesIO(text.encode(codec)), "papers.txt").head
        assert text.startswith(head[:1000])
        assert 10_000 < len(head) <= 1 << 16


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_pieces_put_together_are_the_text(codec: str) -> None:
    text = "a line\r\n\n" + "xé漢😀" * 200_000 + "\nthe end"
    pieces = list(Lines(io.BytesIO(text.encode(codec)), "papers.txt").pieces())
    assert "".join(piece.text for piece in pieces) == text.replace("\r", "")
    assert max(len(piece.text) for piece in pieces) < 1 << 20
    assert [piece.number for piece in pieces][:3] == [1, 2, 3]
    assert pieces[-1] == Line(4, "the end")
