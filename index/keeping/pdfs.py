"""PDFs of papers: attached, downloaded, and their text read."""

from __future__ import annotations

import filecmp
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from index import locations
from index.errors import PdfError, ServiceError, SourceError, StoppedError
from index.keeping.pdf_files import HEAD, LARGEST, PdfFiles, is_pdf, opened
from index.keeping.room import Connect, Ids, Room, done, many
from index.progress import Progress, Stop, never
from index.store import Store, papers, pdfs, reading
from index.store.pdfs import Pdf
from index.text import capital, clean_line, counted
from index.views import Done

if TYPE_CHECKING:
    from apsw import Connection

    from index.paper import Paper
    from index.sources.http import Http

MOST_ADDRESSES = 5
"""Addresses of one paper that are tried."""


class Pdfs(Room):
    """The room of PDFs. A file stays in the library's folder when it is detached: undo needs it."""

    def __init__(self, store: Store, folder: Path, connect: Connect) -> None:
        super().__init__(store)
        self._files = PdfFiles(folder)
        self._connect = connect

    def of(self, paper_id: int) -> Path | None:
        """The PDF of a paper; None where it has none, or its file is gone."""
        with self._store.reading() as db:
            pdf = pdfs.of(db, paper_id)
        return self._files.path(pdf.name) if pdf else None

    def attach(self, paper_id: int, file: Path, *, replace: bool = False) -> Done:
        """Copy a file into the library as the PDF of a paper.

        ``replace``: in place of another that it has. Raises PdfError where the file is no PDF, too
        large or cannot be read, or where the paper has another and that is not to be replaced.
        """
        what = self._titled([paper_id])
        reads = _reads_texts()
        if self._stands(paper_id, what, file, replace):
            return Done(f"That is the PDF of {what} already.", 0)
        pdf = self._copied(paper_id, file)
        with self._store.action(f"attached a PDF to {what}") as db:
            pdfs.put(db, paper_id, pdf)
        problem = self._read(pdf.name) if reads else ""
        return Done(f"Attached {clean_line(file.name)} to {what}. {problem}".rstrip(), 1)

    def bring(self, paper_id: int, file: Path) -> None:
        """Attach a file that an import found: no entry of the history, for the import is one.

        Raises PdfError as ``attach`` does.
        """
        reads = _reads_texts()
        if self._stands(paper_id, self._titled([paper_id]), file):
            return
        pdf = self._copied(paper_id, file)
        with self._store.writing() as db:
            if self._lacks(db, paper_id):
                pdfs.put(db, paper_id, pdf)
        if reads:
            self._read(pdf.name)

    def fetch(
        self,
        paper_id: int,
        *,
        replace: bool = False,
        progress: Progress | None = None,
        stop: Stop = never,
    ) -> Path:
        """Download the PDF of a paper, unless it is at hand; returns where it is.

        It is looked for at the addresses of ``addresses``, in their order. ``replace`` downloads it
        in place of one that is at hand; ``progress`` is told the bytes done and those in all (0:
        not known). Raises PdfError where no address is known or nothing can be kept, ServiceError
        where none of them gave a PDF, and StoppedError.
        """
        what = self._titled([paper_id])
        if not replace and (known := self.of(paper_id)):
            return known
        reads = _reads_texts()
        with self._store.reading() as db:
            ((_, paper),) = reading.fetch(db, [paper_id])
        known_addresses = addresses(paper)
        if not known_addresses:
            raise PdfError(
                f"No address is known that {what} could be downloaded from; attach a file of yours."
            )
        with self._files.part() as part:
            with self._connect(stop) as http:
                origin = _download(http, known_addresses, part, progress)
            pdf = self._kept(paper_id, part, origin)
        with self._store.action(f"downloaded the PDF of {what}") as db:
            if replace or self._lacks(db, paper_id):
                pdfs.put(db, paper_id, pdf)
            else:  # one was attached meanwhile
                pdf = pdfs.of(db, paper_id) or pdf
        if reads:
            self._read(pdf.name)
        return self._files.existing(pdf.name)

    def detach(self, ids: Ids) -> Done:
        """Take the PDFs from papers. The files stay in the folder, so that it can be undone."""
        chosen = many(ids)
        what = self._titled(chosen)
        with self._store.action(f"detached the PDF{'s' * (len(chosen) > 1)} of {what}") as db:
            changed = pdfs.remove(db, chosen)
        return done(changed, f"Detached {counted(changed, 'PDF')}.", "There is no PDF to detach.")

    def sweep(self) -> Done:
        """Remove the files that no paper has, and that no undo or redo would give to one.

        What came in the last day stays, for another carrel may be at work.
        """
        with self._store.writing() as db:  # so that nothing is given a file meanwhile
            gone = self._files.sweep(pdfs.needed(db))
            pdfs.forget_texts(db, gone)
        return done(
            len(gone), f"Removed {counted(len(gone), 'file')}.", "There is nothing to sweep."
        )

    def read_texts(
        self,
        ids: Ids | None = None,
        *,
        progress: Progress | None = None,
        stop: Stop = never,
        on_problem: Callable[[str], object] = lambda problem: None,
    ) -> Done:
        """Read the text of PDFs, for ``text:`` in queries; None: of all that were not read yet.

        ``progress`` is told the PDFs done and those in all, ``on_problem`` each that cannot be
        read, in a sentence. Raises SourceError where nothing is installed to read them with,
        NotFoundError, and StoppedError.
        """
        from index.sources import pdf

        pdf.require()
        chosen = None if ids is None else many(ids)
        if chosen is not None:
            self._titled(chosen)
        with self._store.reading() as db:
            files = list(pdfs.names(db, chosen).values())
            known = pdfs.read(db) if chosen is None else set()
        waiting = [name for name in dict.fromkeys(files) if name not in known]
        failed = 0
        for number, name in enumerate(waiting, 1):
            if stop():
                raise StoppedError
            if problem := self._read(name):
                failed += 1
                on_problem(problem)
            if progress:
                progress(number, len(waiting))
        read = len(waiting) - failed
        message = f"Read the text of {counted(read, 'PDF')}."
        return done(read, message, "There is no PDF to be read." if not failed else message)

    def _stands(self, paper_id: int, what: str, file: Path, replace: bool = False) -> bool:
        """Whether a file is the PDF of a paper already. Raises PdfError where another is."""
        known = self.of(paper_id)
        if known is None:
            return False
        if _same(file, known):
            return True
        if not replace:
            with opened(file):  # what is wrong with the file itself comes first
                pass
            raise PdfError(f"{capital(what)} has another PDF, {known.name}: detach or replace it.")
        return False

    def _lacks(self, db: Connection, paper_id: int) -> bool:
        """Whether a paper has no PDF, or its file is gone."""
        known = pdfs.of(db, paper_id)
        return known is None or self._files.path(known.name) is None

    def _copied(self, paper_id: int, file: Path) -> Pdf:
        with self._files.part() as part:
            self._files.copy(file, part)
            return self._kept(paper_id, part, str(file.absolute()))

    def _kept(self, paper_id: int, part: BinaryIO, origin: str) -> Pdf:
        with self._store.reading() as db:
            key = papers.keys(db, [paper_id]).get(paper_id, str(paper_id))
        size = part.seek(0, io.SEEK_END)
        return Pdf(self._files.keep(part, key), size, clean_line(origin))

    def _read(self, name: str) -> str:
        """Read the text of a file, to be found by; returns why it cannot be read, if so."""
        from index.sources import pdf

        try:
            text = pdf.text_of(self._files.existing(name))
        except (PdfError, SourceError) as error:
            return str(error)
        with self._store.writing() as db:
            pdfs.write_text(db, name, text)
        return "" if text else f"{name} holds no text that can be read."


def addresses(paper: Paper) -> tuple[str, ...]:
    """Where the PDF of a paper may be: its own links first, then arXiv, the ACL, OpenReview."""
    own = [link.url for link in paper.links if link.kind == "pdf"]
    names = [
        name.pdf
        for scheme in ("arxiv", "acl", "openreview")
        for name in paper.identifiers
        if name.scheme == scheme
    ]
    return tuple(dict.fromkeys(own + names))[:MOST_ADDRESSES]


def _download(
    http: Http, addresses: Sequence[str], part: BinaryIO, progress: Progress | None
) -> str:
    """Download from the first address that gives a PDF; returns which. Raises ServiceError."""
    problems: list[ServiceError] = []
    for address in addresses:
        try:
            answer = http.download(
                address, part, most=LARGEST, accept="application/pdf", progress=progress
            )
            part.seek(0)
            if is_pdf(part.read(HEAD)):
                return answer.url
            host = urlsplit(answer.url).hostname
            raise ServiceError(f"{host} sent something else in place of the PDF.")
        except ServiceError as error:
            problems.append(error)
    said = dict.fromkeys(map(str, problems))
    raise ServiceError(" ".join(said), gone=all(problem.gone for problem in problems))


def _same(file: Path, known: Path) -> bool:
    try:
        return filecmp.cmp(file, known, shallow=False)
    except (OSError, ValueError):  # copying it will say so
        return False


def _reads_texts() -> bool:
    """Whether the text of each PDF is to be read. Raises SettingsError."""
    from index.settings import load_settings

    return load_settings(locations.settings_file()).full_text
