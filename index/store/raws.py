"""Records as they came: packed to be kept, and their digests to be known again by."""

from __future__ import annotations

import hashlib
import zlib

DIGEST = 16
"""Bytes of a digest: two records in 2^64 would have one by chance."""


READING = 2
"""Raised when carrel understands records otherwise than before: each is then read once more."""


def digest(raw: str, meaning: str) -> bytes:
    """What a record is known again by.

    ``meaning`` is what its text alone does not tell: the format that it is read as, or all that was
    read where that depends on what is around it.
    """
    whole = f"{READING}\0{meaning}\0{raw}"
    return hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()


def pack(raw: str) -> bytes:
    """A record as it is kept."""
    return zlib.compress(raw.encode("utf-8", "surrogatepass"), 1)


def unpack(packed: bytes) -> str:
    """A record as it came."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")
