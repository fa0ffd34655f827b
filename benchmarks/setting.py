"""What a benchmark runs on: a corpus in a file, and an index of it for every engine."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus
from benchmarks.engines import ENGINES, load
from benchmarks.worker import Built, Worker


class Setting(NamedTuple):
    """A folder with a corpus, and the engines that are measured on it."""

    folder: Path
    corpus: Path
    papers: int
    said: str  # what the papers are, and how many
    engines: tuple[str, ...]

    def of(self, engine: str) -> Path:
        """The folder of an engine's index."""
        return self.folder / engine


def arguments(description: str | None, *, rivals: bool = True) -> argparse.ArgumentParser:
    """The options of a benchmark; without ``rivals`` it measures carrel alone."""
    parser = corpus.arguments(description)
    if rivals:
        said = f"only some of {', '.join(ENGINES)}"
        parser.add_argument(
            "--engines", nargs="+", choices=ENGINES, default=ENGINES, help=said, metavar="NAME"
        )
    else:
        parser.set_defaults(engines=["carrel"])
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help="keep corpus and indexes there for the next run"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    return parser


@contextmanager
def setting(options: argparse.Namespace) -> Iterator[Setting]:
    """The folder and the corpus that the options ask for."""
    kept = options.folder is not None
    folder = options.folder or Path(tempfile.mkdtemp(prefix="carrel-bench-"))
    try:
        yield _prepare(folder, options)
    finally:
        if not kept:
            shutil.rmtree(folder)


def _prepare(folder: Path, options: argparse.Namespace) -> Setting:
    file = folder / "papers.jsonl"
    about = folder / "about.json"
    source = options.papers_from
    asked = [options.papers, source.name if source else options.seed]
    if not about.exists() or json.loads(about.read_text())["asked"] != asked:
        for engine in ENGINES:
            shutil.rmtree(folder / engine, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        papers = corpus.write(corpus.chosen(options), file)
        about.write_text(json.dumps({"asked": asked, "papers": papers}))
    papers = json.loads(about.read_text())["papers"]
    kind = f"papers of {source.name}" if source else f"made papers (seed {options.seed})"
    engines = []
    for name in options.engines:
        most = load(name).most
        if most and papers > most:
            tell(f"{load(name).name} is left out: it takes very long beyond {most:,} papers.")
        else:
            engines.append(name)
    return Setting(folder, file, papers, f"{papers:,} {kind}", tuple(engines))


def build(setting: Setting, engine: str) -> Built:
    """Build an engine's index anew."""
    tell(f"indexing with {load(engine).name} …")
    shutil.rmtree(setting.of(engine), ignore_errors=True)
    with Worker(engine, setting.of(engine)) as worker:
        built = worker.build(setting.corpus)
    (setting.folder / f"{engine}.built").touch()
    return built


def ensure_built(setting: Setting) -> None:
    """Build the indexes that are not there yet."""
    for engine in setting.engines:
        mark = setting.folder / f"{engine}.built"
        if not (mark.exists() and setting.of(engine).exists()):
            build(setting, engine)


def tell(message: str) -> None:
    """Say how far it is, beside the figures."""
    print(message, file=sys.stderr, flush=True)
