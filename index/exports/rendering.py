"""The process that renders one template: see ``template``, which starts it and waits for it.

It reads the papers from a file, so that a template may go through them as often as it likes while
one of them is in memory. It ends with 0, or with 1 and a sentence on standard error.
"""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import TypeAdapter

from index.authors import short_authors
from index.exports import escape, facts, latex
from index.exports.citation import bibtex_entry, citation
from index.exports.options import Exported
from index.paper import Paper
from index.text import clean_line
from index.views import Detail

if TYPE_CHECKING:
    from jinja2.runtime import Context

MEMORY = 1 << 30  # bytes that a template may take, all of Python included
LONGEST_TEXT = 64 << 20  # bytes that it may write; and twenty times what the papers take
LARGEST_POWER = 1000
LONGEST_REPEAT = 1_000_000

PAPERS, OPTIONS, TEXT = "papers.jsonl", "options.json", "text"
"""The files in the folder that this process is given."""

_ITEM: TypeAdapter[tuple[Paper, Detail]] = TypeAdapter(tuple[Paper, Detail])


def packed(item: Exported) -> bytes:
    """A paper as a line of the file of papers."""
    return _ITEM.dump_json((item.paper, item.detail)) + b"\n"


@dataclass(frozen=True, slots=True)
class Shown(Detail):
    """A paper as a template sees it: all of ``Detail``, and what several templates need."""

    _paper: Paper | None = None  # the sandbox keeps to itself what begins with "_"

    @property
    def year(self) -> str:
        """The year of publication; empty where it is not known."""
        return self.published[:4]

    @property
    def url(self) -> str:
        """The best address of the paper; empty where none is known."""
        return facts.page(self)

    @property
    def status(self) -> str:
        """``read``, ``skipped``, ``opened`` or ``unread``."""
        return facts.status(self)

    def _item(self) -> Exported:
        assert self._paper is not None  # noqa: S101
        return Exported(self._paper, self)


class Papers:
    """The papers of an export, to be gone through any number of times."""

    def __init__(self, file: Path, count: int) -> None:
        self._file = file
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Shown]:
        with self._file.open("rb") as lines:
            for line in lines:
                paper, detail = _ITEM.validate_json(line)
                known = {field.name: getattr(detail, field.name) for field in fields(Detail)}
                yield Shown(**known, _paper=paper)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 as a reader's template gets it: data, and filters that escape it."""

    intercepted_binops = frozenset(("*", "**"))

    def __init__(self, *folders: Path) -> None:
        super().__init__(
            loader=FileSystemLoader(folders),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
        )
        self.filters.update(
            latex=latex.escape,
            markdown=escape.inline,
            html=escape.html,
            short_authors=lambda authors: short_authors(tuple(authors)),
            bibtex=lambda paper: bibtex_entry(paper._item()),
            citation=lambda paper: citation(paper._item()),
        )

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse at once what would take all the time or memory there is."""
        numbers = [side for side in (left, right) if isinstance(side, int)]
        lengths = [len(side) for side in (left, right) if hasattr(side, "__len__")]
        if operator == "**" and any(abs(number) > LARGEST_POWER for number in numbers):
            raise OverflowError("the power is too large")
        if operator == "*" and lengths and numbers and lengths[0] * numbers[0] > LONGEST_REPEAT:
            raise OverflowError("what it repeats is too long")
        return super().call_binop(context, operator, left, right)


def render(template: Path, folder: Path) -> None:
    """Render a template with the papers of a folder, and write what it makes to a file in it."""
    options = json.loads((folder / OPTIONS).read_bytes())
    papers = Papers(folder / PAPERS, options["count"])
    _limit(LONGEST_TEXT + 20 * (folder / PAPERS).stat().st_size)
    sandbox = Sandbox(template.parent, Path(__file__).with_name("templates"))
    pieces = sandbox.get_template(template.name).generate(papers=papers, title=options["title"])
    with (folder / TEXT).open("w", encoding="utf-8", errors="replace", newline="\n") as text:
        text.writelines(pieces)


def _limit(longest: int) -> None:
    """Bound what this process may take, where the system can."""
    with suppress(ImportError, ValueError, OSError):  # there is none in Windows
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that it is an error with a line
        resource.setrlimit(resource.RLIMIT_FSIZE, (longest, longest))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _reason(error: BaseException) -> str:
    match error:
        case RecursionError():
            return "it nests too deeply, or calls itself without end"
        case MemoryError():
            return "it takes more memory than a template may"
        case UnicodeDecodeError():
            return "it is not a text in UTF-8"
        case TemplateNotFound():
            return f"there is no template “{clean_line(str(error.name))}” beside it"
        case OSError(errno=errno.EFBIG):
            return "it writes more than a template may"
        case OSError():
            return clean_line(error.strerror or str(error))
    return clean_line(str(error))[:300].rstrip(".") or type(error).__name__


def _place(error: BaseException, template: Path) -> tuple[str, int]:
    """The name of the file and the line where a template went wrong; line 0 where none is known."""
    if isinstance(error, TemplateSyntaxError):
        return Path(error.filename or template).name, error.lineno
    name, line, trace = template.name, 0, error.__traceback__
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.suffix != ".py" and file.is_file():
            name, line = file.name, trace.tb_lineno
        trace = trace.tb_next
    return name, line


def main(template: Path, folder: Path) -> int:
    """Render, and return 0, or say what went wrong and return 1."""
    try:
        render(template, folder)
    except Exception as error:
        name, line = _place(error, template)
        where = f"The template {clean_line(name)}" + (f", line {line}" if line else "")
        print(f"{where}: {_reason(error)}.", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
