"""What the reader made of papers, as JSON Lines carry it from one library to another.

An export of everything writes it as the library holds it (``index.store.state``). Here is how it
comes in, from wherever: pydantic checks it as it does a paper, so that names, notes and moments are
as clean as if they had been made here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from index.errors import FollowingError, NamingError
from index.fields import Field as PaperField
from index.fields import Value, checked
from index.followable import followable
from index.naming import proper_name, tag_path
from index.paper import Line, Paper
from index.precedence import Said, Sourced
from index.text import clean_text
from index.views import FollowKind, ItemStatus, ListOrder, Sort

LONGEST_NOTE = 4_000_000
"""Characters: more than one may write, for papers that are merged keep the notes of all."""

_QUOTES = re.compile('["“”„]')


def _named(name: str) -> str:
    return _borne(proper_name, name, "reading list or search")


def _tagged(name: str) -> str:
    return _borne(tag_path, name)


def _borne(keep: Callable[..., str], name: str, *kind: str) -> str:
    """A name as it is kept here. Quotation marks, which older libraries let in, are apostrophes."""
    try:
        return keep(_QUOTES.sub("'", name), *kind)
    except NamingError as error:
        raise ValueError(str(error).rstrip(".")) from None


def _colour(word: str) -> str:
    return word if re.fullmatch("[a-z]{1,20}", word) else ""


def _moment(text: str) -> str:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def _day(text: str) -> str:
    return dt.date.fromisoformat(text).isoformat()


Name = Annotated[str, AfterValidator(_named)]
Moment = Annotated[str, AfterValidator(_moment)]
Day = Annotated[str, AfterValidator(_day)]
Count = Annotated[int, Field(ge=0, lt=10**12)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]


class _State(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Rating(_State):
    """One to five stars, and when they were given."""

    value: Annotated[int, Field(ge=1, le=5)]
    at: Moment


class Note(_State):
    """A paper's note, and when it was last changed."""

    text: Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=LONGEST_NOTE)]
    changed: Moment


class Place(_State):
    """A paper's place on a reading list. ``status``: None where it is as the paper stands."""

    list: Name
    position: Annotated[int, Field(gt=-(10**12), lt=10**12)]
    added: Moment
    status: ItemStatus | None = None
    note: Annotated[str, AfterValidator(clean_text), Field(max_length=LONGEST_NOTE)] = ""


class Tag(_State):
    """A tag, and its colour in words of the theme; empty where it has none."""

    name: Annotated[str, AfterValidator(_tagged)]
    colour: Annotated[str, AfterValidator(_colour)] = ""


class Openings(_State):
    """When a paper was last opened, and how often it was."""

    last: Moment
    times: Annotated[int, Field(ge=1, lt=10**12)]


class Origin(_State):
    """Where a paper came from, and when."""

    source: Line
    file: Line
    line: Count
    at: Moment | None = None


class Overlooked(_State):
    """What a source says of a field whose value is another's. ``version``: of the preprint."""

    field: PaperField
    source: Line
    value: Value
    version: Count = 0

    @field_validator("value")
    @classmethod
    def _through_the_gate(cls, value: Value, info: ValidationInfo) -> Value:
        return checked(info.data["field"], value) if "field" in info.data else value


class Marks(_State):
    """What the reader decided, each with its moment."""

    starred: Moment | None = None
    read: Moment | None = None
    skipped: Moment | None = None
    rating: Rating | None = None


class PaperState(_State):
    """All that a library knows of a paper besides the paper."""

    key: Key
    added: Moment
    marks: Marks = Marks()
    tags: tuple[Tag, ...] = ()
    lists: tuple[Place, ...] = ()
    note: Note | None = None
    opened: Openings | None = None
    upvotes: dict[Day, Count] = {}
    origins: tuple[Origin, ...] = ()
    fields: dict[PaperField, Line] = {}  # who those are from that are not from the paper's source
    overlooked: tuple[Overlooked, ...] = ()
    apart: tuple[Key, ...] = ()  # papers that the reader said this one is not
    aliases: tuple[Line, ...] = ()  # folded titles that it bears elsewhere

    def sourced(self, paper: Paper) -> Sourced:
        """A paper with who its fields are from."""
        overlooked: dict[PaperField, tuple[Said, ...]] = {}
        for one in self.overlooked:
            known = overlooked.get(one.field, ())
            if one.source not in (said.source for said in known):
                overlooked[one.field] = (*known, Said(one.source, one.value, one.version))
        return Sourced(paper, self.fields, overlooked)

    @property
    def is_decided(self) -> bool:
        """Whether the reader has done something with the paper."""
        return bool(self.tags or self.lists or self.note or self.apart or self.marks != Marks())


class ReadingList(_State):
    """A reading list, without its papers."""

    name: Name
    sort: ListOrder = "hand"
    archived: Moment | None = None


class SavedSearch(_State):
    """A query with a name."""

    name: Name
    query: Annotated[Line, Field(max_length=10_000)]
    sort: Sort = "relevance"
    at: Moment


class Followed(_State):
    """What brings new papers: a kind, and what of it."""

    kind: FollowKind
    what: Line
    title: Annotated[Line, Field(max_length=1000)] = ""
    at: Moment

    @field_validator("what")
    @classmethod
    def _followable(cls, what: str, known: ValidationInfo) -> str:
        try:
            return followable(known.data["kind"], what) if "kind" in known.data else what
        except FollowingError as error:
            raise ValueError(str(error).rstrip(".")) from None


class Deleted(_State):
    """A paper that was deleted: all that it was known by, so that no source brings it back."""

    names: tuple[tuple[Literal["doi", "arxiv", "acl", "openreview", "title", "key"], Line], ...]


class LibraryState(_State):
    """What belongs to the library and to no paper. Several add up to one."""

    lists: tuple[ReadingList, ...] = ()
    tags: tuple[Tag, ...] = ()
    saved: tuple[SavedSearch, ...] = ()
    follows: tuple[Followed, ...] = ()
    deleted: tuple[Deleted, ...] = ()
