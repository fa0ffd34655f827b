"""Papers as they are written to the database: what becomes of a record, and how papers go."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

import apsw

from index.identifiers import Identifier
from index.paper import Paper, citation_key
from index.precedence import Sourced, merge
from index.store import citation_keys, identity, origins, provenance, reading
from index.store.moments import now
from index.store.origins import Arrival


class Outcome(Enum):
    """What became of a record."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DELETED = "deleted"  # the reader deleted this paper before: it stays away


class Taken(NamedTuple):
    """What became of a record, and the paper that it is; None where that stays away."""

    outcome: Outcome
    paper_id: int | None


def new_batch(db: apsw.Connection) -> int:
    """Begin an import."""
    db.execute("INSERT INTO batches (at) VALUES (?)", (now(),))
    return db.last_insert_rowid()


def add(
    db: apsw.Connection,
    record: Paper,
    arrival: Arrival,
    *,
    restore: bool = False,
    told: Sourced | None = None,
    key: str = "",
    others: Container[int] = (),
    page: str = "",
    spoken: Container[int] = (),
) -> Taken:
    """Let a record in: as a new paper, or as more about a known one (``index.precedence``).

    ``restore``: also where the reader deleted the paper before. ``told``: the record with what
    another library knew of who its fields are from. ``key``, ``others`` and ``page`` as
    ``identity.find`` has them, ``spoken`` as ``join``.
    """
    if page:
        record = identity.without_cited(db, record, page)
    else:
        _free_cited(db, record)
    known_id = identity.find(db, record, key=key, others=others, page=page)
    if known_id is not None:
        outcome = join(db, known_id, record, arrival, told=told, spoken=spoken)
        return Taken(outcome, known_id)
    if not restore and identity.is_buried(db, record):
        return Taken(Outcome.DELETED, None)
    paper_id = _insert(db, record, arrival.batch)
    if told:
        provenance.write(db, paper_id, Sourced(record), told)
    origins.remember(db, paper_id, record.source, arrival)
    return Taken(Outcome.ADDED, paper_id)


def _free_cited(db: apsw.Connection, record: Paper) -> None:
    """Take a record's DOI from the paper of a PDF that only cites it."""
    for name in record.identifiers:
        holder = identity.holder_of(db, name)
        if holder is not None and identity.only_cites(db, holder, name, record.title):
            leave(db, holder, name)


def leave(db: apsw.Connection, paper_id: int, name: Identifier) -> None:
    """Take an identifier from a paper."""
    known = reading.sourced(db, paper_id)
    own = tuple(one for one in known.paper.identifiers if one != name)
    paper = known.paper.model_copy(update={"identifiers": own})
    update(db, paper_id, known, replace(known, paper=paper))


def join(
    db: apsw.Connection,
    paper_id: int,
    record: Paper,
    arrival: Arrival,
    *,
    told: Sourced | None = None,
    spoken: Container[int] = (),
) -> Outcome:
    """Let a record in as more about a known paper, whatever ``identity.find`` says.

    ``spoken``: papers that its file spoke of before in this import.
    """
    known = reading.sourced(db, paper_id)
    own = identity.without_names_of_others(db, record, paper_id)
    anew = (
        told is None
        and paper_id not in spoken
        and origins.speaks_anew(db, paper_id, record.source, arrival)
    )
    merged = merge(known, replace(told, paper=own) if told else Sourced(own), anew=anew)
    outcome = Outcome.UNCHANGED if merged.paper == known.paper else Outcome.UPDATED
    if merged != known:
        update(db, paper_id, known, merged)
    if record.title_key != merged.paper.title_key:
        identity.call(db, paper_id, [record.title_key])
    origins.remember(db, paper_id, record.source, arrival)
    return outcome


def _insert(db: apsw.Connection, paper: Paper, batch: int) -> int:
    db.execute(
        "INSERT INTO papers (key, title, title_key, abstract, authors, published, venue,"
        " categories, links, version, source, batch, added)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (citation_keys.free(db, citation_key(paper)), paper.title, paper.title_key, paper.abstract)
        + (_array(paper.authors), paper.published, paper.venue, _array(paper.categories))
        + (_links(paper), paper.version, paper.source, batch, now()),
    )
    paper_id = db.last_insert_rowid()
    _name(db, paper_id, paper.identifiers)
    _observe(db, paper_id, paper.upvotes)
    return paper_id


def update(db: apsw.Connection, paper_id: int, known: Sourced, now: Sourced) -> None:
    """Write what a known paper has become. Under its old title it is found as before."""
    before, paper = known.paper, now.paper
    left = {"identifiers", "upvotes"}
    if before.model_dump(exclude=left) != paper.model_dump(exclude=left):
        db.execute(
            "UPDATE papers SET title = ?, title_key = ?, abstract = ?, authors = ?, published = ?,"
            " venue = ?, categories = ?, links = ?, version = ? WHERE id = ?",
            (paper.title, paper.title_key, paper.abstract, _array(paper.authors), paper.published)
            + (paper.venue, _array(paper.categories), _links(paper), paper.version, paper_id),
        )
    if before.title_key != paper.title_key:
        identity.call(db, paper_id, [before.title_key])
    db.executemany(
        "DELETE FROM identifiers WHERE scheme = ? AND value = ?",
        set(before.identifiers) - set(paper.identifiers),
    )
    _name(db, paper_id, paper.identifiers)
    if paper.upvotes != before.upvotes:
        _observe(db, paper_id, paper.upvotes)
    provenance.write(db, paper_id, known, now)


def _name(db: apsw.Connection, paper_id: int, identifiers: Iterable[Identifier]) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO identifiers (scheme, value, paper_id) VALUES (?, ?, ?)",
        [(*identifier, paper_id) for identifier in identifiers],
    )


def _observe(db: apsw.Connection, paper_id: int, upvotes: int | None) -> None:
    if upvotes is not None:
        db.execute(
            "INSERT INTO upvotes (paper_id, day, count) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET count = max(count, excluded.count)",
            (paper_id, now()[:10], upvotes),
        )


def _array(values: Sequence[str]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _links(paper: Paper) -> str:
    return json.dumps([link.model_dump() for link in paper.links], ensure_ascii=False)


def missing(db: apsw.Connection, ids: Sequence[int]) -> list[int]:
    """Those of the ids that the library does not hold."""
    found = db.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM papers)",
        (json.dumps(list(ids)),),
    )
    return [int(str(paper_id)) for (paper_id,) in found]


def keys(db: apsw.Connection, ids: Sequence[int]) -> dict[int, str]:
    """The citation keys of those of the papers that the library holds."""
    found = db.execute(
        "SELECT id, key FROM papers WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {int(str(paper_id)): str(key) for paper_id, key in found}


def with_key(db: apsw.Connection, key: str) -> int | None:
    """The paper that has a citation key."""
    found: int | None = db.execute("SELECT id FROM papers WHERE key = ?", (key,)).get
    return found


def delete(db: apsw.Connection, ids: Sequence[int]) -> None:
    """Delete papers with all that hangs on them, leaving what they were known by."""
    chosen = json.dumps(list(ids))
    picked = "(SELECT value FROM json_each(?))"
    db.execute(
        "INSERT OR IGNORE INTO tombstones (paper_id, scheme, value)"
        f" SELECT paper_id, scheme, value FROM identifiers WHERE paper_id IN {picked}"
        f" UNION SELECT id, 'title', title_key FROM papers WHERE id IN {picked}"
        f" UNION SELECT id, 'key', key FROM papers WHERE id IN {picked}"
        " UNION SELECT paper_id, 'title', value FROM tombstones"
        f"  WHERE scheme = 'alias' AND paper_id IN {picked}",
        (chosen, chosen, chosen, chosen),
    )
    db.execute(f"DELETE FROM papers WHERE id IN {picked}", (chosen,))


def count_of_batch(db: apsw.Connection, batch: int) -> int:
    """How many papers an import brought that are still here."""
    return int(db.execute("SELECT count(*) FROM papers WHERE batch = ?", (batch,)).get)


def withdraw_batch(db: apsw.Connection, batch: int, touched: Iterable[int] = ()) -> tuple[int, int]:
    """Delete the papers that an import brought and nobody has touched since, without tombstones.

    Returns how many were deleted, and how many stay because the reader has marked, tagged, listed
    or noted them, because they are among those ``touched`` otherwise, or because another import
    brought them too.
    """
    untouched = (
        "batch = :batch"
        " AND NOT EXISTS (SELECT 1 FROM marks WHERE paper_id = papers.id)"
        " AND NOT EXISTS (SELECT 1 FROM paper_tags WHERE paper_id = papers.id)"
        " AND NOT EXISTS (SELECT 1 FROM list_items WHERE paper_id = papers.id)"
        " AND NOT EXISTS (SELECT 1 FROM notes WHERE paper_id = papers.id)"
        " AND NOT EXISTS (SELECT 1 FROM origins WHERE paper_id = papers.id AND batch > :batch)"
        " AND id NOT IN (SELECT value FROM json_each(:touched))"
    )
    values = {"batch": batch, "touched": json.dumps(sorted(touched))}
    db.execute(f"DELETE FROM papers WHERE {untouched}", values)
    left = db.changes()
    db.execute(
        "DELETE FROM origins WHERE batch = ?1 AND paper_id NOT IN"
        " (SELECT id FROM papers WHERE batch = ?1)",
        (batch,),
    )
    return left, count_of_batch(db, batch)
