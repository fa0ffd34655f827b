"""The formats that papers leave in.

A format is one module with a function ``write``: an ``Exporter``, or, where the format is a folder,
a ``FolderExporter``. ``FORMATS`` names it. It is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from index.errors import ExportError
from index.exports.export import Export
from index.exports.files import file_name, write_atomically
from index.exports.options import (
    Abstracts,
    Exported,
    Exporter,
    ExportOptions,
    FolderExporter,
    Format,
)
from index.text import clean_line

__all__ = [
    "FORMATS",
    "Abstracts",
    "Export",
    "ExportOptions",
    "Exported",
    "Exporter",
    "FolderExporter",
    "Format",
    "exporter",
    "file_name",
    "folder_exporter",
    "format_named",
    "write_atomically",
]

_ALL = (
    Format("markdown", "markdown", ".md", "Markdown, to be read and shared"),
    Format("bibtex", "bibtex", ".bib", "BibTeX, for LaTeX and reference managers"),
    Format("csl-json", "csl", ".json", "CSL-JSON, for pandoc, Zotero and other citation tools"),
    Format("jsonl", "jsonl", ".jsonl", "everything, to be imported again", is_complete=True),
    Format("csv", "table", ".csv", "CSV, for spreadsheets and data frames"),
    Format("obsidian", "obsidian", "", "a folder of linked notes for Obsidian", is_folder=True),
)

FORMATS: Mapping[str, Format] = MappingProxyType({form.name: form for form in _ALL})
"""Every format by its name, in the order in which they are offered."""


def format_named(name: str) -> Format:
    """Return a format. Raises ExportError that lists the formats there are."""
    if name not in FORMATS:
        raise ExportError(
            f"There is no export format “{clean_line(name)[:40]}”. Choose of: {', '.join(FORMATS)}."
        )
    return FORMATS[name]


def exporter(form: Format) -> Exporter:
    """Return what writes a format that is one file."""
    return cast(Exporter, import_module(f"index.exports.{form.module}").write)


def folder_exporter(form: Format) -> FolderExporter:
    """Return what writes a format that is a folder."""
    return cast(FolderExporter, import_module(f"index.exports.{form.module}").write)
