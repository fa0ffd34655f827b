"""How well papers are ranked: nDCG@10, MAP and recall@100 on a test collection.

The words of a query are joined by OR. Beside the engines stands BM25 as Lucene computes it. Without
a collection one is made, in which each query's words come from the one paper that answers it: that
shows a broken ranking, not a good one.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import ir_measures
from ir_measures import AP, R, nDCG

from benchmarks import corpus
from benchmarks.bm25 import Bm25, words
from benchmarks.collection import Collection, made_collection, read_collection
from benchmarks.engines import ENGINES, load
from benchmarks.queries import Either, Everything, Node, Query, Word
from benchmarks.setting import tell
from benchmarks.tables import machine, table
from benchmarks.worker import Worker

MEASURES = {"nDCG@10": nDCG @ 10, "MAP": AP, "recall@100": R @ 100}
DEPTH = 1000  # documents ranked for a query
LONGEST = 1900  # characters of a query in carrel's language, which takes no more than 2,000
BM25_SETTINGS = ((0.9, 0.4), (1.2, 0.75))  # k1 and b: Anserini's, and Lucene's own

Run = dict[str, list[str]]  # the documents of a query, best first


def in_words(text: str) -> Node | None:
    """The words of a question, any of which may occur: as many as carrel's query may hold."""
    found = tuple(map(Word, dict.fromkeys(words(text))))
    while len(Query("any", Either(found)).text) > LONGEST:
        found = found[:-1]
    return Either(found) if len(found) > 1 else found[0] if found else None


def run_engine(name: str, collection: Collection, folder: Path) -> Run:
    """Rank with an engine."""
    tell(f"ranking with {load(name).name} …")
    keys = list(collection.documents)
    with Worker(name, folder / name) as worker:
        worker.build(folder / "documents.jsonl")
        worker.open()
        held = worker.hits(Query("all", Everything()))
        if held != len(keys):
            raise RuntimeError(f"{load(name).name} holds {held} of {len(keys)} documents")
        return {
            query: [keys[number - 1] for number in worker.rank(Query("any", tree), DEPTH)]
            for query, text in collection.queries.items()
            if (tree := in_words(text))
        }


def run_bm25(collection: Collection) -> Iterator[tuple[str, Run]]:
    """Rank with plain BM25, once for each setting."""
    tell("ranking with BM25 …")
    keys = list(collection.documents)
    index = Bm25(f"{paper.title} {paper.abstract}" for paper in collection.documents.values())
    for k1, b in BM25_SETTINGS:
        run = {
            query: [keys[number] for number in index.rank(text, DEPTH, k1=k1, b=b)]
            for query, text in collection.queries.items()
        }
        yield f"BM25 as in Lucene, k1={k1} b={b}", run


def measured(collection: Collection, run: Run) -> dict[str, float]:
    """The measures of a run, by name."""
    scored = {
        query: {key: float(DEPTH - place) for place, key in enumerate(ranked)}
        for query, ranked in run.items()
    }
    judged = {query: dict(collection.judged[query]) for query in collection.queries}
    found = ir_measures.calc_aggregate(list(MEASURES.values()), judged, scored)
    return {name: float(found[measure]) for name, measure in MEASURES.items()}


def main(argv: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--docs", type=Path, metavar="FILE", help="corpus.jsonl")
    parser.add_argument("--queries", type=Path, metavar="FILE", help="queries.jsonl")
    parser.add_argument("--qrels", type=Path, metavar="FILE", help="qrels/test.tsv")
    parser.add_argument("--papers", type=int, default=5_000, help="of a made collection")
    parser.add_argument(
        "--engines",
        nargs="+",
        choices=ENGINES,
        default=[name for name in ENGINES if name != "whoosh"],
        metavar="NAME",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(argv)
    files = (options.docs, options.queries, options.qrels)
    if any(files) and not all(files):
        parser.error("--docs, --queries and --qrels belong together")
    if all(files):
        collection = read_collection(*files)
    else:
        collection = made_collection(options.papers, queries=200)
    figures = {}
    with tempfile.TemporaryDirectory(prefix="carrel-bench-") as folder:
        corpus.write(collection.documents.values(), Path(folder) / "documents.jsonl")
        for name in options.engines:
            run = run_engine(name, collection, Path(folder))
            figures[load(name).name] = measured(collection, run)
    figures |= {name: measured(collection, run) for name, run in run_bm25(collection)}
    kind = options.docs.name if options.docs else "made documents, known items"
    about = f"{len(collection.documents):,} documents, {len(collection.queries):,} queries ({kind})"
    about += f"; {machine()}"
    if options.json:
        print(json.dumps({"about": about, "figures": figures}))
        return
    rows = [[name, *(f"{one[key]:.4f}" for key in MEASURES)] for name, one in figures.items()]
    print(f"{about}.\n\n{table(['', *MEASURES], rows)}")


if __name__ == "__main__":
    main()
