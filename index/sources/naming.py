"""What names a paper, and where it leads, as loosely as formats give it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from index.identifiers import Identifier, Scheme, arxiv_version, parse_identifier
from index.paper import Link, LinkKind
from index.sources.links import kind_of, make_link
from index.text import clean_line


class Names(NamedTuple):
    """What is known of a paper by its identifiers and addresses."""

    identifiers: tuple[Identifier, ...]
    version: int  # of the preprint; 0 where it is not said
    links: tuple[Link, ...]


def names_of(
    identifiers: Iterable[tuple[str, Scheme | None]] = (), addresses: Iterable[str] = ()
) -> Names:
    """What identifiers and addresses say; those that cannot be understood are left out.

    An address of the page that an identifier leads to by itself is no link besides.
    """
    addresses = [clean_line(address) for address in addresses]
    named = [(clean_line(value), scheme) for value, scheme in identifiers]
    named += [(address, None) for address in addresses]
    found = [(value, parse_identifier(value, scheme)) for value, scheme in named]
    known = tuple(dict.fromkeys(one for _, one in found if one))
    versions = [arxiv_version(value) for value, one in found if one and one.scheme == "arxiv"]
    own = {_bare(one.url) for one in known}
    kinds: dict[str, LinkKind] = {
        url: "pdf" if kind_of(url) == "pdf" else "page"
        for url in addresses
        if _bare(url) not in own
    }
    links = (make_link(url, kind) for url, kind in kinds.items())
    return Names(known, max(versions, default=0), tuple(link for link in links if link))


def _bare(url: str) -> str:
    """An address without what makes no difference to where it leads."""
    return re.sub(r"^https?://(?:www\.|dx\.)?", "", url.lower()).rstrip("/")
