"""Folders come to be whole or not at all, and hold nothing that was touched by mistake."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import ExportError
from index.exports.folders import write_folder

posix = pytest.mark.skipif(os.name != "posix", reason="what it sets up is known to POSIX only")

OURS = "---\ncarrel: a\n---\n\n"
FILES = [("papers/a.md", f"{OURS}new a\n"), ("papers/b.md", f"{OURS}new b\n"), ("lists/é.md", OURS)]


def held(folder: Path) -> dict[str, str]:
    """Every file of a folder, hidden ones too."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in files}


def test_a_new_folder_is_made(tmp_path: Path) -> None:
    write_folder(tmp_path / "desk", iter(FILES))
    assert held(tmp_path / "desk") == dict(FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["desk"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    write_folder(tmp_path, FILES)
    assert held(tmp_path) == dict(FILES)


def test_what_carrel_made_is_replaced_only_by_force(tmp_path: Path) -> None:
    write_folder(tmp_path, FILES)
    with pytest.raises(ExportError, match=r" exists already\."):
        write_folder(tmp_path, [("papers/a.md", OURS)])
    assert held(tmp_path) == dict(FILES)
    write_folder(tmp_path, [("papers/a.md", f"{OURS}newer\n")], force=True)
    assert held(tmp_path) == dict(FILES) | {"papers/a.md": f"{OURS}newer\n"}


def test_a_note_that_was_edited_is_still_known(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/a.md").write_bytes(b'---\r\ntitle: "x"\r\ncarrel: a\r\n---\r\nmore')
    write_folder(tmp_path, FILES, force=True)
    assert held(tmp_path) == dict(FILES)


@pytest.mark.parametrize("text", ["mine", "", "---\ntitle: x\n---\ncarrel: a\n", "carrel: a\n"])
def test_a_file_of_the_readers_own_stops_the_whole(tmp_path: Path, text: str) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/b.md").write_text(text)
    (tmp_path / "other.md").write_text("other")
    with pytest.raises(
        ExportError, match=r"^papers/b\.md in .* was not made by carrel, and nothing"
    ):
        write_folder(tmp_path, FILES, force=True)
    assert held(tmp_path) == {"papers/b.md": text, "other.md": "other"}
    assert not (tmp_path / "lists").exists()


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian/app.json").write_text("{}")
    (tmp_path / "mine.md").write_text("mine")
    write_folder(tmp_path, FILES, force=True)
    assert held(tmp_path) == dict(FILES) | {".obsidian/app.json": "{}", "mine.md": "mine"}


@posix
def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_text(OURS)
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "papers").symlink_to(outside)
    with pytest.raises(ExportError, match="was not made by carrel"):
        write_folder(desk, FILES, force=True)
    (desk / "papers").unlink()
    (desk / "papers").mkdir()
    (desk / "papers/a.md").symlink_to(outside / "a.md")
    with pytest.raises(ExportError, match="was not made by carrel"):
        write_folder(desk, FILES, force=True)
    assert held(outside) == {"a.md": OURS}


@posix
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("file", r"file is a file\. Name a folder to write to\.$"),
        ("none/desk", r"desk cannot be written: there is no folder to put it in\.$"),
        ("x" * 300, r" cannot be written: its name is too long\.$"),
        ("a\0b", r"ab cannot be written: .*null.*\.$"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(
    tmp_path: Path, name: str, sentence: str
) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match=sentence):
        write_folder(tmp_path / name, FILES, force=True)
    assert held(tmp_path) == {"file": "x"}


@pytest.mark.parametrize("exists", [False, True])
def test_where_papers_cannot_be_read_nothing_is_written(tmp_path: Path, exists: bool) -> None:
    desk = tmp_path / "desk"
    if exists:
        write_folder(desk, FILES[:1])
    before = held(tmp_path)

    def broken() -> Iterator[tuple[str, str]]:
        yield FILES[1]
        raise ExportError("gone")

    with pytest.raises(ExportError, match="gone"):
        write_folder(desk, broken(), force=True)
    assert held(tmp_path) == before


PROGRAM = """
import os, resource, signal, sys
from pathlib import Path
from index.errors import ExportError
from index.exports.folders import write_folder
exec(sys.argv[2])
note = "---\\ncarrel: a\\n---\\n"
try:
    write_folder(Path(sys.argv[1]), [("papers/a.md", note), ("papers/b.md", note + "x" * 10**6)],
                 force=True)
except ExportError as error:
    print(error)
"""


def refusal(target: Path, setup: str) -> str:
    """What is said where a process of its own, which ``setup`` limits, writes two notes."""
    command = [sys.executable, "-c", PROGRAM, str(target), setup]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@posix
@pytest.mark.parametrize("exists", [False, True])
def test_a_disk_that_is_full_half_way_leaves_what_was_there(tmp_path: Path, exists: bool) -> None:
    desk = tmp_path / "desk"
    if exists:
        write_folder(desk, FILES[:1])
    before = held(tmp_path)
    setup = (
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))"
    )
    assert refusal(desk, setup).endswith("desk cannot be written: File too large.\n")
    assert held(tmp_path) == before


@posix
def test_a_folder_that_may_not_be_written_to_stays() -> None:
    as_nobody = "os.geteuid() or os.setuid(65534)"  # nobody is stopped where root would not be
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "mine.md").write_text("mine")
        assert refusal(folder, as_nobody).endswith(" is protected against writing.\n")
        refused = refusal(folder / "desk", as_nobody)
        assert refused.endswith("desk cannot be written: you may not write there.\n")
        assert held(folder) == {"mine.md": "mine"}


@posix
def test_a_move_that_fails_takes_all_back() -> None:
    """The notes of one folder can be moved, those of the other may not be."""
    with tempfile.TemporaryDirectory() as name:
        desk = Path(name, "desk")
        write_folder(desk, [("one/a.md", OURS), ("two/b.md", OURS)])
        before = held(desk)
        program = PROGRAM.replace("papers/a.md", "one/a.md").replace("papers/b.md", "two/b.md")
        for path in (Path(name), desk, desk / "one"):
            path.chmod(0o777)
        (desk / "two").chmod(0o555)
        command = [sys.executable, "-c", program, str(desk), "os.geteuid() or os.setuid(65534)"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        (desk / "two").chmod(0o755)
        assert done.stdout.endswith("desk cannot be written: you may not write there.\n")
        assert held(desk) == before
