"""The writer: brings changed papers into the index, and keeps its segments few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.paper import Paper
from index.search.folder import Commit, Entry, Folder
from index.search.schema import document
from index.search.segments.arrays import ArrayFile, Bools, writing
from index.search.segments.build import Builder
from index.search.segments.merge import Part, merge
from index.search.segments.segment import Segment

MOST_TOKENS = 6_000_000
"""Words that are held in memory before a segment is written of them."""

FAN = 8
"""Segments of about one size that are merged into one."""

QUICK_MERGE = 20_000
"""Papers that a commit may merge however few it brings."""


class Writer:
    """Writes to an index that its caller has locked."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._builder = Builder()
        self._commit = folder.commit() or Commit()

    def apply(
        self,
        changed: Sequence[int],
        papers: Iterable[tuple[int, Paper]],
        *,
        identity: str,
        revision: int,
    ) -> None:
        """Replace papers in the index by what the store holds of them, and commit.

        changed: ascending. papers: those of them that the store still holds.
        """
        kept = [self._without(entry, np.asarray(changed)) for entry in self._commit.segments]
        entries = [entry for entry in kept if entry.deleted < entry.papers]
        entries += self._segments(papers)
        self._replace(entries, identity, revision)
        self._merge(max(QUICK_MERGE, FAN * len(changed)))

    def _replace(self, entries: Iterable[Entry], identity: str, revision: int) -> None:
        generation = self._commit.generation + 1
        self._commit = Commit(identity, revision, generation, tuple(entries))
        self._folder.replace(self._commit)
        self._folder.tidy(self._commit)

    def _segments(self, papers: Iterable[tuple[int, Paper]]) -> list[Entry]:
        """Write new papers, as one segment or more."""
        written = []
        for paper_id, paper in papers:
            self._builder.add(document(paper_id, paper))
            if self._builder.tokens >= MOST_TOKENS:
                written.append(self._write())
        if len(self._builder):
            written.append(self._write())
        return written

    def _write(self) -> Entry:
        path = self._folder.fresh()
        return Entry(path.name, self._builder.write(path)["papers"])

    def _without(self, entry: Entry, changed: NDArray[np.int64]) -> Entry:
        """The entry of a segment once the changed papers are deleted from it."""
        if not len(changed):
            return entry
        ids = Segment(self._folder.path / entry.name).ids
        near = np.flatnonzero((ids >= changed[0]) & (ids <= changed[-1]))
        stale = near[np.isin(ids[near], changed)]
        if not len(stale):
            return entry
        gone = np.union1d(stale, deleted(self._folder.path, entry)).astype(np.int32)
        path = self._folder.fresh("del")
        with writing(path, {}) as out:
            out.add("papers", gone)
        return replace(entry, deleted=len(gone), deletions=path.name)

    def _merge(self, most: int) -> None:
        """Merge while there are many segments of about one size, ``most`` papers at a time."""
        while chosen := _crowd(self._commit.segments, most):
            parts = [
                Part(Segment(self._folder.path / entry.name), live(self._folder.path, entry))
                for entry in chosen
            ]
            path = self._folder.fresh()
            merged = Entry(path.name, merge(path, parts)["papers"])
            entries = [entry for entry in self._commit.segments if entry not in chosen]
            entries.insert(self._commit.segments.index(chosen[0]), merged)
            self._replace(entries, self._commit.identity, self._commit.revision)


def deleted(folder: Path, entry: Entry) -> NDArray[np.int32]:
    """The numbers of the deleted papers of a segment, ascending."""
    if not entry.deletions:
        return np.empty(0, np.int32)
    return ArrayFile(folder / entry.deletions)["papers"].whole()


def live(folder: Path, entry: Entry) -> Bools:
    """Which papers of a segment are not deleted."""
    found = np.ones(entry.papers, bool)
    found[deleted(folder, entry)] = False
    return found


def _crowd(segments: Sequence[Entry], most: int) -> list[Entry]:
    """Neighbouring segments that had better be one; none where the segments are few."""
    sizes = [entry.papers - entry.deleted for entry in segments]
    tiers = [max(size, 1).bit_length() // 3 for size in sizes]  # eight times as large: the next
    for tier in sorted(set(tiers)):
        small = [at for at, each in enumerate(tiers) if each <= tier]
        chosen = [segments[at] for at in small]
        if len(chosen) >= FAN and sum(sizes[at] for at in small) <= most:
            return chosen
    return []
