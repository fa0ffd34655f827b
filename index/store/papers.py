"""Papers in the database: which record is which paper, and what becomes of each."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any, NamedTuple

import apsw

from index.errors import NotFoundError
from index.paper import Identifier, Link, Paper, bears_out, citation_key, may_be_by_one
from index.precedence import Sourced, merge, unedit
from index.store import citation_keys, origins, provenance
from index.store.history import now

_COLUMNS = (
    "title, abstract, authors, published, venue, categories, links, version, source,"
    " (SELECT json_group_array(json_array(scheme, value) ORDER BY scheme, value) FROM identifiers"
    "  WHERE paper_id = papers.id),"
    " (SELECT count FROM upvotes WHERE paper_id = papers.id ORDER BY day DESC LIMIT 1)"
)


TELLING = 100
"""A title that more papers bear (“Editorial”) does not tell whose it is."""


FETCHED = 500
"""Papers that one statement reads."""


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
    *,
    batch: int,
    file: str,
    line: int,
    raw: str = "",
    digest: bytes | None = None,
    restore: bool = False,
    told: Sourced | None = None,
    key: str = "",
    others: Container[int] = (),
) -> Taken:
    """Let a record in: as a new paper, or as more about a known one (``index.precedence``).

    ``raw`` is the record as it came, ``digest`` what it is known again by. ``restore``: also where
    the reader deleted the paper before.
    ``told``: the record with what another library knew of who its fields are from; ``key`` and
    ``others`` as ``find`` has them.
    """
    known_id = find(db, record, key=key, others=others)
    if known_id is not None:
        outcome = join(
            db,
            known_id,
            record,
            batch=batch,
            file=file,
            line=line,
            raw=raw,
            digest=digest,
            told=told,
        )
        return Taken(outcome, known_id)
    if not restore and _is_buried(db, record):
        return Taken(Outcome.DELETED, None)
    paper_id = _insert(db, record, batch)
    if told:
        provenance.write(db, paper_id, Sourced(record), told)
    origins.remember(
        db, paper_id, record.source, batch=batch, file=file, line=line, raw=raw, digest=digest
    )
    return Taken(Outcome.ADDED, paper_id)


def join(
    db: apsw.Connection,
    paper_id: int,
    record: Paper,
    *,
    batch: int,
    file: str,
    line: int,
    raw: str = "",
    digest: bytes | None = None,
    told: Sourced | None = None,
) -> Outcome:
    """Let a record in as more about a known paper, whatever ``find`` says."""
    known = sourced(db, paper_id)
    own = _without_names_of_others(db, record, paper_id)
    merged = merge(known, replace(told, paper=own) if told else Sourced(own))
    outcome = Outcome.UNCHANGED if merged.paper == known.paper else Outcome.UPDATED
    if merged != known:
        update(db, paper_id, known, merged)
    if record.title_key != merged.paper.title_key:
        call(db, paper_id, [record.title_key])
    origins.remember(
        db, paper_id, record.source, batch=batch, file=file, line=line, raw=raw, digest=digest
    )
    return outcome


def call(db: apsw.Connection, paper_id: int, titles: Iterable[str]) -> None:
    """Keep folded titles that a paper bears elsewhere: records under these are found to be it."""
    db.executemany(
        "INSERT OR IGNORE INTO tombstones (paper_id, scheme, value) VALUES (?, 'alias', ?)",
        [(paper_id, title) for title in titles],
    )


def find(
    db: apsw.Connection, record: Paper, *, key: str = "", others: Container[int] = ()
) -> int | None:
    """The id of the paper that a record describes.

    It shares an identifier, or the folded title where neither their identifiers nor their authors
    say otherwise. A title that the paper bears elsewhere must be borne out by more. A library that
    told of it knew it by a ``key``, and told ``others`` apart from it.
    """
    for identifier in record.identifiers:
        if (holder := holder_of(db, identifier)) is not None:
            return holder
    # None of the record's identifiers is held, so a paper with one of their schemes is another.
    found = db.execute(
        "SELECT id, authors, key, title_key = ?1, EXISTS (SELECT 1 FROM identifiers"
        "  WHERE paper_id = id AND scheme IN (SELECT value FROM json_each(?2)))"
        " FROM papers WHERE id IN"
        f" (SELECT * FROM (SELECT id FROM papers WHERE title_key = ?1 ORDER BY id LIMIT {TELLING})"
        "  UNION ALL SELECT paper_id FROM tombstones WHERE scheme = 'alias' AND value = ?1)"
        " ORDER BY key <> ?3, title_key <> ?1, id",
        (record.title_key, _schemes(record), key),
    )
    for number, authors, its_key, is_its_title, is_named in found:
        paper_id = int(str(number))
        is_other = its_key != key and paper_id in others
        if is_other or (is_named and not _bore(db, paper_id, record.identifiers)):
            continue
        if not may_be_by_one(record.authors, tuple(_items(authors))):
            continue
        if is_its_title or its_key == key or _is_elsewhere(sourced(db, paper_id), record):
            return paper_id
    return None


def _bore(db: apsw.Connection, paper_id: int, names: Sequence[Identifier]) -> bool:
    """Whether the reader took one of these names from a paper: then they do not tell it apart."""
    kept = db.execute(
        "SELECT value FROM overlooked WHERE paper_id = ? AND field = 'identifiers'", (paper_id,)
    ).get
    return kept is not None and any(":".join(name) in _items(kept) for name in names)


def _is_elsewhere(known: Sourced, record: Paper) -> bool:
    """Whether a paper is a record's that bears its title elsewhere: under the reader's, or where
    more than the title bears it out.
    """
    own = unedit(known, ["title"]).paper
    return own.title_key == record.title_key or bears_out(known.paper, record)


def holder_of(db: apsw.Connection, identifier: Identifier) -> int | None:
    """The paper that bears an identifier."""
    found = db.execute(
        "SELECT paper_id FROM identifiers WHERE scheme = ? AND value = ?", identifier
    ).get
    return None if found is None else int(found)


def _without_names_of_others(db: apsw.Connection, record: Paper, paper_id: int) -> Paper:
    """A record that names two papers at once, for one of them: the other's name becomes a link.

    So the two are found to be duplicates. A deleted paper's names are its own too: who undoes the
    deletion must find them free.
    """
    grave = "SELECT 1 FROM tombstones WHERE scheme = ? AND value = ?"
    taken = [
        name
        for name in record.identifiers
        if (holder := holder_of(db, name)) != paper_id
        and (holder is not None or db.execute(grave, name).get)
    ]
    links = (Link(kind="page", url=name.url) for name in taken)
    own = tuple(name for name in record.identifiers if name not in taken)
    return record.model_copy(update={"identifiers": own, "links": (*record.links, *links)})


def _is_buried(db: apsw.Connection, record: Paper) -> bool:
    """Whether the reader deleted the paper that a record describes."""
    grave = "SELECT 1 FROM tombstones WHERE scheme = ? AND value = ?"
    if any(db.execute(grave, identifier).get for identifier in record.identifiers):
        return True
    return bool(
        db.execute(
            "SELECT 1 FROM (SELECT paper_id FROM tombstones WHERE scheme = 'title' AND value = ?"
            f" LIMIT {TELLING}) AS grave WHERE NOT EXISTS (SELECT 1 FROM tombstones AS other"
            "  WHERE other.paper_id = grave.paper_id"
            "  AND other.scheme IN (SELECT value FROM json_each(?))) LIMIT 1",
            (record.title_key, _schemes(record)),
        ).get
    )


def _schemes(record: Paper) -> str:
    return json.dumps([identifier.scheme for identifier in record.identifiers])


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
        call(db, paper_id, [before.title_key])
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


def fetch(db: apsw.Connection, ids: Sequence[int]) -> Iterator[tuple[int, Paper]]:
    """The papers with these ids, in their order; ids that are not in the library are left out."""
    for start in range(0, len(ids), FETCHED):
        for paper_id, *row in db.execute(
            f"SELECT papers.id, {_COLUMNS} FROM json_each(?) AS chosen"
            " CROSS JOIN papers ON papers.id = chosen.value ORDER BY chosen.key",
            (json.dumps(list(ids[start : start + FETCHED])),),
        ):
            yield int(str(paper_id)), _paper(row)


def sourced(db: apsw.Connection, paper_id: int) -> Sourced:
    """A paper and who its fields are from. Raises NotFoundError where it is not there."""
    for _, paper in fetch(db, [paper_id]):
        return provenance.read(db, paper_id, paper)
    raise NotFoundError(f"There is no paper {paper_id} in this library.")


def _paper(row: Sequence[apsw.SQLiteValue]) -> Paper:
    title, abstract, authors, published, venue, categories, links, version, source, names, votes = (
        row
    )
    # What is in the database passed the gate when it came in.
    return Paper.model_construct(
        title=title,
        abstract=abstract,
        authors=tuple(_items(authors)),
        published=published,
        venue=venue,
        categories=tuple(_items(categories)),
        identifiers=tuple(Identifier(*pair) for pair in _items(names)),
        links=tuple(Link.model_construct(**link) for link in _items(links)),
        version=version,
        upvotes=votes,
        source=source,
    )


def _items(array: apsw.SQLiteValue) -> list[Any]:
    items: list[Any] = [] if array == "[]" else json.loads(str(array))
    return items


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
