"""The world outside: which addresses are opened, and when there is nothing to open them with."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tui import outside


@pytest.fixture(autouse=True)
def _no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")


def test_without_a_screen_nothing_is_opened() -> None:
    assert not outside.has_screen()
    assert not outside.open_in_browser("https://example.org")
    assert not outside.copy_with_a_tool("text")
    assert not outside.open_file(Path("a.pdf"))


def test_without_a_viewer_no_file_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PATH", "")
    assert not outside.open_file(Path("a.pdf"))


def test_from_afar_nothing_is_opened_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert outside.has_screen()
    monkeypatch.setenv("SSH_CONNECTION", "1.2.3.4 5 6.7.8.9 22")
    assert not outside.has_screen()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "x", "ftp://a.b"])
def test_only_web_addresses_are_opened(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert not outside.open_in_browser(address)


def test_copying_by_a_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "wl-copy"
    tool.write_text(f"#!/bin/sh\nexec /bin/cat > '{tmp_path}/copied'\n")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert outside.copy_with_a_tool("naïve α")
    assert (tmp_path / "copied").read_text(encoding="utf-8") == "naïve α"
    tool.write_text("#!/bin/sh\nexit 1\n")
    assert not outside.copy_with_a_tool("text")
