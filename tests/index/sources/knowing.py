"""Services that know some papers, played by the local server: for whoever completes papers."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.index.sources.serving import Reply, Request, Server

_FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"
 xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
  <opensearch:totalResults>{total}</opensearch:totalResults>
  {entries}
</feed>"""
_ENTRY = """<entry>
    <id>http://arxiv.org/abs/{number}v1</id>
    <title>{title}</title>
    <published>{year}-03-07T17:00:00Z</published>
    {authors}
    <summary>{abstract}</summary>
    {doi}
  </entry>"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper as a service knows it."""

    title: str
    number: str = ""  # of arXiv
    doi: str = ""
    authors: tuple[str, ...] = ("Jo Moss", "Ada Li")
    year: int = 2024
    abstract: str = ""


def know(
    server: Server,
    *,
    arxiv: Sequence[Entry] = (),
    hugging_face: Sequence[Entry] = (),
    crossref: Sequence[Entry] = (),
    doi: Sequence[Entry] = (),
) -> None:
    """Let the services know papers. Asked for a title they give all, as they give what is like it.

    By their ids and DOIs they give those that are asked for.
    """

    def by_id_or_title(request: Request) -> Reply:
        ids = request.query.get("id_list", "").split(",")
        found = [one for one in arxiv if ids == [""] or one.number in ids]
        entries = "".join(map(_atom, found))
        return Reply(_FEED.format(total=len(found), entries=entries).encode())

    server.on("/arxiv", by_id_or_title)
    server.on("/papers/papers/search", _json([_paper(one) for one in hugging_face]))
    server.on("/crossref/works", _json({"message": {"items": [_work(one) for one in crossref]}}))
    for one in doi:
        server.on(f"/doi/{one.doi}", _json({**_work(one), "title": one.title}))


def refuse(server: Server, *services: str) -> None:
    """Let services, by the paths of their answers, let nobody in."""
    for path in services:
        server.on(path, Reply(status=403))


def after(server: Server, path: str, then: Callable[[], object]) -> None:
    """Do something whenever a path was asked, before it answers."""
    answer = server.routes[path]

    def answering(request: Request) -> Reply:
        then()
        return answer(request)

    server.on(path, answering)


def _json(value: object) -> Reply:
    return Reply(json.dumps(value).encode(), headers={"Content-Type": "application/json"})


def _atom(entry: Entry) -> str:
    return _ENTRY.format(
        number=entry.number,
        title=escape(entry.title),
        year=entry.year,
        abstract=escape(entry.abstract),
        authors="".join(f"<author><name>{escape(name)}</name></author>" for name in entry.authors),
        doi=f"<arxiv:doi>{entry.doi}</arxiv:doi>" if entry.doi else "",
    )


def _paper(entry: Entry) -> object:
    return {
        "paper": {
            "id": entry.number,
            "title": entry.title,
            "authors": [{"name": name} for name in entry.authors],
            "publishedAt": f"{entry.year}-03-07T00:00:00.000Z",
            "githubRepo": "https://github.com/example/code",
        }
    }


def _work(entry: Entry) -> dict[str, object]:
    names = [name.split() for name in entry.authors]
    return {
        "DOI": entry.doi,
        "type": "journal-article",
        "title": [entry.title],
        "author": [{"given": given, "family": family} for given, family in names],
        "issued": {"date-parts": [[entry.year]]},
        "container-title": ["Journal of Rain"],
        "abstract": entry.abstract,
    }
