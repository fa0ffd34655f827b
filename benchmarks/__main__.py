"""Run every benchmark, or those that are named: ``python -m benchmarks start``."""

from __future__ import annotations

import sys
from importlib import import_module

BENCHMARKS = ("start", "search", "indexing", "importing", "effectiveness", "keystroke", "acting")


def main() -> None:
    """Run them one after the other."""
    names = sys.argv[1:]
    sys.argv[1:] = []  # each at its default size
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        sys.exit(f"There is no benchmark {unknown.pop()!r}; there are {', '.join(BENCHMARKS)}.")
    for name in names or BENCHMARKS:
        module = import_module(f"benchmarks.{name}")
        print(f"\n{name}: {(module.__doc__ or '').splitlines()[0]}\n")
        module.main()


if __name__ == "__main__":
    main()
