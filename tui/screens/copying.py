"""Choosing in which form papers are copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from tui.screens.menu import Menu

if TYPE_CHECKING:
    from index.exports.citation import Form

FORMS: tuple[tuple[Form, str, str, str], ...] = (
    ("title", "t", "title", "titles"),
    ("link", "l", "link", "links"),
    ("markdown", "m", "Markdown link", "Markdown links"),
    ("bibtex", "b", "BibTeX", "BibTeX"),
    ("citation", "c", "citation", "citations"),
    ("key", "y", "citation key", "citation keys"),
)
"""Each form with its letter, and its name for one paper and for many."""


def form_named(form: Form, count: int) -> str:
    """What is copied: ``the citation`` of one paper, ``the citations of 3 papers``."""
    one, many = next(names for known, _, *names in FORMS if known == form)
    return f"the {one}" if count == 1 else f"the {many} of {count:,} papers"


class CopyMenu(Menu["Form"]):
    """The forms, each by its digit or its letter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(letter, f"choose({number})", show=False)
        for number, (_, letter, *_) in enumerate(FORMS)
    ]

    def __init__(self, count: int) -> None:
        super().__init__(
            "Copy" if count == 1 else f"Copy of {count:,} papers",
            [
                (Content.assemble((letter, "$accent"), f"  {name[0].upper()}{name[1:]}"), form)
                for form, letter, *names in FORMS
                for name in (names[count != 1],)
            ],
        )
