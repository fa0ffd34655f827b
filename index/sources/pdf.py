"""PDFs of papers: title and identifiers are read from the first page, and the text from all.

A PDF is a program of a kind, so it is read in a process of its own (``pdf_process``), which is
given so much time and memory and no more.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from index.errors import SourceError
from index.identifiers import Identifier, parse_identifier
from index.sources.base import Record, UnreadPdf, make_paper
from index.text import clean_line, clean_text, fold_title
from index.views import Reject

name = "pdf"

MAGIC = b"%PDF-"
NO_TITLE = "no title could be read; attach it to its paper: carrel attach ID FILE"

_HEAD = 1024  # bytes within which a PDF begins
_MOST_SECONDS = {"page": 30.0, "text": 150.0}  # more than the process gives itself of the processor
_STAMP = re.compile(r"arXiv:\s*([\w.-]+(?:/\d{7})?v\d+)\s*\[[\w.-]+\]\s*\d", re.IGNORECASE)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`]+")
_NO_TITLE = re.compile(
    r"^(microsoft |powerpoint |untitled|title$|template|layout |paper ?\d*$|manuscript)"
    r"|\.(docx?|dvi|tex|pdf|ps|eps|indd|rtf|odt|pptx?|qxd)$",
    re.IGNORECASE,
)
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_DIVIDED = re.compile(r"(?<=[^\W\d_])-\n(?=[a-z])")


def require() -> None:
    """Raises SourceError where pypdf, with which PDFs are read, is not installed."""
    if find_spec("pypdf") is None:
        raise SourceError('PDFs are read by pypdf, which is not installed: install "carrel[pdf]".')


def is_one(beginning: bytes, file: str) -> bool:
    """Whether a file is a PDF, by its first bytes. Raises SourceError where it is only called so.

    A download may have put something before the PDF; what is called otherwise has to begin as one.
    """
    if beginning.startswith(MAGIC) or not file.lower().endswith(".pdf"):
        return beginning.startswith(MAGIC)
    if not beginning:
        raise SourceError(f"{file} is empty: download it again.")
    if re.match(rb"(\xef\xbb\xbf)?\s*<(!doctype )?html", beginning, re.IGNORECASE):
        raise SourceError(f"{file} is a web page, not a PDF: download it again.")
    if MAGIC not in beginning[:_HEAD]:
        raise SourceError(f"{file} is not a PDF.")
    return True


def unread(path: Path, file: str) -> UnreadPdf:
    """A PDF to be read where it is not known; ``file`` is what it is called in a Reject.

    Raises SourceError where nothing is installed to read it with, OSError where it is not there.
    """
    require()
    with path.open("rb") as stream:
        seal = hashlib.file_digest(stream, "sha256").hexdigest()

    def paper() -> Record | Reject:
        try:
            return read(path, file)
        except SourceError as error:
            return Reject(file, 0, str(error))

    return UnreadPdf(path.absolute(), seal, paper)


def read(path: Path, file: str) -> Record | Reject:
    """The paper that a PDF is; ``file`` is what it is called in a Reject.

    Raises SourceError where it cannot be read, or nothing is installed to read it with.
    """
    require()
    found: Mapping[str, Any] = json.loads(_run("page", path, file))
    identifiers = tuple(dict.fromkeys(_identifiers(found)))
    title = _title(found) or _stamped(identifiers)
    try:
        if not title:
            raise ValueError(NO_TITLE)
        paper = make_paper(title=title, identifiers=identifiers, source=name)
    except ValueError as error:
        return Reject(file, 0, f"{file}: {error}")
    return Record(paper, 1, raw=clean_text(found["text"]))


def text_of(path: Path) -> str:
    """The text of a PDF, up to 5 MB of it; as far as it goes where it breaks off.

    Ligatures are letters, and words that a line's end divides are whole. Raises SourceError where
    none can be read, or nothing is installed to read it with.
    """
    require()
    text = _run("text", path, clean_line(path.name)).decode("utf-8", "ignore")
    return clean_text(_DIVIDED.sub("", text.translate(_LIGATURES)))


def _run(what: Literal["page", "text"], path: Path, shown: str) -> bytes:
    """What the process says of a file. Raises SourceError."""
    script = Path(__file__).with_name("pdf_process.py")
    # The modules come from where they came to this process, never from the folder it stands in.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # noqa: S603 (this program itself)
            [sys.executable, "-P", str(script), what, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            timeout=_MOST_SECONDS[what],
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        said, why = expired.stdout or b"", "it takes too long"
    except OSError as error:
        raise SourceError(f"{shown} cannot be read: {error.strerror}.") from None
    else:
        said, why = done.stdout, _why(done)
    if why and not (what == "text" and said):
        raise SourceError(f"{shown} cannot be read: {why}.")
    return said


def _why(done: subprocess.CompletedProcess[bytes]) -> str:
    """Why a process did not do its work; empty where it did."""
    if done.returncode == 1:
        return clean_line(done.stderr.decode("utf-8", "replace"))[-200:] or "it is damaged"
    return "it takes too much time or memory" if done.returncode else ""


def _title(found: Mapping[str, Any]) -> str:
    """What the file calls itself where its first page says so, else the largest text on that."""
    said = clean_line(str(found["said"].get("title", "")).translate(_LIGATURES))
    seen = clean_line(str(found["title"]).translate(_LIGATURES)).strip("*∗†‡§¶ ")
    folded = fold_title(said)
    page = fold_title(str(found["text"]).translate(_LIGATURES))
    if len(said.split()) > 1 and not _NO_TITLE.search(said) and (folded in page or not seen):
        return said
    return seen


def _stamped(identifiers: Iterable[Identifier]) -> str:
    """What a paper is called until arXiv tells its title: it is known by the stamp."""
    return next((f"arXiv:{one.value}" for one in identifiers if one.scheme == "arxiv"), "")


def _identifiers(found: Mapping[str, Any]) -> Iterator[Identifier]:
    """The paper's own, and none that it cites.

    That is arXiv's stamp, and the one DOI that the file says of itself; where there is no stamp,
    the one on the page, which may yet be one that it cites (``first_page``). arXiv's own DOIs are
    on the pages of others.
    """
    stamp = _STAMP.search(found["turned"]) or _STAMP.search(found["text"])
    if stamp and (own := parse_identifier(stamp[1], "arxiv")):
        yield own
    said = _dois(" ".join(found["said"].values()))
    seen = [] if stamp else [doi for doi in _dois(found["text"]) if doi.scheme == "doi"]
    for dois in (said, seen):
        if len(dois) == 1:
            yield dois[0]
            break


def _dois(text: str) -> list[Identifier]:
    found = (parse_identifier(doi.rstrip(".,;:)]"), "doi") for doi in _DOI.findall(text))
    return list(dict.fromkeys(name for name in found if name))
