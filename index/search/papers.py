"""What search asks of the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from index.paper import Paper


class Papers(Protocol):
    """The papers as they are now, how they came to be so, and what the reader made of them."""

    def identity(self) -> str:
        """Whose papers they are: no other library's have it."""

    def version(self) -> int:
        """A number that changes whenever anything does, whichever process changed it."""

    def revision(self) -> int:
        """The number of the newest revision; 0 before the first."""

    def changed_since(self, revision: int, limit: int) -> list[tuple[int, int]]:
        """(revision, paper id) of the changes after ``revision``, ascending; a paper may repeat."""

    def papers(self, ids: Sequence[int]) -> Iterator[tuple[int, Paper]]:
        """Those of the papers that exist, with their ids."""

    def all_ids(self) -> list[int]:
        """Every paper: newest import first, in the order of its page."""

    def ids_tagged(self, name: str, begun: bool = False) -> list[int]:
        """The papers of a tag or of one below it, ascending; or of tags that begin so.

        A tag stands below another where its name goes on with a slash: ``ml/gnn`` below ``ml``.
        """

    def ids_listed(self, name: str) -> list[int]:
        """The papers on a reading list, in its order."""

    def ids_with_status(self, status: str, name: str = "") -> list[int]:
        """The papers with a status on a reading list, or on any list, ascending.

        status: ``to read``, ``reading``, ``done`` or ``skipped``.
        """

    def ids_followed(self, name: str, begun: bool = False) -> list[int]:
        """The papers that fetching what is followed brings, new or known, ascending.

        name: folded, of what is followed, its kind, or its number; or what begins so.
        """

    def ids_where(self, state: str) -> list[int]:
        """The papers in a state, ascending; of ``opened``, what was opened last comes first.

        state: ``starred``, ``read``, ``skipped``, ``rated``, ``opened``, ``noted``, ``tagged`` or
        ``listed``; ``decided``, which is any of these but the opened and the noted; or what papers
        have, as ``abstract``.
        """

    def ids_noting(self, text: str, begun: bool = False) -> list[int]:
        """The papers whose note holds words side by side, ascending; the last may be begun."""

    def ids_with_text(self, text: str, begun: bool = False) -> list[int]:
        """The papers whose PDF holds words side by side, ascending; the last may be begun."""

    def ids_known_as(self, text: str, begun: bool = False) -> list[int]:
        """The papers with a number, citation key or identifier, or one that begins so."""

    def ids_added(self, first: int, last: int) -> list[int]:
        """The papers that came on a day from first to last (``date.toordinal``), ascending."""

    def ids_opened(self, first: int, last: int) -> list[int]:
        """The papers last opened on a day from first to last (``date.toordinal``), ascending."""

    def ids_rated(self, low: int, high: int) -> list[int]:
        """The papers rated from low to high, ascending."""

    def tag_names(self) -> list[str]:
        """The name of every tag."""

    def list_names(self) -> list[str]:
        """The name of every reading list."""

    def follow_names(self) -> list[str]:
        """The name of all that is followed."""
