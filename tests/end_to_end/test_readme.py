"""The README's table of sources: each of its lines works, typed into a shell as it stands there."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index import Library
from tests.index.sources.pdf_bytes import pdf
from tests.index.sources.samples import SAMPLES
from tests.index.sources.serving import Reply, Request, Server, serving
from tests.index.sources.test_arxiv import entry, feed

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
TABLE = README.partition("### Where papers come from")[2].partition("\n\n")[2].partition("\n\n")[0]
LINES = [
    line.replace("\\|", "|") for line in re.findall(r"^\|.*\| `(.*)` \|$", TABLE, re.MULTILINE)
]

TITLE = "Parsing the Graphs of Small Toys"
RSS = """<rss version="2.0"><channel><title>Toys</title>
<item><title>A toy</title><link>https://toys.org/1</link></item></channel></rss>"""
OPML = '<opml version="2.0"><body><outline type="rss" xmlUrl="{}/rss/toys"/></body></opml>'


@pytest.fixture
def server() -> Iterator[Server]:
    """All that the lines ask for."""

    def arxiv(request: Request) -> Reply:
        asked = request.query.get("id_list") or "2001.00001"
        return Reply(feed([entry(f"{number}v1", TITLE) for number in asked.split(",")]).encode())

    with serving() as running:
        running.on("/arxiv", arxiv)
        paper = {"id": "2001.00002", "title": "Toy Wicks"}
        running.on("/papers/daily_papers", Reply(json.dumps([{"paper": paper}]).encode()))
        running.on("/papers/papers/search", Reply(b"[]"))
        csl = {"type": "article-journal", "title": "Toy Oil", "DOI": "10.1038/nature14539"}
        running.on("/doi/10.1038/nature14539", Reply(json.dumps(csl).encode()))
        running.on("/crossref/works", Reply(json.dumps({"message": {"items": []}}).encode()))
        for path in ("/rss/cs.DL", "/rss/toys"):
            running.on(path, Reply(RSS.encode(), headers={"Content-Type": "application/rss+xml"}))
        running.on("/papers.jsonl", Reply(SAMPLES["jsonl"].text.encode()))
        yield running


def fill(home: Path, server: Server) -> None:
    """Make what the lines name: the files, the command, and the server in place of services."""
    text = {name: sample.text.encode() for name, sample in SAMPLES.items()}
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("arxiv-metadata-oai-snapshot.json", text["arxiv_dump"])
    files = {
        "feeds.opml": OPML.format(server.address).encode(),
        "pdfs/2402.14393v2 (3).pdf": pdf("Toy Lanterns"),
        "library.bib": text["bibtex"],
        "export.ris": text["ris"],
        "items.json": text["csl_json"],
        "papers.csv": text["csv"],
        "papers.jsonl": text["jsonl"],
        "page.txt": text["hf_page"],
        "page.html": text["hf_page_html"],
        "arxiv-metadata-oai-snapshot.json.zip": zipped.getvalue(),
        "2024.acl.xml": text["acl_xml"],
        "corpus.jsonl.gz": gzip.compress(text["beir"]),
        "papers/deep/library.bib": text["bibtex"],
        "papers/corpus.jsonl.gz": gzip.compress(text["beir"]),
        "papers/holiday.jpg": b"\xff\xd8\xff",
    }
    for name, content in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(content)
    (home / "settings" / "carrel").mkdir(parents=True)
    (home / "settings" / "carrel" / "settings.toml").write_text(server.settings())
    (home / "bin").mkdir()
    (home / "bin" / "carrel").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n')
    (home / "bin" / "carrel").chmod(0o755)


def test_every_format_has_a_line() -> None:
    assert len(LINES) >= 18
    assert len(set(LINES)) == len(LINES)


@pytest.mark.parametrize("line", LINES)
def test_the_line_brings_papers(line: str, tmp_path: Path, server: Server) -> None:
    fill(tmp_path, server)
    if line == "carrel complete":
        (tmp_path / "lacking.jsonl").write_text(json.dumps({"title": TITLE}))
        with closing(Library.open(tmp_path / "library")) as library:
            library.import_files([tmp_path / "lacking.jsonl"])
    typed = line.replace("https://export.arxiv.org", server.address)
    typed = typed.replace("curl …", f"curl -s {server.address}/papers.jsonl")
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", typed],
        cwd=tmp_path,
        env=os.environ
        | {
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path / "settings"),
            "CARREL_LIBRARY": str(tmp_path / "library"),
            "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done
    with closing(Library.open(tmp_path / "library")) as library:
        assert library.overview().views[0].count
        assert line != "carrel complete" or library.detail(1).identifiers
