"""A paper as text to read: everything that is known of it, in a calm order."""

from __future__ import annotations

from pathlib import PurePath

from textual.content import Content, Span

from index.views import Detail, Item
from index.views import Span as Range
from tui.deeds import HIGHEST
from tui.widgets.row import ITEM_SIGNS
from tui.widgets.tag_colours import Colours, tag_style

AUTHORS = 12  # more are counted, not named

SCHEMES = {"arxiv": "arXiv", "doi": "DOI", "acl": "ACL", "openreview": "OpenReview"}

MUTED = "$muted $muted-style"


def paper_text(paper: Detail, colours: Colours) -> Content:
    """The paper itself. All of it is plain text with styles: no markup is read."""
    abstract = _marked(paper.abstract, paper.abstract_marks)
    blocks = [_head(paper, colours), abstract or Content.styled("No abstract.", MUTED)]
    return Content("\n\n").join(blocks)


def paper_sources(paper: Detail) -> Content:
    """Where a paper is to be had, and where it came from."""
    blocks = [_section("Links", _links(paper))] if paper.links or paper.pdf else []
    return Content("\n\n").join([*blocks, _section("From", _origin(paper))])


def _head(paper: Detail, colours: Colours) -> Content:
    lines = [_marked(paper.title, paper.title_marks).stylize_before("bold")]
    if paper.authors:
        lines.append(Content(_authors(paper.authors)))
    if where := " · ".join(part for part in (paper.venue, paper.published) if part):
        lines.append(Content(where))
    known = [f"{SCHEMES.get(scheme, scheme)} {value}" for scheme, value in paper.names]
    known += paper.categories
    if known:
        lines.append(Content.styled(" · ".join(known), MUTED))
    lines.append(_standing(paper, colours))
    return Content("\n").join(lines)


def _authors(authors: tuple[str, ...]) -> str:
    named = ", ".join(authors[:AUTHORS])
    more = len(authors) - AUTHORS
    return f"{named} and {more} more" if more > 0 else named


def _standing(paper: Detail, colours: Colours) -> Content:
    """What the reader has made of it: how far one is, what one thinks of it, tags and lists."""
    parts = [_progress(paper)]
    if paper.starred:
        parts.append(Content.styled("★ starred", "$star"))
    if paper.rating:
        parts.append(Content.styled(f"{'▪' * paper.rating} {paper.rating} of {HIGHEST}", "$star"))
    if paper.upvotes is not None:
        parts.append(Content.styled(f"▲ {paper.upvotes:,}", MUTED))
    lines = [Content("  ").join(parts)]
    if paper.tags:
        tags = (Content.styled(f"#{tag}", tag_style(colours.get(tag, ""))) for tag in paper.tags)
        lines.append(Content(" ").join(tags))
    return Content("\n").join([*lines, *map(_place, paper.items)])


def _progress(paper: Detail) -> Content:
    if paper.skipped:
        return Content.styled("– skipped", MUTED)
    if paper.read:
        return Content.styled("read", MUTED)
    if paper.opened:
        return Content.styled(f"◐ opened {paper.opened}", "$unread")
    return Content.styled("● unread", "$unread")


def _place(item: Item) -> Content:
    """Its place on a reading list: how far the list is, how far one is with the paper, and why."""
    line = Content.assemble(
        (f"≡ {item.list} ", "$primary"),
        (f"{item.done:,}/{item.total:,} · {ITEM_SIGNS[item.status]} {item.status}", MUTED),
    )
    note = item.note.replace("\n", "\n  ")
    return line.append(f"\n  {note}") if note else line


def _links(paper: Detail) -> Content:
    lines = [Content.assemble((f"{link.kind:<5} ", MUTED), link.url) for link in paper.links]
    if paper.pdf:
        name = PurePath(paper.pdf).name
        lines.insert(0, Content.assemble(("file  ", MUTED), name, ("  p opens it", MUTED)))
    return Content("\n").join(lines)


def _origin(paper: Detail) -> Content:
    added = [f"added {paper.added}"] if paper.added else []
    return Content.styled("\n".join([*paper.origins, *added]), MUTED)


def _section(heading: str, body: Content) -> Content:
    return Content.assemble((heading, "bold $secondary"), "\n", body)


def _marked(text: str, marks: tuple[Range, ...]) -> Content:
    return Content(text, [Span(start, end, "bold underline $mark") for start, end in marks])
