"""Which list a status is meant on, against the rule applied to one paper at a time."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from index.paper import Paper
from index.search.clauses import Mask
from index.search.parser import parse
from index.search.scope import lists_of, scoped
from tests.index.search.box import Box
from tests.index.search.brute import Brute

LISTS = ("a", "b", "c")
STATUSES = ("reading", "done", "skipped")


@dataclass(frozen=True)
class Asked:
    """A query: its sign, or the field of a filter, and what stands under it."""

    kind: str
    name: str = ""
    under: tuple[Asked, ...] = ()

    def __str__(self) -> str:
        match self.kind:
            case "not":
                return f"-{self.under[0]}"
            case "and" | "or":
                return f"({f' {self.kind.upper()} '.join(map(str, self.under))})"
        return f"{self.kind}:{self.name}"

    def lists(self) -> set[str]:
        """The lists of which its papers are on one."""
        under = [each.lists() for each in self.under]
        match self.kind:
            case "list":
                return {self.name}
            case "and":
                return set().union(*under)
            case "or" if all(under):
                return set().union(*under)
        return set()

    def holds(self, places: dict[str, str], around: set[str]) -> bool:
        """Whether it finds a paper that stands on lists with a status on each."""
        match self.kind:
            case "list":
                return self.name in places
            case "status":
                return self.name in {places.get(name) for name in around or LISTS}
            case "not":
                return not self.under[0].holds(places, around)
        named = self.lists() if self.kind == "and" else set()
        held = (each.holds(places, named or around) for each in self.under)
        return all(held) if self.kind == "and" else any(held)


filters = st.one_of(
    st.sampled_from(LISTS).map(lambda name: Asked("list", name)),
    st.sampled_from(STATUSES).map(lambda name: Asked("status", name)),
)
queries = st.recursive(
    filters,
    lambda under: st.one_of(
        under.map(lambda one: Asked("not", under=(one,))),
        st.builds(
            Asked,
            st.sampled_from(["and", "or"]),
            st.just(""),
            st.lists(under, min_size=2, max_size=3).map(tuple),
        ),
    ),
    max_leaves=6,
)
papers = st.dictionaries(st.sampled_from(LISTS), st.sampled_from(STATUSES))


def box_of(shelf: list[dict[str, str]]) -> Box:
    box = Box(*(Paper(title="A paper") for _ in shelf))
    placed = list(enumerate(shelf, 1))
    box.statuses = {
        name: {number: places[name] for number, places in placed if name in places}
        for name in LISTS
    }
    box.lists = {name: list(statuses) for name, statuses in box.statuses.items()}
    return box


@settings(max_examples=500)
@given(queries, st.lists(papers, max_size=5), st.none() | st.sampled_from(LISTS))
def test_a_status_is_meant_on_the_lists_beside_it(
    query: Asked, shelf: list[dict[str, str]], within: str | None
) -> None:
    tree = parse(str(query))
    assert tree
    found = Brute(box_of(shelf)).matches(scoped(tree, (Mask("list", within),) if within else ()))
    around = {within} if within else set()
    assert found == {
        number for number, places in enumerate(shelf, 1) if query.holds(places, around)
    }


def test_lists_that_every_paper_is_on_one_of() -> None:
    a, b = Mask("list", "a"), Mask("list", "b")
    assert lists_of(None) == ()
    assert lists_of(parse("list:a graph")) == (a,)
    assert lists_of(parse("list:a (list:b OR list:a) list:a")) == (a, b)
    assert lists_of(parse("list:a OR graph")) == ()
    assert lists_of(parse("-list:a")) == ()
