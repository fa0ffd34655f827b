"""PDFs: title and identifiers from the first page, the text from all, no harm from hostile ones."""

from __future__ import annotations

import io
import re
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from index.errors import SourceError
from index.sources import Record, Skipped, pdf, read_source
from index.views import Reject
from tests.index.sources.pdf_bytes import BODY, STAMP, assembled, document, page, stream
from tests.index.sources.pdf_bytes import pdf as made
from tests.index.sources.samples import records, whole

TITLE = "Graph Parsing Networks"
INITIAL = b"\nBT /F1 30 Tf 1 0 0 1 72 600 Tm (I) Tj /F1 10 Tf (n the beginning of the text) Tj ET"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "paper.pdf"


def read(file: Path, content: bytes) -> Record | Reject:
    file.write_bytes(content)
    return pdf.read(file, "folder/paper.pdf")


def paper(file: Path, content: bytes) -> tuple[str, list[str]]:
    found = read(file, content)
    assert isinstance(found, Record), found
    assert found.paper.source == "pdf"
    assert found.line == 1
    return found.paper.title, [name.value for name in found.paper.identifiers]


def test_title_and_stamp_are_read_from_the_first_page(file: Path) -> None:
    found = read(file, made((TITLE + ": Learning to", "Pool (Once)"), stamp=STAMP))
    assert isinstance(found, Record)
    assert found.paper.title == f"{TITLE}: Learning to Pool (Once)"
    assert found.paper.identifiers == (("arxiv", "2402.14393"),)
    assert "We pool graphs" in found.raw


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (made("Text-to-", *BODY), "Text-to-"),
        (made(("Learning Text-to-", "Image Models")), "Learning Text-to-Image Models"),
        (made(("Deep Neural Net-", "works"), "Networks are deep."), "Deep Neural Networks"),
        (made("Pre- and Post-Training"), "Pre- and Post-Training"),
        (made("A Title with a Star*"), "A Title with a Star"),
        (made("na\xefve caf\xe9 models"), "naïve café models"),
        (made("[/foo] [@click=app.quit] \x1b]0;x"), "[/foo] [@click=app.quit] ]0;x"),
        # what the file says of itself counts where its page says so too
        (made("Shown Large", said={"Title": "We pool graphs"}), "We pool graphs"),
        (made("Shown Large", said={"Title": "Something Else Wholly"}), "Shown Large"),
        (made("Shown Large", said={"Title": "Microsoft Word - we.doc"}), "Shown Large"),
        (made("Shown Large", said={"Title": "Abstract"}), "Shown Large"),
        # small capitals; an initial larger than the title
        (
            document([page([(13.8, "G"), (10.0, "x" * 50)])], {"Title": "Said by Itself"}),
            "Said by Itself",
        ),
        (
            document([page([(16.0, "Larger Than Text"), (30.0, "I"), (10.0, "n the text" * 9)])]),
            "Larger Than Text",
        ),
        (document([page([(16.0, "Larger Than Text")]) + INITIAL]), "Larger Than Text"),
        # at the foot of the page stands no title
        (
            document(
                [
                    page(
                        [(10.0, "small")] * 5
                        + [(14.0, "The Title of It")]
                        + [(10.0, "text " * 9)] * 20
                        + [(30.0, "Not This One")]
                    )
                ]
            ),
            "The Title of It",
        ),
    ],
)
def test_the_title_is_the_largest_text_above(file: Path, content: bytes, title: str) -> None:
    assert paper(file, content)[0] == title


def test_without_a_title_it_is_known_by_its_stamp(file: Path) -> None:
    content = document([page([(10.0, "text " * 9)] * 9, stamp=STAMP)])
    assert paper(file, content) == ("arXiv:2402.14393", ["2402.14393"])


@pytest.mark.parametrize(
    ("matrix", "entries"),
    [("0 1 -1 0", "/Rotate 90"), ("0 -1 1 0", "/Rotate 270"), ("-1 0 0 -1", "/Rotate 180")],
)
def test_a_page_may_lie_on_its_side(file: Path, matrix: str, entries: str) -> None:
    body = "".join(
        f"BT /F1 {size} Tf 1 0 0 1 72 {height} Tm ({text}) Tj ET\n"
        for size, height, text in [
            (10, 560, "A head that is small"),
            (17, 500, "Graph Parsing"),
            (17, 470, "Networks"),
            *((10, height, "text of the paper, with words") for height in range(400, 60, -20)),
        ]
    )
    places = {"0 1 -1 0": "600 0", "0 -1 1 0": "0 792", "-1 0 0 -1": "612 792"}
    stamp = "BT /F1 20 Tf 0 1 -1 0 30 200 Tm (arXiv:2402.14393v2 [cs.LG] 23 Feb 2024) Tj ET\n"
    content = f"q {matrix} {places[matrix]} cm\n{stamp}{body}Q".encode()
    whole = document([content]).replace(b"/Type /Page /", f"/Type /Page {entries} /".encode())
    assert paper(file, whole) == (TITLE, ["2402.14393"])


def test_a_title_as_large_as_the_text_is_bold_above_all_else(file: Path) -> None:
    lines = [(10.0, "ON GRAPHS THAT"), (10.0, "PARSE OTHERS")]
    rest = [(10.0, "text of the paper, with words")] * 20
    content = page(lines).replace(b"/F1", b"/F2") + b"\n" + page([(60.0, " "), *rest])
    whole = document([content]).replace(
        b"/F1 3 0 R", b"/F1 3 0 R /F2 << /Type /Font /Subtype /Type1 /BaseFont /Times-Bold >>"
    )
    assert paper(file, whole)[0] == "ON GRAPHS THAT PARSE OTHERS"


@pytest.mark.parametrize(
    "content",
    [
        document([page([])]),
        document([b""]),
        document([page([(10.0, f"line {number} of text") for number in range(30)])]),
        document([page([(17.0, "12 34 56 78")])]),
        document([page([(17.0, "long " * 200), (10.0, "text")])]),
        made(BODY[0], said={"Title": "untitled"}).replace(b"17.0", b"10.0"),
    ],
    ids="blank empty uniform digits endless untitled".split(),
)
def test_without_a_title_it_is_left_out_and_told_how_to_name_it(file: Path, content: bytes) -> None:
    reason = "no title could be read; attach it to its paper: carrel attach ID FILE"
    assert read(file, content) == Reject("folder/paper.pdf", 0, f"folder/paper.pdf: {reason}")


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (made(TITLE, "see arXiv:1706.03762 and arXiv:1706.03762v5"), []),
        (made(TITLE, f"{STAMP}"), ["2402.14393"]),
        (made(TITLE, stamp="arXiv:math.GT/0309136v1 [math.GT] 8 Sep 2003"), ["math/0309136"]),
        (made(TITLE, "https://doi.org/10.1145/3366423.3380297."), ["10.1145/3366423.3380297"]),
        (made(TITLE, "doi 10.1145/A.1, doi:10.1145/a.1;"), ["10.1145/a.1"]),
        (made(TITLE, "10.1145/a and 10.1145/b"), []),
        (made(TITLE, "as in https://doi.org/10.48550/arXiv.1706.03762"), []),
        (made(TITLE, "10.1145/a follows 10.48550/arXiv.1706.03762"), ["10.1145/a"]),
        (
            made(TITLE, stamp=STAMP, said={"DOI": "https://doi.org/10.48550/arXiv.2402.14393"}),
            ["2402.14393"],
        ),
        (made(TITLE, "10.5281/zenodo.1", stamp=STAMP), ["2402.14393"]),
        (made(TITLE, "10.1/b 10.1145/b", said={"doi": "10.1145/A"}), ["10.1145/a"]),
        (
            made(TITLE, stamp=STAMP, said={"Subject": "J. 1 (2024) doi:10.1145/a"}),
            ["2402.14393", "10.1145/a"],
        ),
    ],
)
def test_identifiers_are_its_own_and_none_that_it_cites(
    file: Path, content: bytes, names: list[str]
) -> None:
    assert paper(file, content) == (TITLE, names)


def test_the_text_is_that_of_all_pages(file: Path) -> None:
    file.write_bytes(made(TITLE, more=["The second page.", "[b]third[/b] \x1b]0;x\x07"]))
    text = pdf.text_of(file)
    assert text.startswith(TITLE)
    assert "The second page." in text
    assert text.endswith("[b]third[/b] ]0;x")


def test_words_that_a_line_divides_are_whole(file: Path) -> None:
    file.write_bytes(
        document([page([(10.0, "experi-"), (10.0, "ments by BERT-"), (10.0, "Large")])])
    )
    assert pdf.text_of(file) == "experiments by BERT-\nLarge"


def test_a_page_that_is_broken_costs_only_itself(file: Path) -> None:
    broken = b"BT /F1 10 Tf ((((( <zz> Tj [ ET \xff\xfe ET 1 0 0"
    file.write_bytes(document([page([(10.0, "first")]), broken, page([(10.0, "third")])]))
    text = pdf.text_of(file)
    assert text.startswith("first")
    assert text.endswith("third")


WHOLE = made(TITLE, stamp=STAMP)


def encrypted(password: str, algorithm: str = "RC4-128") -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(WHOLE))
    writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def bomb() -> bytes:
    """A page of two gigabytes, packed twice."""
    packed = zlib.compress(zlib.compress(bytes(1 << 20) * 2000, 9), 9)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 9 9] >>",
        3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
        4: stream(packed, "/Filter [/FlateDecode /FlateDecode] "),
    }
    return assembled(objects, "/Root 1 0 R")


def nested(depth: int) -> bytes:
    """Arrays in arrays."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids " + b"[" * depth + b"]" * depth + b" >>",
    }
    return assembled(objects, "/Root 1 0 R")


HOSTILE = {
    "not a PDF": b"%PDF-1.7\n" + bytes(range(256)) * 50,
    "a head and no more": b"%PDF-1.7\n",
    "cut off": WHOLE[: len(WHOLE) // 2],
    "encrypted": encrypted("secret"),
    "no pages": document([]),
    "pages that hold themselves": WHOLE.replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
    "a page that is its own parent": WHOLE.replace(b"/Parent 2 0 R", b"/Parent 4 0 R").replace(
        b"/MediaBox", b"/MediaBux"
    ),
    "contents that are the page": WHOLE.replace(b"/Contents 5 0 R", b"/Contents 4 0 R"),
    "a table without end": WHOLE.replace(b"xref\n0 ", b"xref\n0 99999999999"),
    "a table that follows itself": WHOLE.replace(b"/Size", b"/Prev 600 /Size"),
    "a length that lies": WHOLE.replace(b"/Length ", b"/Length 9999999999"),
    "a thousand arrays in arrays": nested(20_000),
    "a bomb": bomb(),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_cost_a_sentence(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    for work in (lambda: pdf.read(file, "x.pdf"), lambda: pdf.text_of(file)):
        said = complaint(work)
        assert not said or re.fullmatch(r"\w+\.pdf cannot be read: it [^\n]+\.", said)


def complaint(work: Callable[[], object]) -> str:
    try:
        work()
    except SourceError as error:
        return str(error)
    return ""


def test_what_is_wrong_is_said(file: Path) -> None:
    for content, why in {
        HOSTILE["encrypted"]: "it is encrypted",
        HOSTILE["a head and no more"]: "it is damaged",
    }.items():
        file.write_bytes(content)
        with pytest.raises(SourceError, match=why):
            pdf.read(file, "x.pdf")
        with pytest.raises(SourceError, match=why):
            pdf.text_of(file)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_an_empty_password_opens_it(file: Path, algorithm: str) -> None:
    assert paper(file, encrypted("", algorithm)) == (TITLE, ["2402.14393"])
    assert complaint(lambda: read(file, encrypted("secret", algorithm))).endswith("is encrypted.")


def test_what_takes_too_long_is_given_up_and_what_was_read_kept(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = page([(10.0, "slow")] * 30) + b"\nBT /F1 9 Tf (a) Tj ET" * 60_000
    file.write_bytes(document([page([(10.0, "first")]), *[slow] * 40]))
    monkeypatch.setattr(pdf, "_MOST_SECONDS", {"page": 0.0, "text": 3.0})
    assert pdf.text_of(file).startswith("first")
    with pytest.raises(SourceError, match="it takes too long"):
        pdf.read(file, "x.pdf")


def test_without_pypdf_one_sentence_says_what_to_install(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(WHOLE)
    monkeypatch.setitem(sys.modules, "pypdf", None)
    for work in (lambda: pdf.text_of(file), lambda: list(read_source(file))):
        with pytest.raises(SourceError, match=r'install "carrel\[pdf\]"'):
            work()


def test_a_folder_of_any_mix(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.pdf").write_bytes(WHOLE)
    (folder / "b.bib").write_text("@article{b, title={Bees}}")
    (folder / "deep" / "c.PDF").write_bytes(made("Of Cedars"))
    (folder / "deep" / "d.pdf").write_bytes(HOSTILE["encrypted"])
    (folder / "deep" / "e.pdf").write_bytes(document([page([])]))
    items = [*whole(read_source(folder))]
    places = [(one.file, one.pdf) for one in items if isinstance(one, Record)]
    assert places == [
        ("a.pdf", folder / "a.pdf"),
        ("b.bib", None),
        ("deep/c.PDF", folder / "deep" / "c.PDF"),
    ]
    assert [one for one in items if isinstance(one, Reject)] == [
        Reject("papers/deep/d.pdf", 0, "papers/deep/d.pdf cannot be read: it is encrypted."),
        Reject("papers/deep/e.pdf", 0, f"papers/deep/e.pdf: {pdf.NO_TITLE}"),
    ]


def test_pdfs_in_an_archive_are_to_be_unpacked(tmp_path: Path) -> None:
    archive, said = (
        tmp_path / "papers.zip",
        "papers.zip holds PDFs: unpack it, and import the folder.",
    )
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("a.pdf", WHOLE)
    with pytest.raises(SourceError, match=said):
        list(read_source(archive))
    (tmp_path / "b.bib").write_text("@article{b, title={Bees}}")
    bees, told = sorted(read_source(tmp_path), key=lambda one: isinstance(one, Reject))
    assert not isinstance(bees, Reject)
    assert isinstance(told, Reject)
    assert told.reason.endswith(said)
    with zipfile.ZipFile(archive, "a") as zipped:
        zipped.write(tmp_path / "b.bib", "b.bib")
    assert [type(one) for one in read_source(archive)] == [type(bees), Skipped]


def test_a_pdf_is_no_text_of_another_format(file: Path) -> None:
    file.write_bytes(WHOLE)
    with pytest.raises(SourceError, match="is a PDF, not a text file"):
        list(read_source(file, format="bibtex"))
    with pytest.raises(SourceError, match="is a PDF, not a text file"):
        list(read_source(None, stdin=io.BytesIO(WHOLE)))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty: download it again."),
        (b"\n<!DOCTYPE html><p>Sign in", "is a web page, not a PDF: download it again."),
        (b"<HTML lang=en>", "is a web page, not a PDF: download it again."),
        (b" " * 1024 + WHOLE, "is not a PDF."),
    ],
)
def test_what_is_only_called_a_pdf_is_named_alone_and_in_a_folder(
    tmp_path: Path, content: bytes, why: str
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.PDF").write_bytes(content)
    assert list(read_source(folder)) == [Reject("papers/a.PDF", 0, f"papers/a.PDF {why}")]
    with pytest.raises(SourceError) as caught:
        list(read_source(folder / "a.PDF"))
    assert str(caught.value) == f"a.PDF {why}"


def test_what_is_before_a_pdf_does_not_matter(file: Path) -> None:
    file.write_bytes(b"\n" * 500 + WHOLE)
    (found,) = records(read_source(file))
    assert found.paper.title == TITLE
