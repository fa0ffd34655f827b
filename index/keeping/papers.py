"""What is done to papers as such."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from index import precedence
from index.errors import EditError
from index.fields import FIELDS, Field, Value, value
from index.identifiers import parse_identifier
from index.keeping.editing import WORDS, parsed, texts
from index.keeping.room import Ids, Room, many
from index.store import citation_keys, identity, papers, reading, rows
from index.text import capital, quoted, series
from index.views import Done

if TYPE_CHECKING:
    from apsw import Connection


class Papers(Room):
    """The room where papers are edited, and where they leave the library."""

    def delete(self, ids: Ids) -> Done:
        """Delete papers. No import brings them back unasked; ``history.undo`` does."""
        chosen = many(ids)
        what = self._titled(chosen)
        with self._store.action(f"deleted {what}") as db:
            papers.delete(db, chosen)
        return Done(f"Deleted {what}.", len(chosen))

    def editable(self, paper_id: int) -> dict[str, str]:
        """All that can be edited of a paper, as ``edit`` takes it. Raises NotFoundError.

        An author, a category, an identifier (``doi:10.1000/x``) or a link (``pdf https://…``) is a
        line; LaTeX is as it came.
        """
        with self._store.reading() as db:
            known, key = reading.sourced(db, paper_id), papers.keys(db, [paper_id])[paper_id]
        return texts(known.paper, key)

    def edit(self, paper_id: int, changes: Mapping[str, str | Sequence[str]]) -> Done:
        """Change fields of a paper: no source overwrites them from now on.

        ``changes`` has the new text of each (see ``editable``), or the items of a list; empty, the
        field is cleared. What is as it was is not edited. Raises EditError, and changes nothing,
        where one cannot be kept.
        """
        what = self._titled([paper_id])
        with self._store.reading() as db:
            values, key = parsed(changes, reading.sourced(db, paper_id).paper.authors)
            names = self._changed(db, paper_id, values, key)
        if not names:
            return Done("Nothing is changed by that.", 0)
        did = f"edited {_words(names)} of {what}"
        with self._store.action(did) as db:
            known = reading.sourced(db, paper_id)
            values = {name: one for name, one in values.items() if name in names}
            self._refuse_names_of_others(db, paper_id, values.get("identifiers", ()))
            papers.update(db, paper_id, known, precedence.edit(known, values))
            if key and "key" in names:
                self._refuse_key_of_another(db, paper_id, key)
                citation_keys.give(db, paper_id, key)
        return Done(f"{capital(did)}.", 1)

    def unedit(self, paper_id: int, fields: Iterable[str]) -> Done:
        """Let the sources speak of fields again: each is what the best of them says.

        That includes what came since the edit. Identifiers that other papers bear by now stay
        theirs. Raises EditError where there is no such field, or no source speaks of it.
        """
        what = self._titled([paper_id])
        wanted = list(dict.fromkeys(fields))
        for name in wanted:
            if name not in FIELDS:
                raise EditError(f"No source speaks of the field “{name}”.")
        with self._store.reading() as db:
            known = reading.sourced(db, paper_id)
        left = precedence.unedit(known, wanted).edited
        edited = [name for name in known.edited if name not in left]
        if not edited:
            return Done("Nothing of that was edited.", 0)
        did = f"reset {_words(edited)} of {what}"
        with self._store.action(did) as db:
            known = reading.sourced(db, paper_id)
            papers.update(db, paper_id, known, precedence.unedit(known, edited))
        return Done(f"{capital(did)} to what the sources say.", 1)

    def _changed(
        self, db: Connection, paper_id: int, values: Mapping[Field, Value], key: str | None
    ) -> list[str]:
        """Those of the fields that become something else."""
        paper = reading.sourced(db, paper_id).paper
        names: list[str] = [name for name, one in values.items() if one != value(paper, name)]
        if key is not None and papers.keys(db, [paper_id])[paper_id] != key:
            names.append("key")
        return names

    def _refuse_names_of_others(self, db: Connection, paper_id: int, names: Iterable[str]) -> None:
        for name in names:
            identifier = parse_identifier(name)
            holder = identity.holder_of(db, identifier) if identifier else None
            if holder is not None and holder != paper_id:
                raise EditError(f"{name} belongs to {_numbered(db, holder)}.")

    def _refuse_key_of_another(self, db: Connection, paper_id: int, key: str) -> None:
        if (holder := papers.with_key(db, key)) is not None:
            raise EditError(f"The key {key} belongs to {_numbered(db, holder)}.")
        if citation_keys.was_of(db, key) not in (None, paper_id):
            raise EditError(f"The key {key} was another paper's: what cites it must stay true.")


def _numbered(db: Connection, paper_id: int) -> str:
    title = next((row.title for row in rows.rows(db, [paper_id])), "")
    return f"paper {paper_id}, {quoted(title)}"


def _words(names: Iterable[str]) -> str:
    """``the title, the date and the links``"""
    return series([f"the {WORDS[name]}" for name in names])
