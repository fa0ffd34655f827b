"""``carrel export``, from every choice of papers to every format."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from index.exports import FORMATS
from tests.tui.cli.conftest import Carrel

PAPERS = "".join(
    json.dumps(fields) + "\n"
    for fields in (
        {
            "title": "Graph Pooling by Example",
            "abstract": "We pool graphs.",
            "authors": ["Ada Lovelace", "Bo Li"],
            "year": 2024,
            "venue": "ICLR",
            "arxiv": "2402.14393",
        },
        {"title": 'Na\\"ive Baselines for $\\alpha$-Divergence', "year": 2023},
        {"title": "=Attention to {Detail}"},
    )
)


@pytest.fixture
def desk(carrel: Carrel) -> Carrel:
    carrel("import", "-", stdin=PAPERS)
    carrel("list", "add", "thesis", 2, 1)
    carrel("tag", "add", "ml/gnn", 1)
    return carrel


def titles(text: str) -> list[str]:
    return [json.loads(line)["title"] for line in text.splitlines() if "title" in line]


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        (("--list", "thesis"), [1, 0]),
        (("--tag", "ml"), [0]),
        (("--query", "pooling"), [0]),
        (("--id", 3, "--id", 1), [2, 0]),
        (("--list", "thesis", "--sort", "title"), [0, 1]),
        (("--all",), [0, 1, 2]),
    ],
)
def test_papers_are_chosen(desk: Carrel, choice: tuple[object, ...], found: list[int]) -> None:
    wanted = titles(PAPERS)
    text = desk("export", *choice, "--format", "jsonl").stdout
    assert titles(text) == [wanted[index] for index in found]


@pytest.mark.parametrize("form", [form for form in FORMATS.values() if not form.is_folder])
def test_every_format_goes_to_standard_output_and_to_a_file(
    desk: Carrel, tmp_path: Path, form: object
) -> None:
    name = getattr(form, "name", "")
    text = desk("export", "--all", "--format", name).stdout
    assert "Pooling" in text
    target = tmp_path / "papers"
    done = desk("export", "--all", "--format", name, "-o", target)
    assert done.stderr == f"Written to {target}.\n"
    assert target.read_bytes().decode() == text


def test_a_folder_is_written_where_it_is_told(desk: Carrel, tmp_path: Path) -> None:
    assert "name a folder" in desk("export", "--all", "--format", "obsidian", code=1).stderr
    vault = tmp_path / "vault"
    desk("export", "--all", "--format", "obsidian", "-o", vault)
    assert sorted(path.name for path in vault.rglob("*.md")) == [
        "attentiondetail.md",
        "lovelace2024graph.md",
        "naivebaselinesalpha.md",
        "thesis.md",
    ]
    note = (vault / "papers/lovelace2024graph.md").read_text("utf-8")
    assert 'tags: ["ml/gnn"]' in note
    assert "(../lists/thesis.md)" in note
    page = (vault / "lists/thesis.md").read_text("utf-8")
    assert page.index("Naïve") < page.index("Pooling")
    (vault / "mine.md").write_text("mine")
    said = desk("export", "--list", "thesis", "--format", "obsidian", "-o", vault, code=1).stderr
    assert "--force" in said
    desk("export", "--list", "thesis", "--format", "obsidian", "-o", vault, "--force")
    assert (vault / "mine.md").read_text() == "mine"


def test_everything_can_be_taken_to_another_library(desk: Carrel, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    desk("export", "--all", "--format", "jsonl", "-o", file)
    other = str(tmp_path / "other")
    said = desk("import", file, CARREL_LIBRARY=other).stdout
    assert said.startswith("3 papers added from 3 records")
    again = desk("export", "--all", "--format", "jsonl", CARREL_LIBRARY=other).stdout
    assert again == file.read_text("utf-8")


def test_templates_are_used_by_name_and_by_path(desk: Carrel, tmp_path: Path) -> None:
    text = desk("export", "--list", "thesis", "--template", "reading-list").stdout
    assert text.startswith("# thesis\n\n- [ ] Naïve Baselines")
    mine = tmp_path / "mine.txt"
    mine.write_text("{% for p in papers %}{{ p.key }}\n{% endfor %}")
    assert desk("export", "--tag", "ml/gnn", "--template", mine).stdout == "lovelace2024graph\n"
    mine.write_text("one\n{{ papres }}")
    refused = desk("export", "--all", "--template", mine, code=1)
    assert refused.stderr == "Error: The template mine.txt, line 2: 'papres' is undefined.\n"
    assert "choose of: annotated" in desk("export", "--all", "--template", "none", code=1).stderr


def test_formats_and_templates_are_listed(desk: Carrel) -> None:
    said = desk("export", "--formats").stdout
    assert all(name in said for name in FORMATS)
    assert "reading-list" in said
    found = [json.loads(line) for line in desk("export", "--formats", "--json").stdout.splitlines()]
    assert [one["format"] for one in found if "format" in one] == list(FORMATS)
    assert {one["template"] for one in found if "template" in one} == {
        "annotated-bibliography",
        "reading-list",
    }


def test_a_file_that_exists_is_replaced_only_by_force(desk: Carrel, tmp_path: Path) -> None:
    target = tmp_path / "papers.md"
    target.write_text("mine")
    refused = desk("export", "--all", "-o", target, code=1)
    assert refused.stderr == f"Error: {target} exists already; --force replaces it.\n"
    assert target.read_text() == "mine"
    desk("export", "--all", "-o", target, "--force")
    assert target.read_text("utf-8").startswith("# All papers\n")


@pytest.mark.skipif(os.name != "posix", reason="there are no terminals to be opened")
@pytest.mark.parametrize(("answer", "replaced"), [("y", True), ("n", False)])
def test_on_a_terminal_it_is_asked(
    desk: Carrel, tmp_path: Path, answer: str, replaced: bool
) -> None:
    target = tmp_path / "papers.md"
    target.write_text("mine")
    ours, theirs = pty.openpty()
    os.write(ours, f"{answer}\n".encode())
    command = [sys.executable, "-m", "tui", "export", "--all", "-o", str(target)]
    library = {"CARREL_LIBRARY": str(tmp_path / "library")}
    done = subprocess.run(
        command, stdin=theirs, stderr=theirs, env=os.environ | library, check=False
    )
    os.close(theirs)
    said = os.read(ours, 10_000).decode()
    os.close(ours)
    assert "exists already. Replace it? [y/N]" in said.replace("\r\n", "")
    assert done.returncode == (0 if replaced else 1)
    assert (target.read_text("utf-8") == "mine") != replaced


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        (".", "is a folder. Name a file to write to."),
        ("none/papers.md", "there is no folder to put it in."),
        ("x" * 300, "its name is too long."),
    ],
)
def test_what_cannot_be_written_is_said(
    desk: Carrel, tmp_path: Path, target: str, sentence: str
) -> None:
    said = desk("export", "--all", "-o", tmp_path / target, "--force", code=1).stderr
    assert said.endswith(f"{sentence}\n")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--all", "--list", "thesis"),
        ("--id", 1, "--query", "x"),
        ("--all", "--format", "csv", "--template", "reading-list"),
        ("--all", "--json"),
        ("--id", "one"),
    ],
)
def test_a_choice_that_makes_no_sense_is_a_usage_error(
    desk: Carrel, arguments: tuple[object, ...]
) -> None:
    assert "Error: " in desk("export", *arguments, code=2).stderr


def test_there_must_be_papers(desk: Carrel) -> None:
    said = desk("export", "--query", "zebra", code=1).stderr
    assert said == "Error: There are no papers to export.\n"
    said = desk("export", "--id", 1, "--id", 99, code=1).stderr
    assert said == "Error: There is no paper 99 in this library.\n"


def test_papers_are_cited(desk: Carrel) -> None:
    said = desk("cite", 1).stdout
    assert said.startswith("Lovelace, A., & Li, B. (2024). Graph Pooling by Example.")
    assert said.endswith("https://arxiv.org/abs/2402.14393\n")
    assert desk("cite", 2, 1, "--as", "key").stdout == "naivebaselinesalpha, lovelace2024graph\n"
    entries = desk("cite", 1, "--as", "bibtex").stdout
    assert "{lovelace2024graph,\n" in entries
    assert not entries.endswith("\n\n")


def test_a_paper_that_is_not_there_is_not_cited(desk: Carrel) -> None:
    said = desk("cite", 1, 99, code=1)
    assert said.stdout == ""
    assert said.stderr == "Error: There is no paper 99 in this library.\n"
