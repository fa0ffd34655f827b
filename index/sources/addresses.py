"""Addresses that may be asked: http and https alone, and never with a password in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import ServiceError
from index.text import clean_line, shortened

if TYPE_CHECKING:
    import httpx


def parse(address: str) -> httpx.URL:
    """An address that may be asked. Raises ServiceError, which never repeats a password."""
    import httpx

    try:
        url = httpx.URL(address.strip())
        url.raw_host.decode("ascii").encode("idna")  # as the system's resolver will
    except (httpx.InvalidURL, UnicodeError):
        raise ServiceError("That is no address on the web.") from None
    is_named = url.host and ("%" not in url.host or ":" in url.host)  # of IPv6, %eth0
    if url.userinfo:
        raise ServiceError(f"An address with a password in it ({shown(url.host)}) is not asked.")
    if url.scheme not in ("http", "https") or not is_named or not 0 < _port(url) < 1 << 16:
        raise ServiceError(f"“{shown(address)}” is no address on the web.")
    return url.copy_with(fragment=None)


def next_hop(url: httpx.URL, location: str, who: str) -> httpx.URL:
    """Where an answer leads. Raises ServiceError where nobody goes: to a file, out of https."""
    import httpx

    try:
        target = parse(str(url.join(location)) if location else "")
    except (httpx.InvalidURL, ServiceError):
        raise ServiceError(f"{who} leads to what is no address on the web.") from None
    if url.scheme == "https" and target.scheme == "http":
        raise ServiceError(f"{who} leads from a secure address to one that is not; nothing came.")
    return target


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """Whom an address belongs to."""
    return url.scheme, url.host, _port(url)


def shown(text: str) -> str:
    """A part of an address, fit to be shown."""
    return shortened(clean_line(text), 100)


def _port(url: httpx.URL) -> int:
    return url.port if url.port is not None else {"http": 80, "https": 443}.get(url.scheme, 0)
