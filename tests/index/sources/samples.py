"""A sample of every format: two invented papers as it writes them, and how it writes any one."""

from __future__ import annotations

import csv as csv_module
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape

from index.sources import Record, Unread, UnreadPdf, read_source
from index.sources.reader import Item
from index.views import Reject

TITLES = ("Pooling on Small Graphs", "Can Naïve Tuning Forget?")
ABSTRACTS = (
    "We pool the nodes of small graphs and find that little is lost. Code is at https://github.com/x/y.",
    "We tune a café's model naïvely and see what it forgets — not much, as it turns out.",
)


@dataclass(frozen=True)
class Sample:
    """A format's own way to write papers."""

    write: Callable[[Iterable[tuple[str, str]]], str]  # from titles and abstracts
    lines: tuple[int, int]  # where the two papers of ``text`` begin
    is_one_piece: bool = False  # all papers are in one element, which is whole or nothing
    stands_alone: bool = True  # a record tells all of itself, whatever is around it

    @property
    def text(self) -> str:
        return self.write(zip(TITLES, ABSTRACTS, strict=True))


INVITATION = (
    "Get trending papers in your email inbox once a day!\n"
    "Get trending papers in your email inbox!\n"
)


def hf_page(papers: Iterable[tuple[str, str]]) -> str:
    return f"{INVITATION}Subscribe" + "".join(f"{title}\n{text}\n" for title, text in papers)


def jsonl(papers: Iterable[tuple[str, str]]) -> str:
    return "".join(
        json.dumps({"title": title, "abstract": text}, ensure_ascii=False) + "\n"
        for title, text in papers
    )


def bibtex(papers: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f"@article{{key{number},\n  title = {{{title}}},\n  abstract = {{{text}}},\n}}\n"
        for number, (title, text) in enumerate(papers)
    )


def ris(papers: Iterable[tuple[str, str]]) -> str:
    return "".join(f"TY  - JOUR\nTI  - {title}\nAB  - {text}\nER  - \n" for title, text in papers)


def acl_xml(papers: Iterable[tuple[str, str]]) -> str:
    found = "".join(
        f"    <paper id='{number}'>\n      <title>{escape(title)}</title>\n"
        f"      <abstract>{escape(text)}</abstract>\n    </paper>\n"
        for number, (title, text) in enumerate(papers)
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n<collection id='2026.toys'>\n"
        f"  <volume id='1'>\n{found}  </volume>\n</collection>\n"
    )


def hf_page_html(papers: Iterable[tuple[str, str]]) -> str:
    listed = [{"paper": {"title": title, "summary": text}} for title, text in papers]
    props = escape(json.dumps({"dailyPapers": listed}, ensure_ascii=False))
    return (
        "<!doctype html>\n<html>\n<body>\n"
        f'<div data-target="DailyPapers" data-props="{props}"></div>\n</body>\n</html>\n'
    )


def csl_json(papers: Iterable[tuple[str, str]]) -> str:
    listed = [
        {"id": f"key{number}", "type": "article", "title": title, "abstract": text}
        for number, (title, text) in enumerate(papers)
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def arxiv_dump(papers: Iterable[tuple[str, str]]) -> str:
    return _lines(
        {"title": title, "abstract": text, "authors_parsed": []} for title, text in papers
    )


def beir(papers: Iterable[tuple[str, str]]) -> str:
    return _lines({"_id": "d", "title": title, "text": text} for title, text in papers)


def csv(papers: Iterable[tuple[str, str]]) -> str:
    text = io.StringIO(newline="")
    table = csv_module.writer(text, lineterminator="\n")
    table.writerows([("title", "abstract"), *papers])
    return text.getvalue()


def _lines(objects: Iterable[dict[str, object]]) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


SAMPLES = {
    "bibtex": Sample(bibtex, (1, 5)),
    "ris": Sample(ris, (1, 5)),
    "acl_xml": Sample(acl_xml, (4, 8), stands_alone=False),
    "hf_page_html": Sample(hf_page_html, (4, 4), is_one_piece=True, stands_alone=False),
    "csl_json": Sample(csl_json, (2, 8)),
    "arxiv_dump": Sample(arxiv_dump, (1, 2)),
    "beir": Sample(beir, (1, 2)),
    "jsonl": Sample(jsonl, (1, 2)),
    "csv": Sample(csv, (2, 3)),
    "hf_page": Sample(hf_page, (3, 5)),
}


def read(text: str | bytes, format: str | None = None) -> list[Item]:  # noqa: A002
    """What a file of this text holds."""
    data = text.encode() if isinstance(text, str) else text
    return [*whole(read_source(None, format=format, stdin=io.BytesIO(data)))]


def whole(items: Iterable[Item]) -> Iterator[Item]:
    """What is unread, read."""
    for item in items:
        yield item.read() if isinstance(item, Unread | UnreadPdf) else item


def records(items: Iterable[Item]) -> list[Record]:
    """Those that are records."""
    return [item for item in whole(items) if isinstance(item, Record)]


def rejects(items: Iterable[Item]) -> list[tuple[int, str]]:
    """The line and reason of those that are rejects."""
    return [(item.line, item.reason) for item in items if isinstance(item, Reject)]


def is_inert(text: str) -> bool:
    """Whether a terminal would show a text as it is: no control characters, none that turn it."""
    return not re.search(
        "[\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]", text
    )
