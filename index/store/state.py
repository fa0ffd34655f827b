"""What a library knows of papers besides the papers, given out whole and taken in again.

Taking in unites: what is there already stays, whatever comes. What was seen (when a paper came and
was opened, its upvotes, where it is from) is taken in with the paper, by ``observe``; what the
reader decided (marks, tags, lists, notes, saved searches) by ``Deciding``, as an action of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import apsw

from index import precedence
from index.fields import Field, Value
from index.state import Deleted, LibraryState, PaperState, Place, Tag
from index.store import citation_keys, follows, identity, papers, provenance, reading
from index.text import fold

_OF_PAPER = "WHERE paper_id = papers.id"
# What a subquery gives is text until ``json`` says that it is JSON.
_PAPER = f"""
    json_object(
        'key', key, 'added', added,
        'marks', json((SELECT json_group_object(mark, json(
            CASE mark WHEN 'rating' THEN json_object('value', value, 'at', at)
            ELSE json_quote(at) END)) FROM marks {_OF_PAPER})),
        'tags', json((SELECT json_group_array(json_object('name', name, 'colour', colour)
            ORDER BY folded) FROM paper_tags JOIN tags ON tags.id = tag_id {_OF_PAPER})),
        'lists', json((SELECT json_group_array(json_object('list', name, 'position', position,
            'added', added, 'status', status, 'note', note) ORDER BY folded)
            FROM list_items JOIN lists ON lists.id = list_id {_OF_PAPER})),
        'note', json((SELECT json_object('text', text, 'changed', changed) FROM notes {_OF_PAPER})),
        'opened', json((SELECT json_object('last', last, 'times', times)
            FROM openings {_OF_PAPER})),
        'upvotes', json((SELECT json_group_object(day, count) FROM upvotes {_OF_PAPER})),
        'origins', json((SELECT json_group_array(json_object('source', source, 'file', file,
            'line', line, 'at', {provenance.MOMENT}) ORDER BY {provenance.ORDER})
            FROM origins {_OF_PAPER})),
        'fields', json((SELECT json_group_object(field, source ORDER BY field)
            FROM fields {_OF_PAPER})),
        'overlooked', json((SELECT json_group_array(json_object('field', field, 'source', source,
            'value', json(value), 'version', version) ORDER BY field, source)
            FROM overlooked {_OF_PAPER})),
        'apart', json((SELECT json_group_array(other.key ORDER BY other.key) FROM apart
            JOIN papers AS other ON other.id IN (apart.one, apart.other) AND other.id <> papers.id
            WHERE papers.id IN (apart.one, apart.other))),
        'aliases', json((SELECT json_group_array(value ORDER BY value) FROM tombstones
            WHERE scheme = 'alias' AND paper_id = papers.id))
    )"""
_LIBRARY = """
    json_object(
        'lists', json((SELECT json_group_array(json_object('name', name, 'sort', sort,
            'archived', archived) ORDER BY folded) FROM lists)),
        'tags', json((SELECT json_group_array(json_object('name', name, 'colour', colour)
            ORDER BY folded) FROM tags WHERE colour <> '')),
        'saved', json((SELECT json_group_array(json_object('name', name, 'query', query,
            'sort', sort, 'at', at) ORDER BY folded) FROM saved)),
        'follows', json((SELECT json_group_array(json_object('kind', kind, 'what', what,
            'title', title, 'at', at) ORDER BY id) FROM follows))
    )"""


_DELETED = """
    SELECT json_object('names', json_group_array(json_array(scheme, value) ORDER BY scheme, value))
    FROM tombstones WHERE scheme = 'key' OR scheme <> 'alias'
     AND paper_id NOT IN (SELECT id FROM papers)
    GROUP BY paper_id ORDER BY abs(paper_id)
"""

CHUNK = 1000
"""Deleted papers that go out at a time: a line of any length would not come in again."""


def of_papers(db: apsw.Connection, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The state of each of these papers that the library holds, as ``PaperState`` reads it."""
    found = db.execute(
        f"SELECT id, {_PAPER} FROM papers WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {int(paper_id): _held(json.loads(known)) for paper_id, known in found}


def of_library(db: apsw.Connection) -> list[dict[str, Any]]:
    """What belongs to no paper, as ``LibraryState`` reads it: lists, colours, searches, follows.

    After the first, what was deleted.
    """
    library = _held(json.loads(str(db.execute(f"SELECT {_LIBRARY}").get)))
    deleted = [json.loads(str(names)) for (names,) in db.execute(_DELETED)]
    starts = range(0, len(deleted), CHUNK)
    return [library] + [{"deleted": deleted[start : start + CHUNK]} for start in starts]


def _held(value: Any) -> Any:
    """JSON without what is empty."""
    if isinstance(value, dict):
        held = {name: _held(one) for name, one in value.items()}
        return {name: one for name, one in held.items() if one not in (None, "", [], {})}
    return [_held(one) for one in value] if isinstance(value, list) else value


def observe(
    db: apsw.Connection, paper_id: int, state: PaperState, *, batch: int, is_new: bool
) -> None:
    """Take in what was seen of a paper; of a new one, its key and the day it came too."""
    if is_new:
        db.execute("UPDATE papers SET added = ? WHERE id = ?", (state.added, paper_id))
        citation_keys.keep(db, paper_id, state.key)
    db.executemany(
        "INSERT INTO upvotes (paper_id, day, count) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET count = max(count, excluded.count)",
        [(paper_id, day, count) for day, count in state.upvotes.items()],
    )
    db.executemany(
        "INSERT INTO origins (paper_id, source, file, line, batch, at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET at = excluded.at WHERE batch = excluded.batch",
        [(paper_id, one.source, one.file, one.line, batch, one.at) for one in state.origins],
    )
    identity.call(db, paper_id, state.aliases)
    if state.opened:
        db.execute(
            "INSERT INTO openings (paper_id, last, times) VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
            " SET last = max(last, excluded.last), times = max(times, excluded.times)",
            (paper_id, state.opened.last, state.opened.times),
        )


class Deciding:
    """Takes in what the reader decided elsewhere, paper by paper, within one action.

    The tags must be known before (``tags.know``): their rows are no part of an action.
    """

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self._lists: dict[str, tuple[int, int]] = {}  # id, and the positions before what comes
        self._keys: dict[str, int] = {}  # of papers that were told apart from others
        self.changed: set[int] = set()

    def library(self, state: LibraryState) -> None:
        """Make the lists, saved searches and follows that are not there."""
        self._colour(state.tags)
        self._db.executemany(
            "INSERT INTO lists (name, folded, sort, archived) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            [(one.name, fold(one.name), one.sort, one.archived) for one in state.lists],
        )
        self._db.executemany(
            "INSERT INTO saved (name, folded, query, sort, at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            [(one.name, fold(one.name), one.query, one.sort, one.at) for one in state.saved],
        )
        for one in state.follows:
            follows.put(self._db, one.kind, one.what, one.title, one.at)
        for deleted in state.deleted:
            self._bury(deleted)

    def paper(self, paper_id: int, state: PaperState, edits: Mapping[Field, Value]) -> None:
        """Take in what was decided about a paper; ``edits`` are the fields that were edited."""
        before = self._db.total_changes()
        self._marks(paper_id, state)
        self._colour(state.tags)
        self._db.executemany(
            "INSERT INTO paper_tags (paper_id, tag_id) SELECT ?, id FROM tags WHERE folded = ?"
            " ON CONFLICT DO NOTHING",
            [(paper_id, fold(tag.name)) for tag in state.tags],
        )
        for place in state.lists:
            self._place(paper_id, place)
        if state.note:
            self._db.execute(
                "INSERT INTO notes (paper_id, text, changed) VALUES (?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (paper_id, state.note.text, state.note.changed),
            )
        self._tell_apart(paper_id, state)
        self._edit(paper_id, edits)
        if self._db.total_changes() > before:
            self.changed.add(paper_id)

    def _bury(self, deleted: Deleted) -> None:
        """Keep what a deleted paper was known by, under a number that no paper here ever has."""
        names = json.dumps(deleted.names)
        known = self._db.execute(
            "SELECT count(DISTINCT value) FROM tombstones"
            " WHERE (scheme, value) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))",
            (names,),
        ).get
        if known < len({value for _, value in deleted.names}):
            self._db.execute(
                "INSERT INTO tombstones (paper_id, scheme, value)"
                " SELECT (SELECT min(0, coalesce(min(paper_id), 0)) - 1 FROM tombstones),"
                " value ->> 0, value ->> 1 FROM json_each(?)",
                (names,),
            )

    def _colour(self, tags: Iterable[Tag]) -> None:
        self._db.executemany(
            "UPDATE tags SET colour = ? WHERE folded = ? AND colour = ''",
            [(tag.colour, fold(tag.name)) for tag in tags if tag.colour],
        )

    def _marks(self, paper_id: int, state: PaperState) -> None:
        marks = state.marks
        given: dict[str, tuple[int | None, str | None]] = {
            "starred": (None, marks.starred),
            "read": (None, marks.read),
            "skipped": (None, marks.skipped),
            "rating": (marks.rating.value, marks.rating.at) if marks.rating else (None, None),
        }
        self._db.executemany(
            "INSERT INTO marks (paper_id, mark, value, at) SELECT ?1, ?2, ?3, ?4"
            # A paper is read or skipped: what it is here stays.
            " WHERE NOT (?2 IN ('read', 'skipped') AND EXISTS (SELECT 1 FROM marks"
            "  WHERE paper_id = ?1 AND mark IN ('read', 'skipped')))"
            " ON CONFLICT DO NOTHING",
            [(paper_id, mark, value, at) for mark, (value, at) in given.items() if at],
        )

    def _edit(self, paper_id: int, edits: Mapping[Field, Value]) -> None:
        """Edit what is not edited here. Identifiers that other papers bear stay theirs."""
        if not edits:
            return
        known = reading.sourced(self._db, paper_id)
        values = {name: one for name, one in edits.items() if name not in known.edited}
        papers.update(self._db, paper_id, known, precedence.edit(known, values))

    def _place(self, paper_id: int, place: Place) -> None:
        """Put a paper on a list, after the papers that were on it before."""
        folded = fold(place.list)
        if folded not in self._lists:
            self._db.execute(
                "INSERT INTO lists (name, folded) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (place.list, folded),
            )
            ((list_id, last),) = self._db.execute(
                "SELECT id, (SELECT coalesce(max(position), 0) FROM list_items"
                " WHERE list_id = lists.id) FROM lists WHERE folded = ?",
                (folded,),
            )
            self._lists[folded] = int(str(list_id)), int(str(last))
        list_id, before = self._lists[folded]
        self._db.execute(
            "INSERT INTO list_items (list_id, paper_id, position, added, status, note)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (list_id, paper_id, before + place.position, place.added, place.status, place.note),
        )

    def _tell_apart(self, paper_id: int, state: PaperState) -> None:
        if state.apart:
            self._keys[state.key] = paper_id
            others = [self._keys[key] for key in state.apart if key in self._keys]
            self._db.executemany(
                "INSERT INTO apart (one, other) VALUES (?, ?) ON CONFLICT DO NOTHING",
                [(min(paper_id, other), max(paper_id, other)) for other in others],
            )
