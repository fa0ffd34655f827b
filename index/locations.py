"""Where carrel keeps things: the only place that knows paths."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_config_path, user_data_path


def library_folder(chosen: str | os.PathLike[str] | None = None) -> Path:
    """The library's folder: chosen, else ``CARREL_LIBRARY``, else the user's data folder."""
    named = chosen or os.environ.get("CARREL_LIBRARY")
    if not named:
        return user_data_path("carrel", appauthor=False) / "library"
    # Path.expanduser raises where there is no such user; this leaves it as written.
    return Path(os.path.expanduser(named))  # noqa: PTH111


def sample_folder() -> Path:
    """The folder of the sample library, which stands apart from the reader's own."""
    return user_data_path("carrel", appauthor=False) / "sample"


def settings_file() -> Path:
    """The reader's settings."""
    return user_config_path("carrel", appauthor=False) / "settings.toml"


def themes_folder() -> Path:
    """Themes of the reader's own."""
    return user_config_path("carrel", appauthor=False) / "themes"


def templates_folder() -> Path:
    """Export templates of the reader's own."""
    return user_config_path("carrel", appauthor=False) / "templates"


def database_file(library: Path) -> Path:
    """The truth: all that the reader made or chose."""
    return library / "library.db"


def index_folder(library: Path) -> Path:
    """The search index: derived, and may be deleted at any time."""
    return library / "index"


def pdfs_folder(library: Path) -> Path:
    """The PDFs of papers, each named by its paper's citation key."""
    return library / "pdfs"


def state_file(library: Path) -> Path:
    """The view that the reader left, for the first frame of the next start."""
    return library / "state.json"
