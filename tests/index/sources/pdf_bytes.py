"""Small PDFs, written byte by byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

STAMP = "arXiv:2402.14393v2 [cs.LG] 23 Feb 2024"
BODY = ("Ann Ash and Bo Beech", "Abstract", "We pool graphs with few parameters and much care.")

Line = tuple[float, str]
"""A size in points, and a text."""


def pdf(
    title: str | Sequence[str] = (),
    *body: str,
    stamp: str = "",
    said: Mapping[str, str] | None = None,
    more: Sequence[str] = (),
) -> bytes:
    """A PDF as papers are: a large title, smaller text, a stamp in the margin; then ``more`` pages.

    ``said`` is what the file says of itself.
    """
    titles = [title] if isinstance(title, str) else title
    first = page(
        [*((17.0, line) for line in titles), *((10.0, line) for line in body or BODY)], stamp
    )
    return document([first, *(page([(10.0, line)]) for line in more)], said)


def page(lines: Sequence[Line], stamp: str = "") -> bytes:
    """What a page shows: lines from its top on."""
    parts, height = [], 740.0
    for size, text in lines:
        parts.append(f"BT /F1 {size} Tf 1 0 0 1 72 {height} Tm ({_escaped(text)}) Tj ET")
        height -= 2 * size
    if stamp:
        parts.append(f"BT /F1 20 Tf 0 1 -1 0 30 200 Tm ({_escaped(stamp)}) Tj ET")
    return "\n".join(parts).encode("latin-1")


def document(pages: Sequence[bytes], said: Mapping[str, str] | None = None) -> bytes:
    """A PDF of such pages."""
    numbers = [4 + 2 * number for number in range(len(pages))]
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(pages)} /MediaBox [0 0 612 792]"
        f" /Resources << /Font << /F1 3 0 R >> >>"
        f" /Kids [{' '.join(f'{number} 0 R' for number in numbers)}] >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    for number, content in zip(numbers, pages, strict=True):
        objects[number] = f"<< /Type /Page /Parent 2 0 R /Contents {number + 1} 0 R >>".encode()
        objects[number + 1] = stream(content)
    info = max(objects) + 1
    told = " ".join(f"/{name} ({_escaped(value)})" for name, value in (said or {}).items())
    objects[info] = f"<< {told} >>".encode("latin-1")
    return assembled(objects, f"/Root 1 0 R /Info {info} 0 R")


def stream(content: bytes, entries: str = "") -> bytes:
    """A stream object."""
    head = f"<< /Length {len(content)} {entries}>>\nstream\n".encode()
    return head + content + b"\nendstream"


def assembled(objects: Mapping[int, bytes], trailer: str) -> bytes:
    """Objects by their numbers, as a file."""
    made, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, content in objects.items():
        places[number] = len(made)
        made += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(
        f"{places[number]:010} 00000 n \n" if number in places else "0000000000 65535 f \n"
        for number in range(max(objects) + 1)
    )
    size = max(objects) + 1
    end = f"xref\n0 {size}\n{table}trailer\n<< /Size {size} {trailer} >>\nstartxref\n{len(made)}\n"
    return made + end.encode() + b"%%EOF\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
