"""``carrel duplicates``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Carrel

MOSS = ["Jo Moss", "Ada Li"]
PAPERS: list[dict[str, object]] = [
    {"title": "Rings of Rain", "authors": MOSS, "doi": "10.1101/1", "year": 2020},
    {"title": "Rings of Rain", "authors": MOSS, "doi": "10.1038/2", "year": 2021},
    {"title": "Optimising Slow Lamps", "authors": ["Otto Ek"]},
    {"title": "Optimizing Slow Lamps", "authors": ["Otto Ek"]},
    {"title": "Quite Another Matter"},
]


@pytest.fixture
def desk(carrel: Carrel, tmp_path: Path) -> Carrel:
    file = tmp_path / "papers.jsonl"
    file.write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS), "utf-8")
    carrel("import", file)
    return carrel


def test_pairs_are_printed_for_people_and_for_programs(desk: Carrel) -> None:
    found = desk("duplicates")
    assert found.stdout.splitlines() == [
        "title",
        "    1  ● Rings of Rain (Moss & Li, 2020)",
        "  ← 2  ● Rings of Rain (Moss & Li, 2021)",
        "near 95%",
        "    3  ● Optimising Slow Lamps (Ek)",
        "  ← 4  ● Optimizing Slow Lamps (Ek)",
    ]
    assert found.stderr == "2 pairs, 1 exact.\n"
    first, second = map(json.loads, desk("duplicates", "--json").stdout.splitlines())
    assert (first["keep"]["id"], first["other"]["id"], first["exact"]) == (1, 2, True)
    assert (second["reason"], second["likeness"], second["exact"]) == ("near", 0.9524, False)


def test_merging_and_setting_apart(desk: Carrel) -> None:
    merged = desk("duplicates", "merge", 2, 1)
    assert merged.stdout == "Merged 1 paper into “Rings of Rain”.\n"
    assert desk("search", "rings").stdout == "2  ● Rings of Rain (Moss & Li, 2021)\n"
    apart = desk("duplicates", "apart", 4, 3)
    assert apart.stdout == "Set “Optimizing Slow Lamps” and “Optimising Slow Lamps” apart.\n"
    assert desk("duplicates").stderr == "There are no duplicates.\n"
    desk("undo")
    desk("undo")
    assert desk("duplicates").stderr == "2 pairs, 1 exact.\n"


def test_all_exact_ones_are_shown_first_and_need_a_yes(desk: Carrel) -> None:
    asked = desk("duplicates", "merge", "--exact", code=2)
    assert asked.stdout.splitlines() == [
        "    1  ● Rings of Rain (Moss & Li, 2020)",
        "  ← 2  ● Rings of Rain (Moss & Li, 2021)",
    ]
    assert "Nothing was merged: without a terminal, say --yes." in asked.stderr
    done = desk("duplicates", "merge", "--exact", "--yes")
    assert done.stdout.splitlines()[-1] == "Merged 1 paper into “Rings of Rain”."
    again = desk("duplicates", "merge", "--exact", "--yes")
    assert again.stdout == "There are no exact duplicates.\n"


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
@pytest.mark.parametrize(("answer", "left"), [("y", 4), ("n", 5)])
def test_a_person_at_a_terminal_is_asked(
    desk: Carrel, tmp_path: Path, answer: str, left: int
) -> None:
    person, terminal = os.openpty()
    os.write(person, f"{answer}\n".encode())
    asked = subprocess.run(
        [sys.executable, "-m", "tui", "duplicates", "merge", "--exact"],
        stdin=terminal,
        capture_output=True,
        text=True,
        env=os.environ | {"CARREL_LIBRARY": str(tmp_path / "library")},
        check=False,
    )
    os.close(terminal)
    os.close(person)
    assert "Merge 1 paper into another? [y/N]" in asked.stderr
    assert asked.returncode == (0 if answer == "y" else 1)
    assert len(desk("search").stdout.splitlines()) == left


def test_what_is_wrong_is_said(desk: Carrel) -> None:
    assert "say --exact" in desk("duplicates", "merge", 1, code=2).stderr
    assert "name none" in desk("duplicates", "merge", 1, 2, "--exact", code=2).stderr
    assert "Name two papers" in desk("duplicates", "apart", 1, 2, 3, code=2).stderr
    assert "Name two papers" in desk("duplicates", "apart", 1, 1, code=2).stderr
    assert "no paper 99" in desk("duplicates", "merge", 1, 99, code=1).stderr
