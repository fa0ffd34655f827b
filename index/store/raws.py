"""Records as they came: packed to be kept, and their digests to be known again by."""

from __future__ import annotations

import hashlib
import zlib

DIGEST = 16
"""Bytes of a digest: two records in 2^64 would have one by chance."""


def digest(source: str, raw: str) -> bytes:
    """What a record of a source is known again by."""
    return hashlib.blake2b(
        raw.encode("utf-8", "surrogatepass"), digest_size=DIGEST, key=source.encode()[:64]
    ).digest()


def pack(raw: str) -> bytes:
    """A record as it is kept."""
    return zlib.compress(raw.encode("utf-8", "surrogatepass"), 1)


def unpack(packed: bytes) -> str:
    """A record as it came."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")
