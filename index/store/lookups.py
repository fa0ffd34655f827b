"""Lookups: which papers lack something, and which services were asked about them, and when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

import apsw

from index.paper import Paper
from index.store.moments import now

BY_TITLE = ("arxiv", "hf_papers", "crossref")
"""The services that know papers by their titles, in the order in which they are asked."""

_NAMELESS = "NOT EXISTS (SELECT 1 FROM identifiers WHERE paper_id = papers.id)"
_LACKING = f"(authors = '[]' OR published IS NULL OR {_NAMELESS})"
_CHOSEN = "(?1 IS NULL OR id IN (SELECT value FROM json_each(?1)))"


class Question(NamedTuple):
    """What is still to be asked about a paper that lacks something."""

    paper_id: int
    by_title: bool  # else by its arXiv id or its DOI
    services: tuple[str, ...]  # in their order; none where all were asked lately


def lacks(paper: Paper) -> bool:
    """Whether a paper is to be completed: it lacks authors, a year, or every identifier.

    An identifier is a link as well, to the paper's page; so who lacks all links lacks those too.
    """
    return not (paper.authors and paper.published and paper.identifiers)


def lacking(db: apsw.Connection, ids: Sequence[int] | None) -> list[int]:
    """The papers that lack something, of some or (None) of all; ascending."""
    found = db.execute(
        f"SELECT id FROM papers WHERE {_CHOSEN} AND {_LACKING} ORDER BY id", (_array(ids),)
    )
    return [int(str(paper_id)) for (paper_id,) in found]


def questions(db: apsw.Connection, ids: Sequence[int] | None, since: str) -> list[Question]:
    """What to ask about the papers that lack something, of some or (None) of all; ascending.

    Services that gave an answer ``since`` a moment are not asked again.
    """
    found = db.execute(
        "SELECT id, (SELECT json_group_array(scheme) FROM identifiers WHERE paper_id = id),"
        " (SELECT json_group_array(service) FROM lookups WHERE paper_id = id AND at >= ?2)"
        f" FROM papers WHERE {_CHOSEN} AND {_LACKING} ORDER BY id",
        (_array(ids), since),
    )
    return [
        _question(int(str(paper_id)), json.loads(str(schemes)), json.loads(str(asked)))
        for paper_id, schemes, asked in found
    ]


def _question(paper_id: int, schemes: list[str], asked: list[str]) -> Question:
    by_name = tuple(service for service in ("arxiv", "doi") if service in schemes)
    left = tuple(service for service in by_name or BY_TITLE if service not in asked)
    return Question(paper_id, not by_name, left)


def answered(db: apsw.Connection, paper_id: int, service: str, *, found: bool) -> None:
    """Keep that a service need not be asked about a paper for now, and whether it knew it."""
    db.execute(
        "INSERT INTO lookups (paper_id, service, at, found) VALUES (?, ?, ?, ?) ON CONFLICT"
        " DO UPDATE SET at = excluded.at, found = excluded.found",
        (paper_id, service, now(), found),
    )


def _array(ids: Sequence[int] | None) -> str | None:
    return None if ids is None else json.dumps(list(ids))
