"""Settling: what papers become when an action is undone or redone after sources spoke of them.

What sources said since is not undone with an edit, and keeps none from being undone or redone. Of
what is said now, the best is shown. A merge, which fills in fields, is made of what was said then.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import apsw

from index import precedence
from index.fields import Field, Value
from index.paper import READER
from index.precedence import Sourced
from index.store import changes, identity, papers, provenance, reading
from index.store.changes import Change, Layout
from index.text import fold_title

_WITH: dict[str, Field] = {"title_key": "title", "version": "abstract"}
"""Columns that change with another's field."""


class Settling:
    """What must be known before the changes of an action are made, to settle papers afterwards."""

    def __init__(self, db: apsw.Connection, those: Iterable[Change], tables: Layout) -> None:
        self._db = db
        self._tables = tables
        of_fields = [one for one in those if one.table in ("papers", "fields", "overlooked")]
        made = {
            cast(int, {**one.old, **one.new}["id"])
            for one in of_fields
            if one.table == "papers" and one.kind != "UPDATE"
        }
        self._others = changes.papers(of_fields, tables) - made
        # What the reader's word for a field becomes; a merge does more to papers than that.
        self._edits: dict[int, dict[Field, Value | None]] = {}
        self._anew: set[tuple[object, object]] = set()  # (paper, field) that had none before
        for one in of_fields if not made else ():
            old, new = one.old.get("edit"), one.new.get("edit")
            if one.table == "fields" and (old or new):
                paper_id, name = tables["fields"].row(one)
                edit = provenance.parsed(str(new)) if new else None
                self._edits.setdefault(cast(int, paper_id), {})[cast(Field, name)] = edit
                if not old:
                    self._anew.add((paper_id, name))
        self._before = dict(self._sourced(self._edits))

    def explains(self, change: Change, found: Change | None) -> bool:
        """Whether a change cannot be made for no other reason than that a source spoke since.

        ``found``: the row as it is. Only where the reader edited a field anew is that so.
        """
        if change.table == "fields":
            is_edited = found is not None and found.old["source"] == READER
            return self._tables["fields"].row(change) in self._anew and not is_edited
        if change.table != "papers" or change.kind != "UPDATE" or not found:
            return False
        others = {column for column in change.new if found.old[column] != change.old[column]}
        return all((change.old["id"], _WITH.get(name, name)) in self._anew for name in others)

    def settle(self) -> None:
        """Let the papers show what they show by what is said of them now."""
        for paper_id, now in self._sourced(self._others):
            before = self._before.get(paper_id)
            settled = self._edited(paper_id, before) if before else precedence.settled(now)
            papers.update(self._db, paper_id, now, settled)
            titles = settled.overlooked.get("title", ())
            identity.call(self._db, paper_id, [fold_title(str(one.value)) for one in titles])

    def _edited(self, paper_id: int, before: Sourced) -> Sourced:
        """A paper as it was before, with the edits as they are now."""
        edits = self._edits[paper_id]
        gone = [name for name, edit in edits.items() if edit is None]
        came = {name: edit for name, edit in edits.items() if edit is not None}
        return precedence.edit(precedence.unedit(before, gone), came)

    def _sourced(self, ids: Iterable[int]) -> list[tuple[int, Sourced]]:
        return [
            (paper_id, provenance.read(self._db, paper_id, paper))
            for paper_id, paper in reading.fetch(self._db, sorted(ids))
        ]
