"""Adding papers by what names them."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from index.pasted import names_in
from index.text import shortened
from tui.gathering import LONGEST
from tui.screens.dialog import Dialog
from tui.widgets.fields import Field
from tui.widgets.paper_text import MUTED

SHOWN = 8  # names that are listed


class AddDialog(Dialog[tuple[str, ...]]):
    """Asks for identifiers and addresses of papers, and shows what is understood of them."""

    DEFAULT_CSS = """
    AddDialog {
        #names { height: auto; margin-bottom: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__("Add papers", "enter add · esc leave")

    def compose_body(self) -> ComposeResult:
        """The field, and the names in it, a line each."""
        yield Static(
            "DOIs, arXiv ids, or addresses at arxiv.org, doi.org, huggingface.co/papers and "
            "aclanthology.org; several with spaces between.",
            classes="about",
        )
        yield Field(placeholder="2402.14393", select_on_focus=False)
        yield Static(id="names")

    def on_mount(self) -> None:
        """Nothing is named yet."""
        self._show("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, text: str, problem: str = "") -> None:
        names = names_in(text)
        lines = [_understood(name) for name in names[:SHOWN]]
        if len(names) > SHOWN:
            lines.append(Content.styled(f"and {len(names) - SHOWN:,} more", MUTED))
        if problem:
            lines.append(Content.styled(problem, "$warning"))
        shown = self.query_one("#names", Static)
        shown.update(Content("\n").join(lines))
        shown.display = bool(lines)

    def action_submit(self) -> None:
        """Have done, or say what is lacking."""
        from index.adding import problem_with

        text = self.query_one(Field).value
        names = names_in(text)
        problems = [problem for name in names if (problem := problem_with(name))]
        if not names:
            self._show(text, "Name a paper.")
        elif len(problems) == len(names):  # one that is understood is reason enough to ask
            self._show(text, problems[0])
        else:
            self.dismiss(names)


def _understood(name: str) -> Content:
    """A name, as its scheme has it."""
    from index.adding import problem_with
    from index.identifiers import parse_identifier

    shown = shortened(name, LONGEST)
    if problem_with(name):
        return Content.assemble(("? ", "$warning"), shown, ("  not understood", MUTED))
    known = parse_identifier(name)
    if not known:
        return Content.assemble(("✓ ", "$success"), shown)
    return Content.assemble(("✓ ", "$success"), (f"{known.scheme} ", MUTED), known.value)
