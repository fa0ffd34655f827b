"""PDFs of papers: which file of the folder is whose, and the text that was read from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import apsw

from index.store import changes, history
from index.store.moments import now


class Pdf(NamedTuple):
    """A paper's file in the folder of PDFs."""

    name: str
    size: int  # bytes
    origin: str  # the address or the path that it is from


def of(db: apsw.Connection, paper_id: int) -> Pdf | None:
    """The PDF of a paper."""
    found = db.execute(
        "SELECT name, size, origin FROM pdfs WHERE paper_id = ?", (paper_id,)
    ).fetchone()
    return Pdf(str(found[0]), int(str(found[1])), str(found[2])) if found else None


def put(db: apsw.Connection, paper_id: int, pdf: Pdf) -> None:
    """Give a paper its PDF, in place of one that it has."""
    db.execute(
        "INSERT INTO pdfs (paper_id, name, size, origin, at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET name = excluded.name, size = excluded.size,"
        " origin = excluded.origin, at = excluded.at",
        (paper_id, *pdf, now()),
    )


def remove(db: apsw.Connection, ids: Sequence[int]) -> int:
    """Take PDFs from papers; returns how many had one."""
    db.execute(
        "DELETE FROM pdfs WHERE paper_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return db.changes()


def names(db: apsw.Connection, ids: Sequence[int] | None = None) -> dict[int, str]:
    """The files of papers, or of all, by the papers' ids."""
    found = db.execute(
        "SELECT paper_id, name FROM pdfs WHERE ?1 IS NULL"
        " OR paper_id IN (SELECT value FROM json_each(?1)) ORDER BY paper_id",
        (None if ids is None else json.dumps(list(ids)),),
    )
    return {int(str(paper_id)): str(name) for paper_id, name in found}


def needed(db: apsw.Connection) -> set[str]:
    """The files that papers have, and those that undoing or redoing something may give them."""
    tables = changes.layout(db)
    found = set(names(db).values())
    for entry in history.where(db, "WHERE batch IS NULL"):
        for one in changes.read(history.changeset(db, entry), tables):
            if one.table == "pdfs":
                found |= {str(row["name"]) for row in (one.old, one.new) if "name" in row}
    return found


def read(db: apsw.Connection) -> set[str]:
    """The files whose text was read."""
    return {str(name) for (name,) in db.execute("SELECT name FROM pdf_texts")}


def write_text(db: apsw.Connection, name: str, text: str) -> None:
    """Keep what was read from a file; an empty text says that there is none to be read."""
    db.execute(
        "INSERT INTO pdf_texts (name, text) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET text = excluded.text",
        (name, text),
    )


def forget_texts(db: apsw.Connection, gone: Iterable[str]) -> None:
    """Let go of what was read from files."""
    db.executemany("DELETE FROM pdf_texts WHERE name = ?", [(name,) for name in gone])
