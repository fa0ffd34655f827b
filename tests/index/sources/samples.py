"""A sample of every format: two invented papers as it writes them, and how it writes any one."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from index.sources import Record, read_source
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


SAMPLES = {
    "hf_page": Sample(hf_page, (3, 5)),
    "jsonl": Sample(jsonl, (1, 2)),
}


def read(text: str | bytes, format: str | None = None) -> list[Record | Reject]:  # noqa: A002
    """What a file of this text holds."""
    data = text.encode() if isinstance(text, str) else text
    return list(read_source(None, format=format, stdin=io.BytesIO(data)))


def records(items: Iterable[Record | Reject]) -> list[Record]:
    """Those that are records."""
    return [item for item in items if isinstance(item, Record)]


def rejects(items: Iterable[Record | Reject]) -> list[tuple[int, str]]:
    """The line and reason of those that are rejects."""
    return [(item.line, item.reason) for item in items if isinstance(item, Reject)]


def is_inert(text: str) -> bool:
    """Whether a terminal would show a text as it is: no control characters, none that turn it."""
    return not re.search(
        "[\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]", text
    )
