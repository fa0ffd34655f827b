"""Cleaning: what a terminal, a file or a reader must never meet is taken out on the way in.

Gone are control characters (so no escape sequence survives; what stood visibly in one stays as
text), bidirectional controls, invisible format characters, lone surrogates and noncharacters. Every
kind of blank becomes a plain one, and the text is NFC. HTML entities are left as they are.

The zero-width joiners belong to the spelling of Persian, of Indic scripts and of emoji, so one
stays where both its neighbours are of such a kind; anywhere else it only hides in a word, and goes.
"""

from __future__ import annotations

import re
from unicodedata import combining, normalize

_BLANKS = "\t\v\f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_UNSEEN = (
    "\x00-\x08\r\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff"
)
_ODD = re.compile(f"[{_BLANKS}{_UNSEEN}]")
_BLANK = re.compile(f"[{_BLANKS}]")

# Beyond the basic plane, kept apart because one class for both is searched five times slower.
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_ODD_BEYOND = re.compile(
    "[\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    + "".join(f"{chr(end - 1)}{chr(end)}" for end in range(0x1FFFF, 0x110000, 0x10000))
    + "]"
)

# UTF-8 that was read as Latin-1 (an apostrophe arrives as "â\x80\x99"), told by the C1 byte in it.
_MISREAD = re.compile(
    "[\xc2\xc3\xcc-\xcf][\x80-\x9f]|[\xe2\xef](?:[\x80-\x9f][\x80-\xbf]|[\xa0-\xbf][\x80-\x9f])"
)
_CP1252 = {
    chr(byte): bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)  # unassigned there, or NEL
}

_JOINED = (
    "\u0590-\u1dff\u2190-\u2bff\u2c80-\ud7ff\uf900-\ufdcf\ufe0f\ufe70-\ufefc\U00010000-\U0001fffd"
)
_STRAY_JOINER = re.compile(f"(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])")

# Normalising takes the square of a run of combining marks: 30 are the most that any writing needs
# (Unicode's stream-safe format, UAX 15).
_PILE = re.compile(r"[^\w\s!-~]{31,}")
_HIGHEST_PILE = 30


def scrub(text: str) -> str:
    """Clean the characters; line feeds and runs of blanks stay as they are."""
    if text.isascii() and text.isprintable():
        return text
    text = _PILE.sub(_lowered, text)
    if not text.isprintable():
        text = _ODD.sub(_meant, _MISREAD.sub(_read_again, text))
        if _BEYOND.search(text):
            text = _ODD_BEYOND.sub("", text)
        if "\u200c" in text or "\u200d" in text:
            text = _STRAY_JOINER.sub("", normalize("NFC", text))
    return text if text.isascii() else normalize("NFC", text)


def clean_line(text: str) -> str:
    """Clean text and make it one line: every run of white space is one blank, none at the ends."""
    text = scrub(text.replace("\r", " ").replace("\n", " ")).strip(" ")
    return re.sub(" {2,}", " ", text) if "  " in text else text


def clean_text(text: str) -> str:
    """Clean text of several lines.

    Lines end in ``\\n`` and have no trailing blanks; those after the first keep their indentation.
    No two empty lines follow each other, and no white space stands at the ends.
    """
    text = scrub(text.replace("\r\n", "\n").replace("\r", "\n"))
    if "\n" in text:
        text = "\n".join(line.rstrip(" ") for line in text.split("\n"))
        text = re.sub("\n{3,}", "\n\n", text)
    return text.strip()


def _lowered(run: re.Match[str]) -> str:
    kept: list[str] = []
    height = 0
    for character in run[0]:
        height = height + 1 if combining(character) else 0
        if height <= _HIGHEST_PILE:
            kept.append(character)
    return "".join(kept)


def _read_again(misread: re.Match[str]) -> str:
    try:
        return misread[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return misread[0]


def _meant(odd: re.Match[str]) -> str:
    character = odd[0]
    return " " if _BLANK.match(character) else _CP1252.get(character, "")
