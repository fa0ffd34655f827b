"""The half of the library that acts: each action is one entry of the history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from index.errors import NamingError, NoteError, NotFoundError
from index.finding import Finding
from index.store import history, lists, marks, papers, rows, tags
from index.text import clean_line, clean_text, shortened
from index.views import Done

if TYPE_CHECKING:
    from apsw import Connection

Ids = int | Sequence[int]

LONGEST_NAME = 100
LONGEST_NOTE = 1_000_000


class Acting(Finding):
    """The half of ``Library`` that changes what the reader decides.

    Every method raises NotFoundError for a paper that is not there. What it did is on disk when it
    returns.
    """

    def star(self, ids: Ids, on: bool = True) -> Done:
        """Star papers, or take the stars away."""
        return self._mark(ids, marks.star, on, ("starred", "unstarred"))

    def mark_read(self, ids: Ids, read: bool = True) -> Done:
        """Mark papers as read or unread."""
        return self._mark(ids, marks.mark_read, read, ("marked as read", "marked as unread"))

    def tag(self, ids: Ids, name: str) -> Done:
        """Tag papers, making the tag where it is new. Raises NamingError."""
        chosen, name = _many(ids), _tag_name(name)
        what = self._titled(chosen)
        with self._store.action(f"tagged {what} #{name}") as db:
            changed = tags.attach(db, chosen, name)
        return _done(changed, f"Tagged {what} #{name}.", f"Already tagged #{name}.")

    def untag(self, ids: Ids, name: str) -> Done:
        """Take a tag from papers. Raises NotFoundError where there is no such tag."""
        chosen, name = _many(ids), self.tag_shelf(name).name
        what = self._titled(chosen)
        with self._store.action(f"took #{name} from {what}") as db:
            changed = tags.detach(db, chosen, name)
        return _done(changed, f"Took #{name} from {what}.", f"Not tagged #{name}.")

    def retag(self, ids: Ids, changes: Mapping[str, bool]) -> Done:
        """Give papers some tags (True) and take others (False): one action. Raises NamingError."""
        if len(changes) == 1:
            ((name, on),) = changes.items()
            return self.tag(ids, name) if on else self.untag(ids, name)
        chosen = _many(ids)
        wanted = {_tag_name(name): on for name, on in changes.items()}
        what = self._titled(chosen)
        done = _told(wanted, "#{}")
        with self._store.action(f"tagged {what} {done}") as db:
            changed = [
                (tags.attach if on else tags.detach)(db, chosen, name)
                for name, on in wanted.items()
            ]
        return _done(max(changed, default=0), f"Tagged {what} {done}.", "Its tags are as before.")

    def relist(self, ids: Ids, changes: Mapping[str, bool]) -> Done:
        """Put papers on some lists (True) and take them off others (False), as one action.

        Raises NamingError.
        """
        if len(changes) == 1:
            ((name, on),) = changes.items()
            return self.list_add(name, ids) if on else self.list_remove(name, ids)
        chosen = _many(ids)
        wanted = {_name(name, "reading list"): on for name, on in changes.items()}
        what = self._titled(chosen)
        done = _told(wanted, "“{}”")
        with self._store.action(f"listed {what}: {done}") as db:
            changed = []
            for name, on in wanted.items():
                if on:
                    lists.create(db, name)
                changed.append((lists.append if on else lists.remove)(db, name, chosen))
        return _done(max(changed, default=0), f"Listed {what}: {done}.", "Its lists are as before.")

    def new_list(self, name: str) -> Done:
        """Make a reading list. Raises NamingError."""
        name = _name(name, "reading list")
        with self._store.action(f"made the list “{name}”") as db:
            made = lists.create(db, name)
        message = f"Made the list “{name}”." if made else f"There is a list “{name}” already."
        return Done(message, 0)

    def list_add(self, name: str, ids: Ids) -> Done:
        """Put papers at the end of a reading list, made where it is new. Raises NamingError."""
        chosen, name = _many(ids), _name(name, "reading list")
        what = self._titled(chosen)
        with self._store.action(f"put {what} on “{name}”") as db:
            lists.create(db, name)
            changed = lists.append(db, name, chosen)
        return _done(changed, f"Put {what} on “{name}”.", f"Already on “{name}”.")

    def list_remove(self, name: str, ids: Ids) -> Done:
        """Take papers off a reading list. Raises NotFoundError where there is no such list."""
        chosen, name = _many(ids), self.list_shelf(name).name
        what = self._titled(chosen)
        with self._store.action(f"took {what} off “{name}”") as db:
            changed = lists.remove(db, name, chosen)
        return _done(changed, f"Took {what} off “{name}”.", f"Not on “{name}”.")

    def set_note(self, paper_id: int, text: str) -> Done:
        """Write a paper's note; an empty text removes it. Raises NoteError where it is too long."""
        text = clean_text(text)
        if len(text) > LONGEST_NOTE:
            raise NoteError(f"A note holds at most {LONGEST_NOTE:,} characters.")
        what = self._titled([paper_id])
        did = "wrote a note on" if text else "removed the note on"
        with self._store.action(f"{did} {what}") as db:
            changed = marks.set_note(db, paper_id, text)
        return _done(changed, f"{did.capitalize()} {what}.", "The note is as it was.")

    def delete(self, ids: Ids) -> Done:
        """Delete papers. No import brings them back unasked; ``undo`` does."""
        chosen = _many(ids)
        what = self._titled(chosen)
        with self._store.action(f"deleted {what}") as db:
            papers.delete(db, chosen)
            tags.drop_unborne(db)
        return Done(f"Deleted {what}.", len(chosen))

    def undo(self, *, imports: bool = True) -> Done:
        """Undo the newest action, or import, that is not undone yet.

        Without ``imports`` an import is not undone: what that would do comes back as a question.
        Undoing an import deletes those of its papers that the reader has not touched. Raises
        StoreError where a later change stands in the way.
        """
        with self._store.writing() as db:
            entry = history.newest(db)
            if entry is None:
                return Done("There is nothing to undo.", 0)
            if entry.batch is not None and not imports:
                papers_of = papers.count_of_batch(db, entry.batch)
                return Done("", 0, f"{entry.label.capitalize()}: {_count(papers_of)} would go.")
            history.mark_undone(db, entry)
            if entry.batch is None:
                history.undo(db, entry)
                return Done(f"Undone: {entry.label}.", 1)
            left, kept = papers.withdraw_batch(db, entry.batch)
        stay = f"; {kept:,} that you have worked with or that came again stay" if kept else ""
        if not left and not kept:
            stay = "; what it added to papers that were here before stays"
        return Done(f"Undone: {entry.label}: {_count(left)} removed{stay}.", left)

    def _mark(
        self,
        ids: Ids,
        change: Callable[[Connection, Sequence[int], bool], int],
        on: bool,
        verbs: tuple[str, str],
    ) -> Done:
        chosen, verb = _many(ids), verbs[0 if on else 1]
        what = self._titled(chosen)
        with self._store.action(f"{verb} {what}") as db:
            changed = change(db, chosen, on)
        return _done(changed, f"{verb.capitalize()}: {what}.", f"Already {verb}.")

    def _titled(self, ids: Sequence[int]) -> str:
        """The papers that an action is about, in a few words. Raises NotFoundError."""
        if not ids:
            raise NotFoundError("No paper was named.")
        with self._store.reading() as db:
            missing = papers.missing(db, ids)
            titles = [row.title for row in rows.rows(db, ids[:1])]
        if missing:
            raise NotFoundError(f"There is no paper {missing[0]} in this library.")
        if len(ids) != 1:
            return _count(len(ids))
        return f"“{shortened(titles[0], 60)}”"


def _many(ids: Ids) -> list[int]:
    return [ids] if isinstance(ids, int) else list(dict.fromkeys(ids))


def _count(number: int) -> str:
    return f"{number:,} {'paper' if number == 1 else 'papers'}"


def _done(changed: int, message: str, already: str) -> Done:
    return Done(message if changed else already, changed)


def _told(changes: Mapping[str, bool], form: str) -> str:
    """``+#gnn −#todo``"""
    return " ".join(f"{'+' if on else '−'}{form.format(name)}" for name, on in changes.items())


def _tag_name(name: str) -> str:
    return _name(clean_line(name).lstrip("#"), "tag")


def _name(name: str, kind: str) -> str:
    name = clean_line(name)
    if not name:
        raise NamingError(f"A {kind} needs a name.")
    if len(name) > LONGEST_NAME:
        raise NamingError(f"The name of a {kind} has at most {LONGEST_NAME} characters.")
    if '"' in name:
        raise NamingError(f"The name of a {kind} may not hold quotation marks.")
    return name
