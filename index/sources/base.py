"""What a source is: a format that is recognised by its content and read record by record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import ValidationError

from index.paper import Paper
from index.sources.lines import Lines
from index.sources.links import links_in
from index.state import LibraryState, PaperState
from index.views import Reject

if TYPE_CHECKING:
    from index.sources.http import Http, Known


@dataclass(frozen=True, slots=True)
class Record:
    """A paper, and the line of its file that it begins on (counted from 1)."""

    paper: Paper
    line: int
    state: PaperState | None = None  # what another library knew of it besides
    file: str = ""  # within the folder or archive that was named; of a service: what was asked
    raw: str = ""  # the record as it came, without what is around it
    pdf: Path | None = None  # the PDF that it was read from, for the library to keep
    seal: str = ""  # a digest of the bytes of the PDF


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that is not read yet: one that is known of old needs not be."""

    raw: str
    line: int
    format: str  # the name of the source
    paper: Callable[[str], Paper]  # what ``raw`` describes; raises ValueError where it is none
    whole: str  # the file that was named, for a Reject
    around: str = ""  # what else ``paper`` goes by; empty where the record stands by itself
    file: str = ""  # as a Record has it

    def read(self) -> Record | Reject:
        """Read it now."""
        try:
            return Record(self.paper(self.raw), self.line, file=self.file, raw=self.raw)
        except ValueError as error:
            return Reject(self.whole, self.line, str(error), self.raw)


@dataclass(frozen=True, slots=True)
class UnreadPdf:
    """A PDF that is not read yet, which takes its time: one that is known of old needs not be."""

    pdf: Path
    seal: str  # a digest of its bytes
    paper: Callable[[], Record | Reject]
    line: int = 1
    file: str = ""  # as a Record has it

    def read(self) -> Record | Reject:
        """Read it now."""
        found = self.paper()
        if isinstance(found, Reject):
            return found
        return replace(found, pdf=self.pdf, seal=self.seal, file=self.file)


@dataclass(frozen=True, slots=True)
class LibraryRecord:
    """What another library held that belongs to no paper, and the line that it stands on."""

    state: LibraryState
    line: int


@dataclass(frozen=True, slots=True)
class FeedToFollow:
    """The address of a feed, what it is called, and the line that it stands on."""

    url: str
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a folder or an archive that is of no known format."""

    file: str


class Source(Protocol):
    """A format that papers come in. A module with these three names is one.

    ``name`` is what ``--format`` calls it. Reading keeps one record at a time in memory, and gives
    a Reject for each record that cannot be taken in; the rest comes in. A record may come
    Unread where it is told what it takes to read it besides its own text.
    """

    @property
    def name(self) -> str: ...

    def recognise(self, head: str) -> bool:
        """Whether a file that begins with these (up to 64 KB of) characters has this format."""

    def read(
        self, lines: Lines
    ) -> Iterator[Record | Unread | LibraryRecord | FeedToFollow | Reject]:
        """The records of a file, in their order."""


class Service(Protocol):
    """A service on the web that papers come from. A module with these three names is one.

    ``name`` is the source of its papers. Reading asks for no more of an answer than is taken, the
    newest papers first, and raises ServiceError where the service gives none. With ``known``, what
    has not changed since is not given again.
    """

    @property
    def name(self) -> str: ...

    def recognise(self, what: str) -> bool:
        """Whether a text is a question for this service."""

    def read(self, http: Http, what: str, known: Known | None = None) -> Iterator[Record | Reject]:
        """The papers that answer a question, in the order of the answer."""


def make_paper(**fields: Any) -> Paper:
    """A paper from the fields of a record; the links in its abstract join its own.

    Raises ValueError with a reason of a few words where the fields make no paper.
    """
    try:
        paper = Paper(**fields)
    except ValidationError as error:
        raise ValueError(reason(error)) from None
    known = {link.url for link in paper.links}
    more = tuple(link for link in links_in(paper.abstract) if link.url not in known)
    return paper.model_copy(update={"links": paper.links + more}) if more else paper


def reason(error: ValidationError) -> str:
    """The first of pydantic's complaints in a few words, by its field."""
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"].endswith("too_short"):
        return f"the {first['loc'][0]} is missing"
    if first["type"].endswith("too_long"):
        message = f"too long (at most {first['ctx']['max_length']:,})"
    else:
        message = first["msg"].removeprefix("Value error, ")
        message = message[:1].lower() + message[1:]
    return f"{first['loc'][0]}: {message}"
