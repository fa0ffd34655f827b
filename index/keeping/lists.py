"""Reading lists: made, filled, put in order, and gone through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from index.errors import NamingError, NoteError, NotFoundError
from index.keeping.room import Ids, Room, done, many, told
from index.naming import proper_name
from index.store import lists, shelves
from index.text import capital, clean_text, counted, fold
from index.views import Done, ItemStatus, ListOrder, Shelf

if TYPE_CHECKING:
    from apsw import Connection

KIND = "reading list"
LONGEST_ITEM_NOTE = 10_000


class Lists(Room):
    """The room of reading lists."""

    def names(self) -> list[str]:
        """Every reading list, in the order of the alphabet."""
        with self._store.reading() as db:
            return lists.names(db)

    def shelf(self, name: str) -> Shelf:
        """The shelf of a reading list. Raises NotFoundError."""
        return self._named(KIND, name, shelves.list_named, lists.names)

    def notes(self, name: str) -> dict[int, str]:
        """The notes on a list, by paper, of those that have one there. Raises NotFoundError."""
        name = self.shelf(name).name
        with self._store.reading() as db:
            return lists.notes(db, name)

    def borne(self, ids: Ids) -> dict[str, int]:
        """The lists that any of the papers is on, and how many of them are on each."""
        with self._store.reading() as db:
            return lists.borne(db, many(ids))

    def new(self, name: str) -> Done:
        """Make a reading list. Raises NamingError."""
        name = proper_name(name, KIND)
        with self._store.action(f"made the list “{name}”") as db:
            made = lists.create(db, name)
        message = f"Made the list “{name}”." if made else f"There is a list “{name}” already."
        return Done(message, 0)

    def add(self, name: str, ids: Ids) -> Done:
        """Put papers at the end of a reading list, made where it is new. Raises NamingError."""
        chosen, name = many(ids), proper_name(name, KIND)
        what = self._titled(chosen)
        with self._store.action(f"put {what} on “{name}”") as db:
            lists.create(db, name)
            changed = lists.append(db, name, chosen)
        return done(changed, f"Put {what} on “{name}”.", f"Already on “{name}”.")

    def remove(self, name: str, ids: Ids) -> Done:
        """Take papers off a reading list. Raises NotFoundError where there is no such list."""
        chosen, name = many(ids), self.shelf(name).name
        what = self._titled(chosen)
        with self._store.action(f"took {what} off “{name}”") as db:
            changed = lists.remove(db, name, chosen)
        return done(changed, f"Took {what} off “{name}”.", f"Not on “{name}”.")

    def change(self, ids: Ids, changes: Mapping[str, bool]) -> Done:
        """Put papers on some lists (True) and take them off others (False), as one action.

        Raises NamingError.
        """
        if len(changes) == 1:
            ((name, on),) = changes.items()
            return self.add(name, ids) if on else self.remove(name, ids)
        chosen = many(ids)
        wanted = {proper_name(name, KIND): on for name, on in changes.items()}
        what, did = self._titled(chosen), told(wanted, "“{}”")
        with self._store.action(f"listed {what}: {did}") as db:
            changed = 0
            for name, on in wanted.items():
                if on:
                    lists.create(db, name)
                changed += (lists.append if on else lists.remove)(db, name, chosen)
        changed = min(changed, len(chosen))
        return done(changed, f"Listed {what}: {did}.", "The lists are as before.")

    def move(self, name: str, ids: Ids, by: int) -> Done:
        """Move papers down a list by some places (up: below 0), as far as there is room.

        They keep together in their order. A list that was sorted keeps the order that it had, by
        hand from now on. Raises NotFoundError where one of them is not on the list.
        """
        return self._move(name, ids, lambda first: first + by)

    def place(self, name: str, ids: Ids, at: int) -> Done:
        """Move papers to a place on a list, the first of which is 0. As ``move``."""
        return self._move(name, ids, lambda first: at)

    def status(self, name: str, ids: Ids, status: ItemStatus) -> Done:
        """Say how far one is with papers of a list. Raises NotFoundError as ``move`` does."""
        chosen, name = many(ids), self.shelf(name).name
        what = self._on_list(name, chosen)
        did = f"marked {what} as {status} on “{name}”"
        with self._store.action(did) as db:
            changed = lists.set_status(db, name, chosen, status)
        return done(changed, f"{capital(did)}.", f"Already {status}.")

    def note(self, name: str, paper_id: int, text: str) -> Done:
        """Write why a paper is on a list; an empty text removes that.

        Raises NotFoundError as ``move`` does, and NoteError where the text is too long.
        """
        given, text = text, clean_text(text)
        name = self.shelf(name).name
        if given.strip() and not text.strip():
            raise NoteError("There is nothing in this note that can be read.")
        if len(text) > LONGEST_ITEM_NOTE:
            raise NoteError(f"A note on a list holds at most {LONGEST_ITEM_NOTE:,} characters.")
        what = self._on_list(name, [paper_id])
        did = f"noted on “{name}”" if text else f"removed the note on “{name}”"
        with self._store.action(f"{did}: {what}") as db:
            changed = lists.set_note(db, name, paper_id, text)
        return done(changed, f"{capital(did)}: {what}.", "The note is as it was.")

    def sort(self, name: str, order: ListOrder) -> Done:
        """Keep a list in an order. Its order by hand is kept too, for when that is wanted again."""
        name = self.shelf(name).name
        by = "by hand" if order == "hand" else f"by {order}"
        with self._store.action(f"sorted “{name}” {by}") as db:
            changed = lists.set_order(db, name, order)
        return done(changed, f"Sorted “{name}” {by}.", f"“{name}” is sorted {by} already.")

    def markdown(self, name: str) -> str:
        """A list as Markdown with check boxes (see ``index.checklist``). Raises NotFoundError."""
        from index.keeping import list_markdown

        name = self.shelf(name).name
        with self._store.reading() as db:
            return list_markdown.markdown(db, name)

    def apply(self, name: str, text: str, base: str | None = None) -> Done:
        """Make a list what a text says that ``markdown`` gave, and that was edited: one action.

        ``base`` is the text as it was given out. Raises ChecklistError, and does nothing, where the
        list is another by now, or where a line is not understood; then it says which.
        """
        from index.keeping import list_markdown

        shelf = self.shelf(name)
        with self._store.action(f"edited the list “{shelf.name}”") as db:
            still_there(db, shelf.name)
            edit = list_markdown.apply(db, shelf, text, base, LONGEST_ITEM_NOTE)
        already = f"“{shelf.name}” is as it was."
        return done(edit.changed, f"Edited the list “{shelf.name}”: {edit}.", already)

    def rename(self, name: str, new: str) -> Done:
        """Give a list another name. Raises NamingError where another list has it."""
        name, new = self.shelf(name).name, self._free(new, self.shelf(name).name)
        did = f"renamed the list “{name}” to “{new}”"
        with self._store.action(did) as db:
            changed = lists.rename(db, name, new)
        return done(changed, f"{capital(did)}.", f"It is called “{new}” already.")

    def duplicate(self, name: str, new: str) -> Done:
        """Make a list of the same papers, with their order, status and notes, under a new name."""
        shelf, new = self.shelf(name), self._free(new)
        did = f"copied the list “{shelf.name}” to “{new}”"
        with self._store.action(did) as db:
            still_there(db, shelf.name)
            lists.duplicate(db, shelf.name, new)
        return Done(f"{capital(did)}: {counted(shelf.count)}.", shelf.count)

    def archive(self, name: str, on: bool = True) -> Done:
        """Put a list away, or take it out again. Nothing on it changes."""
        name = self.shelf(name).name
        did = f"archived the list “{name}”" if on else f"took the list “{name}” out of the archive"
        with self._store.action(did) as db:
            changed = lists.archive(db, name, on)
        already = f"“{name}” is {'' if on else 'not '}archived already."
        return done(changed, f"{capital(did)}.", already)

    def delete(self, name: str) -> Done:
        """Delete a list. Its papers stay in the library."""
        shelf = self.shelf(name)
        did = f"deleted the list “{shelf.name}”"
        with self._store.action(did) as db:
            lists.delete(db, shelf.name)
        return Done(f"{capital(did)}; its {counted(shelf.count)} stay in the library.", shelf.count)

    def _free(self, name: str, own: str = "") -> str:
        name = proper_name(name, KIND)
        if fold(name) != fold(own) and fold(name) in map(fold, self.names()):
            raise NamingError(f"There is a list “{name}” already.")
        return name

    def _move(self, name: str, ids: Ids, to: Callable[[int], int]) -> Done:
        chosen, name = many(ids), self.shelf(name).name
        what = self._on_list(name, chosen)
        with self._store.action(f"moved {what} on “{name}”", papers=len(chosen)) as db:
            before = lists.papers(db, name)
            after = moved(before, chosen, to)
            if after != before:
                lists.arrange(db, name, after)
        changed = len(chosen) if after != before else 0
        return done(changed, f"Moved {what} on “{name}”.", "It is there already.")

    def _on_list(self, name: str, ids: list[int]) -> str:
        """The papers in a few words. Raises NotFoundError where one of them is not on the list."""
        what = self._titled(ids)
        with self._store.reading() as db:
            there = lists.statuses(db, name, ids)
        missing = [paper_id for paper_id in ids if paper_id not in there]
        if missing:
            raise NotFoundError(f"Paper {missing[0]} is not on “{name}”.")
        return what


def moved(order: Sequence[int], chosen: Sequence[int], to: Callable[[int], int]) -> list[int]:
    """An order in which some stand together, at a place that comes of the first one's."""
    picked = set(chosen)
    block = [one for one in order if one in picked]
    others = [one for one in order if one not in picked]
    first = order.index(block[0]) if block else 0
    place = max(0, to(first))
    return [*others[:place], *block, *others[place:]]


def still_there(db: Connection, name: str) -> None:
    """Raise NotFoundError where a list was renamed or deleted since it was looked up."""
    if shelves.list_named(db, name) is None:
        raise NotFoundError(f"The list “{name}” was renamed or deleted meanwhile.")
