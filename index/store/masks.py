"""Masks: the sets of papers that a query's filters ask the store for."""

from __future__ import annotations

import json

import apsw

from index.identifiers import SCHEMES, Identifier, parse_identifier
from index.store import lists
from index.store.moments import midnight
from index.text import fold

DECIDED = (
    "SELECT paper_id FROM marks UNION SELECT paper_id FROM paper_tags"
    " UNION SELECT paper_id FROM list_items"
)
"""What is not in the inbox any more."""

_END = "\U0010ffff"  # after every other character
_WITH_PDFS = ", ".join(f"'{scheme}'" for scheme in SCHEMES if Identifier(scheme, "").pdf)


def _linked(kind: str) -> str:
    return f"EXISTS (SELECT 1 FROM json_each(links) WHERE value ->> 'kind' = '{kind}')"


_STATES: dict[str, str] = {
    **{
        state: f"SELECT paper_id FROM marks WHERE mark = '{mark}'"
        for state, mark in (
            ("starred", "starred"),
            ("read", "read"),
            ("skipped", "skipped"),
            ("rated", "rating"),
        )
    },
    "decided": DECIDED,
    "noted": "SELECT paper_id FROM notes",
    "tagged": "SELECT DISTINCT paper_id FROM paper_tags",
    "listed": "SELECT DISTINCT paper_id FROM list_items",
    "abstract": "SELECT id FROM papers WHERE abstract <> ''",
    "link": "SELECT id FROM papers WHERE links <> '[]' OR id IN (SELECT paper_id FROM identifiers)",
    "pdf": "SELECT paper_id FROM pdfs",
    "text": "SELECT paper_id FROM pdfs JOIN pdf_texts USING (name) WHERE octet_length(text)",
    "code": f"SELECT id FROM papers WHERE {_linked('code')}",
    "pdflink": f"SELECT id FROM papers WHERE {_linked('pdf')} UNION SELECT paper_id"
    f" FROM identifiers WHERE scheme IN ({_WITH_PDFS})",
    **{
        scheme: f"SELECT DISTINCT paper_id FROM identifiers WHERE scheme = '{scheme}'"
        for scheme in SCHEMES
    },
}


def everything(db: apsw.Connection) -> list[int]:
    """Every paper's id: the newest import first, each in the order of its page."""
    return _ids(db, "SELECT id FROM papers ORDER BY batch DESC, id")


def in_state(db: apsw.Connection, state: str) -> list[int]:
    """The ids of the papers in a state, ascending; of ``opened``, the last opened first."""
    if state == "opened":
        return _ids(
            db,
            "SELECT paper_id FROM openings WHERE paper_id IN (SELECT id FROM papers)"
            " ORDER BY last DESC, paper_id",
        )
    # Sorted here: in the order of ids SQLite would read the papers themselves, not an index.
    return sorted(_ids(db, _STATES[state]))


def known_as(db: apsw.Connection, text: str, *, begun: bool = False) -> list[int]:
    """The ids of the papers with a number, citation key or identifier, ascending.

    ``begun``: also those whose key or identifier begins so.
    """
    known = parse_identifier(text)
    value = known.value if known else text
    schemes = [known.scheme] if known and not begun else SCHEMES
    return _ids(
        db,
        "SELECT id FROM papers WHERE id = :number OR key BETWEEN :text AND :text || :end"
        " UNION SELECT paper_id FROM identifiers"
        # All schemes by name: so the index on scheme and value serves.
        " WHERE scheme IN (SELECT value FROM json_each(:schemes))"
        " AND identifiers.value BETWEEN :value AND :value || :end ORDER BY 1",
        number=int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0,
        text=text,
        value=value,
        end=_END if begun else "",
        schemes=json.dumps(schemes),
    )


def added(db: apsw.Connection, first: int, last: int) -> list[int]:
    """The ids of the papers that came on a day from first to last, as ``date.toordinal``."""
    return _ids(
        db,
        "SELECT id FROM papers WHERE added >= :since AND added < :until ORDER BY id",
        since=midnight(first),
        until=midnight(last + 1),
    )


def opened(db: apsw.Connection, first: int, last: int) -> list[int]:
    """The ids of the papers last opened on a day from first to last, as ``date.toordinal``."""
    return _ids(
        db,
        "SELECT paper_id FROM openings WHERE last >= :since AND last < :until ORDER BY paper_id",
        since=midnight(first),
        until=midnight(last + 1),
    )


def rated(db: apsw.Connection, low: int, high: int) -> list[int]:
    """The ids of the papers rated from low to high, ascending."""
    return _ids(
        db,
        "SELECT paper_id FROM marks WHERE mark = 'rating' AND value BETWEEN :low AND :high"
        " ORDER BY paper_id",
        low=low,
        high=high,
    )


def tagged(db: apsw.Connection, name: str, *, begun: bool = False) -> list[int]:
    """The ids of the papers of a tag or of one below it, ascending; or of tags that begin so.

    name: its parts joined by slashes.
    """
    name = fold(name)
    return _ids(
        db,
        "SELECT DISTINCT paper_id FROM paper_tags WHERE tag_id IN"
        " (SELECT id FROM tags WHERE folded = :name OR folded BETWEEN :below AND :below || :end)"
        " ORDER BY paper_id",
        name=name,
        below=name if begun else f"{name}/",
        end=_END,
    )


def with_status(db: apsw.Connection, status: str, name: str = "") -> list[int]:
    """The ids of the papers with a status on a list, or on any list, ascending."""
    return _ids(
        db,
        f"SELECT DISTINCT paper_id FROM list_items WHERE {lists.STATUS} = :status"
        + " AND list_id = (SELECT id FROM lists WHERE folded = :name)" * bool(name)
        + " ORDER BY paper_id",
        status=status,
        name=fold(name),
    )


def noting(db: apsw.Connection, text: str, *, begun: bool = False) -> list[int]:
    """The ids of the papers whose note holds words side by side, ascending.

    ``begun``: the last word may go on.
    """
    return _ids(
        db,
        "SELECT rowid FROM note_words WHERE note_words MATCH :phrase ORDER BY rowid",
        phrase=_phrase(text, begun),
    )


def with_text(db: apsw.Connection, text: str, *, begun: bool = False) -> list[int]:
    """The ids of the papers whose PDF holds words side by side, ascending, as far as it was read.

    ``begun``: the last word may go on.
    """
    return _ids(
        db,
        "SELECT paper_id FROM pdfs JOIN pdf_texts USING (name)"
        # The plus: else each PDF is compared with each hit.
        " WHERE +id IN (SELECT rowid FROM pdf_words WHERE pdf_words MATCH :phrase)"
        " ORDER BY paper_id",
        phrase=_phrase(text, begun),
    )


def _phrase(text: str, begun: bool) -> str:
    """What FTS5 is asked for words side by side."""
    # As typed, too: SQLite keeps letters that folding spells out, as ø, ß and α.
    spelled = dict.fromkeys((text, fold(text)))
    phrases = ('"{}"'.format(each.replace('"', '""')) + " *" * begun for each in spelled)
    return " OR ".join(phrases)


def _ids(db: apsw.Connection, query: str, **values: str | int) -> list[int]:
    return [found for (found,) in db.execute(query, values)]
