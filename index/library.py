"""Library: the one door through which the screen and the command line come in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from index import locations
from index.finding import Finding
from index.keeping.completing import Completing
from index.keeping.duplicates import Duplicates
from index.keeping.following import Follows
from index.keeping.history import History
from index.keeping.lists import Lists
from index.keeping.marks import Marks
from index.keeping.notes import Notes
from index.keeping.papers import Papers
from index.keeping.pdfs import Pdfs
from index.keeping.saved import Saved
from index.keeping.tags import Tags
from index.progress import Progress, Stop, never
from index.views import Added, Done, ImportReport, Reject, Sort

if TYPE_CHECKING:
    from index.exports import Abstracts, Export
    from index.exports.citation import Form
    from index.settings import Services
    from index.sources.http import Http


class Library(Finding):
    """A library on disk. Safe to use from any thread; each call is complete in itself.

    What it finds and shows is in ``index.finding``; what the reader does to it is done in its
    rooms, ``library.tags.rename(…)``, which are in ``index.keeping``; here are the ways in and out.
    Every method raises StoreError where the database cannot be read or written.
    """

    def __init__(self, folder: Path, services: Services | None = None) -> None:
        """Open the library in a folder, making what is missing.

        Without ``services`` those of the reader's settings are asked, once one is needed.
        """
        super().__init__(folder)
        self._services = services
        self.marks = Marks(self._store)
        self.papers = Papers(self._store)
        self.tags = Tags(self._store)
        self.lists = Lists(self._store)
        self.notes = Notes(self._store)
        self.pdfs = Pdfs(self._store, locations.pdfs_folder(folder), self._connect)
        self.saved = Saved(self._store, self.count_new)
        self.completing = Completing(self._store, self._connect)
        self.duplicates = Duplicates(self._store)
        self.follows = Follows(self._store, self._connect)
        self.history = History(self._store)

    @classmethod
    def open(cls, folder: Path | None = None) -> Library:
        """Open the library in a folder; without one, the reader's own."""
        return cls(folder or locations.library_folder())

    def _connect(self, stop: Stop) -> Http:
        """A way to the services; ``stop`` is asked whether to break off. Raises SettingsError."""
        from index.settings import load_settings
        from index.sources.http import Http

        services = self._services or load_settings(locations.settings_file()).services
        return Http(services, stop=stop)

    def rehearse(self, work: Callable[[Library], Done]) -> Done:
        """What an action would do, and to how many papers; nothing is done. Raises what it does."""
        with self._store.rehearsal():
            return work(self)

    def import_files(
        self,
        files: Sequence[Path | None],
        *,
        format: str | None = None,  # noqa: A002
        stdin: BinaryIO | None = None,
        restore: bool = False,
        progress: Progress | None = None,
        on_reject: Callable[[Reject], object] | None = None,
        stop: Stop = never,
    ) -> ImportReport:
        """Import files and folders as one entry of the history; None stands for ``stdin``.

        ``format`` is recognised from the content where it is not given; ``restore`` lets papers in
        that were deleted before; ``progress`` is told the bytes read and the bytes in all (0: not
        known); ``on_reject`` is told each record that is left out, of which the report holds the
        first. PDFs are attached to their papers. A file that cannot be read is a reject of line 0,
        and the others come in. Once ``stop`` says true, what came until then stays; the same import
        goes on from there.
        """
        from index.importing import import_files

        return import_files(
            self._store,
            files,
            format=format,
            stdin=stdin,
            restore=restore,
            progress=progress,
            on_reject=on_reject,
            stop=stop,
            attach=self.pdfs.bring,
        )

    def add(
        self,
        names: Sequence[str],
        *,
        restore: bool = False,
        on_result: Callable[[Added], object] = lambda added: None,
        stop: Stop = never,
    ) -> tuple[Added, ...]:
        """Add papers by identifiers and addresses, as one entry of the history.

        A text of ``names`` may hold several, apart by white space. Each fails by itself, with its
        sentence. ``restore`` lets papers in that were deleted before; ``on_result`` is told each as
        it comes; after ``stop`` says true, those that came until then are given back.
        """
        from index.adding import add

        with self._connect(stop) as http:
            return add(self._store, http, names, restore=restore, on_result=on_result)

    def add_sample(self) -> ImportReport:
        """Import the landmark papers that carrel brings along."""
        from index.importing import import_files
        from index.samples import landmarks

        with landmarks() as file:
            # Not in the history: whoever undoes their first steps wants the sample to stay.
            return import_files(self._store, [file], recorded=False)

    def export(
        self,
        query: str = "",
        *,
        ids: Sequence[int] | None = None,
        shelf: str = "",
        as_typed: bool = False,
        any_word: bool = False,
        sort: Sort = "relevance",
        format: str = "markdown",  # noqa: A002
        template: str = "",
        title: str = "",
        abstracts: Abstracts = "folded",
        progress: Progress | None = None,
    ) -> Export:
        """The papers of a query in a format, or as a template has them; ready to be written.

        ``ids`` are exported in place of what a query finds, in their order. A template is the path
        of one, or a name (see ``index.exports.template``). ``progress`` is told the papers done and
        those in all while the export is written; what it raises ends the writing. Raises
        QueryError, NotFoundError where an id is not there, and ExportError where there are no
        papers, no such format or template.
        """
        from index.exporting import export
        from index.exports import ExportOptions

        self.catch_up()
        whole = ids is None and not query and not shelf
        if ids is None:
            ids = self.search(
                query, shelf=shelf, as_typed=as_typed, any_word=any_word, sort=sort
            ).ids
        return export(
            self,
            self._store,
            ids,
            form=format,
            template=template,
            options=ExportOptions(title=title, abstracts=abstracts),
            whole=whole,
            progress=progress,
        )

    def copied(self, ids: Sequence[int], form: Form) -> str:
        """Papers as they are pasted elsewhere, one after the other (see ``exports.citation``).

        Raises NotFoundError where one of them is not there, and ExportError where a link is asked
        for and none is known.
        """
        from index.exporting import copied

        return copied(self, self._store, ids, form)
