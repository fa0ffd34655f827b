"""Papers as they are read from the database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import apsw

from index.errors import NoSuchPaperError
from index.identifiers import Identifier
from index.paper import Link, Paper
from index.precedence import Sourced
from index.store import provenance

_COLUMNS = (
    "title, abstract, authors, published, venue, categories, links, version, source,"
    " (SELECT json_group_array(json_array(scheme, value) ORDER BY scheme, value) FROM identifiers"
    "  WHERE paper_id = papers.id),"
    " (SELECT count FROM upvotes WHERE paper_id = papers.id ORDER BY day DESC LIMIT 1)"
)


FETCHED = 500
"""Papers that one statement reads."""


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
    raise NoSuchPaperError(paper_id)


def _paper(row: Sequence[apsw.SQLiteValue]) -> Paper:
    title, abstract, authors, published, venue, categories, links, version, source, names, votes = (
        row
    )
    # What is in the database passed the gate when it came in.
    return Paper.model_construct(
        title=title,
        abstract=abstract,
        authors=tuple(items(authors)),
        published=published,
        venue=venue,
        categories=tuple(items(categories)),
        identifiers=tuple(Identifier(*pair) for pair in items(names)),
        links=tuple(Link.model_construct(**link) for link in items(links)),
        version=version,
        upvotes=votes,
        source=source,
    )


def items(array: apsw.SQLiteValue) -> list[Any]:
    """What a column of JSON holds."""
    found: list[Any] = [] if array == "[]" else json.loads(str(array))
    return found
