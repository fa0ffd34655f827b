"""What ``search`` measured, and its tables."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from benchmarks.engines import load
from benchmarks.opening import Opening
from benchmarks.queries import Query
from benchmarks.tables import mb, ms, table, times

PERCENTILES = (50, 95, 99)
ALIKE = 0.1  # hits differ where they are further from the others' median; stemmers differ a little

# Where carrel ought not to be slower: the rival, how many times its time, and the seconds below
# which that does not matter.
BOUNDS = (("whoosh", 1.0, 0.0), ("tantivy", 3.0, 0.002))


class Measured(NamedTuple):
    """One query in one engine: a time for each round, and its hits where they were counted."""

    hits: int | None
    seconds: list[float]

    def at(self, percentile: float) -> float:
        """A percentile of its times."""
        return float(np.percentile(self.seconds, percentile))


class Performance(NamedTuple):
    """What was measured of an engine: its queries by their number, and what they rest on."""

    measured: dict[int, Measured]
    opening: Opening
    memory: int  # bytes at the most, Python's own among them

    def at(self, percentile: float, queries: set[int] | None = None) -> float:
        """A percentile over queries, each of which weighs the same."""
        chosen = self.measured.keys() if queries is None else queries
        evenly = np.linspace(0, 100, 21)
        each = [np.percentile(self.measured[number].seconds, evenly) for number in chosen]
        return float(np.percentile(np.concatenate(each), percentile))


class Contest(NamedTuple):
    """The queries, and the engines that answered them."""

    queries: list[Query]
    engines: Mapping[str, Performance]

    def report(self) -> str:
        """The tables, the shortest first."""
        parts = [self._overall(), self._exceeded(), self._unlike(), self._kinds(), self._each()]
        return "\n\n".join(part for part in parts if part)

    def as_json(self) -> dict[str, Any]:
        """Everything measured; times in seconds."""
        return {
            name: {
                "overall": {f"p{at}": engine.at(at) for at in PERCENTILES},
                "opening": engine.opening._asdict(),
                "memory": engine.memory,
                "queries": [
                    {
                        "kind": self.queries[number].kind,
                        "query": self.queries[number].text,
                        "as_typed": self.queries[number].as_typed,
                        **found._asdict(),
                    }
                    for number, found in engine.measured.items()
                ],
            }
            for name, engine in self.engines.items()
        }

    def _overall(self) -> str:
        carrel = self.engines.get("carrel")
        rows = []
        for name, engine in self.engines.items():
            row = [load(name).name, str(len(engine.measured))]
            row += [ms(engine.at(at)) for at in PERCENTILES]
            if carrel:
                both = engine.measured.keys() & carrel.measured.keys()
                row.append(times(carrel.at(95, both) / engine.at(95, both)))
            began = engine.opening
            row += [ms(began.opened), ms(began.first), ms(began.over), mb(engine.memory)]
            rows.append(row)
        head = ["times in ms", "queries", *(f"p{at}" for at in PERCENTILES)]
        head += ["carrel's p95 / this"] if carrel else []
        head += ["to open", "first query", "over warm, at worst", "memory, MB"]
        return table(head, rows)

    def _exceeded(self) -> str:
        """Single queries at which carrel is slower than it ought to be."""
        carrel = self.engines.get("carrel")
        lines = []
        for rival, factor, least in BOUNDS:
            if not carrel or rival not in self.engines:
                continue
            theirs = self.engines[rival].measured
            slow = [
                self._label(number)
                for number, one in carrel.measured.items()
                if number in theirs and one.at(50) > max(factor * theirs[number].at(50), least)
            ]
            name = load(rival).name
            said = (
                f"Slower than {name}" if factor == 1 else f"Over {factor:.0f} times {name}'s time"
            )
            floor = f" and {least * 1000:.0f} ms" if least else ""
            lines.append(f"{said}{floor}: {', '.join(slow) or 'none'}.")
        return "\n\n".join(lines)

    def _unlike(self) -> str:
        """Queries for which carrel's hits are not those of the others."""
        lines = []
        for number in range(len(self.queries)):
            found = {
                name: one.hits
                for name, engine in self.engines.items()
                if (one := engine.measured.get(number)) and one.hits is not None
            }
            ours = found.pop("carrel", None)
            if ours is None or not found:
                continue
            usual = median(found.values())
            if abs(ours - usual) > ALIKE * max(usual, 10):
                lines.append(f"{self._label(number)} ({ours:,} beside {usual:,.0f})")
        return f"Hits unlike the others': {', '.join(lines) or 'none'}."

    def _kinds(self) -> str:
        rows = []
        for kind in dict.fromkeys(query.kind for query in self.queries):
            numbers = {at for at, query in enumerate(self.queries) if query.kind == kind}
            row = [kind, str(len(numbers))]
            for engine in self.engines.values():
                answered = numbers & engine.measured.keys()
                row.append(ms(engine.at(50, answered)) if answered else "–")
            rows.append(row)
        names = [load(name).name for name in self.engines]
        return table(["p50 in ms, by kind of query", "queries", *names], rows)

    def _each(self) -> str:
        """A row a query: for each engine its hits, its times, and carrel's time beside them."""
        carrel = self.engines.get("carrel")
        head = ["query"]
        for name in self.engines:
            head += [f"{load(name).name}: hits", "p50 / p95 / p99, ms"]
            head += ["carrel / this"] if carrel and name != "carrel" else []
        rows = []
        for number in range(len(self.queries)):
            row = [self._label(number)]
            ours = carrel.measured.get(number) if carrel else None
            for name, engine in self.engines.items():
                one = engine.measured.get(number)
                counted = "–" if one is None or one.hits is None else f"{one.hits:,}"
                row += [counted, _times(one) if one else "–"]
                if carrel and name != "carrel":
                    row.append(times(ours.at(50) / one.at(50)) if ours and one else "–")
            rows.append(row)
        return table(head, rows)

    def _label(self, number: int) -> str:
        query = self.queries[number]
        return f"`{query.text}`" + (" …" if query.as_typed else "")


def _times(one: Measured) -> str:
    return " / ".join(ms(one.at(percentile)) for percentile in PERCENTILES)
