"""A paper as text to read: everything that is known of it, in a calm order."""

from __future__ import annotations

from textual.content import Content, Span

from index.views import Detail
from index.views import Span as Range

AUTHORS = 12  # more are counted, not named

SCHEMES = {"arxiv": "arXiv", "doi": "DOI", "acl": "ACL", "openreview": "OpenReview"}

MUTED = "$muted $muted-style"


def paper_text(paper: Detail) -> Content:
    """The whole text of a paper's pane. All of it is plain text with styles: no markup is read."""
    blocks = [_head(paper), _marked(paper.abstract, paper.abstract_marks)]
    if not paper.abstract:
        blocks[1] = Content.styled("No abstract.", MUTED)
    if paper.note:
        blocks.append(_section("Note", Content(paper.note)))
    if paper.links:
        blocks.append(_section("Links", _links(paper)))
    blocks.append(_section("From", _origin(paper)))
    return Content("\n\n").join(blocks)


def _head(paper: Detail) -> Content:
    lines = [_marked(paper.title, paper.title_marks).stylize_before("bold")]
    if paper.authors:
        lines.append(Content(_authors(paper.authors)))
    if where := " · ".join(part for part in (paper.venue, paper.published) if part):
        lines.append(Content(where))
    known = [f"{SCHEMES.get(scheme, scheme)} {value}" for scheme, value in paper.identifiers]
    known += paper.categories
    if known:
        lines.append(Content.styled(" · ".join(known), MUTED))
    lines.append(_standing(paper))
    return Content("\n").join(lines)


def _authors(authors: tuple[str, ...]) -> str:
    named = ", ".join(authors[:AUTHORS])
    more = len(authors) - AUTHORS
    return f"{named} and {more} more" if more > 0 else named


def _standing(paper: Detail) -> Content:
    """What the reader has made of it: read or not, star, tags, lists; and others' upvotes."""
    parts = [Content.styled("read", MUTED) if paper.read else Content.styled("● unread", "$unread")]
    if paper.starred:
        parts.append(Content.styled("★ starred", "$star"))
    if paper.upvotes is not None:
        parts.append(Content.styled(f"▲ {paper.upvotes:,}", MUTED))
    if paper.tags:
        parts.append(Content.styled(" ".join(f"#{tag}" for tag in paper.tags), "$tag"))
    parts += [Content.styled(f"≡ {name}", "$primary") for name in paper.lists]
    return Content("  ").join(parts)


def _links(paper: Detail) -> Content:
    return Content("\n").join(
        Content.assemble((f"{link.kind:<5} ", MUTED), link.url) for link in paper.links
    )


def _origin(paper: Detail) -> Content:
    added = [f"added {paper.added}"] if paper.added else []
    return Content.styled("\n".join([*paper.origins, *added]), MUTED)


def _section(heading: str, body: Content) -> Content:
    return Content.assemble((heading, "bold $secondary"), "\n", body)


def _marked(text: str, marks: tuple[Range, ...]) -> Content:
    return Content(text, [Span(start, end, "bold underline $mark") for start, end in marks])
