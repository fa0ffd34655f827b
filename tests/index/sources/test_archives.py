"""What is packed, and folders of any mix."""

from __future__ import annotations

import gzip
import io
import itertools
import os
import zipfile
from pathlib import Path

import pytest

from index import Library
from index.errors import SourceError
from index.sources import Record, Skipped, read_source
from index.sources.reader import Item
from index.views import Reject
from tests.index.sources.samples import SAMPLES, TITLES, is_inert, read, records, whole

TEXT = SAMPLES["jsonl"].text.encode()


def zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def shown(items: list[Item]) -> list[str]:
    """What came of each file, in a line each."""
    found: list[str] = []
    for item in items:
        match item:
            case Record():
                found.append(f"{item.file}:{item.line} {item.paper.source}")
            case Skipped():
                found.append(f"skipped {item.file}")
            case Reject():
                found.append(f"{item.file}:{item.line} {item.reason}")
    return found


@pytest.mark.parametrize("form", SAMPLES)
def test_gzip_is_transparent(form: str) -> None:
    text = SAMPLES[form].text.encode()
    assert read(gzip.compress(text)) == read(text)


def test_all_files_of_a_zip_archive_are_read() -> None:
    files = {f"{form}.x": sample.text.encode() for form, sample in SAMPLES.items()}
    items = read(zipped(files | {"deep/er/more.gz": gzip.compress(TEXT)}))
    assert [record.paper.title for record in records(items)] == [*TITLES] * (len(SAMPLES) + 1)
    assert records(items)[-1].file == "deep/er/more.gz"


def test_hidden_and_unknown_files_of_an_archive() -> None:
    files = {
        "papers.jsonl": TEXT,
        ".hidden.jsonl": TEXT,
        "__MACOSX/papers.jsonl": TEXT,
        "a/.git/papers.jsonl": TEXT,
        "READ\x1b[2JME": b"Dear reader,",
        "inner.zip": zipped({"papers.jsonl": TEXT}),
        "empty": b"",
        "bad.jsonl": b'{"title": 3}\n',
    }
    name = "standard input"
    assert shown(read(zipped(files))) == [
        "papers.jsonl:1 jsonl",
        "papers.jsonl:2 jsonl",
        f"{name}/bad.jsonl:1 title: not a text",
        f"skipped {name}/READ[2JME",
        f"skipped {name}/inner.zip",
        f"skipped {name}/empty",
    ]


def test_an_archive_comes_through_a_pipe() -> None:
    ours, theirs = os.pipe()
    with open(ours, "rb") as stream, open(theirs, "wb") as writer:  # noqa: PTH123
        writer.write(zipped({"papers.jsonl": TEXT}))
        writer.close()
        assert len(records(read_source(None, stdin=stream))) == 2


DAMAGED = {
    "a zip archive cut off": zipped({"a.jsonl": TEXT * 50})[:-30],
    "an empty zip archive": zipped({}),
    "no zip archive": b"PK\x03\x04 and so on",
    "no gzip": b"\x1f\x8b and so on",
    "a zip archive without papers": zipped({"letter.txt": b"Dear reader,"}),
    "gzip of nothing": gzip.compress(b""),
    "gzip in gzip": gzip.compress(gzip.compress(TEXT)),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_archive_is_a_sentence(kind: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(DAMAGED[kind])
    assert str(caught.value).startswith("Standard input ")
    assert is_inert(str(caught.value))


def test_a_gzip_file_cut_off_gives_what_was_whole() -> None:
    lines = b"".join(
        b'{"title": "%d %s"}\n' % (n, os.urandom(40).hex().encode()) for n in range(9999)
    )
    packed = gzip.compress(lines)
    items = read_source(None, stdin=io.BytesIO(packed[: len(packed) * 3 // 4]))
    assert len(list(itertools.islice(items, 5000))) == 5000
    with pytest.raises(SourceError, match="damaged or encrypted"):
        list(items)


def test_one_damaged_file_of_an_archive_costs_only_itself() -> None:
    content = bytearray(zipped({"a.jsonl": TEXT, "b.jsonl": TEXT}))
    at = content.index(b"a.jsonl") + len("a.jsonl") + 5
    content[at : at + 20] = bytes(20)
    items = read(bytes(content))
    assert {record.file for record in records(items)} == {"b.jsonl"}
    assert shown(items)[0] == (
        "standard input/a.jsonl:0 standard input/a.jsonl is damaged or encrypted,"
        " and is read no further."
    )


def test_an_encrypted_file_of_an_archive_is_told() -> None:
    content = bytearray(zipped({"a.jsonl": TEXT}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in shown(read(bytes(content)))[0]


BOMB = b'{"title": "' + b" " * (40 << 20)


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(BOMB),
        zipped({"bomb.jsonl": BOMB}),
        zipped({f"{n}.jsonl": TEXT + b"\n" * (3 << 20) for n in range(9)}),
        zipped({"bomb.gz": gzip.compress(BOMB)}),
    ],
    ids=["gzip", "zip", "many files", "gzip in zip"],
)
def test_a_bomb_is_left(content: bytes) -> None:
    try:
        found = " ".join(shown(read(content)))
    except SourceError as error:
        found = str(error)
    assert "unpacks to more than 200 times its size" in found


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    folder = tmp_path / "mixed"
    (folder / "b").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name, sample in (("z.bib", "bibtex"), ("b/page.txt", "hf_page"), ("c.csv", "csv")):
        (folder / name).write_text(SAMPLES[sample].text, encoding="utf-8")
    (folder / ".git" / "hidden.bib").write_text(SAMPLES["bibtex"].text, encoding="utf-8")
    (folder / "b" / "packed.zip").write_bytes(zipped({"in.jsonl": TEXT, "letter": b"Dear"}))
    (folder / "letter.txt").write_text("Dear reader,")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "bad.jsonl").write_text('{"title": 3}\n')
    (folder / "ring").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    return folder


def test_a_folder_of_any_mix(mixed: Path) -> None:
    assert shown([*whole(read_source(mixed))]) == [
        "mixed/bad.jsonl:1 title: not a text",
        "c.csv:2 csv",
        "c.csv:3 csv",
        "skipped mixed/letter.txt",
        "skipped mixed/picture.png",
        "z.bib:1 bibtex",
        "z.bib:5 bibtex",
        "b/packed.zip/in.jsonl:1 jsonl",
        "b/packed.zip/in.jsonl:2 jsonl",
        "skipped mixed/b/packed.zip/letter",
        "b/page.txt:3 hf_page",
        "b/page.txt:5 hf_page",
    ]


def test_progress_through_a_folder_counts_to_its_end(mixed: Path) -> None:
    told: list[tuple[int, int]] = []
    list(read_source(mixed, progress=lambda done, total: told.append((done, total))))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 0
    assert len({total for _, total in told}) == 1


def test_progress_through_a_gzip_file_counts_its_own_bytes(tmp_path: Path) -> None:
    file = tmp_path / "papers.gz"
    file.write_bytes(gzip.compress(os.urandom(1 << 20).hex().encode() + b"\n" + TEXT))
    told: list[tuple[int, int]] = []
    list(read_source(file, format="jsonl", progress=lambda *now: told.append(now)))
    size = file.stat().st_size
    assert told[-1] == (size, size)
    assert len(told) > 2


def test_a_library_takes_a_folder_and_says_what_it_left(mixed: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library")
    told: list[Reject] = []
    report = library.import_files([mixed], on_reject=told.append)
    assert (report.added, report.records, report.skipped, report.rejected) == (2, 9, 3, 1)
    assert report.rejects == tuple(told) == (Reject("mixed/bad.jsonl", 1, "title: not a text"),)
    (detail, *_) = library.details([1])
    assert f"{mixed}/b/packed.zip/in.jsonl" in str(detail.origins) or detail.origins
    assert library.import_files([mixed]).added == 0
    library.close()


def test_a_folder_without_papers_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear reader,")
    with pytest.raises(SourceError, match="holds no file with papers"):
        list(read_source(tmp_path))


def test_an_archive_without_papers_is_one_file_that_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(TEXT)
    with zipfile.ZipFile(tmp_path / "notes.docx", "w") as document:
        document.writestr("word/document.xml", "<?xml version='1.0'?><w:document/>")
        document.writestr("word/styles.xml", "<?xml version='1.0'?><w:styles/>")
    skipped = [item for item in read_source(tmp_path) if isinstance(item, Skipped)]
    assert skipped == [Skipped(f"{tmp_path.name}/notes.docx")]
