"""Files are written whole or not at all, and have names that every system takes."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ExportError
from index.exports import file_name, write_atomically

posix = pytest.mark.skipif(os.name != "posix", reason="what it sets up is known to POSIX only")


def test_a_file_is_written(tmp_path: Path) -> None:
    target = tmp_path / "é.md"
    write_atomically(target, iter(["one\n", "twö\n"]))
    assert target.read_bytes() == "one\ntwö\n".encode()
    assert list(tmp_path.iterdir()) == [target]


@posix
def test_a_new_file_may_be_read_by_whom_the_umask_lets(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a.md", ["x"])
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


@posix
def test_a_file_that_exists_is_replaced_only_by_force(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    target.write_text("old")
    target.chmod(0o600)
    with pytest.raises(ExportError, match=r"a\.md exists already\."):
        write_atomically(target, ["new"])
    assert target.read_text() == "old"
    write_atomically(target, ["new"], force=True)
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@posix
def test_a_link_is_followed(tmp_path: Path) -> None:
    link, target = tmp_path / "link.md", tmp_path / "target.md"
    target.write_text("old")
    link.symlink_to(target)
    write_atomically(link, ["new"], force=True)
    assert link.is_symlink()
    assert target.read_text() == "new"


@posix
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", r" is a folder\. Name a file to write to\.$"),
        ("none/a.md", r"a\.md cannot be written: there is no folder to put it in\.$"),
        ("pipe", r"pipe is not a file that can be replaced\.$"),
        ("x" * 300, r" cannot be written: its name is too long\.$"),
        ("a\0b", r"ab cannot be written: .*null.*\.$"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(
    tmp_path: Path, name: str, sentence: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportError, match=sentence):
        write_atomically(tmp_path / name, ["x"], force=True)
    assert [file.name for file in tmp_path.iterdir()] == ["pipe"]


def test_what_fails_midway_leaves_the_old_file(tmp_path: Path) -> None:
    def chunks() -> Iterator[str]:
        yield "half"
        raise ExportError("The papers ran out.")

    target = tmp_path / "a.md"
    target.write_text("old")
    with pytest.raises(ExportError, match="ran out"):
        write_atomically(target, chunks(), force=True)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


PROGRAM = """
import os, resource, signal, sys
from pathlib import Path
from index.errors import ExportError
from index.exports import write_atomically
exec(sys.argv[2])
try:
    write_atomically(Path(sys.argv[1]), ["x" * 1_000_000], force=True)
except ExportError as error:
    print(error)
"""


def refusal(target: Path, setup: str) -> str:
    """What is said where a process of its own, which ``setup`` limits, writes a megabyte."""
    command = [sys.executable, "-c", PROGRAM, str(target), setup]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@posix
def test_a_file_that_grows_too_large_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    target.write_text("old")
    setup = (
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))"
    )
    assert refusal(target, setup).endswith("a.md cannot be written: File too large.\n")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@posix
def test_what_is_protected_stays() -> None:
    as_nobody = "os.geteuid() or os.setuid(65534)"  # nobody is stopped where root would not be
    with tempfile.TemporaryDirectory() as name:
        folder, target = Path(name), Path(name, "a.md")
        target.write_text("old")
        target.chmod(0o444)
        folder.chmod(0o777)
        assert refusal(target, as_nobody).endswith("a.md is protected against writing.\n")
        folder.chmod(0o555)
        refused = refusal(folder / "b.md", as_nobody)
        folder.chmod(0o700)
        assert refused.endswith("b.md cannot be written: you may not write there.\n")
        assert target.read_text() == "old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_called_so(tmp_path: Path) -> None:
    def chunks() -> Iterator[str]:
        Path("/dev/full").write_text("x")
        yield ""

    with pytest.raises(ExportError, match=r"a\.md cannot be written: the disk is full\.$"):
        write_atomically(tmp_path / "a.md", chunks())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Graph Pooling: a survey", "Graph Pooling- a survey.md"),
        ("a/b\\c:d", "a-b-c-d.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("..", "untitled.md"),
        ("", "untitled.md"),
        ("-rf *", "rf -.md"),
        (".hidden.", "hidden.md"),
        ("CON", "_CON.md"),
        ("nul.txt", "_nul.txt.md"),
        ("console", "console.md"),
        ("a\x00\x1b[31m\nb\u202e", "a[31m b.md"),
        ("日本語", "日本語.md"),
    ],
)
def test_a_name_is_made_of_text(text: str, name: str) -> None:
    assert file_name(text, ".md") == name


def test_a_long_name_is_cut_between_characters() -> None:
    name = file_name("語" * 100, ".md")
    assert name == "語" * 65 + ".md"
    assert len(file_name("a" * 300)) == 200


@given(st.text(), st.sampled_from(["", ".md"]))
def test_any_text_names_a_file(text: str, suffix: str) -> None:
    name = file_name(text, suffix)
    assert len(name.encode()) <= 200
    assert name.endswith(suffix)
    assert name.removesuffix(suffix)
    assert name[0] not in ".- "
    assert name[-1] not in ". "
    assert {category(c) for c in name}.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
    assert not set(name) & set('<>:"/\\|?*')


def test_names_that_were_made_can_be_written(tmp_path: Path) -> None:
    for text in ("語" * 100, "../a", "x" * 500, "?", "a\nb"):
        write_atomically(tmp_path / file_name(text, ".md"), [text])
    assert len(list(tmp_path.iterdir())) == 5
