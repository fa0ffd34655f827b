"""``carrel import``: what it reads, what it leaves out, and where it says so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from index.sources import FORMATS
from tests.index.sources.samples import SAMPLES
from tests.tui.cli.conftest import Carrel

BAD = '{"title": "A Title"}\n{"title": 3}\n' + '{"title": ""}\n' * 1100


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / "bad.jsonl"
    file.write_text(BAD)
    return file


def test_the_help_names_every_format(carrel: Carrel) -> None:
    said = carrel("import", "--help").stdout
    assert {source.name for source in FORMATS} <= set(re.findall(r"\w+", said))


def test_a_folder_and_standard_input_come_in(carrel: Carrel, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.bib").write_text(SAMPLES["bibtex"].text)
    (folder / "letter.txt").write_text("Dear reader,")
    done = carrel("import", folder, "-", stdin=SAMPLES["ris"].text)
    assert done.stdout == (
        "2 papers added from 4 records, 2 unchanged. 1 file of no known format left out.\n"
    )


def test_rejects_go_to_a_file_all_of_them(carrel: Carrel, tmp_path: Path, bad: Path) -> None:
    rejects = tmp_path / "rejects.jsonl"
    done = carrel("import", bad, tmp_path / "missing", "--rejects", rejects, code=1)
    assert done.stdout == "1 paper added from 1,102 records, 1,102 rejected.\n"
    assert done.stderr == f"What was left out is told in {rejects}.\n"
    told = [json.loads(line) for line in rejects.read_text().splitlines()]
    assert len(told) == 1102
    assert told[0] == {"file": "bad.jsonl", "line": 2, "reason": "title: not a text"}
    assert told[-1]["line"] == 0
    assert "does not exist" in told[-1]["reason"]


def test_where_nothing_is_left_out_the_file_is_empty(carrel: Carrel, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.jsonl"
    assert carrel("import", "-", "--rejects", rejects, stdin=SAMPLES["csv"].text).stderr == ""
    assert rejects.read_text() == ""


def test_no_file_is_replaced_by_rejects(carrel: Carrel, bad: Path) -> None:
    assert f"{bad} exists already" in carrel("import", bad, "--rejects", bad, code=1).stderr
    assert bad.read_text() == BAD
    assert "cannot be written" in carrel("import", bad, "--rejects", "/no/where", code=1).stderr
