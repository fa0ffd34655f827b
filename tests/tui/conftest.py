"""A real library in a temporary folder, and the reader over it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import Library
from index.locations import settings_file
from tests.index.sources.serving import Server, serving

PAPERS: list[dict[str, object]] = [
    {
        "title": "Pooling of Graphs by Parsing",
        "abstract": "A grammar of the nodes decides which of them are pooled together.",
        "authors": ["Mina Song", "Ada Li", "Otto Ek"],
        "year": 2024,
        "venue": "ICLR",
        "arxiv_id": "2402.99993",
        "pdf": "https://example.org/parsing.pdf",
    },
    {
        "title": "Trees that Remember the Rain",
        "abstract": "Rings are read by a network, and droughts are told from them.",
        "authors": ["Jo Moss"],
        "year": 2021,
        "doi": "10.1234/rings",
    },
    {"title": "A Survey of Slow Lamps", "abstract": "Lamps are surveyed. Slowly."},
    {"title": "Diffusion over Small Kitchens", "abstract": "Heat spreads; so does soup."},
]


def write_papers(file: Path, papers: list[dict[str, object]]) -> Path:
    """A file that ``jsonl`` reads."""
    file.write_text("".join(json.dumps(paper) + "\n" for paper in papers), encoding="utf-8")
    return file


def fill(folder: Path, papers: list[dict[str, object]]) -> Path:
    """A library of some papers, indexed."""
    library = Library.open(folder)
    report = library.import_files([write_papers(folder.parent / "papers.jsonl", papers)])
    assert not report.rejects
    library.catch_up()
    library.close()
    return folder


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test exports is not left where the tests are run."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a library of four papers."""
    return fill(tmp_path / "library", PAPERS)


@pytest.fixture
def server() -> Iterator[Server]:
    """A web server that the reader's settings name as every service."""
    with serving() as running:
        settings_file().parent.mkdir(parents=True)
        settings_file().write_text(running.settings(), "utf-8")
        yield running
