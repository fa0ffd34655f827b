"""Where papers came from: the records that they were made of, known again by their digests."""

from __future__ import annotations

import apsw

from index.precedence import rank
from index.store import raws
from index.store.provenance import SERVICES

STANDARD_INPUT = "standard input"
"""The place of what came through a pipe."""


def remember(
    db: apsw.Connection,
    paper_id: int,
    source: str,
    *,
    batch: int,
    file: str,
    line: int,
    raw: str,
    digest: bytes | None,
) -> None:
    """Keep where a record of a paper came from, and the record as it came.

    What stood at the same place before has become this.
    """
    line = _line(db, paper_id, source, file, line)
    db.execute(
        "INSERT INTO origins (paper_id, source, file, line, batch, digest, raw)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET digest = excluded.digest, raw = excluded.raw"
        "  WHERE excluded.raw IS NOT NULL AND digest IS NOT excluded.digest",
        (paper_id, source, file, line, batch, digest, raws.pack(raw) if raw else None),
    )


def speaks_anew(db: apsw.Connection, paper_id: int, source: str, *, batch: int, file: str) -> bool:
    """Whether a record is the newer word of the one that spoke of a paper before.

    That is a file, or a question to a service, that said one thing of it an import, in imports
    before this one; and nobody else of the same rank has spoken of it.
    """
    if file.startswith(STANDARD_INPUT):  # another file each time
        return False
    batches = []
    for other, place, number in db.execute(
        "SELECT source, file, batch FROM origins WHERE paper_id = ?", (paper_id,)
    ):
        if (other, place) == (source, file):
            batches.append(number)
        elif rank(str(other)) == rank(source):
            return False
    return bool(batches) and len({batch, *batches}) == len(batches) + 1


def meet(db: apsw.Connection, digest: bytes, *, batch: int, file: str, line: int) -> int | None:
    """The paper that a record is known to be of; None where the record is not known.

    Where it stands in its file may change; that it is in another file too is kept.
    """
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
