"""Which papers are worth comparing: of the many pairs of a library, the few that may be the same.

Comparing all with all would be five thousand million pairs of a hundred thousand papers. Papers
meet where they share a name (an identifier, their own or of a page they link to), a folded title,
or two of the four rarest words of their titles with all numbers in them: one word may be misspelt,
left out, or written as two.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from index.authors import family_name
from index.duplicates.titles import number_in
from index.identifiers import parse_identifier
from index.progress import Progress
from index.text import fold

if TYPE_CHECKING:
    import numpy as np
    from apsw import Connection
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Keys = NDArray[np.uint64]

RARE = 4
"""The words of a title that it is looked up by."""

WINDOW = 24
"""How many papers with a key in common, in the order of their first authors, each meets."""

TELLING = 100
"""A title or a name that more papers bear does not tell whose it is."""

TOLD_EVERY = 1000
CHUNK = 100_000  # papers whose words are sorted at once

_NOBODY = -1


class Titles:
    """What is kept in memory of each paper: about 100 bytes, whatever is in its abstract."""

    def __init__(self) -> None:
        self.ids = array("q")
        self.keys = array("q")  # hashes of the folded titles
        self.authors = array("q")  # hashes of the first author's family name, or _NOBODY
        self.words = array("i")  # of all titles, one after the other
        self.starts = array("q", [0])
        self._vocabulary: dict[str, int] = {}

    def add(self, paper_id: int, title: str, author: str | None) -> None:
        """Take in a paper by its folded title and its first author."""
        known = self._vocabulary
        self.ids.append(paper_id)
        self.keys.append(hash(title))
        self.authors.append(_family(author) if author else _NOBODY)
        self.words.extend([known.setdefault(word, len(known)) for word in title.split()])
        self.starts.append(len(self.words))

    def numbers(self) -> Integers:
        """For each word of the vocabulary, a hash of the number in it, or 0."""
        import numpy as np

        found = (number_in(word) for word in self._vocabulary)
        return np.array([hash(number) if number else 0 for number in found], np.int64)


@lru_cache(maxsize=65_536)
def _family(author: str) -> int:
    return abs(hash(fold(family_name(author))))


def candidates(db: Connection, progress: Progress) -> Integers:
    """Pairs of ids of papers that may be the same: int64, n x 2, the smaller id first, ascending.

    ``progress`` is told the papers read and those in all; what it raises ends the work.
    """
    import numpy as np

    titles = _read(db, progress)
    ids = np.array(titles.ids, np.int64)
    everyone = np.arange(len(ids))
    named = [_meet(*_named(db, ids), most=TELLING)] if len(ids) else []
    titled = [_meet(np.array(titles.keys).view(np.uint64), everyone, most=TELLING)]
    found = np.unique(np.concatenate([*named, *titled, _near(titles)]), axis=0)
    pairs: Integers = np.sort(ids[found], axis=1)
    return pairs


def _read(db: Connection, progress: Progress) -> Titles:
    titles, total = Titles(), int(db.execute("SELECT count(*) FROM papers").get)
    papers = db.execute("SELECT id, title_key, authors ->> 0 FROM papers ORDER BY id")
    for done, (paper_id, title, author) in enumerate(papers):
        if done % TOLD_EVERY == 0:
            progress(done, total)
        titles.add(int(str(paper_id)), str(title), author and str(author))
    return titles


def _named(db: Connection, ids: Integers) -> tuple[Keys, Integers]:
    """A key for each name of a paper, and the position of the paper that bears it."""
    import numpy as np

    keys, owners = array("q"), array("q")
    for paper_id, key in _names(db):
        owners.append(paper_id)
        keys.append(key)
    positions = np.searchsorted(ids, np.array(owners, np.int64))
    return np.array(keys, np.int64).view(np.uint64), positions


def _names(db: Connection) -> Iterator[tuple[int, int]]:
    for paper_id, scheme, value in db.execute(
        "SELECT paper_id, scheme, value FROM identifiers"
        " UNION ALL SELECT paper_id, 'acl', substr(value, instr(value, '/v1/') + 4)"
        " FROM identifiers WHERE scheme = 'doi'"
        "  AND (value LIKE '10.18653/v1/%' OR value LIKE '10.3115/v1/%')"
    ):
        yield int(str(paper_id)), hash((scheme, str(value).lower()))
    for paper_id, url in db.execute(
        "SELECT papers.id, value ->> 'url' FROM papers, json_each(links)"
        " WHERE links <> '[]' AND value ->> 'kind' IN ('page', 'pdf')"
    ):
        if name := parse_identifier(str(url)):
            yield int(str(paper_id)), hash((name.scheme, name.value.lower()))


def _near(titles: Titles) -> Integers:
    """Pairs of positions whose titles share two rare words and all numbers."""
    import numpy as np

    authors = np.array(titles.authors, np.int64)
    keys, owners = _rare_pairs(titles)
    return _meet(keys, owners, authors[owners], most=WINDOW)


def _rare_pairs(titles: Titles) -> tuple[Keys, Integers]:
    """For each two of a title's rarest words a key, and the positions of the papers."""
    import numpy as np

    words, starts = np.array(titles.words, np.int32), np.array(titles.starts, np.int64)
    frequency, numbers = np.bincount(words), titles.numbers()
    keys, owners = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    for first in range(0, len(starts) - 1, CHUNK):
        bounds = starts[first : first + CHUNK + 1]
        chosen = words[bounds[0] : bounds[-1]]
        paper = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        rare = _rarest(chosen, paper, frequency[chosen], len(bounds) - 1)
        signature = np.zeros(len(bounds) - 1, np.uint64)
        np.add.at(signature, paper, numbers[chosen].view(np.uint64))
        for one, other in combinations(range(RARE), 2):
            both = np.flatnonzero(rare[:, other] >= 0)
            pair = np.sort(rare[both][:, [one, other]], axis=1).astype(np.uint64)
            keys.append(_mix(pair[:, 0] << np.uint64(32) | pair[:, 1], signature[both]))
            owners.append(both + first)
    return np.concatenate(keys), np.concatenate(owners)


def _rarest(words: NDArray[np.int32], paper: Integers, rarity: Integers, papers: int) -> Integers:
    """The rarest words of each paper, ``papers`` x RARE; -1 where it has fewer."""
    import numpy as np

    order = np.lexsort((words, rarity, paper))
    words, paper = words[order], paper[order]
    rank = np.arange(len(words)) - np.searchsorted(paper, paper)
    chosen = rank < RARE
    rare = np.full((papers, RARE), -1, np.int64)
    rare[paper[chosen], rank[chosen]] = words[chosen]
    return rare


def _mix(keys: Keys, signature: Keys) -> Keys:
    import numpy as np

    mixed: Keys = (keys ^ signature) * np.uint64(0x9E3779B97F4A7C15)
    return mixed ^ (mixed >> np.uint64(29))


def _meet(keys: Keys, owners: Integers, authors: Integers | None = None, *, most: int) -> Integers:
    """Pairs of owners with a key in common: each with up to ``most`` that follow it.

    With ``authors``, only papers by the same one meet, and those by nobody known with everyone.
    """
    import numpy as np

    order = np.lexsort((owners, keys) if authors is None else (owners, authors, keys))
    keys, owners = keys[order], owners[order]
    found = [np.zeros((0, 2), np.int64)]
    for step in range(1, most + 1):
        at = np.flatnonzero(keys[step:] == keys[:-step])
        if not len(at):
            break
        one, other = owners[at], owners[at + step]
        good = one != other
        if authors is not None:
            mine, theirs = authors[order[at]], authors[order[at + step]]
            good &= (mine == theirs) | (mine == _NOBODY) | (theirs == _NOBODY)
        found.append(np.sort(np.stack([one[good], other[good]], axis=1), axis=1))
    return np.concatenate(found)
