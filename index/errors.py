"""What can go wrong, said in one sentence that tells the reader what to do.

No error of SQLite, Whoosh or the operating system leaves the room that met it: it is raised again
as one of these. ``str(error)`` is fit to be shown as it is; it holds no control characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.views import HistoryEntry


class CarrelError(Exception):
    """The base of every error that carrel raises on purpose."""


class QueryError(CarrelError):
    """A query that cannot be understood."""


class SourceError(CarrelError):
    """A file that papers were to come from cannot be read as a whole."""


class ServiceError(SourceError):
    """A service that papers were to come from gave none: which, and what to do about it."""

    def __init__(self, message: str, *, gone: bool = False) -> None:
        super().__init__(message)
        self.gone = gone  # whether it answered that there is no such thing


class StoppedError(CarrelError):
    """The reader broke a long work off; what was done until then stays."""

    def __init__(self) -> None:
        super().__init__("Stopped.")


class ExportError(CarrelError):
    """An export that cannot be written."""


class StoreError(CarrelError):
    """The library's database cannot be opened, read or changed."""


class HistoryError(StoreError):
    """An entry of the history that cannot be undone or redone as things stand: nothing changed."""

    def __init__(self, message: str, entries: tuple[HistoryEntry, ...] = ()) -> None:
        super().__init__(message)
        self.entries = entries  # those that stand in the way, where they are known


class SearchError(CarrelError):
    """The search index cannot be written or read, even after it was built anew."""


class NotFoundError(CarrelError):
    """A paper, list or tag that the library does not hold."""


class NoSuchPaperError(NotFoundError):
    """A paper that the library does not hold, by its number."""

    def __init__(self, paper_id: int) -> None:
        super().__init__(f"There is no paper {paper_id} in this library.")


class NamingError(CarrelError):
    """A name that a tag or a list cannot bear."""


class FollowingError(CarrelError):
    """Something that cannot be followed."""


class NoteError(CarrelError):
    """A note that cannot be kept."""


class NoteChangedError(NoteError):
    """A note that became another while a new text for it was written: nothing was written."""

    def __init__(self, note: str) -> None:
        super().__init__("The note was changed elsewhere meanwhile; nothing was written.")
        self.note = note  # as it is now


class PdfError(CarrelError):
    """A PDF that cannot be attached, fetched or read."""


class EditError(CarrelError):
    """A field of a paper that cannot become what it was to be: nothing was changed."""


class ChecklistError(CarrelError):
    """A reading list, edited as Markdown, that cannot be applied: nothing was done."""


class SettingsError(CarrelError):
    """A settings or theme file with a mistake in it: names the file and the key."""
