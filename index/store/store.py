"""Store: the library's database as its readers and its one writer meet it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import apsw

from index.paper import Paper
from index.store import follows, history, lists, masks, reading, tags
from index.store.database import Database


class Store:
    """A library's database. Safe to use from any thread; every method raises StoreError."""

    def __init__(self, file: Path) -> None:
        self._database = Database(file)
        self.reading = self._database.reading
        self.close = self._database.close
        self.leave = self._database.leave
        self._local = threading.local()
        self._counted = (-1, 0)  # the version, and the papers it holds

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """This thread's connection in a transaction that commits at the end, or not at all."""
        with self._database.writing() as db:
            yield db
            if getattr(self._local, "rehearsing", False):
                db.execute("ROLLBACK")
                db.execute("BEGIN")  # which the transaction around this is to end

    @contextmanager
    def action(
        self,
        label: str,
        prepare: Callable[[apsw.Connection], None] | None = None,
        papers: int | None = None,
    ) -> Iterator[apsw.Connection]:
        """A transaction that the history records as one entry, to be undone as a whole.

        ``label`` says what is done in the past tense: “starred …”. What ``prepare`` does comes
        first, and is not recorded. ``papers``: how many it is about, where others change with them.
        """
        with self.writing() as db:
            if prepare:
                prepare(db)
            with history.recorded(db, label, papers):
                yield db

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Within it, what this thread writes is taken back at the end of each transaction."""
        self._local.rehearsing = True
        try:
            yield
        finally:
            self._local.rehearsing = False

    def version(self) -> int:
        """A number that changes whenever the library does, whichever process changed it."""
        return self._database.version()

    # What the search index catches up by.

    def identity(self) -> str:
        """32 hexadecimal digits that no other library has; a copy of this one has them too."""
        with self.reading() as db:
            return str(db.execute("SELECT identity FROM library").get)

    def revision(self) -> int:
        """The newest revision; 0 in an empty library. Never goes back."""
        with self.reading() as db:
            return int(
                db.execute(
                    "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'revisions'"
                ).get
            )

    def changed_since(self, revision: int, limit: int) -> list[tuple[int, int]]:
        """Up to ``limit`` pairs of revision and paper id, the oldest first.

        A paper stands once, at its newest revision; one that ``papers`` does not give was deleted.
        """
        with self.reading() as db:
            found = db.execute(
                "SELECT revision, paper_id FROM revisions WHERE revision > ?"
                " ORDER BY revision LIMIT ?",
                (revision, limit),
            )
            return [(int(number), int(paper_id)) for number, paper_id in found]

    def papers(self, ids: Sequence[int]) -> Iterator[tuple[int, Paper]]:
        """The papers with these ids, in their order; those that are gone are left out."""
        with self.reading() as db:
            yield from reading.fetch(db, ids)

    # What masks are made of.

    def count(self) -> int:
        """How many papers the library holds. Counted once a change: SQLite counts one by one."""
        version = self.version()
        if self._counted[0] != version:
            with self.reading() as db:
                self._counted = version, int(db.execute("SELECT count(*) FROM papers").get)
        return self._counted[1]

    def all_ids(self) -> list[int]:
        """Every paper: the newest import first, each in the order of its page."""
        with self.reading() as db:
            return masks.everything(db)

    def ids_where(self, state: str) -> list[int]:
        """The papers in a state (see ``Papers.ids_where``), ascending; the last opened first."""
        with self.reading() as db:
            return masks.in_state(db, state)

    def ids_known_as(self, text: str, begun: bool = False) -> list[int]:
        """The papers with a number, citation key or identifier, or one that begins so."""
        with self.reading() as db:
            return masks.known_as(db, text, begun=begun)

    def ids_added(self, first: int, last: int) -> list[int]:
        """The papers that came on a day from first to last (``date.toordinal``), ascending."""
        with self.reading() as db:
            return masks.added(db, first, last)

    def ids_opened(self, first: int, last: int) -> list[int]:
        """The papers last opened on a day from first to last (``date.toordinal``), ascending."""
        with self.reading() as db:
            return masks.opened(db, first, last)

    def ids_rated(self, low: int, high: int) -> list[int]:
        """The papers rated from low to high, ascending."""
        with self.reading() as db:
            return masks.rated(db, low, high)

    def ids_noting(self, text: str, begun: bool = False) -> list[int]:
        """The papers whose note holds words side by side, ascending; the last may be begun."""
        with self.reading() as db:
            return masks.noting(db, text, begun=begun)

    def ids_with_text(self, text: str, begun: bool = False) -> list[int]:
        """The papers whose PDF holds words side by side, ascending; the last may be begun."""
        with self.reading() as db:
            return masks.with_text(db, text, begun=begun)

    def ids_tagged(self, name: str, begun: bool = False) -> list[int]:
        """The papers of a tag (its folded name) or of one below it, or of tags that begin so."""
        with self.reading() as db:
            return masks.tagged(db, name, begun=begun)

    def ids_listed(self, name: str) -> list[int]:
        """A list's papers in the list's order; none where there is no such list."""
        with self.reading() as db:
            return lists.papers(db, name)

    def ids_with_status(self, status: str, name: str = "") -> list[int]:
        """The papers with a status on a list, or on any list, ascending."""
        with self.reading() as db:
            return masks.with_status(db, status, name)

    def ids_followed(self, name: str, begun: bool = False) -> list[int]:
        """The papers that fetching what is followed brings (see ``Papers.ids_followed``)."""
        with self.reading() as db:
            return follows.papers(db, name, begun=begun)

    def tag_names(self) -> list[str]:
        """Every tag, in the order of the alphabet."""
        with self.reading() as db:
            return tags.names(db)

    def list_names(self) -> list[str]:
        """Every list, in the order of the alphabet."""
        with self.reading() as db:
            return lists.names(db)

    def follow_names(self) -> list[str]:
        """The name of all that is followed, in the order in which it was begun."""
        with self.reading() as db:
            return [one.follow.name for one in follows.standings(db)]
