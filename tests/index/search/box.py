"""Papers kept in memory: the least that search can stand on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.paper import Paper
from index.text import fold


class Box:
    """Papers with tags, lists and states, and the revisions that search catches up by."""

    def __init__(self, *papers: Paper) -> None:
        self.held: dict[int, Paper] = {}
        self.revisions: list[int] = []
        self.tags: dict[str, set[int]] = {}
        self.lists: dict[str, list[int]] = {}
        self.states: dict[str, set[int]] = {}
        self.name = "box"
        self.days: dict[int, int] = {}  # the day that a paper came, as an ordinal
        self._next = 1
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> int:
        paper_id, self._next = self._next, self._next + 1
        self.put(paper_id, paper)
        return paper_id

    def put(self, paper_id: int, paper: Paper) -> None:
        self.held[paper_id] = paper
        self.revisions.append(paper_id)

    def delete(self, paper_id: int) -> None:
        del self.held[paper_id]
        self.revisions.append(paper_id)

    def identity(self) -> str:
        return self.name

    def version(self) -> int:
        state = (self.tags, self.lists, self.states, self.days, self.revisions)
        return hash(repr(state))

    def revision(self) -> int:
        return len(self.revisions)

    def changed_since(self, revision: int, limit: int) -> list[tuple[int, int]]:
        return list(enumerate(self.revisions, 1))[revision : revision + limit]

    def papers(self, ids: Sequence[int]) -> Iterator[tuple[int, Paper]]:
        return ((paper_id, self.held[paper_id]) for paper_id in ids if paper_id in self.held)

    def all_ids(self) -> list[int]:
        return sorted(self.held, reverse=True)

    def ids_tagged(self, name: str) -> list[int]:
        return sorted(
            paper
            for tag, papers in self.tags.items()
            for paper in papers
            if fold(tag) == fold(name)
        )

    def ids_listed(self, name: str) -> list[int]:
        return next((ids for known, ids in self.lists.items() if fold(known) == fold(name)), [])

    def ids_where(self, state: str) -> list[int]:
        return sorted(self.states.get(state, ()))

    def ids_known_as(self, text: str, begun: bool = False) -> list[int]:
        return self.ids_where(f"id:{text}{'*' * begun}")

    def ids_added(self, first: int, last: int) -> list[int]:
        return sorted(paper for paper, day in self.days.items() if first <= day <= last)

    def tag_names(self) -> list[str]:
        return sorted(self.tags)

    def list_names(self) -> list[str]:
        return sorted(self.lists)
