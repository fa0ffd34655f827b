"""Scope: the reading list on which ``status:reading`` is meant."""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

from collections.abc import Sequence

from index.search.clauses import And, AnyField, Mask, Not, Or, Query

Lists = tuple[Mask, ...]


def scoped(tree: Query, lists: Lists = ()) -> Query:
    """A query whose statuses are those on the lists that are named beside them.

    A paper may be read on one list and done on another, so it does not do to ask for each alone.
    What stands beside a list is all that must hold with it, in whatever parentheses; of several
    conjunctions around a status the innermost with a list counts. lists: those named around the
    whole query, as by a shelf. A status beside no list stays one on any list.
    """
    return _scoped(tree, lists) if _has_status(tree) else tree


def _scoped(tree: Query, lists: Lists) -> Query:
    match tree:
        case Mask(kind="status", lists=()) if lists:
            return Mask("status", tree.name, lists=lists)
        case AnyField():
            return tree
        case And():
            around = lists_of(tree) or lists
            return And([_scoped(child, around) for child in tree.children()])
        case Or():
            return type(tree)([_scoped(child, lists) for child in tree.children()])
        case Not():
            return Not(_scoped(tree.query, lists))
    return tree


def _has_status(tree: Query) -> bool:
    match tree:
        case Mask(kind="status"):
            return True
        case AnyField():
            return False
        case And() | Or():
            return any(map(_has_status, tree.children()))
        case Not():
            return _has_status(tree.query)
    return False


def lists_of(tree: Query | None) -> Lists:
    """Lists of which every paper of a query is on one; none where nothing says so."""
    match tree:
        case Mask(kind="list"):
            return (tree,)
        case And():
            return _each_once([lists_of(child) for child in tree.children()])
        case Or():
            either = [lists_of(child) for child in tree.children()]
            return _each_once(either) if all(either) else ()
    return ()


def _each_once(named: Sequence[Lists]) -> Lists:
    return tuple(dict.fromkeys(one for lists in named for one in lists))
