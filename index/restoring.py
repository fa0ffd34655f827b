"""What an import brings of a reader's own: set aside until all papers are in, then one action."""

from __future__ import annotations

import json
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

import apsw

from index.fields import Field, Value, value
from index.paper import Paper
from index.sources import LibraryRecord, Record
from index.state import LibraryState, PaperState
from index.store import Store, history, papers, state, tags
from index.store.origins import Arrival
from index.store.papers import Outcome, Taken

Edits = dict[Field, Value]

IN_MEMORY = 8 << 20  # bytes of what is set aside that stay in memory; more go to a file


class Restoring:
    """Takes the records of one import in, with what other libraries knew of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._libraries: list[LibraryState] = []
        self._tags: set[str] = set()
        self._aside: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        self._count = 0
        self._file = ""
        self._spoken: set[int] = set()  # papers that the file told of, new ones left out
        self._of_file: set[int] = set()  # papers that the file told of: another key is another one

    def close(self) -> None:
        """Let go of what was set aside."""
        self._aside.close()

    def take_library(self, record: LibraryRecord) -> None:
        """Set aside what belongs to no paper."""
        self._libraries.append(record.state)
        self._tags |= {tag.name for tag in record.state.tags}

    def take(
        self, db: apsw.Connection, record: Record, arrival: Arrival, *, restore: bool
    ) -> Taken:
        """Let a record in, and set aside what was decided about it."""
        if arrival.file != self._file:
            self._file, self._of_file, self._spoken = arrival.file, set(), set()
        if record.state is not None:
            return self._take_known(db, record.paper, record.state, arrival, restore)
        page = record.raw if record.pdf else ""
        taken = papers.add(
            db, record.paper, arrival, restore=restore, page=page, spoken=self._spoken
        )
        if taken.paper_id is not None and taken.outcome is not Outcome.ADDED:
            self._spoken.add(taken.paper_id)
        return taken

    def _take_known(
        self,
        db: apsw.Connection,
        paper: Paper,
        known: PaperState,
        arrival: Arrival,
        restore: bool,
    ) -> Taken:
        """Let a paper in with what another library knew of it."""
        # Where it was first, and its upvotes by the day: not here and today.
        first = next((one for one in known.origins if one.source == paper.source), arrival)
        if known.upvotes:
            paper = paper.model_copy(update={"upvotes": None})
        told = known.sourced(paper)
        taken = papers.add(
            db,
            paper,
            Arrival(arrival.batch, first.file, first.line),
            restore=restore,
            told=told,
            key=known.key,
            others=self._of_file,
        )
        if taken.paper_id is not None:
            self._of_file.add(taken.paper_id)
            is_new = taken.outcome is Outcome.ADDED
            state.observe(db, taken.paper_id, known, batch=arrival.batch, is_new=is_new)
            # A new paper is as it was edited; edits of one that is here are decisions about it.
            edits = {} if is_new else {name: value(paper, name) for name in told.edited}
            if known.is_decided or edits:
                self._set_aside(taken.paper_id, known, edits)
        return taken

    def finish(self) -> int:
        """Take in what was set aside, as one action; returns how many papers changed."""
        if not self._count and not self._libraries:
            return 0
        label = f"took over tags, lists and notes of {self._count:,} papers"
        with self._store.writing() as db:
            for name in sorted(self._tags):
                tags.know(db, name)
            with history.recorded(db, label):
                deciding = state.Deciding(db)
                for library in self._libraries:
                    deciding.library(library)
                for paper_id, known, edits in self._read_aside():
                    deciding.paper(paper_id, known, edits)
        return len(deciding.changed)

    def _set_aside(self, paper_id: int, known: PaperState, edits: Edits) -> None:
        # JSON holds no tabs.
        line = f"{paper_id}\t{json.dumps(edits)}\t{known.model_dump_json()}\n"
        self._aside.write(line.encode())
        self._tags |= {tag.name for tag in known.tags}
        self._count += 1

    def _read_aside(self) -> Iterator[tuple[int, PaperState, Edits]]:
        self._aside.seek(0)
        for line in self._aside:
            paper_id, edits, known = line.split(b"\t")
            values = {
                name: tuple(one) if isinstance(one, list) else one
                for name, one in json.loads(edits).items()
            }
            yield int(paper_id), PaperState.model_validate_json(known), values
