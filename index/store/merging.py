"""Merging: papers that are one become one, with all that was made of any of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import apsw

from index.precedence import take_over
from index.store import marks, papers, provenance, reading
from index.store.moments import now

RULE = "\n\n---\n\n"
"""What parts the notes of papers that became one. In Markdown it is a rule."""


def merge(db: apsw.Connection, keep: int, others: Sequence[int]) -> None:
    """Let one paper take others in, the first of them first.

    What it has of itself stays: the others fill in what it lacks (``precedence.take_over``). Their
    identifiers, links, tags, places on lists, marks, notes and origins become its own. Of what a
    paper has once (its place on a list, its rating), its own comes first. Openings are no
    decision of the reader's: the history does not record what becomes of them. Others that are
    not there are passed over; raises NotFoundError where the paper to keep is not.
    """
    whole = known = reading.sourced(db, keep)
    for other, paper in reading.fetch(db, others):
        whole = take_over(whole, provenance.read(db, other, paper))
    _take_the_readers(db, keep, others)
    _take_the_sources(db, keep, others)
    names = (keep, json.dumps([keep, *others]))
    db.execute(
        "UPDATE papers SET (batch, added) = (SELECT min(batch), min(added) FROM papers"
        "  WHERE id IN (SELECT value FROM json_each(?2))) WHERE id = ?1",
        names,  # else whoever undoes the kept paper's import would lose the older one with it
    )
    papers.update(db, keep, known, whole)
    _bury(db, keep, others)


def _take_the_readers(db: apsw.Connection, keep: int, others: Sequence[int]) -> None:
    _take(db, keep, others, "paper_tags", "tag_id")
    _take(db, keep, others, "list_items", "list_id, position, added, status, note")
    _join_items(db, keep, others)
    _take(db, keep, others, "marks", "mark, value, at")
    if db.execute("SELECT 1 FROM marks WHERE paper_id = ? AND mark = 'read'", (keep,)).get:
        marks.read(db, [keep])  # what was read in one form is neither skipped nor to be read
    _join_notes(db, keep, others)
    _take(db, keep, others, "pdfs", "name, size, origin, at")
    db.execute(
        "INSERT INTO openings (paper_id, last, times)"
        " SELECT ?1, max(last), max(times) FROM openings"
        "  WHERE paper_id IN (SELECT value FROM json_each(?2)) HAVING count(*)"
        " ON CONFLICT DO UPDATE SET last = excluded.last, times = excluded.times",
        (keep, json.dumps([keep, *others])),
    )


def _take_the_sources(db: apsw.Connection, keep: int, others: Sequence[int]) -> None:
    _take(db, keep, others, "origins", "source, file, line, batch, at, digest, raw")
    chosen = (keep, json.dumps(list(others)))
    db.execute(
        "UPDATE identifiers SET paper_id = ?1 WHERE paper_id IN (SELECT value FROM json_each(?2))",
        chosen,
    )
    db.execute(
        "INSERT INTO upvotes (paper_id, day, count)"
        " SELECT ?1, day, max(count) FROM upvotes"
        "  WHERE paper_id IN (SELECT value FROM json_each(?2)) GROUP BY day"
        " ON CONFLICT DO UPDATE SET count = max(count, excluded.count)",
        chosen,
    )


def _take(db: apsw.Connection, keep: int, others: Sequence[int], table: str, columns: str) -> None:
    """Give rows of the others to the paper that is kept, where it has none of that key."""
    db.execute(
        f"INSERT INTO {table} (paper_id, {columns}) SELECT ?, {columns} FROM"
        " (SELECT key AS place, value AS taken FROM json_each(?))"
        f" JOIN {table} ON paper_id = taken ORDER BY place ON CONFLICT DO NOTHING",
        (keep, json.dumps(list(others))),
    )


def _join_items(db: apsw.Connection, keep: int, others: Sequence[int]) -> None:
    """On a list that several of them are on, keep what was noted about each, and how far one is."""
    for list_id, status, note in db.execute(
        "SELECT list_id, status, note FROM list_items WHERE paper_id = ?", (keep,)
    ).fetchall():
        theirs = db.execute(
            "SELECT status, note FROM json_each(?) AS chosen"
            " JOIN list_items ON paper_id = chosen.value WHERE list_id = ? ORDER BY chosen.key",
            (json.dumps(list(others)), list_id),
        ).fetchall()
        found = [(status, note), *theirs]
        db.execute(
            "UPDATE list_items SET status = ?1, note = ?2 WHERE list_id = ?3 AND paper_id = ?4"
            " AND (status, note) IS NOT (?1, ?2)",
            (
                next((one for one, _ in found if one), None),
                RULE.join(dict.fromkeys(str(one) for _, one in found if one)),
                list_id,
                keep,
            ),
        )


def _join_notes(db: apsw.Connection, keep: int, others: Sequence[int]) -> None:
    found = db.execute(
        "SELECT text FROM json_each(?) AS chosen JOIN notes ON paper_id = chosen.value"
        " ORDER BY chosen.key",
        (json.dumps([keep, *others]),),
    )
    texts = list(dict.fromkeys(str(text).strip("\n") for (text,) in found))
    if texts:
        db.execute(
            "INSERT INTO notes (paper_id, text, changed) VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
            " SET text = excluded.text, changed = excluded.changed WHERE text <> excluded.text",
            (keep, RULE.join(texts), now()),
        )


def _bury(db: apsw.Connection, keep: int, others: Sequence[int]) -> None:
    """Let the others go. Their citation keys stay taken; their titles lead to the kept paper."""
    chosen = {"keep": keep, "others": json.dumps(list(others))}
    picked = "(SELECT value FROM json_each(:others))"
    db.execute(
        "INSERT OR IGNORE INTO tombstones (paper_id, scheme, value)"
        f" SELECT id, 'key', key FROM papers WHERE id IN {picked}"
        f" UNION SELECT :keep, 'alias', title_key FROM papers WHERE id IN {picked}"
        f" UNION SELECT :keep, 'alias', value FROM tombstones"
        f"  WHERE scheme = 'alias' AND paper_id IN {picked}",
        chosen,
    )
    db.execute(f"DELETE FROM tombstones WHERE scheme = 'alias' AND paper_id IN {picked}", chosen)
    db.execute(
        "INSERT OR IGNORE INTO apart (one, other) SELECT min(:keep, third), max(:keep, third) FROM"
        f" (SELECT iif(one IN {picked}, other, one) AS third FROM apart"
        f"  WHERE (one IN {picked}) <> (other IN {picked})) WHERE third <> :keep",
        chosen,
    )
    db.execute(f"DELETE FROM apart WHERE one IN {picked} OR other IN {picked}", chosen)
    db.execute(f"DELETE FROM papers WHERE id IN {picked}", chosen)


def set_apart(db: apsw.Connection) -> frozenset[tuple[int, int]]:
    """The pairs of papers that the reader said are two, the smaller id first."""
    pairs = db.execute("SELECT one, other FROM apart")
    return frozenset((int(str(one)), int(str(other))) for one, other in pairs)


def part(db: apsw.Connection, one: int, other: int) -> int:
    """Keep that two papers are two. Returns 1, or 0 where that was known."""
    db.execute(
        "INSERT INTO apart (one, other) VALUES (?, ?) ON CONFLICT DO NOTHING", sorted((one, other))
    )
    return db.changes()


Preference = tuple[int, int, int, bool, int]


def preference(db: apsw.Connection, ids: Iterable[int]) -> dict[int, Preference]:
    """How much speaks for keeping each of some papers: the greater, the more.

    First the published form (a DOI or an ACL id, and a venue), then the number of identifiers, then
    how much the reader made of it (marks, tags, lists, a note), then an abstract, then the older.
    """
    found = db.execute(
        "SELECT id,"
        " EXISTS (SELECT 1 FROM identifiers WHERE paper_id = id AND scheme IN ('doi', 'acl'))"
        "  + (venue <> ''),"
        " (SELECT count(*) FROM identifiers WHERE paper_id = id),"
        " (SELECT count(*) FROM marks WHERE paper_id = id)"
        "  + (SELECT count(*) FROM paper_tags WHERE paper_id = id)"
        "  + (SELECT count(*) FROM list_items WHERE paper_id = id)"
        "  + (SELECT count(*) FROM notes WHERE paper_id = id),"
        " abstract <> '' FROM papers WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(ids)),),
    )
    return {
        paper: (published, names, own, bool(abstract), -paper)
        for paper, published, names, own, abstract in found
    }
