"""Provenance in the database: who the fields of a paper are from, and the records it came in."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any, cast

import apsw

from index.fields import FIELDS, SINGLE, Field, Value, value
from index.paper import READER, Paper
from index.precedence import Said, Sourced
from index.store import raws
from index.views import Origin, Provenance

MOMENT = "coalesce(origins.at, (SELECT at FROM batches WHERE id = origins.batch))"
"""When a record came."""

SERVICES = frozenset({"arxiv", "hf_papers", "feed", "doi", "crossref"})
"""Sources whose places are questions and addresses, not files."""

ORDER = f"{MOMENT}, batch, source, file, line"
"""The order of a paper's origins, the oldest first."""


def read(db: apsw.Connection, paper_id: int, paper: Paper) -> Sourced:
    """A paper of the library with who its fields are from."""
    found = db.execute(
        "SELECT fields, field, overlooked.source, value, overlooked.version"
        " FROM papers LEFT JOIN overlooked ON paper_id = papers.id WHERE papers.id = ?",
        (paper_id,),
    ).fetchall()
    overlooked: dict[Field, tuple[Said, ...]] = {}
    for _, name, source, said, version in found:
        if name is not None:
            field = cast(Field, name)
            one = Said(str(source), _value(json.loads(str(said))), int(str(version)))
            overlooked[field] = (*overlooked.get(field, ()), one)
    fields = str(found[0][0])
    return Sourced(paper, {} if fields == "{}" else json.loads(fields), overlooked)


def write(db: apsw.Connection, paper_id: int, known: Sourced, now: Sourced) -> None:
    """Keep who the fields of a paper are from, where that was another before."""
    if now.fields != known.fields:
        db.execute("UPDATE papers SET fields = ? WHERE id = ?", (_json(now.fields), paper_id))
    for name in FIELDS:
        before, said = known.overlooked.get(name, ()), now.overlooked.get(name, ())
        if before != said:
            db.execute("DELETE FROM overlooked WHERE paper_id = ? AND field = ?", (paper_id, name))
            db.executemany(
                "INSERT INTO overlooked (paper_id, field, source, value, version)"
                " VALUES (?, ?, ?, ?, ?)",
                [(paper_id, name, one.source, _json(one.value), one.version) for one in said],
            )


def _json(found: Mapping[Field, str] | Value) -> str:
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


def _value(found: Any) -> Value:
    return tuple(found) if isinstance(found, list) else str(found)


def shown(db: apsw.Connection, paper_id: int, known: Sourced) -> Provenance:
    """Where a paper is from. United fields are told of only where the reader edited them."""
    return Provenance(
        id=paper_id,
        fields=tuple(
            (name, known.source(name))
            for name in FIELDS
            if name in known.edited or (name in SINGLE and value(known.paper, name))
        ),
        origins=tuple(_origins(db, paper_id)),
    )


def edited(fields: str) -> tuple[str, ...]:
    """The fields that the reader edited, from what ``papers.fields`` holds."""
    sources = {} if fields == "{}" else json.loads(fields)
    return tuple(name for name in FIELDS if sources.get(name) == READER)


def places(db: apsw.Connection, paper_id: int) -> tuple[str, ...]:
    """Where a paper came from, in a few words each: “a.bib, line 5”, “b.pdf”, “arXiv cat:cs.CL”."""
    return tuple(
        str(file) if source in SERVICES else _in_file(str(file), str(source), str(line))
        for source, file, line in db.execute(
            f"SELECT source, file, line FROM origins WHERE paper_id = ? ORDER BY {ORDER}",
            (paper_id,),
        )
    )


def _in_file(file: str, source: str, line: str) -> str:
    name = PurePath(file).name
    return name if source == "pdf" else f"{name}, line {line}"


def _origins(db: apsw.Connection, paper_id: int) -> Iterator[Origin]:
    for source, file, line, moment, raw in db.execute(
        f"SELECT source, file, line, {MOMENT}, raw FROM origins WHERE paper_id = ?"
        f" ORDER BY {ORDER}",
        (paper_id,),
    ):
        yield Origin(
            source=str(source),
            place=str(file),
            line=int(str(line)),
            day=day(str(moment)) if moment else "",
            raw=raws.unpack(raw) if isinstance(raw, bytes) else "",
            in_file=source not in SERVICES,
        )


def day(moment: str) -> str:
    """The reader's day of a moment that is stored in UTC."""
    return dt.datetime.fromisoformat(moment).astimezone().date().isoformat()
