"""The writer: brings changed papers into the index, and keeps its segments few."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from index.paper import Paper
from index.search.folder import Commit, Entry, Folder
from index.search.schema import document
from index.search.segments.arrays import ArrayFile, Bools, Docs, Ints, fresh, writing
from index.search.segments.build import Collector
from index.search.segments.helper import Helper, HelperError
from index.search.segments.merge import Part, merge
from index.search.segments.segment import Segment

CHUNK = 500
"""Papers that are handed at once to this process or to the helper, whichever is free."""

FAN = 8
"""Segments that are small beside what came are merged when there are so many."""

QUICK_MERGE = 10_000
"""Papers that may be merged however few came."""

WORTH_HELP = 10_000
"""Papers to be indexed that are worth a second process."""

Read = Callable[[Sequence[int]], Iterable[tuple[int, Paper]]]
"""Gives those papers of some ids that the store holds."""


class Writer:
    """Writes to an index that its caller has locked, and closes the writer in the end.

    coming: about how many papers are to be written.
    """

    def __init__(self, folder: Folder, coming: int = 0) -> None:
        self._folder = folder
        self._collector = Collector(folder.path)
        self._commit = folder.commit() or Commit()
        self._brought = 0
        self._helper: Helper | None = None
        if coming >= WORTH_HELP and (os.cpu_count() or 1) > 1:
            self._helper = Helper(folder.path)

    def close(self) -> None:
        """End the second process, where there is one."""
        if self._helper:
            self._helper.close()
        self._helper = None

    def apply(self, changed: Sequence[int], read: Read, *, identity: str, revision: int) -> None:
        """Replace papers in the index by what the store holds of them, and commit.

        changed: ascending.
        """
        stale = np.asarray(changed, np.int64)
        kept = [self._without(entry, stale) for entry in self._commit.segments]
        entries = [entry for entry in kept if entry.deleted < entry.papers]
        try:
            entries += self._segments(read(changed))
        except HelperError:  # this process can do it all
            self.close()
            self._collector = Collector(self._folder.path)
            entries += self._segments(read(changed))
        self._brought += len(changed)
        self._replace(replace(self._commit, identity=identity, revision=revision), entries)

    def merge(self) -> None:
        """Merge segments, where there are many for what was written."""
        chosen = _crowd(self._commit.segments, self._brought)
        if not chosen:
            return
        self._collector = Collector(self._folder.path)  # the words it has learnt take much memory
        try:
            merged = self._merged(chosen)
        except HelperError:
            self.close()
            merged = self._merged(chosen)
        kept = [entry for entry in self._commit.segments if entry not in chosen]
        self._replace(self._commit, [*merged, *kept])

    def _replace(self, commit: Commit, entries: Iterable[Entry]) -> None:
        generation = commit.generation + 1
        self._commit = replace(commit, generation=generation, segments=tuple(entries))
        self._folder.replace(self._commit)
        self._folder.tidy(self._commit)

    def _segments(self, papers: Iterable[tuple[int, Paper]]) -> list[Entry]:
        """Write new papers, as one segment or more."""
        documents = (document(paper_id, paper) for paper_id, paper in papers)
        while chunk := list(islice(documents, CHUNK)):
            if not (self._helper and self._helper.add(chunk)):
                self._collector.add(chunk)
        if self._helper:
            self._helper.finish()
        written = self._collector.finish()
        if self._helper:
            written += self._helper.written()
        return [Entry(name, count) for name, count in written]

    def _merged(self, chosen: Sequence[Entry]) -> list[Entry]:
        """Merge segments into one; into two where the helper can write the other."""
        ours, theirs = _halves(chosen) if self._helper else (chosen, [])
        if self._helper:
            gone = [deleted(self._folder.path, entry).tolist() for entry in theirs]
            self._helper.merge([entry.name for entry in theirs], gone)
        path = fresh(self._folder.path)
        parts = [
            Part(Segment(self._folder.path / entry.name), live(self._folder.path, entry))
            for entry in ours
        ]
        merged = [Entry(path.name, merge(path, parts)["papers"])]
        if self._helper:
            merged += [Entry(name, count) for name, count in self._helper.written()]
        return merged

    def _without(self, entry: Entry, changed: Ints) -> Entry:
        """The entry of a segment once the changed papers are deleted from it."""
        if not len(changed):
            return entry
        ids = Segment(self._folder.path / entry.name).ids
        near = np.flatnonzero((ids >= changed[0]) & (ids <= changed[-1]))
        stale = near[np.isin(ids[near], changed)]
        if not len(stale):
            return entry
        gone = np.union1d(stale, deleted(self._folder.path, entry)).astype(np.int32)
        path = fresh(self._folder.path, "del")
        with writing(path, {}) as out:
            out.add("papers", gone)
        return replace(entry, deleted=len(gone), deletions=path.name)


def deleted(folder: Path, entry: Entry) -> Docs:
    """The numbers of the deleted papers of a segment, ascending."""
    if not entry.deletions:
        return np.empty(0, np.int32)
    return ArrayFile(folder / entry.deletions)["papers"].whole()


def live(folder: Path, entry: Entry) -> Bools:
    """Which papers of a segment are not deleted."""
    found = np.ones(entry.papers, bool)
    found[deleted(folder, entry)] = False
    return found


def _live(entry: Entry) -> int:
    return entry.papers - entry.deleted


def _crowd(segments: Sequence[Entry], brought: int) -> list[Entry]:
    """Segments that had better be one, so that what came never costs a merge out of proportion.

    The smallest, when there are many, or those that hold more deleted papers than others.
    """
    most = max(QUICK_MERGE, FAN * brought)
    worn = [entry for entry in segments if 2 * entry.deleted > entry.papers]
    small: list[Entry] = []
    for entry in sorted(segments, key=_live):
        if sum(map(_live, small)) + _live(entry) <= most:
            small.append(entry)
    if len(small) >= FAN:
        return small
    return worn if sum(map(_live, worn)) <= most else []


def _halves(segments: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Two groups that hold about as many papers each."""
    groups: tuple[list[Entry], list[Entry]] = [], []
    for entry in sorted(segments, key=_live, reverse=True):
        min(groups, key=lambda group: sum(map(_live, group))).append(entry)
    return groups
