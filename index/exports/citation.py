"""Papers as they are cited and pointed to in other texts: what the reader copies."""

from __future__ import annotations

from typing import Literal

from index.exports.bibtex import entry
from index.exports.escape import address, inline
from index.exports.facts import identifier, kind, page
from index.exports.names import parse_name
from index.exports.options import Exported

Form = Literal["title", "link", "markdown", "bibtex", "citation", "key"]

_MOST_AUTHORS = 20


def copied_as(item: Exported, form: Form) -> str:
    """A paper in a form; "" where it has no link and one is asked for."""
    paper = item.detail
    match form:
        case "title":
            return paper.title
        case "link":
            return page(paper)
        case "markdown":
            url = page(paper)
            return f"[{inline(paper.title)}]({url})" if url else inline(paper.title)
        case "bibtex":
            return bibtex_entry(item)
        case "citation":
            return citation(item)
        case "key":
            return paper.key


def bibtex_entry(item: Exported) -> str:
    """A paper as an entry of BibTeX, without its abstract."""
    return entry(item, abstract=False)


def citation(item: Exported) -> str:
    """A paper as a reference in the author and year style of the APA, 7th edition, in plain text.

    ``Vaswani, A., & Shazeer, N. (2017). Attention is all you need. NeurIPS. https://doi.org/…``.
    Titles keep their capitals. Of more than 20 authors the first 19 and the last are named. Without
    authors the title comes first; without a date, ``n.d.``
    """
    paper = item.detail
    who = _ended(_authors(paper.authors))
    when = f"({paper.published[:4] or 'n.d.'})."
    title = _ended(paper.title)
    arxiv = identifier(paper, "arxiv")
    where = f"arXiv:{arxiv}" if arxiv and kind(paper) == "preprint" else paper.venue
    doi = identifier(paper, "doi")
    url = address(f"https://doi.org/{doi}") if doi else page(paper)
    parts = [who, when, title] if who else [title, when]
    return " ".join(filter(None, (*parts, _ended(where), url)))


def _authors(authors: tuple[str, ...]) -> str:
    names = [_name(author) for author in authors]
    if len(names) > _MOST_AUTHORS:
        return f"{', '.join(names[: _MOST_AUTHORS - 1])}, … {names[-1]}"
    return ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _name(author: str) -> str:
    name = parse_name(author)
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(filter(None, (family, name.initials, name.suffix)))


def _ended(sentence: str) -> str:
    return sentence if not sentence or sentence[-1] in ".?!" else f"{sentence}."
