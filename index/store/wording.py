"""Changes in a few words: what each did, and what the rows are called that it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import apsw

from index.paper import READER
from index.store.changes import Change, Value, Values
from index.text import clean_line, counted, shortened, to_unicode

LONGEST_QUOTE = 80  # characters

_KINDS = {"lists": "List", "saved": "Search", "follows": "Source"}
_MARKS = {
    "starred": ("starred", "unstarred"),
    "read": ("marked as read", "marked as unread"),
    "skipped": ("skipped", "no longer skipped"),
}
_FIELDS = ("title", "abstract", "authors", "published", "venue", "categories", "links", "version")


class Names:
    """What the rows are called that changes speak of: now, else as the changes have them."""

    def __init__(self, db: apsw.Connection, those: Sequence[Change]) -> None:
        self._db = db
        self._known: dict[tuple[str, Value], Value] = {}
        self._edits = {_field_of(one) for one in those if _edit(one)}
        self._then = {
            (one.table, row["id"]): row
            for one in those
            if one.kind != "UPDATE" and "id" in (row := one.old or one.new)
        }

    def is_edited(self, paper: Value, field: str) -> bool:
        """Whether a field of a paper became what it is because the reader edited or reset it."""
        return (paper, field) in self._edits

    def subject(self, table: str, number: Value) -> str:
        """A row, as a sentence begins with it."""
        if table == "papers":
            return self.paper(number)
        if table == "tags":
            return self.tag(number)
        name = self._called(table, number, "what" if table == "follows" else "name")
        return f"{_KINDS[table]} {quoted(name or 'that is gone')}"

    def paper(self, number: Value) -> str:
        """A paper by its title; by its citation key where it is gone."""
        if title := self._called("papers", number, "title"):
            return quoted(title)
        key = self._db.execute(
            "SELECT value FROM tombstones WHERE scheme = 'key' AND paper_id = ?", (number,)
        ).get
        return quoted(key) if key else f"paper {number}"

    def list(self, number: Value) -> str:
        """A reading list."""
        name = self._called("lists", number)
        return quoted(name) if name else "a list that is gone"

    def tag(self, number: Value) -> str:
        """A tag, which is there for good once there is one."""
        return f"#{self._called('tags', number)}"

    def _called(self, table: str, number: Value, column: str = "name") -> Value:
        if (table, number) not in self._known:
            now = self._db.execute(f"SELECT {column} FROM {table} WHERE id = ?", (number,)).get
            then = self._then.get((table, number), {}).get(column)
            self._known[table, number] = now or then
        return self._known[table, number]


def quoted(text: Value) -> str:
    """A title, a name or a note, in quotation marks and not too long."""
    return f"“{shortened(to_unicode(clean_line(str(text))), LONGEST_QUOTE)}”"


def subject(change: Change) -> tuple[str, Value]:
    """The table and id of what a sentence about a change is about."""
    row = _row(change)
    if change.table in ("lists", "saved", "tags", "follows"):
        return change.table, row["id"]
    return "papers", row.get("paper_id", row.get("one", row.get("id")))


def words(change: Change, names: Names) -> str:
    """A change in a few words; empty where it would tell the reader nothing."""
    return _WORDS[change.table](change, names) if change.table in _WORDS else ""


def _row(change: Change) -> Values:
    return {**change.old, **change.new}


def _paper(change: Change, names: Names) -> str:
    if change.kind != "UPDATE":
        return ""
    paper = change.old["id"]
    fields = [
        field for field in _FIELDS if field in change.new and not names.is_edited(paper, field)
    ]
    parts = [f"{', '.join(fields)} filled in"] if fields else []
    if "key" in change.new:
        parts.append(_turned(f"citation key {change.new['key']}", str(change.old["key"])))
    return "; ".join(parts)


def _edit(change: Change) -> str:
    """What a change of whose a field is says of the reader: ``edited``, ``reset`` or nothing."""
    if change.table != "fields":
        return ""
    again = "source" not in change.new and change.new.get("edit") is not None
    if change.new.get("source") == READER or again:
        return "edited"
    return "reset" if change.old.get("source") == READER else ""


def _field_of(change: Change) -> tuple[Value, Value]:
    row = _row(change)
    return row["paper_id"], row["field"]


def _field(change: Change, _: Names) -> str:
    did = _edit(change)
    return f"{_row(change)['field']} {did}" if did else ""


def _identifier(change: Change, _: Names) -> str:
    row = _row(change)
    return f"known as {row['scheme']} {row['value']}" if change.kind != "DELETE" else ""


def _mark(change: Change, _: Names) -> str:
    mark = str(_row(change)["mark"])
    if mark in _MARKS:
        return _MARKS[mark][change.kind == "DELETE"]
    after, before = (
        f"{row['value']} of 5" if row.get("value") else "" for row in (change.new, change.old)
    )
    return _turned(f"rated {after}" if after else "unrated", before)


def _paper_tag(change: Change, names: Names) -> str:
    tag = names.tag(_row(change)["tag_id"])
    return f"tagged {tag}" if change.kind == "INSERT" else f"took {tag} off"


def _list_item(change: Change, names: Names) -> str:
    name, new, old = names.list(_row(change)["list_id"]), change.new, change.old
    if change.kind != "UPDATE":
        return f"put on {name}" if change.kind == "INSERT" else f"taken off {name}"
    parts = []
    if "position" in new:
        parts.append(f"moved on {name} from {old['position']} to {new['position']}")
    if "status" in new:
        parts.append(f"{new['status'] or 'no longer ' + str(old['status'])} on {name}")
    if "note" in new:
        note = new["note"]
        parts.append(f"noted on {name}: {quoted(note)}" if note else f"note on {name} removed")
    return "; ".join(parts)


def _note(change: Change, _: Names) -> str:
    after, before = (
        _lines(str(row["text"])) if "text" in row else "" for row in (change.new, change.old)
    )
    return _turned(f"note: {after} written", before) if after else f"note of {before} removed"


def _pdf(change: Change, _: Names) -> str:
    after, before = (
        f"PDF {quoted(row['name'])}" if "name" in row else "" for row in (change.new, change.old)
    )
    return _turned(f"{after} attached", before) if after else f"{before} detached" if before else ""


def _list(change: Change, _: Names) -> str:
    new, old = change.new, change.old
    if change.kind != "UPDATE":
        return "made" if change.kind == "INSERT" else "deleted"
    parts = []
    if "name" in new:
        parts.append(f"renamed, before {quoted(old['name'])}")
    if "sort" in new:
        parts.append(f"sorted by {new['sort']}, before by {old['sort']}")
    if "archived" in new:
        parts.append("archived" if new["archived"] else "taken out of the archive")
    return "; ".join(parts)


def _saved(change: Change, _: Names) -> str:
    new, old = change.new, change.old
    if change.kind != "UPDATE":
        query = quoted(_row(change)["query"])
        return f"saved: {query}" if change.kind == "INSERT" else f"deleted: {query}"
    parts = []
    if "name" in new:
        parts.append(f"renamed, before {quoted(old['name'])}")
    if "query" in new:
        parts.append(f"now {quoted(new['query'])}, before {quoted(old['query'])}")
    if "sort" in new:
        parts.append(f"sorted by {new['sort']}, before by {old['sort']}")
    return "; ".join(parts)


def _tag(change: Change, _: Names) -> str:
    new, old = change.new, change.old
    parts = [f"written so, before #{old['name']}"] if "name" in new else []
    if "colour" in new:
        now = f"coloured {new['colour']}" if new["colour"] else "no colour"
        parts.append(_turned(now, str(old["colour"])))
    return "; ".join(parts)


def _apart(change: Change, names: Names) -> str:
    other = names.paper(_row(change)["other"])
    return f"set apart from {other}" if change.kind == "INSERT" else ""


def _follow(change: Change, _: Names) -> str:
    return "followed" if change.kind == "INSERT" else "followed no longer"


def _turned(now: str, before: str) -> str:
    return f"{now}, before {before}" if before else now


def _lines(text: str) -> str:
    return counted(text.strip("\n").count("\n") + 1, "line")


_WORDS: Mapping[str, Callable[[Change, Names], str]] = {
    "papers": _paper,
    "fields": _field,
    "identifiers": _identifier,
    "marks": _mark,
    "paper_tags": _paper_tag,
    "list_items": _list_item,
    "notes": _note,
    "pdfs": _pdf,
    "lists": _list,
    "saved": _saved,
    "tags": _tag,
    "apart": _apart,
    "follows": _follow,
}
