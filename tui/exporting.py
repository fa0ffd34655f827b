"""Papers out: which, by which format or template, and to which file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.exports import FORMATS, Abstracts
from index.exports.template import find, names, suffix
from index.progress import Progress
from index.text import capital
from tui.asking import Ask

if TYPE_CHECKING:
    from index.library import Library


@dataclass(frozen=True, slots=True)
class Way:
    """A format, or a template, by which papers leave."""

    name: str
    suffix: str  # of the file; "" for a folder
    description: str
    abstracts: tuple[Abstracts, ...] = ()  # how they can be given
    is_template: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether it writes a folder."""
        return not self.suffix


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers that leave: those with some ids, else those that are found."""

    title: str
    count: int
    ask: Ask
    ids: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What leaves, how, and where to."""

    papers: Papers
    way: Way
    path: Path
    abstracts: Abstracts = "folded"
    replaces: bool = False


def ways() -> list[Way]:
    """The formats, and the templates that there are now. Reads folders."""
    formats = [
        Way(
            form.name,
            form.suffix,
            capital(form.description),
            ("folded", "full", "none") if form.name == "markdown" else ("full", "none"),
        )
        for form in FORMATS.values()
    ]
    templates = [
        Way(name, suffix(find(name)), f"{name}, a template", is_template=True) for name in names()
    ]
    return [*formats, *templates]


def write(library: Library, plan: ExportPlan, tell: Progress) -> None:
    """Carry out a plan; ``tell`` is told how many papers are written, of how many.

    Raises ExportError, QueryError and SearchError, and what ``tell`` raises.
    """
    papers, way = plan.papers, plan.way
    made = library.export(
        papers.ask.query,
        ids=papers.ids,
        shelf=papers.ask.shelf,
        as_typed=papers.ask.as_typed,
        any_word=papers.ask.any_word,
        sort=papers.ask.sort,
        format="markdown" if way.is_template else way.name,
        template=way.name if way.is_template else "",
        title=papers.title,
        abstracts=plan.abstracts,
        progress=tell,
    )
    made.save(plan.path, force=plan.replaces)
