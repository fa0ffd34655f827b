"""Templates of the reader's own: any text format, written with Jinja2.

A template may do what it likes and cannot do harm: it is rendered in a sandbox (``rendering``), in
a process of its own that is given so much time and memory and no more. So a loop without end, a
text of a gigabyte or a recursion ends with a sentence, whatever way they came about.

A template is a file, or a name: one of the reader's templates (``locations.templates_folder``) or
of carrel's (``templates`` beside this file). ``reading-list`` is the name of
``reading-list.md.jinja``, whose exports have the suffix ``.md``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from index.errors import ExportError
from index.exports.files import reason
from index.exports.options import Exported, ExportOptions
from index.locations import templates_folder
from index.text import clean_line

SHIPPED = Path(__file__).with_name("templates")
SECONDS, SECONDS_A_PAPER = 10.0, 0.002
"""What a template may take before it is stopped."""

_SUFFIX = ".jinja"
_CHUNK = 1 << 16  # characters


def names() -> list[str]:
    """The names of the reader's templates and of carrel's own, in the order of the alphabet."""
    return sorted({_name(file) for folder in _folders() for file in _templates(folder)})


def find(name: str) -> Path:
    """The file of a template. Raises ExportError that lists the names there are."""
    named = Path(os.path.expanduser(name))  # noqa: PTH111 (Path.expanduser raises)
    try:
        if named.is_file():
            return named
        for folder in _folders():
            for file in _templates(folder):
                if name in (file.name, _name(file)):
                    return file
        if named.is_dir():
            raise ExportError(f"{clean_line(name)} is a folder, not a template.")
    except (OSError, ValueError):  # too long a name, or a NUL in it
        pass
    raise ExportError(
        f"There is no template “{clean_line(name)[:200]}”. Name a file, or choose of:"
        f" {', '.join(names())}."
    )


def suffix(template: Path) -> str:
    """What the name of a template says of its exports: ``.md`` for ``reading-list.md.jinja``."""
    return Path(template.name.removesuffix(_SUFFIX)).suffix or ".txt"


def render(
    template: Path, items: Iterable[Exported], options: ExportOptions, *, seconds: float = SECONDS
) -> Iterator[str]:
    """Yield what a template makes of papers. Raises ExportError, where it can with the line."""
    from index.exports.rendering import OPTIONS, PAPERS, TEXT, packed

    shown = clean_line(template.name)
    with ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="carrel-")))
            count = 0
            with (folder / PAPERS).open("wb") as papers:
                for item in items:
                    papers.write(packed(item))
                    count += 1
            given = {"title": options.title, "count": count}
            (folder / OPTIONS).write_text(json.dumps(given), encoding="utf-8")
            _run(template, folder, shown, seconds + SECONDS_A_PAPER * count)
            text = stack.enter_context((folder / TEXT).open(encoding="utf-8", newline=""))
        except OSError as error:
            raise ExportError(f"The template {shown} cannot be run: {reason(error)}.") from error
        while chunk := text.read(_CHUNK):
            yield chunk


def _run(template: Path, folder: Path, shown: str, seconds: float) -> None:
    # The modules come from where they came to this process, never from the folder it stands in.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-P", "-m", "index.exports.rendering"]
    try:
        done = subprocess.run(  # noqa: S603 (this program itself)
            [*command, str(template.absolute()), str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ExportError(
            f"The template {shown} is not done after {seconds:.0f} seconds: a loop may not end."
        ) from None
    if done.returncode:
        raise ExportError(_complaint(shown, done))


def _complaint(shown: str, done: subprocess.CompletedProcess[bytes]) -> str:
    """What went wrong: the sentence that the process left, or how it ended."""
    said = clean_line(done.stderr.decode("utf-8", "replace"))
    if done.returncode == 1 and said.startswith("The template "):
        return said
    return f"The template {shown} broke off: it asks for too much memory or nests too deeply."


def _folders() -> tuple[Path, Path]:
    return templates_folder(), SHIPPED


def _templates(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.name.endswith(_SUFFIX))
    except OSError:
        return []


def _name(template: Path) -> str:
    return template.name.split(".")[0]
