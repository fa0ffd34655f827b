"""arXiv's API: its papers by their ids, or those that a query in its own words finds.

A query is answered newest first by the day of the last version, so a new version of an old paper
comes as well. What arXiv gives is Atom; LaTeX stays as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from index.errors import ServiceError
from index.identifiers import Scheme, parse_identifier
from index.paper import Paper
from index.pasted import is_query
from index.sources.atom_rss import Feed, categories, day, papers, parse_feed, people, said
from index.sources.base import Record, make_paper
from index.sources.fields import Fields
from index.sources.links import links_in
from index.sources.naming import names_of
from index.text import clean_line, shortened
from index.views import Reject

if TYPE_CHECKING:
    from index.sources.http import Http, Known

name = "arxiv"

PAGE = 100
"""Papers that are asked for at a time."""

MOST = 30_000
"""Papers that arXiv gives of one query."""

_ERROR = re.compile(r"https?://(?:export\.)?arxiv\.org/api/errors")
_NO_ID = "incorrect id format for"
_TEX = re.compile(r"\$[^$]*\$|\S*[\\^]\S*|\S*[^\x00-\x7f]\S*")  # what its index may spell otherwise
_CANDIDATES = 10


def recognise(what: str) -> bool:
    """Whether a text is ids apart by blanks, or a query: ``cat:cs.CL``, ``au:"…"``, ``all:…``."""
    return is_query(what) or _are_ids(what)


def read(http: Http, what: str, known: Known | None = None) -> Iterator[Record | Reject]:
    """The papers that are asked for; of those asked for by id also which arXiv has none for.

    Raises ServiceError.
    """
    if _are_ids(what):
        yield from _by_id(http, what.split())
    else:
        yield from _by_query(http, what, known)


def look_up(http: Http, title: str) -> Iterator[Record]:
    """Papers with a title like this one, the likest first. Raises ServiceError."""
    if query := by_title(title):
        asked = {"search_query": query, "max_results": str(_CANDIDATES)}
        found = _asked(http, asked)
        if found:
            yield from (one for one in _papers(found, query) if isinstance(one, Record))


def by_title(title: str) -> str:
    """The query for a title; empty where it holds no plain words.

    What stands around LaTeX and accents is looked for by itself, for arXiv spells those its way.
    """
    runs = [_words(run) for run in _TEX.split(re.sub("[{}]", "", title[:300]))]
    telling = [run for run in runs if re.search(r"\w{4}", run)] or list(filter(None, runs))[:1]
    return " AND ".join(f'ti:"{run}"' for run in telling)


def _words(plain: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", plain))


def _are_ids(what: str) -> bool:
    ids = what.split()
    return bool(ids) and all(parse_identifier(one, "arxiv") and ":" not in one for one in ids)


def _by_id(http: Http, ids: list[str]) -> Iterator[Record | Reject]:
    ids = list(dict.fromkeys(one.removesuffix(".pdf") for one in ids))
    for start in range(0, len(ids), PAGE):
        yield from _batch(http, ids[start : start + PAGE])


def _batch(http: Http, ids: list[str]) -> Iterator[Record | Reject]:
    """What arXiv has of these ids. For one that it takes for none it refuses them all."""
    wrong: list[str] = []
    found = None
    while found is None and len(wrong) < len(ids):
        good = [one for one in ids if one not in wrong]
        try:
            found = _asked(http, {"id_list": ",".join(good), "max_results": str(PAGE)})
        except ServiceError as error:
            named = [one for one in good if str(error).endswith(f"{_NO_ID} {one}.")]
            if not named:
                raise
            wrong += named
    if found and not (found.is_whole and all(entry.is_whole for entry in found.entries)):
        raise _broken_off()
    yield from _in_order(ids, papers(found, _paper, "arXiv") if found else [])


def _in_order(ids: list[str], found: Iterable[Record | Reject]) -> Iterator[Record | Reject]:
    """What was found, each by the id that it was asked for by; then those that were not found."""
    missing = {parse_identifier(one, "arxiv"): one for one in ids}
    for one in found:
        if isinstance(one, Reject):
            yield one
            continue
        asked = [missing.pop(known, "") for known in one.paper.identifiers]
        yield Record(one.paper, 1, file=" ".join(["arXiv", *filter(None, asked)]), raw=one.raw)
    for number in missing.values():
        yield Reject(f"arXiv {number}", 0, "arXiv has no paper of this number")


def _by_query(http: Http, query: str, known: Known | None) -> Iterator[Record | Reject]:
    order = {"sortBy": "lastUpdatedDate", "sortOrder": "descending", "max_results": str(PAGE)}
    start = 0
    came_to_nothing = False
    while True:
        asked = {"search_query": query, "start": str(start), **order}
        found = _asked(http, asked, known if start == 0 and not came_to_nothing else None)
        if found is None:
            return
        whole = found._replace(entries=tuple(entry for entry in found.entries if entry.is_whole))
        yield from _papers(whole, query, start + 1)
        start += len(whole.entries)
        if start >= _total(found):
            return
        if start >= MOST:
            raise ServiceError(f"arXiv gives no more than {MOST:,} papers of one query; narrow it.")
        # It gives an empty page now and then; the same question again gives the papers.
        if not whole.entries and came_to_nothing:
            raise _broken_off()
        came_to_nothing = not whole.entries


def _papers(found: Feed, query: str, first: int = 1) -> Iterator[Record | Reject]:
    return papers(found, _paper, f"arXiv {clean_line(query)}", first)


def _asked(http: Http, asked: dict[str, str], known: Known | None = None) -> Feed | None:
    """What arXiv answers; None where that has not changed."""
    address = http.address("arxiv")
    answer = http.get(
        "arxiv", address, params=asked, accept="application/atom+xml", known=known, why=_refusal
    )
    if not answer.is_new:
        return None
    try:
        found = parse_feed(answer.body, answer.charset)
    except ValueError as error:
        raise ServiceError(f"arXiv's answer cannot be read: {error}.") from None
    if why := _complaint(found):
        raise ServiceError(f"arXiv does not understand the question: {why}.")
    return found


def _refusal(body: bytes) -> str:
    """Why arXiv does not accept a question; empty where it does not say."""
    return _complaint(parse_feed(body))


def _complaint(found: Feed) -> str:
    """What arXiv says of a wrong question, in place of papers; empty where it says nothing."""
    for entry in found.entries[:1]:
        if _ERROR.match(said(entry.fields, "id")):
            why = shortened(clean_line(said(entry.fields, "summary")).rstrip("."), 200)
            return why or "it does not say why"
    return ""


def _total(found: Feed) -> int:
    """How many papers a query has in all."""
    total = said(found.fields, "opensearch_totalresults")
    return int(total) if re.fullmatch(r"[0-9]{1,9}", total) else 0


def _broken_off() -> ServiceError:
    return ServiceError("arXiv left out a part of its answer; try again later.")


def _paper(fields: Fields) -> Paper:
    named = names_of(_named(fields))
    return make_paper(
        title=said(fields, "title"),
        abstract=re.sub(r"\n(?!\s)", " ", said(fields, "summary")),
        authors=people(fields),
        published=day(fields),
        venue=said(fields, "arxiv_journal_ref"),
        categories=categories(fields),
        identifiers=named.identifiers,
        version=named.version,
        links=links_in(said(fields, "arxiv_comment")),
        source=name,
    )


def _named(fields: Fields) -> Iterator[tuple[str, Scheme | None]]:
    yield said(fields, "id"), None
    for doi in said(fields, "arxiv_doi").split():
        yield doi, "doi"
