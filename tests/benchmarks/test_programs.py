"""The benchmarks run from one end to the other, and print what they measured."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.__main__ import BENCHMARKS
from benchmarks.workload import workload

ROOT = Path(__file__).parents[2]


def run(name: str, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


def test_search_compares_all_engines_on_every_query() -> None:
    printed = run("search", "--papers", "300", "--rounds", "1")
    assert printed.startswith("300 made papers (seed 1); ")
    assert "cores; " in printed.splitlines()[0]
    for name in ("carrel", "Whoosh", "SQLite FTS5", "tantivy"):
        assert f"- {name}: 1 process; " in printed
        assert f"\n| {name} | " in printed
    for query in workload():
        assert f"| `{query.text}`" in printed
    assert "| `graph is:starred` | " in printed
    assert "Slower than Whoosh: " in printed
    assert "Hits unlike the others': " in printed


def test_search_gives_every_time_as_json(folder: Path) -> None:
    options = ("--papers", "300", "--rounds", "2", "--engines", "carrel", "fts5", "--json")
    found: dict[str, Any] = json.loads(run("search", *options, "--count", "--folder", str(folder)))
    assert list(found["engines"]) == ["carrel", "fts5"]
    queries = found["engines"]["carrel"]["queries"]
    assert [query["query"] for query in queries][:2] == ["learning", "model"]
    assert all(len(query["seconds"]) == 2 for query in queries)
    assert found["engines"]["fts5"]["memory"] > 1_000_000
    assert (folder / "fts5.built").exists()


def test_real_papers_are_measured_too(tmp_path: Path) -> None:
    papers = tmp_path / "real.jsonl"
    papers.write_text(
        "".join(
            json.dumps({"title": f"Quantum paper {number}", "year": 2001}) + "\n"
            for number in range(40)
        )
    )
    printed = run("indexing", "--papers-from", str(papers), "--papers", "30", "--engines", "fts5")
    assert printed.startswith("30 papers of real.jsonl; ")


def test_indexing_compares_engines() -> None:
    options = ("--papers", "300", "--engines", "carrel", "tantivy", "--json")
    found = json.loads(run("indexing", *options))["engines"]
    assert list(found) == ["carrel", "tantivy"]
    for one in found.values():
        assert one["seconds"]["index"] > 0
        assert one["bytes"] > 100_000
        assert len(one["adding"]) == 5


def test_keys_are_timed_in_a_terminal(folder: Path) -> None:
    printed = run("keystroke", "--papers", "300", "--folder", str(folder), "--type", "graph p")
    assert "| from the key to its rows on the screen | " in printed
    assert "The slowest: `" in printed


def test_acting_is_timed_and_leaves_the_search_index_alone(folder: Path) -> None:
    options = ("--papers", "300", "--folder", str(folder))
    printed = run("acting", *options)
    for what in ("one star | 200", "a bare commit | 200", "one tag on 300 papers | 5"):
        assert f"| {what} | " in printed
    found = json.loads(run("acting", *options, "--json"))
    assert found["revised"] == 0
    assert len(found["undo"]) == len(found["redo"]) == 5


def test_every_benchmark_has_a_section_in_the_readme() -> None:
    readme = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    for name in (*BENCHMARKS, "corpus"):
        assert f"python -m benchmarks.{name}" in readme


def test_an_unknown_benchmark_is_named() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "serach"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "There is no benchmark 'serach'" in done.stderr


def test_importing_reports_a_dump_that_comes_in_twice() -> None:
    found = json.loads(run("importing", "--papers", "300", "--json"))
    assert found["about"].startswith("300 records as arXiv's dump has them; ")
    for turn in ("first", "again"):
        assert found[turn]["papers"] == 300
        assert 0 < found[turn]["brought"] < found[turn]["found"]
        assert found[turn]["memory"] > 10_000_000
    assert found["kind"] in ("PSS", "RSS")
    assert found["least"] > 0
    assert found["library"] > found["dump"] / 10
