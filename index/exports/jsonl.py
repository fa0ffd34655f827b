"""JSON Lines with everything: one paper a line, which ``index.sources.jsonl`` reads again.

The fields are those of ``Paper``, as they are stored; under ``carrel`` is what the library knows of
the paper besides (``index.state.PaperState``). Of a whole library the first lines have ``carrel``
alone: what belongs to no paper of it (``index.state.LibraryState``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from index.exports.options import Exported, ExportOptions

STATE = "carrel"


def write(items: Iterable[Exported], options: ExportOptions) -> Iterator[str]:
    """Yield what belongs to the library, where it is whole, and a line for each paper."""
    for library in options.libraries:
        yield _line({STATE: library})
    for item in items:
        fields = item.paper.model_dump(exclude_defaults=True)
        if options.abstracts == "none":
            fields.pop("abstract", None)
        if item.state:
            fields[STATE] = item.state
        yield _line(fields)


def _line(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"
