"""Library: the one door through which the screen and the command line come in."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from index import locations
from index.errors import NamingError, NoteError, NotFoundError
from index.store import Store, history, lists, marks, papers, rows, shelves, tags
from index.text import clean_line, clean_text, fold
from index.views import Detail, Done, ImportReport, Overview, Result, Row, Shelf

if TYPE_CHECKING:
    from apsw import Connection

    from index.exports import Abstracts
    from index.search import SearchIndex

Progress = Callable[[int, int], None]
Ids = int | Sequence[int]

SMALL_CHANGE = 200
"""Papers that a search may bring into the index before it answers."""

LONGEST_NAME = 100
LONGEST_NOTE = 1_000_000


class Library:
    """A library on disk. Safe to use from any thread; each call is complete in itself.

    Every method raises StoreError where the database cannot be read or written. What an action did
    is on disk when it returns.
    """

    def __init__(self, folder: Path) -> None:
        """Open the library in a folder, making what is missing."""
        self.folder = folder
        self._store = Store(locations.database_file(folder))
        self._index: SearchIndex | None = None
        self._index_lock = threading.Lock()
        self._indexed = 0  # the revision that this library knows to be in its index

    @classmethod
    def open(cls, folder: Path | None = None) -> Library:
        """Open the library in a folder; without one, the reader's own."""
        return cls(folder or locations.library_folder())

    def close(self) -> None:
        """Let go of the files."""
        if self._index:
            self._index.close()
        self._store.close()

    # Seeing.

    def version(self) -> int:
        """A number that changes whenever the library does, whichever process changed it."""
        return self._store.version()

    def overview(self) -> Overview:
        """How the library stands: its views, lists and tags, with counts."""
        with self._store.reading() as db:
            return shelves.overview(db)

    def search(self, query: str, *, shelf: str = "", as_typed: bool = False) -> Result:
        """Every hit of a query, best first. Raises QueryError.

        ``shelf`` is a query that narrows it (``Shelf.query``). ``as_typed``: the last word is a
        prefix. An empty query gives the shelf in its own order: a list by position, all else with
        the newest import first, in the order of its page.
        """
        started = time.perf_counter()
        if len(self._store.changed_since(self._indexed, SMALL_CHANGE + 1)) <= SMALL_CHANGE:
            self.catch_up()
        hits = self._search.search(query, shelf=shelf, as_typed=as_typed)
        seconds = time.perf_counter() - started
        if not query:
            total = len(hits.ids)
        elif shelf:
            total = len(self._search.search("", shelf=shelf).ids)
        else:
            total = self._store.count()
        return Result(query, hits.ids, total, seconds, hits.scores)

    def rows(self, ids: Sequence[int], query: str = "", *, as_typed: bool = False) -> list[Row]:
        """The rows of papers, what the query matched marked; ids that are gone are left out."""
        with self._store.reading() as db:
            found = list(rows.rows(db, ids))
        if not query:
            return found
        marker = self._search.marker(query, as_typed=as_typed)
        return [replace(row, title_marks=marker.marks("title", row.title)) for row in found]

    def detail(self, paper_id: int, query: str = "", *, as_typed: bool = False) -> Detail:
        """One paper whole, what the query matched marked. Raises NotFoundError."""
        with self._store.reading() as db:
            found = rows.detail(db, paper_id)
        if found is None:
            raise NotFoundError(f"There is no paper {paper_id} in this library.")
        if not query:
            return found
        marker = self._search.marker(query, as_typed=as_typed)
        return replace(
            found,
            title_marks=marker.marks("title", found.title),
            abstract_marks=marker.marks("abstract", found.abstract),
        )

    def details(self, ids: Iterable[int]) -> Iterator[Detail]:
        """Papers whole, one at a time; ids that are gone are left out."""
        for paper_id in ids:
            with self._store.reading() as db:
                found = rows.detail(db, paper_id)
            if found:
                yield found

    def tag_names(self) -> list[str]:
        """Every tag, in the order of the alphabet."""
        return self._store.tag_names()

    def list_names(self) -> list[str]:
        """Every reading list, in the order of the alphabet."""
        return self._store.list_names()

    def list_shelf(self, name: str) -> Shelf:
        """The shelf of a reading list. Raises NotFoundError."""
        return self._named(self.overview().lists, name, "reading list")

    def tag_shelf(self, name: str) -> Shelf:
        """The shelf of a tag. Raises NotFoundError."""
        return self._named(self.overview().tags, name.removeprefix("#"), "tag")

    # Acting: each is one entry of the history.

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
            for name, on in wanted.items():
                (tags.attach if on else tags.detach)(db, chosen, name)
        return Done(f"Tagged {what} {done}.", len(chosen))

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
            for name, on in wanted.items():
                if on:
                    lists.create(db, name)
                (lists.append if on else lists.remove)(db, name, chosen)
        return Done(f"Listed {what}: {done}.", len(chosen))

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
        did = f"wrote a note on {what}" if text else f"removed the note on {what}"
        with self._store.action(did) as db:
            changed = marks.set_note(db, paper_id, text)
        return _done(changed, f"{did.capitalize()}.", "The note is as it was.")

    def delete(self, ids: Ids) -> Done:
        """Delete papers. No import brings them back unasked; ``undo`` does."""
        chosen = _many(ids)
        what = self._titled(chosen)
        with self._store.action(f"deleted {what}") as db:
            papers.delete(db, chosen)
            tags.drop_unborne(db)
        return Done(f"Deleted {what}.", len(chosen))

    def undo(self) -> Done:
        """Undo the newest action, or import, that is not undone yet.

        Undoing an import deletes those of its papers that the reader has not touched. Raises
        StoreError where a later change stands in the way.
        """
        with self._store.writing() as db:
            entry = history.newest(db)
            if entry is None:
                return Done("There is nothing to undo.", 0)
            history.mark_undone(db, entry)
            if entry.batch is None:
                history.undo(db, entry)
                return Done(f"Undone: {entry.label}.", 1)
            left, kept = papers.withdraw_batch(db, entry.batch)
        stay = f"; {kept:,} that you have worked with or that came again stay" if kept else ""
        return Done(f"Undone: {entry.label}: {_count(left)} removed{stay}.", left)

    # The way in and the way out.

    def import_files(
        self,
        files: Sequence[Path | None],
        *,
        format: str | None = None,  # noqa: A002
        stdin: BinaryIO | None = None,
        restore: bool = False,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import files as one entry of the history; None stands for ``stdin``.

        ``format`` is recognised from the content where it is not given; ``restore`` lets papers in
        that were deleted before; ``progress`` is told the bytes read and the bytes in all (0: not
        known). A file that cannot be read is a reject of line 0, and the others come in.
        """
        from index.importing import import_files

        return import_files(
            self._store, files, format=format, stdin=stdin, restore=restore, progress=progress
        )

    def add_sample(self) -> ImportReport:
        """Import the landmark papers that carrel brings along."""
        from index.samples import landmarks

        with landmarks() as file:
            return self.import_files([file])

    def export(
        self,
        query: str,
        *,
        shelf: str = "",
        format: str = "markdown",  # noqa: A002
        title: str = "",
        abstracts: Abstracts = "folded",
    ) -> Iterator[str]:
        """The papers of a query in a format, piece by piece. Raises QueryError and ExportError."""
        from index.exports import ExportOptions, exporter

        write = exporter(format)
        self.catch_up()
        found = self.search(query, shelf=shelf).ids
        return write(self.details(found), ExportOptions(title=title, abstracts=abstracts))

    def catch_up(self, progress: Progress | None = None) -> int:
        """Bring the search index up to the library; returns how many papers were indexed."""
        revision = self._store.revision()
        applied = self._search.catch_up(progress)
        self._indexed = revision
        return applied

    @property
    def _search(self) -> SearchIndex:
        # Whoosh and NumPy are slow to import, and many commands search for nothing.
        with self._index_lock:
            if self._index is None:
                from index.search import SearchIndex

                self._index = SearchIndex(locations.index_folder(self.folder), self._store)
            return self._index

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
        with self._store.reading() as db:
            missing = papers.missing(db, ids)
            titles = [row.title for row in rows.rows(db, ids[:1])]
        if missing:
            raise NotFoundError(f"There is no paper {missing[0]} in this library.")
        if len(ids) != 1:
            return _count(len(ids))
        return f"“{shortened(titles[0], 60)}”"

    def _named(self, shelves_: Iterable[Shelf], name: str, kind: str) -> Shelf:
        from rapidfuzz import process

        known = {fold(shelf.name): shelf for shelf in shelves_}
        if found := known.get(fold(clean_line(name))):
            return found
        close = process.extractOne(fold(name), known.keys(), score_cutoff=60)
        hint = f" Did you mean “{known[close[0]].name}”?" if close else ""
        raise NotFoundError(f"There is no {kind} “{shortened(clean_line(name), 60)}”.{hint}")


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
    return _name(clean_line(name).removeprefix("#"), "tag")


def _name(name: str, kind: str) -> str:
    name = clean_line(name)
    if not name:
        raise NamingError(f"A {kind} needs a name.")
    if len(name) > LONGEST_NAME:
        raise NamingError(f"The name of a {kind} has at most {LONGEST_NAME} characters.")
    if '"' in name:
        raise NamingError(f"The name of a {kind} may not hold quotation marks.")
    return name


def shortened(text: str, length: int) -> str:
    """The text, cut at a word with an ellipsis where it is longer than ``length`` characters."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
