"""Shelves: the sets of papers that the sidebar shows and that masks are made of."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import apsw

from index.paper import SCHEMES, parse_identifier
from index.text import fold
from index.views import Overview, Shelf

_DECIDED = (
    "SELECT paper_id FROM marks UNION SELECT paper_id FROM paper_tags"
    " UNION SELECT paper_id FROM list_items"
)
_STATES: dict[str, str] = {
    "starred": "SELECT paper_id FROM marks WHERE starred IS NOT NULL",
    "read": "SELECT paper_id FROM marks WHERE read IS NOT NULL",
    "unread": "SELECT id FROM papers"
    " WHERE id NOT IN (SELECT paper_id FROM marks WHERE read IS NOT NULL)",
    "inbox": f"SELECT id FROM papers WHERE id NOT IN ({_DECIDED})",  # arrived and not decided yet
    "noted": "SELECT paper_id FROM notes",
    "tagged": "SELECT DISTINCT paper_id FROM paper_tags",
    "listed": "SELECT DISTINCT paper_id FROM list_items",
    "abstract": "SELECT id FROM papers WHERE abstract <> ''",
    "link": "SELECT id FROM papers WHERE links <> '[]' OR id IN (SELECT paper_id FROM identifiers)",
    **{
        kind: "SELECT id FROM papers WHERE EXISTS"
        f" (SELECT 1 FROM json_each(links) WHERE value ->> 'kind' = '{kind}')"
        for kind in ("pdf", "code")
    },
    **{
        scheme: f"SELECT DISTINCT paper_id FROM identifiers WHERE scheme = '{scheme}'"
        for scheme in SCHEMES
    },
}


def all_papers(db: apsw.Connection) -> list[int]:
    """Every paper's id: the newest import first, each in the order of its page."""
    return [int(found) for (found,) in db.execute("SELECT id FROM papers ORDER BY batch DESC, id")]


def papers_in_state(db: apsw.Connection, state: str) -> list[int]:
    """The ids of the papers in a state (one of ``_STATES``), ascending."""
    # Sorted here: in the order of ids SQLite would read the papers themselves, not an index.
    return sorted(int(str(found)) for (found,) in db.execute(_STATES[state]))


def papers_known_as(db: apsw.Connection, text: str, *, begun: bool = False) -> list[int]:
    """The ids of the papers with a number, citation key or identifier, ascending.

    ``begun``: also those whose key or identifier begins so.
    """
    known = parse_identifier(text)
    value = known.value if known else text
    schemes = [known.scheme] if known and not begun else SCHEMES
    end = "\U0010ffff" if begun else ""
    found = db.execute(
        "SELECT id FROM papers WHERE id = :number OR key BETWEEN :text AND :text || :end"
        " UNION SELECT paper_id FROM identifiers"
        # All schemes by name: so the index on scheme and value serves.
        " WHERE scheme IN (SELECT value FROM json_each(:schemes))"
        " AND identifiers.value BETWEEN :value AND :value || :end ORDER BY 1",
        {
            "number": int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0,
            "text": text,
            "value": value,
            "end": end,
            "schemes": json.dumps(schemes),
        },
    )
    return [int(paper_id) for (paper_id,) in found]


def papers_added(db: apsw.Connection, first: int, last: int) -> list[int]:
    """The ids of the papers that came on a day from first to last, as ``date.toordinal``."""
    # The day is the reader's; what is stored is UTC.
    midnights = (
        dt.datetime.fromordinal(max(2, min(day, dt.date.max.toordinal() - 1))).astimezone(dt.UTC)
        for day in (first, last + 1)
    )
    days = [midnight.isoformat(timespec="seconds") for midnight in midnights]
    query = "SELECT id FROM papers WHERE added >= ? AND added < ? ORDER BY id"
    return [int(paper_id) for (paper_id,) in db.execute(query, days)]


def overview(db: apsw.Connection) -> Overview:
    """How the library stands."""

    # Counted from what the reader did: a million papers need not be looked at one by one.
    total, read, starred, decided = (
        int(db.execute(f"SELECT {count}").get)
        for count in (
            "count(*) FROM papers",
            "count(read) FROM marks",
            "count(starred) FROM marks",
            f"count(*) FROM ({_DECIDED})",
        )
    )
    return Overview(
        views=(
            Shelf("All", "", total, read),
            Shelf("Inbox", "is:inbox", total - decided),
            Shelf("Unread", "is:unread", total - read),
            Shelf("Starred", "is:starred", starred),
        ),
        lists=tuple(_lists(db)),
        tags=tuple(_tags(db)),
    )


def list_named(db: apsw.Connection, name: str) -> Shelf | None:
    """The shelf of a reading list; None where there is no such list."""
    return next(_lists(db, "WHERE folded = ?", fold(name)), None)


def tag_named(db: apsw.Connection, name: str) -> Shelf | None:
    """The shelf of a tag; None where there is no such tag."""
    return next(_tags(db, "WHERE folded = ?", fold(name)), None)


def _lists(db: apsw.Connection, where: str = "", *values: str) -> Iterator[Shelf]:
    for name, held, read in db.execute(
        "SELECT name, count(list_items.paper_id), count(marks.read) FROM lists"
        " LEFT JOIN list_items ON list_id = lists.id LEFT JOIN marks USING (paper_id)"
        f" {where} GROUP BY lists.id ORDER BY folded",
        values,
    ):
        yield Shelf(str(name), f"list:{quoted(str(name))}", int(str(held)), int(str(read)))


def _tags(db: apsw.Connection, where: str = "", *values: str) -> Iterator[Shelf]:
    for name, held in db.execute(
        "SELECT name, count(*) FROM tags JOIN paper_tags ON tag_id = tags.id"
        f" {where} GROUP BY tags.id ORDER BY folded",
        values,
    ):
        yield Shelf(str(name), f"tag:{quoted(str(name))}", int(str(held)))


def quoted(name: str) -> str:
    """A name as a query holds it. Names have no quotation marks: the library sees to that."""
    return f'"{name}"'
