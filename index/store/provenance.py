"""Provenance in the database: who the fields of a paper are from, and the records it came in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import cast

import apsw

from index.fields import FIELDS, SINGLE, Field, Value, value
from index.paper import READER, Paper
from index.precedence import Said, Sourced
from index.store import raws
from index.store.moments import day
from index.views import Origin, Provenance

MOMENT = "coalesce(origins.at, (SELECT at FROM batches WHERE id = origins.batch))"
"""When a record came."""

SERVICES = frozenset({"arxiv", "hf_papers", "feed", "doi", "crossref"})
"""Sources whose places are questions and addresses, not files."""

ORDER = f"{MOMENT}, batch, source, file, line"
"""The order of a paper's origins, the oldest first."""


def read(db: apsw.Connection, paper_id: int, paper: Paper) -> Sourced:
    """A paper of the library with who its fields are from."""
    fields: dict[Field, str] = {}
    overlooked: dict[Field, tuple[Said, ...]] = {}
    for name, source, said, version in db.execute(
        "SELECT field, source, NULL, 0 FROM fields WHERE paper_id = ?1"
        " UNION ALL SELECT field, source, value, version FROM overlooked WHERE paper_id = ?1",
        (paper_id,),
    ):
        field = cast(Field, name)
        if said is None:
            fields[field] = str(source)
        else:
            one = Said(str(source), parsed(str(said)), int(str(version)))
            overlooked[field] = (*overlooked.get(field, ()), one)
    return Sourced(paper, fields, overlooked)


def write(db: apsw.Connection, paper_id: int, known: Sourced, now: Sourced) -> None:
    """Keep who the fields of a paper are from, where that was another before."""
    db.executemany(
        "DELETE FROM fields WHERE paper_id = ? AND field = ?",
        [(paper_id, name) for name in known.fields.keys() - now.fields.keys()],
    )
    db.executemany(
        "INSERT INTO fields (paper_id, field, source, edit) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET source = excluded.source, edit = excluded.edit",
        [(paper_id, *one) for one in _fields(now) - _fields(known)],
    )
    for name in FIELDS:
        before, said = known.overlooked.get(name, ()), now.overlooked.get(name, ())
        if before != said:
            db.execute("DELETE FROM overlooked WHERE paper_id = ? AND field = ?", (paper_id, name))
            db.executemany(
                "INSERT INTO overlooked (paper_id, field, source, value, version)"
                " VALUES (?, ?, ?, ?, ?)",
                [(paper_id, name, one.source, _json(one.value), one.version) for one in said],
            )


def _fields(known: Sourced) -> set[tuple[Field, str, str | None]]:
    return {
        (name, source, _json(value(known.paper, name)) if source == READER else None)
        for name, source in known.fields.items()
    }


def _json(found: Value) -> str:
    return json.dumps(found, ensure_ascii=False)


def parsed(text: str) -> Value:
    """A field's value, from the JSON that it is kept as."""
    found = json.loads(text)
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


def edited(db: apsw.Connection, paper_id: int) -> tuple[str, ...]:
    """The fields of a paper that the reader edited."""
    found = db.execute(
        "SELECT field FROM fields WHERE paper_id = ? AND source = ?", (paper_id, READER)
    ).fetchall()
    return tuple(name for name in FIELDS if (name,) in found)


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
