"""Shelves: the sets of papers that the sidebar shows and that masks are made of."""

from __future__ import annotations

import apsw

from index.views import Overview, Shelf

# The inbox holds what has arrived and is not decided yet.
_STATES = {
    "starred": "id IN (SELECT paper_id FROM marks WHERE starred IS NOT NULL)",
    "read": "id IN (SELECT paper_id FROM marks WHERE read IS NOT NULL)",
    "unread": "id NOT IN (SELECT paper_id FROM marks WHERE read IS NOT NULL)",
    "inbox": "id NOT IN (SELECT paper_id FROM marks UNION ALL SELECT paper_id FROM paper_tags"
    " UNION ALL SELECT paper_id FROM list_items)",
    "noted": "id IN (SELECT paper_id FROM notes)",
}


def all_papers(db: apsw.Connection) -> list[int]:
    """Every paper's id: the newest import first, each in the order of its page."""
    return [int(found) for (found,) in db.execute("SELECT id FROM papers ORDER BY batch DESC, id")]


def papers_in_state(db: apsw.Connection, state: str) -> list[int]:
    """The ids of the starred, read, unread, inbox or noted papers, ascending."""
    query = f"SELECT id FROM papers WHERE {_STATES[state]} ORDER BY id"
    return [int(found) for (found,) in db.execute(query)]


def overview(db: apsw.Connection) -> Overview:
    """How the library stands."""

    def count(state: str) -> int:
        return int(db.execute(f"SELECT count(*) FROM papers WHERE {_STATES[state]}").get)

    read = count("read")
    total = int(db.execute("SELECT count(*) FROM papers").get)
    return Overview(
        views=(
            Shelf("All", "", total, read),
            Shelf("Inbox", "is:inbox", count("inbox")),
            Shelf("Unread", "is:unread", total - read),
            Shelf("Starred", "is:starred", count("starred")),
        ),
        lists=tuple(
            Shelf(str(name), f"list:{quoted(str(name))}", int(held), int(done))
            for name, held, done in db.execute(
                "SELECT name, count(list_items.paper_id), count(marks.read) FROM lists"
                " LEFT JOIN list_items ON list_id = lists.id LEFT JOIN marks USING (paper_id)"
                " GROUP BY lists.id ORDER BY folded"
            )
        ),
        tags=tuple(
            Shelf(str(name), f"tag:{quoted(str(name))}", int(held), int(done))
            for name, held, done in db.execute(
                "SELECT name, count(*), count(marks.read) FROM tags"
                " JOIN paper_tags ON tag_id = tags.id LEFT JOIN marks USING (paper_id)"
                " GROUP BY tags.id ORDER BY folded"
            )
        ),
    )


def quoted(name: str) -> str:
    """A name as a query holds it. Names have no quotation marks: the library sees to that."""
    return f'"{name}"'
