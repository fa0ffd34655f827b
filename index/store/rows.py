"""Papers as they are shown: rows of a list, and one paper whole."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePath

import apsw

from index.paper import Paper, short_authors
from index.store import papers
from index.text import to_unicode
from index.views import Detail, Link, Row

_TAGS = (
    "(SELECT json_group_array(name) FROM"
    " (SELECT name FROM tags JOIN paper_tags ON tag_id = tags.id WHERE paper_id = papers.id"
    "  ORDER BY folded))"
)
_LISTS = (
    "(SELECT json_group_array(name) FROM"
    " (SELECT name FROM lists JOIN list_items ON list_id = lists.id WHERE paper_id = papers.id"
    "  ORDER BY folded))"
)


def rows(db: apsw.Connection, ids: Sequence[int]) -> Iterator[Row]:
    """A row for each id that the library holds, in the order of the ids."""
    chosen = json.dumps(list(ids))
    tags: dict[object, list[str]] = {}
    for paper_id, name in db.execute(
        "SELECT paper_id, name FROM json_each(?) AS chosen"
        " JOIN paper_tags ON paper_id = chosen.value JOIN tags ON tags.id = tag_id ORDER BY folded",
        (chosen,),
    ):
        tags.setdefault(paper_id, []).append(str(name))
    # A query for each paper takes three times as long.
    for paper_id, title, authors, published, venue, starred, read, noted in db.execute(
        "SELECT papers.id, title, authors, published, venue, starred, read,"
        " EXISTS (SELECT 1 FROM notes WHERE paper_id = papers.id)"
        " FROM json_each(?) AS chosen CROSS JOIN papers ON papers.id = chosen.value"
        " LEFT JOIN marks ON paper_id = papers.id ORDER BY chosen.key",
        (chosen,),
    ):
        yield Row(
            id=int(str(paper_id)),
            title=to_unicode(str(title)),
            authors=_who(str(authors)),
            year=str(published or "")[:4],
            venue=to_unicode(str(venue)),
            starred=starred is not None,
            read=read is not None,
            noted=bool(noted),
            tags=tuple(tags.get(paper_id, ())),
        )


@lru_cache(maxsize=4096)
def _who(authors: str) -> str:
    return short_authors(tuple(json.loads(authors)))


def detail(db: apsw.Connection, paper_id: int) -> Detail | None:
    """One paper with all that is known of it; None where the library does not hold it."""
    found = db.execute(
        f"SELECT key, added, starred IS NOT NULL, read IS NOT NULL, {_TAGS}, {_LISTS},"
        " (SELECT text FROM notes WHERE paper_id = papers.id)"
        " FROM papers LEFT JOIN marks ON paper_id = papers.id WHERE papers.id = ?",
        (paper_id,),
    ).fetchone()
    if not found:
        return None
    key, added, starred, read, tags, lists, note = found
    paper = next((paper for _, paper in papers.fetch(db, [paper_id])), None)
    if paper is None:  # deleted meanwhile
        return None
    return Detail(
        id=paper_id,
        key=str(key),
        title=to_unicode(paper.title),
        abstract=to_unicode(paper.abstract),
        authors=tuple(to_unicode(author) for author in paper.authors),
        published=paper.published or "",
        venue=to_unicode(paper.venue),
        categories=paper.categories,
        identifiers=tuple((name.scheme, name.value) for name in paper.identifiers),
        links=_links(paper),
        upvotes=paper.upvotes,
        starred=bool(starred),
        read=bool(read),
        tags=tuple(json.loads(str(tags))),
        lists=tuple(json.loads(str(lists))),
        note=str(note or ""),
        origins=_origins(db, paper_id),
        added=dt.datetime.fromisoformat(str(added)).astimezone().date().isoformat(),
    )


def _links(paper: Paper) -> tuple[Link, ...]:
    """The paper's links; first its page, which its identifiers give where no link does."""
    own = [Link(link.kind, link.url) for link in paper.links]
    if not any(link.kind == "page" for link in own):
        own = [Link("page", name.url) for name in paper.identifiers[:1]] + own
    return tuple(sorted(own, key=lambda link: link.kind != "page"))


def _origins(db: apsw.Connection, paper_id: int) -> tuple[str, ...]:
    return tuple(
        f"{PurePath(str(file)).name}, line {line}"
        for file, line in db.execute(
            "SELECT file, line FROM origins WHERE paper_id = ? ORDER BY batch, rowid", (paper_id,)
        )
    )
