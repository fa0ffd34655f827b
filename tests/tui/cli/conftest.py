"""The command line as a person calls it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

Carrel = Callable[..., subprocess.CompletedProcess[str]]
Call = Callable[..., Result]


@pytest.fixture
def carrel(tmp_path: Path) -> Carrel:
    """Run ``carrel ARGUMENTS…`` on a library of the test's own, and give back what it said."""
    library = tmp_path / "library"

    def run(
        *arguments: object, stdin: str | bytes = "", code: int = 0, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "tui", *map(str, arguments)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env=os.environ | {"CARREL_LIBRARY": str(library)} | environment,
            check=False,
        )
        answer = subprocess.CompletedProcess(
            done.args,
            done.returncode,
            done.stdout.decode(errors="replace"),
            done.stderr.decode(errors="replace"),
        )
        assert "Traceback" not in answer.stderr, answer.stderr
        assert answer.returncode == code, answer
        return answer

    return run


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """As ``carrel``, within this process: for tests that call many commands."""
    from tui.cli import main

    monkeypatch.setenv("CARREL_LIBRARY", str(tmp_path / "library"))

    def run(*arguments: object, stdin: str | bytes = "", code: int = 0) -> Result:
        result = CliRunner().invoke(main, [str(one) for one in arguments], input=stdin)
        assert result.exit_code == code, (result.output, result.exception)
        assert "Traceback" not in result.stderr
        return result

    return run
