"""Telling what an entry of the history did, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import apsw

from index.store import changes, history, wording
from index.store.changes import Change, Value
from index.store.schema import RECORDED_TABLES
from index.views import HistoryEntry

MOST_TOLD = 50
"""Sentences that are told one by one; the others are counted."""


def told(db: apsw.Connection, entry: HistoryEntry) -> list[str]:
    """What an entry did: a sentence a list, search, source, tag or paper; then how many more."""
    if entry.kind == "import":
        return _import(db, history.batch(db, entry))
    those = list(changes.read(history.changeset(db, entry), changes.layout(db)))
    those.sort(key=lambda one: (RECORDED_TABLES.index(one.table), one.kind == "DELETE"))
    names = wording.Names(db, those)
    said: dict[tuple[str, Value], list[str]] = {}
    for one in those:
        if part := wording.words(one, names):
            said.setdefault(wording.subject(one), []).append(part)
    for paper, into in _gone(those).items():  # with all that hung on it
        said["papers", paper] = ["deleted" if into is None else f"merged into {names.paper(into)}"]
    order = [subject for subject in said if subject[0] != "papers"]
    order += sorted(subject for subject in said if subject[0] == "papers")
    sentences = [
        f"{names.subject(*subject)}: {'; '.join(said[subject])}" for subject in order[:MOST_TOLD]
    ]
    return _with_more(sentences, len(order))


def _gone(those: Iterable[Change]) -> dict[Value, Value]:
    """The papers that went, each with the one that bears its title since it took it in."""
    titles: dict[Value, Value] = {}
    bearers: dict[Value, Value] = {}
    for one in those:
        if one.table == "papers" and one.kind == "DELETE":
            titles[one.old["id"]] = one.old["title_key"]
        elif one.table == "tombstones" and one.kind == "INSERT" and one.new["scheme"] == "alias":
            bearers[one.new["value"]] = one.new["paper_id"]
    return {paper: bearers.get(title) for paper, title in titles.items()}


def _import(db: apsw.Connection, batch: int) -> list[str]:
    found = db.execute("SELECT title FROM papers WHERE batch = ? ORDER BY id", (batch,))
    titles = [wording.quoted(title) for (title,) in islice(found, MOST_TOLD)]
    brought, again = db.execute(
        "SELECT (SELECT count(*) FROM papers WHERE batch = ?1), (SELECT count(DISTINCT paper_id)"
        " FROM origins JOIN papers ON papers.id = paper_id"
        " WHERE origins.batch = ?1 AND papers.batch <> ?1)",
        (batch,),
    ).fetchall()[0]
    sentences = _with_more(titles, int(str(brought)))
    if again:
        sentences.append(f"{again:,} that were here before came again")
    return sentences or ["None of its papers is in this library."]


def _with_more(sentences: list[str], total: int) -> list[str]:
    more = total - len(sentences)
    return [*sentences, f"and {more:,} more"] if more else sentences
