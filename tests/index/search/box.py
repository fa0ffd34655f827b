"""Papers kept in memory: the least that search can stand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from index.paper import Paper
from index.text import fold


class Box:
    """Papers with what a reader made of them, and the revisions that search catches up by."""

    def __init__(self, *papers: Paper) -> None:
        self.held: dict[int, Paper] = {}
        self.revisions: list[int] = []
        self.tags: dict[str, set[int]] = {}
        self.lists: dict[str, list[int]] = {}
        self.statuses: dict[str, dict[int, str]] = {}  # by list, where the reader set one
        self.follows: dict[str, set[int]] = {}
        self.states: dict[str, set[int]] = {}
        self.ratings: dict[int, int] = {}
        self.notes: dict[int, str] = {}
        self.texts: dict[int, str] = {}
        self.name = "box"
        self.days: dict[int, int] = {}  # the day that a paper came, as an ordinal
        self.opened: dict[int, int] = {}  # the day that it was opened last
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
        return hash(repr({**vars(self), "held": len(self.held)}))

    def revision(self) -> int:
        return len(self.revisions)

    def changed_since(self, revision: int, limit: int) -> list[tuple[int, int]]:
        return list(enumerate(self.revisions, 1))[revision : revision + limit]

    def papers(self, ids: Sequence[int]) -> Iterator[tuple[int, Paper]]:
        return ((paper_id, self.held[paper_id]) for paper_id in ids if paper_id in self.held)

    def all_ids(self) -> list[int]:
        return sorted(self.held, reverse=True)

    def ids_tagged(self, name: str, begun: bool = False) -> list[int]:
        names = [tag for tag in self.tags if begun and fold(tag).startswith(name)]
        names += [tag for tag in self.tags if f"{fold(tag)}/".startswith(f"{name}/")]
        return sorted({paper for tag in names for paper in self.tags[tag]})

    def ids_listed(self, name: str) -> list[int]:
        return next((ids for known, ids in self.lists.items() if fold(known) == fold(name)), [])

    def ids_followed(self, name: str, begun: bool = False) -> list[int]:
        names = [one for one in self.follows if fold(one) == name]
        names += [one for one in self.follows if begun and fold(one).startswith(name)]
        return sorted({paper for one in names for paper in self.follows[one]})

    def ids_with_status(self, status: str, name: str = "") -> list[int]:
        read = self.states.get("read", set())
        return sorted(
            {
                paper
                for known, papers in self.lists.items()
                for paper in papers
                if name in ("", fold(known))
                and status
                == self.statuses.get(known, {}).get(paper, "done" if paper in read else "to read")
            }
        )

    def ids_where(self, state: str) -> list[int]:
        match state:
            case "opened":
                return sorted(self.opened, key=lambda paper: (-self.opened[paper], paper))
            case "rated":
                return sorted(self.ratings)
            case "decided":
                marked = [self.states.get(mark, set()) for mark in ("starred", "read", "skipped")]
                placed = [*self.tags.values(), *self.lists.values()]
                return sorted(set(self.ratings).union(*marked, *placed))
        return sorted(self.states.get(state, ()))

    def ids_noting(self, text: str, begun: bool = False) -> list[int]:
        return self._holding(self.notes, text, begun)

    def ids_with_text(self, text: str, begun: bool = False) -> list[int]:
        return self._holding(self.texts, text, begun)

    def _holding(self, texts: Mapping[int, str], text: str, begun: bool) -> list[int]:
        wanted = f" {fold(text)}" if begun else f" {fold(text)} "
        return sorted(paper for paper, held in texts.items() if wanted in f" {fold(held)} ")

    def ids_known_as(self, text: str, begun: bool = False) -> list[int]:
        return self.ids_where(f"id:{text}{'*' * begun}")

    def ids_added(self, first: int, last: int) -> list[int]:
        return sorted(paper for paper, day in self.days.items() if first <= day <= last)

    def ids_opened(self, first: int, last: int) -> list[int]:
        return sorted(paper for paper, day in self.opened.items() if first <= day <= last)

    def ids_rated(self, low: int, high: int) -> list[int]:
        return sorted(paper for paper, rating in self.ratings.items() if low <= rating <= high)

    def tag_names(self) -> list[str]:
        return sorted(self.tags)

    def list_names(self) -> list[str]:
        return sorted(self.lists)

    def follow_names(self) -> list[str]:
        return list(self.follows)
