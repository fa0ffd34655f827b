"""Papers as they are shown: rows of a list, and one paper whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import cast

import apsw

from index.authors import short_authors
from index.locations import pdfs_folder
from index.paper import Paper
from index.store import lists, provenance, reading
from index.store.moments import day
from index.text import to_unicode
from index.views import Detail, Item, ItemStatus, Link, Row

HowFar = tuple[int, int]
"""Papers of a list that are done or skipped, and all of them."""

_TAGS = (
    "(SELECT json_group_array(name) FROM"
    " (SELECT name FROM tags JOIN paper_tags ON tag_id = tags.id WHERE paper_id = papers.id"
    "  ORDER BY folded))"
)
_MARKS = (
    "(SELECT json_group_object(mark, coalesce(value, 1)) FROM marks WHERE paper_id = papers.id)"
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
    marks: dict[object, dict[str, int]] = {}
    for paper_id, mark, value in db.execute(
        "SELECT paper_id, mark, marks.value FROM json_each(?) AS chosen"
        " JOIN marks ON paper_id = chosen.value",
        (chosen,),
    ):
        marks.setdefault(paper_id, {})[str(mark)] = int(str(value or 1))
    # A query for each paper takes three times as long.
    for paper_id, title, authors, published, venue, opened, noted in db.execute(
        "SELECT papers.id, title, authors, published, venue,"
        " EXISTS (SELECT 1 FROM openings WHERE paper_id = papers.id),"
        " EXISTS (SELECT 1 FROM notes WHERE paper_id = papers.id)"
        " FROM json_each(?) AS chosen CROSS JOIN papers ON papers.id = chosen.value"
        " ORDER BY chosen.key",
        (chosen,),
    ):
        own = marks.get(paper_id, {})
        yield Row(
            id=int(str(paper_id)),
            title=to_unicode(str(title)),
            authors=_who(str(authors)),
            year=str(published or "")[:4],
            venue=to_unicode(str(venue)),
            starred="starred" in own,
            read="read" in own,
            opened=bool(opened),
            skipped="skipped" in own,
            rating=own.get("rating", 0),
            noted=bool(noted),
            tags=tuple(tags.get(paper_id, ())),
        )


@lru_cache(maxsize=4096)
def _who(authors: str) -> str:
    return short_authors(tuple(json.loads(authors)))


def detail(
    db: apsw.Connection, paper_id: int, progress: dict[object, HowFar] | None = None
) -> Detail | None:
    """One paper with all that is known of it; None where the library does not hold it.

    ``progress`` keeps how far lists are, so that for many papers each is counted once.
    """
    found = db.execute(
        f"SELECT key, added, {_MARKS}, {_TAGS},"
        " (SELECT last FROM openings WHERE paper_id = papers.id),"
        " (SELECT text FROM notes WHERE paper_id = papers.id),"
        " (SELECT name FROM pdfs WHERE paper_id = papers.id)"
        " FROM papers WHERE papers.id = ?",
        (paper_id,),
    ).fetchone()
    if not found:
        return None
    key, added, marked, tags, opened, note, pdf = found
    marks: dict[str, int] = json.loads(str(marked))
    paper = next((paper for _, paper in reading.fetch(db, [paper_id])), None)
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
        version=paper.version,
        links=_links(paper),
        upvotes=paper.upvotes,
        starred="starred" in marks,
        read="read" in marks,
        opened=day(str(opened)) if opened else "",
        skipped="skipped" in marks,
        rating=marks.get("rating", 0),
        tags=tuple(json.loads(str(tags))),
        items=tuple(_items(db, paper_id, {} if progress is None else progress)),
        note=str(note or ""),
        pdf=_path(db, str(pdf)) if pdf else "",
        edited=provenance.edited(db, paper_id),
        origins=provenance.places(db, paper_id),
        added=day(str(added)),
    )


def _items(db: apsw.Connection, paper_id: int, progress: dict[object, HowFar]) -> Iterator[Item]:
    """The paper's places on reading lists, in the order of the lists' names."""
    for name, status, added, note, list_id in db.execute(
        f"SELECT name, {lists.STATUS}, added, note, lists.id FROM list_items"
        " JOIN lists ON lists.id = list_id WHERE paper_id = ? ORDER BY folded",
        (paper_id,),
    ):
        if list_id not in progress:
            progress[list_id] = _progress(db, list_id)
        done, total = progress[list_id]
        yield Item(
            list=str(name),
            status=cast(ItemStatus, status),
            added=day(str(added)),
            note=str(note),
            done=done,
            total=total,
        )


def _progress(db: apsw.Connection, list_id: object) -> HowFar:
    ((done, total),) = db.execute(
        f"SELECT count(iif({lists.STATUS} IN ('done', 'skipped'), 1, NULL)), count(*)"
        " FROM list_items WHERE list_id = ?",
        (cast(int, list_id),),
    )
    return int(str(done)), int(str(total))


def _path(db: apsw.Connection, pdf: str) -> str:
    """Where a paper's PDF is; empty where the file is gone."""
    path = pdfs_folder(Path(db.filename).parent) / pdf
    return str(path) if path.is_file() else ""


def _links(paper: Paper) -> tuple[Link, ...]:
    """The paper's links; first its page, which its identifiers give where no link does."""
    own = [Link(link.kind, link.url) for link in paper.links]
    if not any(link.kind == "page" for link in own):
        own = [Link("page", name.url) for name in paper.identifiers[:1]] + own
    return tuple(sorted(own, key=lambda link: link.kind != "page"))
