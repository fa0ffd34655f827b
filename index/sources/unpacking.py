"""The packing of an answer (``Content-Encoding``), undone a piece at a time.

No piece is ever larger than CHUNK, whatever a service packed into it, so a limit on the whole
holds; and an answer whose packing has no end is known to be cut off.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

CHUNK = 1 << 16
"""Bytes of the largest piece."""

MEMBERS = 100
"""Packings one after another in an answer; most have one, and an empty one costs time alone."""


def unpacked(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The bytes that were packed.

    Raises ValueError for an encoding that was not asked for and for packing that cannot be undone,
    EOFError where it breaks off.
    """
    match encoding.strip().lower():
        case "" | "identity":
            yield from pieces
        case "gzip" | "x-gzip":
            try:
                yield from _inflated(pieces)
            except zlib.error as error:
                raise ValueError(str(error)) from None
        case _:
            raise ValueError(f"packed as {encoding}")


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    member = None
    members = 0
    for piece in pieces:
        while piece:
            if member is None or member.eof:
                member = zlib.decompressobj(zlib.MAX_WBITS | 16)
                members += 1
                if members > MEMBERS:
                    raise ValueError("packed in too many pieces")
            yield member.decompress(piece, CHUNK)
            piece = member.unused_data if member.eof else member.unconsumed_tail
        while member and (rest := member.decompress(b"", CHUNK)):
            yield rest
    if member and not member.eof:
        raise EOFError
