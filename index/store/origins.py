"""Where papers came from: the records that they were made of, known again by their digests."""

from __future__ import annotations

import apsw

from index.store import raws


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
    db.execute(
        "INSERT INTO origins (paper_id, source, file, line, batch, digest, raw)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET digest = excluded.digest, raw = excluded.raw"
        "  WHERE excluded.raw IS NOT NULL AND digest IS NOT excluded.digest",
        (paper_id, source, file, line, batch, digest, raws.pack(raw) if raw else None),
    )


def meet(db: apsw.Connection, digest: bytes, *, batch: int, file: str, line: int) -> int | None:
    """The paper that a record is known to be of; None where the record is not known.

    Where it stands in its file may change; that it is in another file too is kept.
    """
    found = {
        str(place): int(str(paper_id))
        for place, paper_id in db.execute(
            "SELECT file, paper_id FROM origins WHERE digest = ?", (digest,)
        )
    }
    if not found or file in found:
        return found.get(file)
    paper_id = next(iter(found.values()))
    db.execute(
        "INSERT INTO origins (paper_id, source, file, line, batch, digest, raw)"
        " SELECT paper_id, source, ?3, ?4, ?5, digest, raw FROM origins"
        "  WHERE digest = ?1 AND paper_id = ?2 LIMIT 1"
        " ON CONFLICT DO UPDATE SET digest = excluded.digest, raw = excluded.raw",
        (digest, paper_id, file, line, batch),
    )
    return paper_id
