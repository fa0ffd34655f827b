"""Segments: files of arrays, their words and postings, and the merging of them."""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.paper import Paper
from index.search.analysis import BREAK, words
from index.search.schema import FIELDS, document
from index.search.segments import codes, merge
from index.search.segments.arrays import BLOCK, ArrayFile, DamagedError, gaps, ragged, writing
from index.search.segments.build import Builder
from index.search.segments.merge import Part
from index.search.segments.segment import Segment
from index.search.segments.tokens import Vocabulary
from index.search.segments.words import Words, write_words

# Files of arrays


def written(path: Path, **arrays: Sequence[int]) -> Path:
    with writing(path, {"made": "here"}) as out:
        for name, values in arrays.items():
            out.add(name, np.array(values, np.int32))
    return path


def test_arrays_come_back(tmp_path: Path) -> None:
    file = ArrayFile(written(tmp_path / "a.seg", few=[3, 1], none=[], many=range(100_000)))
    assert file.facts == {"made": "here"}
    assert file["few"].whole().tolist() == [3, 1]
    assert file["none"].whole().tolist() == []
    assert file["many"].read(70_000, 70_003).tolist() == [70_000, 70_001, 70_002]
    file.check_all()


def test_an_array_may_come_in_pieces_and_be_shorter_than_its_room(tmp_path: Path) -> None:
    with writing(tmp_path / "a.seg", {}) as out:
        one = out.reserve("one", np.dtype(np.uint8), 9)
        other = out.reserve("other", np.dtype(np.uint16), 4)
        for piece in ([1], [2, 3]):
            one(np.array(piece, np.uint8))
            other(np.array(piece, np.uint16))
    file = ArrayFile(tmp_path / "a.seg")
    assert file["one"].whole().tolist() == file["other"].whole().tolist() == [1, 2, 3]


@pytest.mark.skipif(not hasattr(os, "SEEK_HOLE"), reason="the system tells of no holes")
def test_what_is_read_of_a_file_is_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    with writing(path, {}) as out:
        for name in ("one", "other"):
            out.reserve(name, np.dtype(np.uint8), 16 * BLOCK)(np.arange(9, dtype=np.uint8))
    file = ArrayFile(path)
    assert file["one"].whole().tolist() == file["other"].whole().tolist() == list(range(9))
    first, other = 0, 16 * BLOCK  # the blocks that they begin in
    with path.open("rb") as opened:
        for start in (first, other):
            assert _hole(opened, start) >= start + BLOCK


def _hole(file: BinaryIO, start: int) -> int:
    """Where the first hole of a file is from there on; its end where it has none."""
    return os.lseek(file.fileno(), start, os.SEEK_HOLE)


def test_a_damaged_block_is_met_when_it_is_read_and_no_other(tmp_path: Path) -> None:
    path = written(tmp_path / "a.seg", many=range(100_000))
    held = bytearray(path.read_bytes())
    held[3 * BLOCK + 5] ^= 1
    path.write_bytes(bytes(held))
    file = ArrayFile(path)
    assert file["many"].read(0, 1000)[-1] == 999
    with pytest.raises(DamagedError, match="is not as it was written"):
        file["many"].whole()


@pytest.mark.parametrize("kept", [0, 7, 40, BLOCK, -1])
def test_a_truncated_file_is_met_when_it_is_opened(tmp_path: Path, kept: int) -> None:
    path = written(tmp_path / "a.seg", many=range(100_000))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(DamagedError):
        ArrayFile(path)


def test_a_table_that_was_changed_is_met_when_it_is_opened(tmp_path: Path) -> None:
    path = written(tmp_path / "a.seg", few=[1, 2, 3])
    path.write_bytes(path.read_bytes().replace(b'"few"', b'"fee"'))
    with pytest.raises(DamagedError):
        ArrayFile(path)


def test_a_foreign_file_of_the_right_length_is_no_segment(tmp_path: Path) -> None:
    (tmp_path / "a.seg").write_bytes(struct.pack("<QQII8s", 0, 0, 0, 0, b"somebody"))
    with pytest.raises(DamagedError):
        ArrayFile(tmp_path / "a.seg")


def test_what_fails_while_it_is_written_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(tmp_path / "a.seg", {}):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_runs() -> None:
    assert ragged(np.array([5, 0, 9]), np.array([2, 0, 1])).tolist() == [5, 6, 9]
    assert gaps(np.array([0, 2, 2, 7], np.uint8)).tolist() == [2, 0, 5]


# Words


@given(st.sets(st.text("abcé", min_size=1, max_size=12), max_size=60), st.text("abé", max_size=10))
def test_words_are_found_and_ranges_of_them(
    tmp_path_factory: pytest.TempPathFactory, known: set[str], asked: str
) -> None:
    ordered = sorted(word.encode() for word in known)
    path = tmp_path_factory.mktemp("words") / "a.seg"
    with writing(path, {}) as out:
        write_words(out, "words", ordered)
    found = Words(ArrayFile(path), "words")
    assert list(found) == ordered == found.between(0, len(found))
    assert [found.find(word) for word in ordered] == list(range(len(ordered)))
    key = asked.encode()
    assert found.find(key) == (ordered.index(key) if key in ordered else -1)
    low, high = found.beginning(key)
    assert ordered[low:high] == [word for word in ordered if word.startswith(key)]


TEXTS = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                ["fine-tuning", "Newton's", "α–β", "x", BREAK, "a-", "-b", "'s", "图神"]
            )
        ).map(" ".join),
    ),
    max_size=5,
)


@given(TEXTS)
def test_a_text_is_cut_as_the_analysis_cuts_it(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    for _ in range(2):  # with what was learnt the first time, too
        found = vocabulary.cut(texts)
        for number, text in enumerate(texts):
            mine = found.texts == number
            cut = zip(found.words[mine].tolist(), found.positions[mine].tolist(), strict=True)
            texts_cut = sorted((position, vocabulary.words[word]) for word, position in cut)
            expected = [(word.position, word.text.encode()) for word in words(text)]
            if text.count(BREAK) < 2:  # several breaks in a row may be one wide gap, or several
                assert texts_cut == sorted(expected)
            assert found.lengths[number] == len(expected)


# Segments

PAPERS = [
    Paper(
        title=f"Graph pooling {number % 7} of networks",
        abstract=f"We pool graphs; word{number} and pooling again " * (number % 5),
        authors=(f"Ada Author{number % 11}", "Jun O'Brien"),
        published=f"{2000 + number % 20}-03",
        venue="ICLR" if number % 3 else "",
        categories=("cs.CL",) if number % 2 else (),
        source="jsonl",
        upvotes=number if number % 4 else None,
    )
    for number in range(90)
]


def built(path: Path, papers: dict[int, Paper], builder: Builder | None = None) -> Segment:
    builder = builder or Builder()
    for paper_id, paper in papers.items():
        builder.add(document(paper_id, paper))
    builder.write(path)
    return Segment(path)


def assert_same(one: Segment, other: Segment) -> None:
    assert one.file.facts == other.file.facts
    names = sorted(one.file.names())
    assert names == sorted(other.file.names())
    for name in names:
        mine, theirs = one.file[name].whole(), other.file[name].whole()
        assert mine.tolist() == theirs.tolist(), name


def test_a_segment_holds_what_its_papers_say(tmp_path: Path) -> None:
    segment = built(tmp_path / "a.seg", dict(enumerate(PAPERS, 10)))
    assert segment.papers == 90
    assert segment.ids.tolist() == list(range(10, 100))
    assert segment.published[3] == 2003_03_00
    number = segment.words.find(b"pooling")
    papers, counts = segment.of_words["title"].read(number, number + 1)
    assert papers.tolist() == list(range(90))
    assert set(counts.tolist()) == {1}
    papers, counts = segment.of_words["abstract"].read(number, number + 1)
    assert papers.tolist() == [number for number in range(90) if number % 5]
    assert counts.tolist() == [number % 5 for number in range(90) if number % 5]
    assert {segment.words[each] for each in segment.forms("pool")} == {b"pool", b"pooling"}
    assert segment.words.find(b"cs.cl") >= 0  # a name is one term
    assert segment.words.find(b"cs") == -1
    assert segment.length("title") == 90 * 5


def test_places_are_those_of_the_analysis(tmp_path: Path) -> None:
    segment = built(tmp_path / "a.seg", dict(enumerate(PAPERS)))
    number = segment.words.find(b"obrien")
    places = segment.places("authors", number, number + 1)
    text = document(0, PAPERS[0]).texts[FIELDS.index("authors")]
    expected = [word.position for word in words(text) if word.text == "obrien"]
    assert places.positions[:1].tolist() == expected
    assert places.papers.tolist() == list(range(90))


def test_what_a_builder_has_learnt_changes_no_segment(tmp_path: Path) -> None:
    builder = Builder()
    built(tmp_path / "other.seg", dict(enumerate(PAPERS[40:])), builder)
    learnt = built(tmp_path / "a.seg", dict(enumerate(PAPERS[:40])), builder)
    assert_same(learnt, built(tmp_path / "b.seg", dict(enumerate(PAPERS[:40]))))


@pytest.mark.parametrize("at_once", [1, 50, 1 << 21])
def test_merged_segments_are_what_one_segment_would_have_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(merge, "MOST_AT_ONCE", at_once)
    papers = dict(enumerate(PAPERS))
    pieces = [dict(list(papers.items())[start : start + 17]) for start in range(0, 90, 17)]
    parts = [
        Part(built(tmp_path / f"{number}.seg", piece), np.ones(len(piece), bool))
        for number, piece in enumerate(pieces)
    ]
    merge.merge(tmp_path / "merged.seg", parts)
    assert_same(Segment(tmp_path / "merged.seg"), built(tmp_path / "whole.seg", papers))


def test_merging_leaves_deleted_papers_out(tmp_path: Path) -> None:
    one = built(tmp_path / "1.seg", dict(enumerate(PAPERS[:50])))
    other = built(tmp_path / "2.seg", dict(enumerate(PAPERS[50:], 50)))
    kept = np.arange(50) % 3 > 0, np.arange(40) % 2 > 0
    merge.merge(tmp_path / "m.seg", [Part(one, kept[0]), Part(other, kept[1])])
    merged = Segment(tmp_path / "m.seg")
    left = [number for number in range(90) if np.concatenate(kept)[number]]
    whole = built(tmp_path / "w.seg", {number: PAPERS[number] for number in left})
    assert merged.ids.tolist() == left
    for field in FIELDS:
        assert merged.lengths(field).tolist() == whole.lengths(field).tolist()
        for number, word in enumerate(whole.words):
            same = merged.words.find(word)
            mine = merged.places(field, same, same + 1)
            theirs = whole.places(field, number, number + 1)
            assert [each.tolist() for each in mine] == [each.tolist() for each in theirs]
    for number, stem in enumerate(whole.stems):
        same = merged.stems.find(stem)
        papers, weights = merged.of_stems.read(same, same + 1)
        expected, codes_of = whole.of_stems.read(number, number + 1)
        assert papers.tolist() == expected.tolist()
        assert weights.tolist() == codes_of.tolist()


def test_a_segment_without_words(tmp_path: Path) -> None:
    empty = built(tmp_path / "a.seg", {1: Paper(title="…")})
    assert empty.papers == 1
    assert list(empty.words) == []
    merge.merge(tmp_path / "m.seg", [Part(empty, np.zeros(1, bool)), Part(empty, np.ones(1, bool))])
    assert Segment(tmp_path / "m.seg").ids.tolist() == [1]


# Codes


def test_codes_weigh_as_bm25f_does() -> None:
    titles, abstracts = np.array([0, 1, 2, 0]), np.array([1, 0, 3, 20])
    long = codes.length_codes(np.array([9, 9, 5, 14]), np.array([150, 0, 80, 400]))
    table = codes.weights(9.0, 140.0)
    found = table[codes.count_codes(titles, abstracts) | long]
    exact = [
        1 / (0.3 + 0.7 * 150 / 140),
        4 / 1.0,
        8 / (0.7 + 0.3 * 5 / 9) + 3 / (0.3 + 0.7 * 80 / 140),
        20 / (0.3 + 0.7 * 400 / 140),
    ]
    assert np.allclose(found, exact, rtol=0.25)
    assert np.allclose(found[:3], exact[:3], rtol=0.05)
