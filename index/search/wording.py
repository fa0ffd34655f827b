"""Wording: a query's tree in words, and its clauses as a query has them."""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

import re
from collections.abc import Iterator

from index.search.clauses import (
    Adjacent,
    And,
    AnyField,
    ConstantScore,
    Forms,
    FuzzyTerm,
    Leaf,
    Mask,
    Not,
    Or,
    Prefix,
    Query,
    Similar,
    Span,
    Spelled,
    Term,
)
from index.search.dates import ends
from index.search.schema import STEMMED

_STATES = {
    "starred": "is starred",
    "unread": "is unread",
    "read": "is read",
    "inbox": "is in the inbox",
    "noted": "has a note",
    "tagged": "has a tag",
    "listed": "is on a list",
    "opened": "was opened",
    "skipped": "is skipped",
    "rated": "is rated",
}
_STATUSES = {
    "to read": "is to be read",
    "reading": "is being read",
    "done": "is done",
    "skipped": "is skipped",
}
_HOLDINGS = {
    "abstract": "an abstract",
    "link": "a link",
    "pdf": "a PDF",
    "pdflink": "an address of a PDF",
    "text": "text that was read",
    "code": "code",
    "doi": "a DOI",
    "arxiv": "an arXiv id",
    "acl": "an ACL id",
    "openreview": "an OpenReview id",
}


_DENIED = {
    "contains": "does not contain",
    "has": "does not have",
    "is": "is not",
    "was": "was not",
}
_VERBS = {
    "year": "is of",
    "published": "was published",
    "added": "was added",
    "opened": "was opened",
    "rating": "is rated",
}
_VERB = re.compile(rf"\b(?:{'|'.join(_DENIED)})\b")


def written(clause: Query) -> str:
    """A clause as a query has it."""
    match clause:
        case AnyField():
            return clause.written
        case ConstantScore(child=AnyField() as words):
            return words.written
        case Mask(kind="is", name=name) if name in _HOLDINGS:
            return f"has:{name}"
        case Mask(kind=kind, name=name, begun=begun):
            value = f'"{name}"' if re.search(r"[\s()]", name) else name
            return f"{kind}:{value}{'*' * begun}"
        case Span(column=column):
            low, high = ends(clause)
            return f"{column}:{low}" if low == high else f"{column}:{low}..{high}"
        case Similar(paper_id=paper_id):
            return f"similar:{paper_id}"
    return "*"


def understood(tree: Query) -> str:
    """A query in words, what is said of a paper: ``title contains “graph”``."""
    match tree:
        case Spelled():
            return understood(tree[0])
        case AnyField():
            field = f"{_field_name(tree)} contains" if len(tree) == 1 else "contains"
            times = f" (counted ×{tree.boost:g})" if tree.boost != 1 else ""
            return f"{field} {_words(tree)}{times}"
        case And() | Or():
            sign = " and " if isinstance(tree, And) else " or "
            return sign.join(map(_grouped, tree.children()))
        case Not():
            shown = _grouped(tree.query)
            if shown.startswith("(") or isinstance(tree.query, Not):
                return f"not {shown}"
            return _VERB.sub(lambda verb: _DENIED[verb[0]], shown, count=1)
        case ConstantScore(child=AnyField() as names):
            field, _, name = names.written.partition(":")
            return f"is in the category “{name}”" if field == "category" else f"is from “{name}”"
        case Mask():
            return _held(tree)
        case Span():
            return _when(tree)
        case Similar(paper_id=paper_id):
            return f"is like paper {paper_id}"
    return "is any paper"


def _grouped(tree: Query) -> str:
    shown = understood(tree)
    inner = tree[0] if isinstance(tree, Spelled) else tree
    return (
        f"({shown})" if isinstance(inner, And | Or) and not isinstance(inner, AnyField) else shown
    )


def _field_name(clause: AnyField) -> str:
    field = next(_leaves(clause)).fieldname
    return "author" if field == "authors" else str(field)


def _leaves(clause: Query) -> Iterator[Leaf]:
    """The leaves of a clause as it was written."""
    if isinstance(clause, Leaf):
        yield clause
    elif isinstance(clause, Adjacent):
        yield from clause.subqueries
    else:
        yield from _leaves(next(clause.children()))


def _words(clause: AnyField) -> str:
    """What a clause looks for in its first field."""
    first = clause[0]
    run = first[0] if isinstance(first, Or) else first
    leaves = list(_leaves(clause))
    last = leaves[-1]
    begun = isinstance(last, Prefix) or (isinstance(last, Forms) and last.begun)
    shown = f"“{' '.join(str(leaf.text) for leaf in leaves)}{'…' * begun}”"
    if isinstance(run, Adjacent) and run.slop:
        others = "1 other word" if run.slop == 1 else f"{run.slop} other words"
        return f"{shown} with up to {others} between"
    if isinstance(last, FuzzyTerm):
        return f"{shown} or nearly so"
    exact = type(last) is Term and last.fieldname in STEMMED
    return f"exactly {shown}" if exact else shown


def _held(mask: Mask) -> str:
    shown = f" “{mask.name}{'…' * mask.begun}”"
    match mask.kind:
        case "tag":
            return f"is tagged{shown if mask.name else ''}"
        case "list":
            return f"is on the list{shown}" if mask.name else "is on a list"
        case "follow":
            return f"was fetched from{shown}" if mask.name else "was fetched"
        case "status":
            return f"{_STATUSES[mask.name]} {'there' if mask.lists else 'on a list'}"
        case "note":
            return f"has{shown} in its note" if mask.name else "has a note"
        case "text":
            return f"has{shown} in its text" if mask.name else "has text that was read"
        case "id":
            return f"is known as{shown}"
    return _STATES.get(mask.name, f"has {_HOLDINGS.get(mask.name)}")


def _when(span: Span) -> str:
    low, high = ends(span)
    verb = _VERBS[span.column]
    if low == high:
        return f"{verb} {low}"
    if not (low and high):
        return f"{verb} {low or high} or {'later' if low else 'earlier'}"
    return f"{verb} {low} to {high}"
