"""Changes: what a changeset did to which rows, and whether another depends on it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, cast

import apsw

from index.store.schema import RECORDED_TABLES

Value = None | int | float | str
Values = Mapping[str, Value]
"""Of a row, by the names of its columns."""


Kind = Literal["INSERT", "DELETE", "UPDATE"]
Key = tuple[Value, ...]


class Change(NamedTuple):
    """What became of one row."""

    table: str
    kind: Kind
    old: Values  # of an update: its key, and what changed
    new: Values  # of an update: what changed


@dataclass(slots=True)
class Table:
    """What of a table says which of its rows belong together."""

    columns: list[str] = field(default_factory=list)
    key: list[str] = field(default_factory=list)
    unique: set[str] = field(default_factory=set)  # columns in which no two rows have one value
    parents: dict[str, str] = field(default_factory=dict)  # the tables that columns refer to, by id

    def row(self, change: Change) -> Key:
        """The key of the row that changed."""
        return tuple((change.old or change.new)[column] for column in self.key)


Layout = Mapping[str, Table]


def layout(db: apsw.Connection) -> Layout:
    """The recorded tables."""
    tables: dict[str, Table] = {}
    for name, column, key, unique, parent in db.execute(
        "SELECT tables.name, columns.name, columns.pk, EXISTS (SELECT 1"
        "   FROM pragma_index_list(tables.name) AS indexes, pragma_index_info(indexes.name) AS part"
        "   WHERE origin = 'u' AND part.name = columns.name),"
        '  (SELECT "table" FROM pragma_foreign_key_list(tables.name) WHERE "from" = columns.name)'
        " FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns"
        " WHERE tables.name IN (SELECT value FROM json_each(?)) ORDER BY tables.name, cid",
        (json.dumps(RECORDED_TABLES),),
    ):
        table = tables.setdefault(str(name), Table())
        table.columns.append(str(column))
        if key:
            table.key.append(str(column))
        if unique:
            table.unique.add(str(column))
        if parent:
            table.parents[str(column)] = str(parent)
    return tables


def read(changeset: bytes, tables: Layout) -> Iterator[Change]:
    """The changes of a changeset, a table after the other."""
    for row in apsw.Changeset.iter(changeset):
        yield _change(row, tables)


def in_conflict(row: apsw.TableChange, tables: Layout) -> Iterator[Change]:
    """A change that cannot be made, and the row that is in its way, as if that one went."""
    yield _change(row, tables)
    if row.conflict:
        yield Change(row.name, "DELETE", _named(tables[row.name].columns, row.conflict), {})


def _change(row: apsw.TableChange, tables: Layout) -> Change:
    columns = tables[row.name].columns
    return Change(row.name, cast(Kind, row.op), _named(columns, row.old), _named(columns, row.new))


def _named(columns: Sequence[str], values: Sequence[object] | None) -> Values:
    pairs = zip(columns, values or (), strict=False)  # a column may be newer than the changeset
    return {name: cast(Value, value) for name, value in pairs if value is not apsw.no_change}


def papers(changes: Iterable[Change], tables: Layout) -> set[int]:
    """The papers whose rows changed, or rows that hang on them."""
    naming = {
        name: [column for column, parent in table.parents.items() if parent == "papers"]
        for name, table in tables.items()
    } | {"papers": ["id"]}
    return {
        cast(int, values[column])
        for one in changes
        for column in naming[one.table]
        for values in (one.old, one.new)
        if column in values
    }


class Reach:
    """What changes touch, so far as it keeps others from being undone before or after them.

    Two updates of one row that change other columns of it do not meet.
    """

    def __init__(self, changes: Iterable[Change], tables: Layout) -> None:
        self.cells: set[object] = set()  # (table, row, column), and (table, column, unique value)
        self.made: set[tuple[str, Key]] = set()  # (table, row) that came or went
        self.needed: set[tuple[str, Key]] = set()  # (table, row) that what changed refers to
        for one in changes:
            table = tables[one.table]
            row = table.row(one)
            for column in one.new or one.old:
                self.cells.add((one.table, row, column))
            if one.kind != "UPDATE":
                self.made.add((one.table, row))
            for values in (one.old, one.new):
                for column in table.unique & values.keys():
                    self.cells.add((one.table, column, values[column]))
                for column in table.parents.keys() & values.keys():
                    self.needed.add((table.parents[column], (values[column],)))

    def meets(self, other: Reach) -> bool:
        """Whether these changes and others cannot change places."""
        return not (
            self.cells.isdisjoint(other.cells)
            and self.made.isdisjoint(other.needed)
            and self.needed.isdisjoint(other.made)
        )

    def take(self, other: Reach) -> None:
        """Let this be the reach of both."""
        self.cells |= other.cells
        self.made |= other.made
        self.needed |= other.needed
