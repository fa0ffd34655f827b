"""The formats that papers leave in.

A format is one module with a function ``write``, an ``Exporter``; ``FORMATS`` names it. It is
imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from index.errors import ExportError
from index.exports.files import file_name, write_atomically
from index.exports.options import Abstracts, Exporter, ExportOptions
from index.text import clean_line

__all__ = [
    "FORMATS",
    "Abstracts",
    "ExportOptions",
    "Exporter",
    "exporter",
    "file_name",
    "write_atomically",
]

FORMATS: Mapping[str, str] = MappingProxyType({"markdown": "index.exports.markdown"})
"""The module of each format."""


def exporter(name: str) -> Exporter:
    """Return the exporter of a format. Raises ExportError that lists the formats there are."""
    if name not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        raise ExportError(
            f"There is no export format “{clean_line(name)[:40]}”. Choose of: {known}."
        )
    return cast(Exporter, import_module(FORMATS[name]).write)
