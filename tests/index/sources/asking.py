"""Every service in small: a question, the answer that it gives, and the papers that it holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from index.sources import arxiv, crossref, doi, feed, hf_papers
from index.sources.base import Service
from tests.index.sources.serving import Server

TITLES = ("Knitting Graphs", "Of Cats & Graphs")

_ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"
 xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
  <id>https://toys.example/feed</id><title>Toys</title>
  <opensearch:totalResults>{total}</opensearch:totalResults>
{entries}</feed>
"""
_ENTRY = """  <entry>
    <id>http://arxiv.org/abs/{number}</id>
    <title>{title}</title>
    <link href="https://arxiv.org/abs/{number}" rel="alternate" type="text/html"/>
    <published>2025-03-04T17:00:00Z</published>
    <summary>We knit.</summary>
    <author><name>Ada Song</name></author>
  </entry>
"""


@dataclass(frozen=True, slots=True)
class Asking:
    """A service, what it is asked, where it answers, and how many papers the answer holds."""

    service: Service
    what: Callable[[Server], str]
    path: str
    answer: str
    empty: str  # the answer that holds no paper; none of a single paper
    called: str
    papers: int = 2

    @property
    def titles(self) -> list[str]:
        return list(TITLES[: self.papers])


def _atom(titles: tuple[str, ...]) -> str:
    entries = (
        _ENTRY.format(number=f"2503.0000{number}v1", title=title.replace("&", "&amp;"))
        for number, title in enumerate(titles, 1)
    )
    return _ATOM.format(total=len(titles), entries="".join(entries))


def _daily(titles: tuple[str, ...]) -> str:
    return json.dumps(
        [
            {
                "paper": {
                    "id": f"2503.0000{number}",
                    "title": title,
                    "summary": "We knit.",
                    "authors": [{"name": "Ada Song", "hidden": False}],
                    "publishedAt": "2025-03-04T00:00:00.000Z",
                    "upvotes": number,
                }
            }
            for number, title in enumerate(titles, 1)
        ]
    )


def _work(number: int, title: str | list[str]) -> dict[str, object]:
    return {
        "DOI": f"10.5555/TOYS.{number}",
        "type": "journal-article",
        "title": title,
        "abstract": "<jats:p>We knit.</jats:p>",
        "author": [{"given": "Ada", "family": "Song"}],
        "issued": {"date-parts": [[2025, 3, 4]]},
    }


def _works(titles: tuple[str, ...]) -> str:
    items = [_work(number, [title]) for number, title in enumerate(titles, 1)]
    return json.dumps({"status": "ok", "message": {"total-results": 9, "items": items}})


ASKING = (
    Asking(arxiv, lambda at: "cat:cs.LG", "/arxiv", _atom(TITLES), _atom(()), "arXiv"),
    Asking(
        hf_papers,
        lambda at: "2025-03-04",
        "/papers/daily_papers",
        _daily(TITLES),
        _daily(()),
        "Hugging Face",
    ),
    Asking(
        feed,
        lambda at: f"{at.address}/toys.xml",
        "/toys.xml",
        _atom(TITLES),
        _atom(()),
        "127.0.0.1",
    ),
    Asking(
        doi,
        lambda at: "10.5555/Toys.1",
        "/doi/10.5555/toys.1",
        json.dumps(_work(1, TITLES[0])),
        "",
        "doi.org",
        papers=1,
    ),
    Asking(
        crossref,
        lambda at: f"title:{TITLES[0]}",
        "/crossref/works",
        _works(TITLES),
        _works(()),
        "Crossref",
    ),
)
