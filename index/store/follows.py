"""What is followed, how its last fetch went, and what services said of what is in the library."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

import apsw

from index.followable import place
from index.store.moments import now
from index.text import clean_line, fold
from index.views import Follow, FollowKind

Said = tuple[str, str]
"""The ETag and the moment of the last change, as a service said them of an answer."""

REMEMBERED = "-90 days"
"""For how long what services said is kept, as SQLite's ``datetime`` has it."""


class Standing(NamedTuple):
    """What is followed, and how far it was fetched."""

    follow: Follow  # due, for that is not in the database
    whole: bool  # whether its last fetch came to its end
    succeeded: str  # when one last did; empty: never
    seen: int  # the newest paper that there was then


def put(db: apsw.Connection, kind: FollowKind, what: str, title: str = "", at: str = "") -> int:
    """Follow something. Returns 1, or 0 where it is followed already."""
    folded = fold(what) if kind == "author" else what
    # Not ON CONFLICT, which uses a number up: people read them.
    db.execute(
        "INSERT INTO follows (kind, what, folded, title, at) SELECT ?1, ?2, ?3, ?4, ?5"
        " WHERE NOT EXISTS (SELECT 1 FROM follows WHERE folded = ?3)",
        (kind, what, f"{kind} {folded}", title, at or now()),
    )
    return db.changes()


def remove(db: apsw.Connection, ids: Sequence[int]) -> int:
    """Follow these no longer. Returns how many went; what was fetched stays."""
    chosen = json.dumps(list(ids))
    db.execute("DELETE FROM follows WHERE id IN (SELECT value FROM json_each(?))", (chosen,))
    return db.changes()


def standings(db: apsw.Connection) -> list[Standing]:
    """All that is followed, in the order in which it was begun."""
    found = db.execute(
        "SELECT id, kind, what, coalesce(nullif(follows.title, ''), runs.title, ''), follows.at,"
        " coalesce(runs.at, ''), coalesce(result, ''), coalesce(failed, 0),"
        " coalesce(whole, 0), coalesce(succeeded, ''), coalesce(seen, 0)"
        " FROM follows LEFT JOIN runs ON follow_id = id ORDER BY id"
    )
    return [
        Standing(
            Follow(
                id=int(str(number)),
                kind=cast(FollowKind, kind),
                what=str(what),
                title=str(title),
                at=str(at),
                last=str(last),
                result=str(result),
                failed=bool(failed),
            ),
            bool(whole),
            str(succeeded),
            int(str(seen)),
        )
        for number, kind, what, title, at, last, result, failed, whole, succeeded, seen in found
    ]


def papers(db: apsw.Connection, name: str, *, begun: bool = False) -> list[int]:
    """The ids of the papers that fetching brings, new or known, ascending.

    name: the folded name of what is followed, what is followed there (``cs.cl``), its kind, or its
    number; of several all count. ``begun``: also those that begin so.
    """
    chosen = [
        place(one.kind, one.what)
        for one in (standing.follow for standing in standings(db))
        if any(
            called == name or (begun and called.startswith(name))
            for called in map(_called, (one.name, one.what, one.kind, str(one.id)))
        )
    ]
    found = db.execute(
        "SELECT DISTINCT paper_id FROM origins WHERE source IN ('arxiv', 'hf_papers', 'feed')"
        " AND EXISTS (SELECT 1 FROM json_each(?) WHERE file GLOB value) ORDER BY paper_id",
        (json.dumps(chosen),),
    )
    return [int(str(paper_id)) for (paper_id,) in found]


def _called(name: str) -> str:
    """A name as a query can hold it: folded, and without quotation marks."""
    return fold(clean_line(re.sub('["“”„]', "", name)))


def begin_run(db: apsw.Connection, follow: int, batch: int) -> None:
    """Keep what a batch is fetched for, and how far that was fetched before."""
    db.execute(
        "UPDATE batches SET follow_id = ?1, (succeeded, seen) ="
        " (SELECT succeeded, seen FROM runs WHERE follow_id = ?1) WHERE id = ?2",
        (follow, batch),
    )


def record_run(
    db: apsw.Connection,
    follow: int,
    result: str,
    *,
    failed: bool = False,
    whole: bool = False,
    title: str = "",
) -> str:
    """Keep how a fetch went; ``whole``: all that there was came, so the next begins after it.

    Returns the moment.
    """
    at = now()
    db.execute(
        "INSERT INTO runs (follow_id, at, whole, succeeded, seen, result, failed, title)"
        " SELECT ?1, ?2, ?3, iif(?3, ?2, NULL), iif(?3, (SELECT coalesce(max(seq), 0)"
        "  FROM sqlite_sequence WHERE name = 'papers'), NULL), ?4, ?5, ?6"
        " WHERE true ON CONFLICT DO UPDATE SET at = excluded.at, whole = excluded.whole,"
        " succeeded = coalesce(excluded.succeeded, succeeded),"
        " seen = coalesce(excluded.seen, seen), result = excluded.result,"
        " failed = excluded.failed, title = coalesce(nullif(excluded.title, ''), title)",
        (follow, at, whole, result, failed, title),
    )
    return at


def said(db: apsw.Connection) -> dict[str, Said]:
    """What services said of the answers that are in the library, by address."""
    found = db.execute("SELECT url, etag, modified FROM validators")
    return {str(url): (str(etag), str(modified)) for url, etag, modified in found}


def keep_said(db: apsw.Connection, said: Mapping[str, Said]) -> None:
    """Keep what services said of answers whose papers are in the library."""
    db.executemany(
        "INSERT OR REPLACE INTO validators (url, etag, modified, at) VALUES (?, ?, ?, ?)",
        [(url, etag, modified, now()) for url, (etag, modified) in said.items()],
    )
    db.execute("DELETE FROM validators WHERE datetime(at) < datetime('now', ?)", (REMEMBERED,))


def forget_run(db: apsw.Connection, batch: int) -> None:
    """Let what brought a batch bring it again, and every service give its answers anew."""
    db.execute("DELETE FROM validators")
    # The earlier of two moments, for later fetches may have been undone before; NULL is never.
    db.execute(
        "UPDATE runs SET whole = 0, succeeded = min(runs.succeeded, before.succeeded),"
        " seen = min(runs.seen, before.seen) FROM batches AS before"
        " WHERE before.id = ? AND before.follow_id = runs.follow_id",
        (batch,),
    )
