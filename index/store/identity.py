"""Which record is which paper, and which papers the reader does not want back."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Sequence

import apsw

from index import first_page
from index.authors import may_be_by_one
from index.identifiers import Identifier
from index.paper import Link, Paper
from index.precedence import Sourced, unedit
from index.sameness import bears_out
from index.store import raws
from index.store.reading import items, sourced

TELLING = 100
"""A title that more papers bear (“Editorial”) does not tell whose it is."""


def call(db: apsw.Connection, paper_id: int, titles: Iterable[str]) -> None:
    """Keep folded titles that a paper bears elsewhere: records under these are found to be it."""
    db.executemany(
        "INSERT OR IGNORE INTO tombstones (paper_id, scheme, value) VALUES (?, 'alias', ?)",
        [(paper_id, title) for title in titles],
    )


def find(
    db: apsw.Connection,
    record: Paper,
    *,
    key: str = "",
    others: Container[int] = (),
    page: str = "",
) -> int | None:
    """The id of the paper that a record describes.

    It shares an identifier, or the folded title where neither their identifiers nor their authors
    say otherwise. A title that the paper bears elsewhere must be borne out by more. A library that
    told of it knew it by a ``key``, and told ``others`` apart from it. Of a PDF, the text of its
    first ``page`` must bear out what its title says.
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
        if not may_be_by_one(record.authors, tuple(items(authors))):
            continue
        if page and not _is_on(db, page, paper_id, items(authors)):
            continue
        if is_its_title or its_key == key or _is_elsewhere(sourced(db, paper_id), record):
            return paper_id
    return None


def without_cited(db: apsw.Connection, record: Paper, page: str) -> Paper:
    """The record of a PDF without the DOI that its first page only cites, as far as is known here.

    So it is where the paper that bears the DOI has a title that does not stand on the page. On one
    with arXiv's stamp no other identifier is looked for.
    """
    if any(name.scheme == "arxiv" for name in record.identifiers):
        return record
    own = tuple(name for name in record.identifiers if not _is_cited(db, name, page))
    return record.model_copy(update={"identifiers": own})


def _is_cited(db: apsw.Connection, name: Identifier, page: str) -> bool:
    holder = holder_of(db, name) if name.scheme == "doi" else None
    if holder is None:
        return False
    known = sourced(db, holder)
    titles = {known.paper.title, unedit(known, ["title"]).paper.title}
    return not any(first_page.shows_title(page, title) for title in titles)


def only_cites(db: apsw.Connection, paper_id: int, doi: Identifier, title: str) -> bool:
    """Whether a paper has a DOI only because the first page that it was read from cites it.

    ``title``: of the paper that the DOI is said to be of. On a page with arXiv's stamp no other
    identifier is looked for.
    """
    if doi.scheme != "doi":
        return False
    known = sourced(db, paper_id)
    is_seen = doi in known.paper.identifiers and "identifiers" not in known.edited
    is_stamped = any(name.scheme == "arxiv" for name in known.paper.identifiers)
    if known.source("title") != "pdf" or is_stamped or not is_seen:
        return False
    page = page_of(db, paper_id)
    return bool(page) and not first_page.shows_title(page, title)


def _is_on(db: apsw.Connection, page: str, paper_id: int, authors: Sequence[str]) -> bool:
    """Whether a PDF that has the title of a paper is it: its first page names an author, or is the
    paper's own where that was made of a PDF; else the title decides.
    """
    if authors:
        return first_page.shows_author(page, authors)
    own = page_of(db, paper_id)
    return not own or first_page.are_alike(page, own)


def page_of(db: apsw.Connection, paper_id: int) -> str:
    """The text of the first page of the PDF that a paper was made of; empty where it was not."""
    raw = db.execute(
        "SELECT raw FROM origins WHERE paper_id = ? AND source = 'pdf' AND raw IS NOT NULL"
        " ORDER BY batch LIMIT 1",
        (paper_id,),
    ).get
    return raws.unpack(raw) if isinstance(raw, bytes) else ""


def _bore(db: apsw.Connection, paper_id: int, names: Sequence[Identifier]) -> bool:
    """Whether the reader took one of these names from a paper: then they do not tell it apart."""
    kept = db.execute(
        "SELECT value FROM overlooked WHERE paper_id = ? AND field = 'identifiers'", (paper_id,)
    ).get
    return kept is not None and any(":".join(name) in items(kept) for name in names)


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


def without_names_of_others(db: apsw.Connection, record: Paper, paper_id: int) -> Paper:
    """A record that names two papers at once, for one of them: the other's name becomes a link.

    So the two are found to be duplicates. A deleted paper's names are its own too: who undoes the
    deletion must find them free.
    """
    taken = [
        name
        for name in record.identifiers
        if (holder := holder_of(db, name)) != paper_id
        and (holder is not None or _is_of_a_deleted(db, name))
    ]
    links = (Link(kind="page", url=name.url) for name in taken)
    own = tuple(name for name in record.identifiers if name not in taken)
    return record.model_copy(update={"identifiers": own, "links": (*record.links, *links)})


def is_buried(db: apsw.Connection, record: Paper) -> bool:
    """Whether the reader deleted the paper that a record describes."""
    if any(_is_of_a_deleted(db, name) for name in record.identifiers):
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


def _is_of_a_deleted(db: apsw.Connection, name: Identifier) -> bool:
    return bool(db.execute("SELECT 1 FROM tombstones WHERE scheme = ? AND value = ?", name).get)


def _schemes(record: Paper) -> str:
    return json.dumps([identifier.scheme for identifier in record.identifiers])
