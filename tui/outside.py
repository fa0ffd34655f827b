"""The world outside the terminal: a browser, a viewer, and clipboards that OSC 52 misses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit

_CLIPBOARDS = (
    ("pbcopy",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("clip.exe",),
)

LONGEST_FOR_TERMINALS = 74_994
"""Bytes that every terminal which copies at all (OSC 52) takes: 100,000 once they are encoded."""


def is_remote() -> bool:
    """Whether the person sits at another machine than this one."""
    return bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))


def has_screen() -> bool:
    """Whether windows can be opened here. A browser in the terminal would draw over the reader."""
    on_x = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return not is_remote() and (on_x or sys.platform in ("darwin", "win32"))


def open_in_browser(address: str) -> bool:
    """Open a web address; False where there is no browser or it is no web address. Blocks."""
    if urlsplit(address).scheme not in ("http", "https") or not has_screen():
        return False
    try:
        return webbrowser.get().open(address)
    except (webbrowser.Error, OSError):
        return False


def open_file(path: Path) -> bool:
    """Open a file with the system's viewer; False where there is none. Does not wait for it."""
    if not has_screen():
        return False
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606
        return True
    viewer = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if not viewer:
        return False
    try:
        started = subprocess.Popen(  # noqa: S603
            [viewer, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # it stays when the terminal closes
        )
    except OSError:
        return False
    threading.Thread(target=started.wait, daemon=True).start()  # else it stays as a zombie
    return True


def copy_with_a_tool(text: str) -> bool:
    """Copy by the desktop's own tool, for terminals without OSC 52. Blocks for at most a second."""
    if not has_screen():
        return False
    for tool in _CLIPBOARDS:
        if program := shutil.which(tool[0]):
            try:
                subprocess.run(  # noqa: S603
                    [program, *tool[1:]],
                    input=text.encode(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    timeout=1,
                    check=True,
                )
            except (OSError, subprocess.SubprocessError):
                continue
            return True
    return False
