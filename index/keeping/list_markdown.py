"""A reading list given out as Markdown (see ``index.checklist``), and applied as it came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.checklist import BOXES, Entry, Listed, Problem, names_in, parse, render
from index.errors import ChecklistError
from index.identifiers import parse_identifier
from index.store import lists, masks, papers, rows
from index.text import clean_line, shortened
from index.views import Shelf

if TYPE_CHECKING:
    from apsw import Connection

MOST_TOLD = 10  # lines of which it is said what is wrong with them


@dataclass(frozen=True, slots=True)
class Edit:
    """What became of a list: papers by their ids."""

    added: Sequence[int]
    removed: Sequence[int]
    set: Sequence[int]  # their status
    noted: Sequence[int]
    reordered: bool

    @property
    def changed(self) -> int:
        """How many papers changed; 1 where only their order did."""
        papers = {*self.added, *self.removed, *self.set, *self.noted}
        return len(papers) or int(self.reordered)

    def __str__(self) -> str:
        told = {
            "added": self.added,
            "taken off": self.removed,
            "with another status": self.set,
            "with another note": self.noted,
        }
        parts = [f"{len(ids):,} {what}" for what, ids in told.items() if ids]
        return ", ".join(parts + ["in another order"] * self.reordered)


def markdown(db: Connection, name: str) -> str:
    """The text of a list."""
    return render(name, _listed(db, name).values())


def apply(db: Connection, shelf: Shelf, text: str, base: str | None, longest_note: int) -> Edit:
    """Make a list what a text says, which was made from the text ``base``.

    Raises ChecklistError, before anything is done, where the list gives another text by now, or
    where a line of the text is not understood.
    """
    before = _listed(db, shelf.name)
    if base is not None and base != render(shelf.name, before.values()):
        raise ChecklistError(f"“{shelf.name}” was changed meanwhile; nothing was applied.")
    if not text.strip():
        raise ChecklistError("The text is empty; nothing was applied.")
    entries, problems = parse(text)
    wanted: dict[int, Entry] = {}
    for entry in entries:
        paper_id = _paper(db, entry)
        if paper_id is None:
            shown = shortened(clean_line(entry.key or entry.text), 40)
            problems.append(Problem(entry.line, f"names no paper of this library (“{shown}”)"))
        elif paper_id in wanted:
            other = wanted[paper_id].line
            problems.append(Problem(entry.line, f"names the paper of line {other} again"))
        else:
            wanted[paper_id] = entry
            if len(entry.note) > longest_note and entry.note != _note(before, paper_id):
                problems.append(Problem(entry.line, f"has a note of over {longest_note:,} letters"))
    if problems:
        raise ChecklistError(_told(problems))
    return _make(db, shelf, before, wanted)


def _listed(db: Connection, name: str) -> dict[int, Listed]:
    """The papers of a list by their ids, in its order."""
    ids = lists.papers(db, name)
    statuses, notes = lists.statuses(db, name, ids), lists.notes(db, name)
    keys = papers.keys(db, ids)
    return {
        row.id: Listed(
            key=keys[row.id],
            title=row.title,
            who=f"{row.authors} {row.year}".strip(),
            status=statuses[row.id],
            note=notes.get(row.id, ""),
        )
        for row in rows.rows(db, ids)
    }


def _paper(db: Connection, entry: Entry) -> int | None:
    """The one paper that a line names; None where it names none, or several."""
    if entry.key:
        return papers.with_key(db, entry.key)
    whole, *words = names_in(entry.text) or [""]
    if (found := papers.with_key(db, whole)) is not None:
        return found
    named = {
        paper_id
        for word in (whole, *words)
        if parse_identifier(word)
        for paper_id in masks.known_as(db, word)
    }
    return named.pop() if len(named) == 1 else None


def _make(
    db: Connection, shelf: Shelf, before: Mapping[int, Listed], wanted: Mapping[int, Entry]
) -> Edit:
    name, after = shelf.name, list(wanted)
    removed = [paper_id for paper_id in before if paper_id not in wanted]
    added = [paper_id for paper_id in after if paper_id not in before]
    lists.remove(db, name, removed)
    lists.append(db, name, added)
    stayed = [paper_id for paper_id in before if paper_id in wanted]
    reordered = stayed != [paper_id for paper_id in after if paper_id in before]
    # Where a list that is sorted has what was added is its own affair.
    if reordered or (shelf.order == "hand" and after != stayed + added):
        lists.arrange(db, name, after)
    statuses = lists.statuses(db, name, after)
    asked = {one: entry.status for one, entry in wanted.items() if entry.status != statuses[one]}
    for status in BOXES:
        lists.set_status(db, name, [one for one, to in asked.items() if to == status], status)
    noted = [one for one, entry in wanted.items() if entry.note != _note(before, one)]
    for paper_id in noted:
        lists.set_note(db, name, paper_id, wanted[paper_id].note)
    ticked = [one for one, to in asked.items() if to]
    return Edit(added, removed, ticked, noted, reordered)


def _note(listed: Mapping[int, Listed], paper_id: int) -> str:
    return listed[paper_id].note if paper_id in listed else ""


def _told(problems: Sequence[Problem]) -> str:
    """What is wrong with which lines, the first of them."""
    first = [f"line {line} {reason}" for line, reason in sorted(problems)[:MOST_TOLD]]
    more = len(problems) - len(first)
    told = "; ".join(first + [f"and {more:,} more"] * bool(more))
    return f"Nothing was applied: {told}."
