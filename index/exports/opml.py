"""OPML: the feeds that are followed, for other readers of feeds; ``sources.opml`` reads it."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

TITLE = "Feeds that carrel follows"


def write(feeds: Iterable[tuple[str, str]]) -> str:
    """A document with these feeds, each a title and an address."""
    outlines = "".join(
        f'    <outline type="rss" text={quoteattr(title)} xmlUrl={quoteattr(url)}/>\n'
        for title, url in feeds
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"  <head><title>{TITLE}</title></head>\n  <body>\n{outlines}  </body>\n</opml>\n"
    )
