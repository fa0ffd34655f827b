"""What the library shows: plain frozen rows, ready for a screen or for JSON.

Only the standard library is imported here, so that a first frame can be drawn from these alone. All
text in them is clean (see ``index.text``) and LaTeX is already Unicode: it is safe as text, never
as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Sort = Literal["relevance", "date", "added", "title", "upvotes"]
Facet = Literal["year", "venue", "source", "author", "tag", "list", "status"]
ItemStatus = Literal["to read", "reading", "done", "skipped"]
"""How far a reader is with a paper on a reading list."""
ListOrder = Literal["hand", "date", "status", "added", "title"]
"""The order of a reading list: by hand, or by what its papers are."""
ShelfKind = Literal["view", "list", "saved", "tag"]

Span = tuple[int, int]
"""A half-open range of characters, ``text[start:end]``."""


@dataclass(frozen=True, slots=True)
class Row:
    """A paper in a list of results: one line."""

    id: int
    title: str
    authors: str = ""  # "Song", "Song & Li" or "Song et al."; empty where none is known
    year: str = ""
    venue: str = ""
    starred: bool = False
    read: bool = False
    opened: bool = False
    skipped: bool = False
    rating: int = 0  # 1 to 5; 0: none
    noted: bool = False
    tags: tuple[str, ...] = ()
    item: ItemStatus | None = None  # its status on the reading list that is looked at
    title_marks: tuple[Span, ...] = ()  # what the query matched in ``title``


@dataclass(frozen=True, slots=True)
class Link:
    """An address that belongs to a paper; always http or https."""

    kind: str  # "page", "pdf", "code" or "other"
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """A paper's place on a reading list, and how far the list is."""

    list: str
    status: ItemStatus
    added: str  # the day it was put there, ISO 8601
    note: str = ""
    done: int = 0  # papers of the list that are done or skipped
    total: int = 0


@dataclass(frozen=True, slots=True)
class Detail:
    """A paper as its own pane shows it."""

    id: int
    key: str
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""  # "2024", "2024-03" or "2024-03-07"
    venue: str = ""
    categories: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()  # (scheme, value): ("arxiv", "1706.03762")
    version: int = 0  # of the preprint at arXiv; 0: not known
    links: tuple[Link, ...] = ()
    upvotes: int | None = None
    starred: bool = False
    read: bool = False
    opened: str = ""  # the day it was last opened, ISO 8601
    skipped: bool = False
    rating: int = 0  # 1 to 5; 0: none
    tags: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()  # its places on reading lists
    note: str = ""
    pdf: str = ""  # the path of its file in the library; empty where there is none
    edited: tuple[str, ...] = ()  # the fields that the reader changed
    origins: tuple[str, ...] = ()  # where it came from: "page-0.txt, line 5"
    added: str = ""  # the day it came, ISO 8601
    title_marks: tuple[Span, ...] = ()
    abstract_marks: tuple[Span, ...] = ()

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """The identifiers as people cite them: arXiv's with the version of the preprint."""
        version = f"v{self.version}" if self.version else ""
        return tuple(
            (scheme, value + version * (scheme == "arxiv")) for scheme, value in self.identifiers
        )

    @property
    def lists(self) -> tuple[str, ...]:
        """The names of the reading lists that it is on."""
        return tuple(item.list for item in self.items)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A row of the sidebar: some papers with a name. ``query`` finds them."""

    name: str  # of a tag with its parents: ``ml/gnn``
    query: str
    count: int
    done: int = 0  # how many are read; on a list: done or skipped
    kind: ShelfKind = "view"
    depth: int = 0  # how many tags it lies below
    colour: str = ""  # a tag's, by its name in the theme
    new: int = 0  # of a saved search: papers that came since it was last looked at
    problem: str = ""  # of a saved search that is not understood any more: why
    sort: Sort = "relevance"  # of a saved search
    order: ListOrder = "hand"  # of a list
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """The sidebar: how the library stands."""

    views: tuple[Shelf, ...] = ()  # All, Inbox, Unread, Starred, Opened
    lists: tuple[Shelf, ...] = ()
    archived: tuple[Shelf, ...] = ()  # lists that are put away
    saved: tuple[Shelf, ...] = ()  # searches; what they find is counted by ``Library.saved``
    tags: tuple[Shelf, ...] = ()  # the tree of tags, each after the one it lies below


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query: every hit's id, best first."""

    query: str
    ids: Sequence[int]
    total: int  # papers in the library, or on the shelf that was searched
    seconds: float
    scores: Sequence[float] = ()  # one an id where the order is by relevance, else empty


@dataclass(frozen=True, slots=True)
class Done:
    """What an action did: ``message`` says it in a sentence; ``changed`` counts the papers."""

    message: str
    changed: int
    question: str = ""  # what is to be confirmed first; nothing was done yet


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Something that the reader did, or an import, as the history has it."""

    id: int
    at: str  # the moment, ISO 8601 in UTC
    label: str  # in the past tense: “starred …”
    papers: int = 0  # how many it changed
    undone: bool = False
    kind: Literal["action", "import"] = "action"


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that an import left out, and why. Line 0: the file as a whole.

    ``raw`` is the record as it came, to be corrected; empty where it is too long to be held.
    """

    file: str
    line: int
    reason: str
    raw: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. Each record is added, updated, unchanged, deleted, rejected or a feed."""

    records: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0  # left out because the reader deleted these papers before
    restored: int = 0  # papers that brought tags, lists, notes or marks from another library
    rejected: int = 0
    rejects: tuple[Reject, ...] = ()  # the first thousand of them
    skipped: int = 0  # files of folders and archives that are of no known format
    skipped_files: tuple[str, ...] = ()  # the first ten of them
    followed: int = 0  # feeds that are followed now
    stopped: bool = False  # whether it was broken off; what came before is in the library
    from_pdfs: tuple[int, ...] = ()  # the new papers that were read from PDFs


FollowKind = Literal["arxiv", "hf", "feed", "author"]
"""What can be followed: an arXiv category or query, Hugging Face Papers, a feed, an author."""


@dataclass(frozen=True, slots=True)
class Follow:
    """Something that brings new papers whenever it is fetched."""

    id: int
    kind: FollowKind
    what: str  # ``cs.CL``, ``daily``, an address, a name
    title: str = ""  # what the feed calls itself
    at: str = ""  # when the reader began to follow it; moments are ISO 8601 in UTC
    last: str = ""  # when it was last fetched
    result: str = ""  # what came of that, in a sentence
    failed: bool = False
    due: bool = True

    @property
    def name(self) -> str:
        """What it is called for people."""
        return self.title or (self.what if self.kind == "feed" else f"{self.kind} {self.what}")

    @property
    def query(self) -> str:
        """What finds its papers."""
        name = "".join(each for each in self.name if each not in '"“”„')  # a query holds none
        return f'follow:"{name}"'


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of fetching something that is followed."""

    follow: Follow  # as it is now: its result says the same in a sentence
    added: int = 0
    updated: int = 0


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one name of a paper that was to be added: an identifier or an address."""

    name: str
    outcome: Literal["added", "updated", "unchanged", "deleted", "failed"]
    id: int = 0  # the paper's
    title: str = ""
    problem: str = ""  # why it failed


@dataclass(frozen=True, slots=True)
class Completed:
    """What was found about a paper that lacked something."""

    id: int
    title: str
    found: tuple[str, ...] = ()  # fields, in words: "authors", "year", "arXiv id", "links"
    services: tuple[str, ...] = ()  # those that knew it
    twin: int = 0  # another paper that bears an identifier of what was found, which was not taken
    doubt: str = ""  # an answer by its identifier that is rather another paper's, in a sentence
    problem: str = ""  # a service that gave no answer, in a sentence


@dataclass(frozen=True, slots=True)
class CompleteReport:
    """What came of completing papers. Each that was asked about is changed, unknown or failed."""

    asked: int = 0
    changed: int = 0  # something was found that they lacked
    unknown: int = 0  # nothing was found, or they are twins of others
    failed: int = 0  # nothing was found, and a service gave no answer: they are asked about again
    left: int = 0  # not asked about: it was broken off, or their services failed too often
    recent: int = 0  # not asked about, for that was done in the last days
    problems: tuple[str, ...] = ()  # what services failed with, each sentence once
    stopped: bool = False  # whether it was broken off; what was found before is in the library


@dataclass(frozen=True, slots=True)
class Origin:
    """A record that a paper came from, or that told more of it."""

    source: str  # the format or service
    place: str  # the file, or what a service was asked
    line: int  # or the position in an answer, from 1
    day: str  # when it came, ISO 8601
    raw: str = ""  # the record as it came; empty where it was not kept (before version 3)
    in_file: bool = True  # else a service gave it

    @property
    def where(self) -> str:
        """The place, with the line of a file or the position in an answer."""
        if self.source == "pdf":
            return self.place
        return f"{self.place}{':' if self.in_file else ', no. '}{self.line}"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a paper is from: each field's source, and every record, the oldest first."""

    id: int
    fields: tuple[tuple[str, str], ...]  # (field, source); the source "reader": edited
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, and how many papers of a result have it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class ClauseHits:
    """A clause of a query, and how many papers hold it."""

    text: str  # as a query has it: ``author:hinton``
    hits: int  # of a negated clause: the papers that it takes away
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a query was understood."""

    understood: str  # in words: title contains “graph” and is unread
    hits: int
    clauses: tuple[ClauseHits, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """What puts a paper among the hits of a query."""

    clause: str  # as a query has it
    field: str  # "title", "abstract", "authors", "venue" or "year"; empty for ``similar:``
    words: tuple[str, ...]  # those of the paper, folded, each once
    share: float  # of the paper's score, 0 to 1


@dataclass(frozen=True, slots=True)
class Completion:
    """What ``text[start:end]`` of a query may be replaced by, the likeliest first."""

    start: int
    end: int
    candidates: tuple[str, ...]


Sameness = Literal["identifier", "title", "near"]
"""What says that two papers are one: an identifier, the same title, or one that is nearly so."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers that may be one, by their ids."""

    one: int  # the one that is kept where nobody chooses
    other: int
    reason: Sameness
    likeness: float  # 0 to 1

    @property
    def exact(self) -> bool:
        """Whether they may be merged without being looked at."""
        return self.reason != "near"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two papers side by side, and the identifiers that both are known by."""

    one: Detail
    other: Detail
    shared: tuple[tuple[str, str], ...] = ()  # (scheme, value)
