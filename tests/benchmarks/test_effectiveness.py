"""Rankings and their measures."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from benchmarks import effectiveness
from benchmarks.bm25 import Bm25
from benchmarks.collection import made_collection, read_collection
from benchmarks.corpus import Document
from benchmarks.effectiveness import in_words, measured
from benchmarks.queries import Query

TEXTS = {
    "moles": ("Moles", "Moles dig tunnels under lawns, and gardeners dislike their hills."),
    "owls": (
        "Owls at night",
        "Owls hunt mice in the dark; their hearing is better than their eyes.",
    ),
    "mice": ("", "Mice eat grain and hide from owls, cats and foxes in narrow holes."),
    "foxes": ("Foxes", "A fox hunts mice, rabbits and beetles, and eats berries in autumn."),
}
QUERIES = {"1": "what hunts mice?", "2": "digging of tunnels", "3": "not judged"}
JUDGED = {"1": {"owls": 2, "foxes": 1}, "2": {"moles": 1}}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    documents, queries, judged = (tmp_path / name for name in ("c.jsonl", "q.jsonl", "test.tsv"))
    documents.write_text(
        "\n".join(
            json.dumps({"_id": key, "title": title, "text": text})
            for key, (title, text) in TEXTS.items()
        )
    )
    queries.write_text(
        "\n".join(json.dumps({"_id": key, "text": text}) for key, text in QUERIES.items())
    )
    rows = [
        f"{query}\t{document}\t{grade}"
        for query, grades in JUDGED.items()
        for document, grade in grades.items()
    ]
    judged.write_text("\n".join(["query-id\tcorpus-id\tscore", *rows]))
    return ["--docs", str(documents), "--queries", str(queries), "--qrels", str(judged)]


def test_a_collection_is_read_as_it_is_written(files: list[str]) -> None:
    collection = read_collection(*map(Path, files[1::2]))
    assert list(collection.documents) == list(TEXTS)
    assert collection.queries == {key: QUERIES[key] for key in JUDGED}
    assert collection.judged == JUDGED
    assert (
        collection.documents["mice"].title
        == "Mice eat grain and hide from owls, cats and foxes in narrow"
    )


def test_every_engine_is_measured_on_a_collection(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    effectiveness.main([*files, "--engines", "carrel", "whoosh", "fts5", "tantivy", "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert printed["about"].startswith("4 documents, 2 queries (c.jsonl)")
    assert len(printed["figures"]) == 6
    for name, figures in printed["figures"].items():
        assert figures["recall@100"] == 1.0, name
        assert figures["nDCG@10"] > 0.75, name


def test_a_made_collection_serves_where_there_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    effectiveness.main(["--papers", "60", "--engines", "fts5"])
    printed = capsys.readouterr().out
    assert "60 documents, 60 queries (made documents, known items)" in printed
    assert "| SQLite FTS5 | 0.9" in printed or "| SQLite FTS5 | 1.0" in printed
    assert "| BM25 as in Lucene, k1=1.2 b=0.75 |" in printed


def test_files_that_belong_together_come_together(files: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        effectiveness.main(files[:4])


def test_bm25_is_the_formula() -> None:
    index = Bm25(["owl owl mouse", "mouse", "fox fox fox fox"])
    assert index.rank("mice owls", 10, k1=1.2, b=0.75) == [0]  # no stemmer knows mice
    assert index.rank("mouse", 10, k1=1.2, b=0.75) == [1, 0]  # the shorter
    assert index.rank("the", 10, k1=1.2, b=0.75) == []
    assert index.rank("the foxes and an owl", 1, k1=0.9, b=0.4) == [2]


def test_measures_are_as_defined() -> None:
    document = Document("1", "t", "", (), "", "")
    collection = made_collection(2, queries=1)._replace(
        documents=dict.fromkeys("abc", document),
        queries={"q": "t"},
        judged={"q": {"a": 1, "b": 1}},
    )
    figures = measured(collection, {"q": ["c", "a", "b"]})
    assert figures["recall@100"] == 1.0
    assert math.isclose(figures["MAP"], (1 / 2 + 2 / 3) / 2, rel_tol=1e-6)
    ideal = 1 + 1 / math.log2(3)
    assert math.isclose(figures["nDCG@10"], (1 / math.log2(3) + 1 / 2) / ideal, rel_tol=1e-6)


def test_the_longest_question_fits_into_a_query() -> None:
    tree = in_words(" ".join(f"word{number}" for number in range(1000)))
    assert tree
    assert 1800 < len(Query("any", tree).text) <= effectiveness.LONGEST
    assert in_words("?!") is None
