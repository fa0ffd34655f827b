"""What a person pastes to name papers: taken apart, and freed of what stands around it."""

from __future__ import annotations

import re

from index.text import clean_line

_SCHEME = re.compile(r"\b(doi|arxiv|acl|openreview):\s+", re.IGNORECASE)
_QUERY = re.compile(r"[\s(]*(?:ti|au|abs|co|jr|cat|rn|id|all|submittedDate):", re.I)
_JOINT = re.compile(r'\s(?:AND|OR|ANDNOT)\s|"')  # what makes one query of several words
_STOPS = ".,;:!?>\"'“”"
_PAIRS = {")": "(", "]": "["}


def names_in(text: str) -> tuple[str, ...]:
    """The names in a text, each once: “arXiv: 2402.14393” is one.

    They stand apart by white space. A query of arXiv's with blanks in it is a line of its own.
    """
    names = (name for line in text.splitlines() for name in _names_in_line(clean_line(line)))
    return tuple(dict.fromkeys(names))


def bare(name: str) -> str:
    """A name without the marks of the sentence that it stood in; a query of arXiv's as it is."""
    text = clean_line(name)
    if is_query(text):
        return text
    text = text.lstrip("<([\"'“„,;").rstrip(_STOPS)
    while (pair := _PAIRS.get(text[-1:])) and text.count(text[-1]) > text.count(pair):
        text = text[:-1].rstrip(_STOPS)
    return text


def is_query(text: str) -> bool:
    """Whether a text is a query in arXiv's own words: ``cat:cs.CL``, ``au:"…"``, ``all:…``."""
    return bool(_QUERY.match(text))


def _names_in_line(line: str) -> list[str]:
    if is_query(line) and _JOINT.search(line):
        return [line]
    return [name for word in _SCHEME.sub(r"\1:", line).split() if (name := bare(word))]
