"""Papers like another: those that share its most telling words.

A word tells by how often the paper has it and how few others do (tf·idf, Spärck Jones 1972); what a
shared word adds to the likeness of another paper is weighed as in any search.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from index.paper import Paper
from index.search.analysis import STOP_WORDS, stem, words
from index.search.postings import NOTHING, Found, only, union
from index.search.reader import Reader
from index.search.schema import WEIGHTS
from index.text import to_unicode

TELLING = 25  # words that the likeness is measured by
LEAST = 0.1  # of the likeness of the paper to itself: what shares less is not like it
_K1 = 1.2
_SHORTEST = 3  # letters of a telling word


def alike(reader: Reader, paper_id: int, paper: Paper, boost: float = 1.0) -> Found:
    """The documents that are like a paper, which is not among them."""
    held: defaultdict[str, float] = defaultdict(float)
    for text, weight in ((paper.title, WEIGHTS["title"]), (paper.abstract, WEIGHTS["abstract"])):
        for word in words(to_unicode(text)):
            if len(word.text) >= _SHORTEST and word.text not in STOP_WORDS:
                held[stem(word.text)] += weight
    pieces = [(reader.stem(each), count) for each, count in held.items()]
    weighed = [
        (np.log1p(count) * np.log1p(reader.papers / (len(piece.docs) + 0.5)), piece)
        for piece, count in pieces
        if len(piece.docs) > 1
    ]
    weighed.sort(key=lambda each: -each[0])
    shared = [
        Found(docs, (np.float32(weight * boost) * often / (often + np.float32(_K1))))
        for weight, (docs, often, _) in weighed[:TELLING]
    ]
    found = union(shared, reader.count)
    if found.scores is None or not len(found.docs):
        return NOTHING
    own = reader.documents(np.array([paper_id]))
    likeness = found.scores[np.searchsorted(found.docs, own)].max(initial=0.0)
    best = float(likeness) if len(own) else float(found.scores.max())
    return only(found, (found.scores >= LEAST * best) & ~np.isin(found.docs, own))
