"""Where papers came from: the records that they were made of, known again by their digests."""

from __future__ import annotations

from typing import NamedTuple

import apsw

from index.precedence import rank
from index.store import raws
from index.store.provenance import SERVICES

STANDARD_INPUT = "standard input"
"""The place of what came through a pipe."""


class Arrival(NamedTuple):
    """With what a record came, and from where."""

    batch: int
    file: str  # or what a service was asked
    line: int  # or the position in an answer, from 1
    raw: str = ""  # the record as it came; empty where it is not kept
    digest: bytes | None = None  # what it is known again by


def remember(db: apsw.Connection, paper_id: int, source: str, arrival: Arrival) -> None:
    """Keep where a record of a paper came from, and the record as it came.

    What stood at the same place before has become this.
    """
    batch, file, line, raw, digest = arrival
    line = _line(db, paper_id, source, file, line)
    db.execute(
        "INSERT INTO origins (paper_id, source, file, line, batch, digest, raw)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET digest = excluded.digest, raw = excluded.raw"
        "  WHERE excluded.raw IS NOT NULL AND digest IS NOT excluded.digest",
        (paper_id, source, file, line, batch, digest, raws.pack(raw) if raw else None),
    )


def speaks_anew(db: apsw.Connection, paper_id: int, source: str, arrival: Arrival) -> bool:
    """Whether a record is the newer word of the one that spoke of a paper before.

    That is a file, or a question to a service, that said one thing of it an import, in imports
    before this one; and nobody else of the same rank has spoken of it.
    """
    if arrival.file.startswith(STANDARD_INPUT):  # another file each time
        return False
    batches = []
    for other, place, number in db.execute(
        "SELECT source, file, batch FROM origins WHERE paper_id = ?", (paper_id,)
    ):
        if (other, place) == (source, arrival.file):
            batches.append(number)
        elif rank(str(other)) == rank(source):
            return False
    return bool(batches) and len({arrival.batch, *batches}) == len(batches) + 1


def knows(db: apsw.Connection, digest: bytes | None) -> bool:
    """Whether a record is known, by its digest."""
    return bool(db.execute("SELECT 1 FROM origins WHERE digest = ?", (digest,)).get)


def meet(db: apsw.Connection, arrival: Arrival) -> int | None:
    """The paper that a record is known to be of, by its digest; None where it is not known.

    Where it stands in its file may change; that it is in another file too is kept.
    """
    batch, file, line, _, digest = arrival
    found = {
        str(place): (int(str(paper_id)), str(source))
        for place, paper_id, source in db.execute(
            "SELECT file, paper_id, source FROM origins WHERE digest = ?", (digest,)
        )
    }
    if not found:
        return None
    paper_id, source = found.get(file) or next(iter(found.values()))
    if file in found:
        return paper_id
    line = _line(db, paper_id, source, file, line)
    db.execute(
        "INSERT INTO origins (paper_id, source, file, line, batch, digest, raw)"
        " SELECT paper_id, source, ?3, ?4, ?5, digest, raw FROM origins"
        "  WHERE digest = ?1 AND paper_id = ?2 LIMIT 1"
        " ON CONFLICT DO UPDATE SET digest = excluded.digest, raw = excluded.raw",
        (digest, paper_id, file, line, batch),
    )
    return paper_id


def _line(db: apsw.Connection, paper_id: int, source: str, file: str, line: int) -> int:
    """The line under which an origin is kept: of a question to a service, where it first stood.

    A service has its papers in another order each time that it is asked.
    """
    if source not in SERVICES:
        return line
    known = db.execute(
        "SELECT min(line) FROM origins WHERE paper_id = ? AND source = ? AND file = ?",
        (paper_id, source, file),
    ).get
    return line if known is None else int(known)
