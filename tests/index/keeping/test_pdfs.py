"""PDFs through the library's door."""

from __future__ import annotations

import json
import os
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import locations
from index.errors import NotFoundError, PdfError, ServiceError, SourceError, StoppedError
from index.identifiers import Identifier
from index.keeping import pdf_files
from index.keeping.pdfs import addresses
from index.library import Library
from index.paper import Link, Paper
from index.settings import Services, Web
from index.sources import pdf as source
from index.store import reading
from tests.index.keeping.conftest import unchanged, undone
from tests.index.sources.pdf_bytes import STAMP, document, page, pdf
from tests.index.sources.serving import (
    LOGIN,
    Reply,
    Request,
    Server,
    bomb,
    closed_port,
    redirect,
    serving,
    truncated,
)

ASH, BEECH = pdf("Of Ashes", more=["Ash lemma."]), pdf("Of Beeches")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "mine.pdf"
    file.write_bytes(ASH)
    return file


@pytest.fixture
def linked(tmp_path: Path, server: Server) -> Iterator[Library]:
    """Paper 1 has a link to a PDF; paper 2 two of them; paper 3 none."""
    links = [["/1.pdf"], ["/a.pdf", "/b.pdf"], []]
    records = [
        {
            "title": f"Paper {number}",
            "links": [{"kind": "pdf", "url": server.address + path} for path in paths],
        }
        for number, paths in enumerate(links, 1)
    ]
    given = tmp_path / "linked.jsonl"
    given.write_text("".join(json.dumps(record) + "\n" for record in records))
    library = Library(tmp_path / "linked", server.services())
    library.import_files([given])
    yield library
    library.close()


def found(library: Library, query: str) -> list[int]:
    return sorted(library.search(query).ids)


def files(library: Library) -> list[str]:
    return sorted(file.name for file in locations.pdfs_folder(library.folder).iterdir())


def test_a_file_is_attached_under_the_papers_key_and_detached(library: Library, file: Path) -> None:
    assert library.pdfs.of(1) is None
    done = undone(library, lambda: library.pdfs.attach(1, file))
    assert (done.message, done.changed) == ("Attached mine.pdf to “Ash”.", 1)
    path = library.pdfs.of(1)
    assert path == library.folder / "pdfs" / "ash2001ash.pdf"
    assert path.read_bytes() == ASH
    assert library.detail(1).pdf == str(path)
    assert next(library.details([1])).pdf == str(path)
    assert found(library, "has:pdf") == [1]
    unchanged(library, lambda: library.pdfs.attach(1, file))
    assert undone(library, lambda: library.pdfs.detach([1, 2])).message == "Detached 1 PDF."
    assert library.pdfs.of(1) is None
    assert library.detail(1).pdf == ""
    assert found(library, "has:pdf") == []
    assert unchanged(library, lambda: library.pdfs.detach(1)).message == (
        "There is no PDF to detach."
    )
    library.pdfs.attach(1, file)
    assert files(library) == ["ash2001ash.pdf"], "the same file is kept once"


def test_another_file_takes_the_place_of_one_only_when_asked(library: Library, file: Path) -> None:
    library.pdfs.attach(1, file)
    file.write_bytes(BEECH)
    with pytest.raises(PdfError, match="“Ash” has another PDF, ash2001ash"):
        library.pdfs.attach(1, file)
    undone(library, lambda: library.pdfs.attach(1, file, replace=True))
    path = library.pdfs.of(1)
    assert path
    assert (path.name, path.read_bytes()) == ("ash2001ash-2.pdf", BEECH)
    (entry,) = library.history.entries(1)
    assert library.history.told(entry.id) == (
        "“Ash”: PDF “ash2001ash-2.pdf” attached, before PDF “ash2001ash.pdf”",
    )
    library.history.undo()
    before = library.pdfs.of(1)
    assert before
    assert before.read_bytes() == ASH


def test_a_deleted_paper_comes_back_with_its_file(library: Library, file: Path) -> None:
    library.pdfs.attach(1, file)
    library.papers.delete(1)
    assert found(library, "has:pdf") == []
    library.pdfs.sweep()
    library.history.undo()
    path = library.pdfs.of(1)
    assert path
    assert path.read_bytes() == ASH


def test_a_merged_paper_gives_its_file(library: Library, file: Path) -> None:
    library.pdfs.attach(2, file)
    undone(library, lambda: library.duplicates.merge(1, [2]))
    path = library.pdfs.of(1)
    assert path
    assert path.name == "beech2002beech.pdf"


def test_what_is_no_pdf_is_refused(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_files, "LARGEST", 3000)
    os.mkfifo(tmp_path / "pipe")
    for name, content, why in [
        ("no.pdf", b"<html>%PDF</html>", "is not a PDF"),
        ("far.pdf", b" " * 1024 + ASH, "is not a PDF"),
        ("empty.pdf", b"", "is empty"),
        ("large.pdf", ASH + b" " * 3000, "is larger than 0 MB"),
        ("missing.pdf", None, "does not exist"),
        ("a\0b", None, "cannot be read"),
        ("x" * 300, None, "its name is too long"),
        ("", None, "is a folder"),
        ("pipe", None, "is not a file"),
    ]:
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(PdfError, match=why):
            library.pdfs.attach(1, tmp_path / name)
    with pytest.raises(NotFoundError):
        library.pdfs.attach(99, tmp_path / "no.pdf")
    assert library.pdfs.of(1) is None
    assert files(library) == []


def test_what_is_wrong_with_a_file_is_said_before_that_there_is_another(
    library: Library, file: Path, tmp_path: Path
) -> None:
    library.pdfs.attach(1, file)
    (tmp_path / "page.pdf").write_text("<html>Sign in</html>")
    for name, why in [
        ("missing.pdf", "does not exist"),
        ("", "is a folder, not a PDF"),
        ("page.pdf", "is not a PDF"),
    ]:
        with pytest.raises(PdfError, match=why):
            library.pdfs.attach(1, tmp_path / name)


def test_junk_before_the_head_does_not_matter(library: Library, file: Path) -> None:
    file.write_bytes(b"\n" * 500 + ASH)
    assert library.pdfs.attach(1, file).changed == 1


def test_a_file_that_is_there_is_never_written_over(library: Library, file: Path) -> None:
    folder = locations.pdfs_folder(library.folder)
    folder.mkdir()
    (folder / "ash2001ash.pdf").write_bytes(b"somebody's own")
    library.pdfs.attach(1, file)
    assert (folder / "ash2001ash.pdf").read_bytes() == b"somebody's own"
    assert library.pdfs.of(1) == folder / "ash2001ash-2.pdf"


def test_a_file_that_is_gone_is_none_and_may_come_again(library: Library, file: Path) -> None:
    library.pdfs.attach(1, file)
    path = library.pdfs.of(1)
    assert path
    path.unlink()
    assert library.pdfs.of(1) is None
    assert library.detail(1).pdf == ""
    library.pdfs.attach(1, file)
    assert library.pdfs.of(1) == path


def test_a_folder_that_cannot_be_written_is_a_sentence(library: Library, file: Path) -> None:
    locations.pdfs_folder(library.folder).write_text("in the way")
    with pytest.raises(PdfError, match="No PDF can be kept in"):
        library.pdfs.attach(1, file)


def test_a_disk_that_is_full_is_a_sentence_and_leaves_nothing(
    linked: Library, server: Server
) -> None:
    server.on("/1.pdf", Reply(b"%PDF-1.4" + bytes(1 << 20)))
    kept = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 19, limits[1]))
    try:
        with pytest.raises(PdfError, match="No PDF can be kept in"):
            linked.pdfs.fetch(1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, kept)
    assert not list(locations.pdfs_folder(linked.folder).iterdir())
    assert linked.pdfs.of(1) is None


def test_only_what_nothing_needs_is_swept(library: Library, file: Path) -> None:
    folder = locations.pdfs_folder(library.folder)
    assert library.pdfs.sweep().changed == 0
    library.pdfs.attach(1, file)
    library.pdfs.attach(2, file)
    library.pdfs.detach(2)
    old = folder / "old.pdf"
    by_hand = [folder / "My Thesis.pdf", folder / "thesis.tex", folder / ".hidden"]
    for stray in (old, folder / ".carrel-0.part", folder / "new.pdf", *by_hand):
        stray.write_bytes(ASH)
    for each in folder.iterdir():
        if each.name != "new.pdf":
            os.utime(each, (0, 0))
    assert library.pdfs.sweep().message == "Removed 1 file."
    for stray in by_hand:
        stray.unlink()  # raises where it is gone
    assert files(library) == ["ash2001ash.pdf", "beech2002beech.pdf", "new.pdf"]
    library.history.undo()
    assert library.pdfs.of(2)


# Downloads


def test_a_pdf_is_downloaded_once(linked: Library, server: Server) -> None:
    server.on("/1.pdf", Reply(ASH, headers={"Content-Type": "application/pdf"}))
    told: list[tuple[int, int]] = []
    path = linked.pdfs.fetch(1, progress=lambda done, total: told.append((done, total)))
    assert path.read_bytes() == ASH
    assert path.name == "paper1.pdf"
    assert told[-1] == (len(ASH), len(ASH))
    assert linked.pdfs.fetch(1) == path
    assert len(server.asked("/1.pdf")) == 1
    assert linked.history.entries()[0].label == "downloaded the PDF of “Paper 1”"
    linked.history.undo()
    assert linked.pdfs.of(1) is None
    assert linked.pdfs.fetch(1) == path, "the same file is kept once"


def test_a_file_that_was_attached_during_a_download_stays(
    linked: Library, server: Server, file: Path
) -> None:
    def attached(request: Request) -> Reply:
        linked.pdfs.attach(1, file)
        return Reply(BEECH)

    server.on("/1.pdf", attached)
    assert linked.pdfs.fetch(1).read_bytes() == ASH
    assert linked.pdfs.of(1) == linked.pdfs.fetch(1)
    assert linked.history.undo().message.startswith("Undone: attached")


def test_a_download_takes_the_place_of_a_file_when_asked(linked: Library, server: Server) -> None:
    server.on("/1.pdf", Reply(ASH), Reply(BEECH))
    first = linked.pdfs.fetch(1)
    second = linked.pdfs.fetch(1, replace=True)
    assert second.read_bytes() == BEECH
    assert first.read_bytes() == ASH
    linked.history.undo()
    assert linked.pdfs.of(1) == first


def test_the_next_address_is_tried(linked: Library, server: Server) -> None:
    server.on("/a.pdf", LOGIN)
    server.on("/b.pdf", redirect("/c.pdf"))
    server.on("/c.pdf", Reply(BEECH))
    assert linked.pdfs.fetch(2).read_bytes() == BEECH
    assert [request.path for request in server.requests] == ["/a.pdf", "/b.pdf", "/c.pdf"]


BAD: dict[str, Callable[[Server], Reply]] = {
    "a login page": lambda server: LOGIN,
    "a login page that says it is a PDF": lambda server: Reply(
        LOGIN.body, headers={"Content-Type": "application/pdf"}
    ),
    "nothing": lambda server: Reply(b""),
    "not found": lambda server: Reply(status=404),
    "forbidden": lambda server: Reply(status=403),
    "too large": lambda server: Reply(ASH * 10),
    "packed and too large": lambda server: bomb(50 << 20),
    "cut off": lambda server: truncated(ASH),
    "round and round": lambda server: redirect("/1.pdf"),
    "to a file": lambda server: redirect("file:///etc/passwd"),
}


@pytest.mark.parametrize("reply", BAD.values(), ids=BAD.keys())
def test_what_is_no_pdf_is_one_sentence_and_leaves_nothing(
    linked: Library,
    server: Server,
    reply: Callable[[Server], Reply],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.keeping.pdfs.LARGEST", 2 * len(ASH))
    monkeypatch.setattr("index.sources.http.FIRST_WAIT", 0.01)
    server.on("/1.pdf", reply(server))
    with pytest.raises(ServiceError) as error:
        linked.pdfs.fetch(1)
    assert "127.0.0.1" in str(error.value)
    assert "\n" not in str(error.value)
    assert linked.pdfs.of(1) is None
    assert files(linked) == []
    assert len(linked.history.entries()) == 1, "the import and nothing else"


def test_what_fails_leaves_the_file_that_is_there(linked: Library, server: Server) -> None:
    server.on("/1.pdf", Reply(ASH), LOGIN)
    path = linked.pdfs.fetch(1)
    with pytest.raises(ServiceError):
        linked.pdfs.fetch(1, replace=True)
    assert linked.pdfs.of(1) == path
    assert files(linked) == [path.name]


def test_what_has_an_address_is_found(tmp_path: Path) -> None:
    given = tmp_path / "given.jsonl"
    names = [
        {"pdf": "https://example.org/a.pdf"},
        {"arxiv": "2402.14393"},
        {"acl": "P19-1001"},
        {"openreview": "hv3SklibkL"},
        {"doi": "10.1000/x"},
        {"url": "https://example.org/a"},
    ]
    given.write_text(
        "".join(json.dumps({"title": f"Yew {at}"} | one) + "\n" for at, one in enumerate(names))
    )
    library = Library(tmp_path / "given")
    library.import_files([given])
    assert found(library, "has:pdflink") == [1, 2, 3, 4]
    with library._store.reading() as db:
        known = reading.fetch(db, found(library, ""))
        assert [number for number, paper in known if addresses(paper)] == [1, 2, 3, 4]
    library.close()


def test_a_server_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{closed_port()}/x.pdf"
    given = tmp_path / "one.jsonl"
    given.write_text(json.dumps({"title": "One", "pdf": url}))
    library = Library(tmp_path / "one", Services(patience=0.1, web=Web(inner=True)))
    library.import_files([given])
    with pytest.raises(ServiceError, match=r"127\.0\.0\.1:\d+ cannot be reached"):
        library.pdfs.fetch(1)
    library.close()


def test_a_papers_link_does_not_lead_into_the_readers_network(
    tmp_path: Path, server: Server
) -> None:
    server.on("/reboot.pdf", Reply(ASH))
    given = tmp_path / "theirs.bib"
    given.write_text(f"@article{{a, title={{One}}, url={{{server.address}/reboot.pdf}}}}")
    library = Library(tmp_path / "theirs", server.services(web=Web(pause=0)))
    library.import_files([given])
    with pytest.raises(ServiceError, match=r"is in your own network, .* \(services\.web\.inner\)"):
        library.pdfs.fetch(1)
    assert server.requests == []
    library.follows.add("feed", f"{server.address}/feed")  # whereas this, the reader chose
    library.follows.fetch()
    assert len(server.asked("/feed")) == 1
    library.close()


def test_a_download_is_stopped(linked: Library, server: Server) -> None:
    server.on("/1.pdf", server.dripping(ASH))
    with pytest.raises(StoppedError):
        linked.pdfs.fetch(1, stop=lambda: bool(server.requests))
    assert files(linked) == []


def test_without_an_address_there_is_a_sentence(linked: Library) -> None:
    with pytest.raises(PdfError, match="No address is known that “Paper 3” could be"):
        linked.pdfs.fetch(3)
    with pytest.raises(NotFoundError):
        linked.pdfs.fetch(99)


def test_the_papers_own_links_are_tried_first() -> None:
    paper = Paper(
        title="A",
        identifiers=(
            Identifier("acl", "2020.acl-main.1"),
            Identifier("arxiv", "2402.14393"),
            Identifier("doi", "10.1/a"),
            Identifier("openreview", "abcdef"),
        ),
        links=(
            Link(kind="code", url="https://github.com/a/b"),
            Link(kind="pdf", url="https://a.org/a.pdf"),
        ),
    )
    assert addresses(paper) == (
        "https://a.org/a.pdf",
        "https://arxiv.org/pdf/2402.14393",
        "https://aclanthology.org/2020.acl-main.1.pdf",
        "https://openreview.net/pdf?id=abcdef",
    )


# Imports


def test_a_folder_of_pdfs_comes_in_with_its_files(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf("Graph Parsing Networks", stamp=STAMP))
    (folder / "dogwood.pdf").write_bytes(pdf("Dogwood"))
    (folder / "b.bib").write_text("@article{b, title={Bees}}")
    (folder / "no.pdf").write_bytes(document([page([])]))
    report = library.import_files([folder])
    assert (report.added, report.rejected, report.from_pdfs) == (2, 1, (13,))
    assert library.detail(13).identifiers == (("arxiv", "2402.14393"),)
    assert found(library, "has:pdf") == [4, 13], "the PDF of a known paper is attached to it"
    path = library.pdfs.of(13)
    assert path
    assert path.name == "graphparsingnetworks.pdf"
    again = library.import_files([folder])
    assert (again.added, again.updated, again.unchanged, again.from_pdfs) == (0, 0, 3, ())
    assert files(library) == ["dogwood2004dogwood.pdf", "graphparsingnetworks.pdf"]
    library.history.undo()
    assert found(library, "has:pdf") == [4]
    library.import_files([folder])
    assert len(files(library)) == 2


def test_a_pdf_that_is_known_is_not_read_again(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "elm.pdf").write_bytes(pdf("Thesis on Willows"))
    assert library.import_files([folder]).added == 1
    monkeypatch.setattr(source, "_MOST_SECONDS", {"page": 0.0})  # so that none can be read
    (folder / "elm.pdf").rename(folder / "moved.pdf")
    again = library.import_files([folder])
    assert (again.unchanged, again.rejected) == (1, 0)
    (known,) = found(library, "willows")
    assert [Path(origin.place).name for origin in library.provenance(known).origins] == [
        "elm.pdf",
        "moved.pdf",
    ]
    library.pdfs.detach(known)
    assert library.import_files([folder]).unchanged == 1
    assert found(library, "has:pdf") == [known]
    library.papers.delete(known)
    assert library.import_files([folder]).rejected == 1, "what is not here is read"


def test_an_import_replaces_no_file(library: Library, file: Path) -> None:
    library.pdfs.attach(4, file)
    other = file.with_name("dogwood.pdf")
    other.write_bytes(pdf("Dogwood"))
    report = library.import_files([other])
    assert [reject.reason for reject in report.rejects] == [
        "dogwood.pdf: “Dogwood” has another PDF, dogwood2004dogwood.pdf: detach or replace it."
    ]
    path = library.pdfs.of(4)
    assert path
    assert path.read_bytes() == ASH


def test_a_title_that_was_read_from_two_pdfs_does_not_make_them_one_paper(
    library: Library, tmp_path: Path
) -> None:
    one, copy, other = (tmp_path / name for name in ("one.pdf", "copy.pdf", "other.pdf"))
    one.write_bytes(pdf("University of Ghent", "A thesis on frogs", "Ann Ash", "Of frogs."))
    copy.write_bytes(one.read_bytes() + b"\n")
    other.write_bytes(pdf("University of Ghent", "A thesis on toads", "Cy Cedar", "About toads."))
    assert library.import_files([one, copy]).added == 1
    assert library.import_files([other]).added == 1


def test_a_title_is_a_papers_where_its_authors_are_on_the_page(
    library: Library, tmp_path: Path
) -> None:
    given, file = tmp_path / "given.jsonl", tmp_path / "frogs.pdf"
    frogs = {"title": "Frogs in Ponds of Europe", "authors": ["Moss, Jo", "Li, Bo"]}
    given.write_text(json.dumps(frogs))
    library.import_files([given])
    file.write_bytes(pdf(frogs["title"], "Cy Cedar", "We follow lions."))
    assert library.import_files([file]).added == 1
    file.write_bytes(pdf(frogs["title"], "J. M oss", "We follow lions."))
    assert library.import_files([file]).added == 0
    assert library.pdfs.of(13)


def test_a_doi_that_a_page_cites_does_not_make_it_the_paper_that_is_cited(
    library: Library, tmp_path: Path
) -> None:
    given, file = tmp_path / "given.jsonl", tmp_path / "frogs.pdf"
    toads = {"title": "Toads in Ponds of Europe", "doi": "10.1234/toads"}
    given.write_text(json.dumps(toads))
    library.import_files([given])
    file.write_bytes(pdf("A Study of Frogs", "Ann Ash", "As was done with toads: 10.1234/toads."))
    assert library.import_files([file]).added == 1
    assert library.pdfs.of(13) is None
    assert (library.detail(14).identifiers, library.detail(14).links) == ((), ())
    library.papers.edit(13, {"title": "Toads"})
    file.write_bytes(pdf("Journal of Toads", "toads in Ponds of Europe", "doi:10.1234/toads"))
    assert library.import_files([file]).added == 0
    assert library.pdfs.of(13), "a title that was misread, and one that was edited, do not matter"


def test_a_paper_that_comes_later_has_its_doi_from_the_pdf_that_cites_it(
    library: Library, tmp_path: Path
) -> None:
    given, file = tmp_path / "given.jsonl", tmp_path / "frogs.pdf"
    file.write_bytes(pdf("A Study of Frogs", "Ann Ash", "As was done with toads: 10.1234/toads."))
    library.import_files([file])
    given.write_text(json.dumps({"title": "Toads in Ponds of Europe", "doi": "10.1234/toads"}))
    assert library.import_files([given]).added == 1
    assert [library.detail(number).title for number in (13, 14)] == [
        "A Study of Frogs",
        "Toads in Ponds of Europe",
    ]
    assert library.detail(13).identifiers == ()
    assert library.detail(14).identifiers == (("doi", "10.1234/toads"),)
    given.write_text(json.dumps({"title": "A Study of Frogs!", "doi": "10.1234/frogs"}))
    file.write_bytes(pdf("A Study of Frogs", "Bo Beech", "doi:10.1234/frogs"))
    assert library.import_files([file, given]).added == 1, "a DOI of its own makes it the paper"


# Texts


def test_texts_are_read_when_asked_and_found(library: Library, file: Path) -> None:
    library.pdfs.attach(1, file)
    assert found(library, "text:lemma") == []
    told: list[tuple[int, int]] = []
    done = library.pdfs.read_texts(progress=lambda done, total: told.append((done, total)))
    assert done.message == "Read the text of 1 PDF."
    assert told == [(1, 1)]
    for query in ('text:"ash lemma"', "text:lem*", "has:text", "text:LEMMA text:parameters"):
        assert found(library, query) == [1], query
    assert found(library, "text:lem") == []
    assert library.pdfs.read_texts().message == "There is no PDF to be read."
    assert library.pdfs.read_texts(1).changed == 1, "asked by name it is read again"


def test_a_text_goes_with_its_file(library: Library, file: Path) -> None:
    library.pdfs.attach(1, file)
    library.pdfs.read_texts()
    file.write_bytes(BEECH)
    library.pdfs.attach(1, file, replace=True)
    assert found(library, "text:lemma") == []
    library.history.undo()
    assert found(library, "text:lemma") == [1]
    library.pdfs.detach(1)
    assert found(library, "has:text") == []


def test_what_cannot_be_read_is_told_and_the_others_read(library: Library, file: Path) -> None:
    library.pdfs.attach(1, file)
    for number, content in ((2, b"%PDF-1.7\n"), (3, document([page([])]))):
        file.write_bytes(content)
        library.pdfs.attach(number, file)
    problems: list[str] = []
    assert library.pdfs.read_texts(on_problem=problems.append).changed == 1
    assert problems == [
        "beech2002beech.pdf cannot be read: it is damaged.",
        "cedar2003cedar.pdf holds no text that can be read.",
    ]
    assert found(library, "has:text") == [1]
    with pytest.raises(NotFoundError):
        library.pdfs.read_texts([1, 99])
    with pytest.raises(StoppedError):
        library.pdfs.read_texts(1, stop=lambda: True)


def test_with_the_setting_every_pdf_is_read_as_it_comes(
    linked: Library, server: Server, file: Path, tmp_path: Path
) -> None:
    settings = locations.settings_file()
    settings.parent.mkdir(parents=True)
    settings.write_text("full_text = true\n")
    server.on("/1.pdf", Reply(ASH))
    linked.pdfs.fetch(1)
    linked.pdfs.attach(2, file)
    file.write_bytes(pdf("Of Cedars", more=["lemma"]))
    linked.import_files([file])
    assert found(linked, "text:lemma") == [1, 2, 4]


def test_without_a_reader_of_pdfs_they_are_kept_all_the_same(
    library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "find_spec", lambda name: None)
    assert library.pdfs.attach(1, file).changed == 1
    with pytest.raises(SourceError, match="install"):
        library.pdfs.read_texts()
