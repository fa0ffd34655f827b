"""The reader's settings: a TOML file that may be absent."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from index.errors import SettingsError


class Settings(BaseModel):
    """What the reader may choose once and for all."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    theme: str = ""
    """The theme to start with; empty: the one that was chosen last."""

    search_as_you_type: bool = True
    """Whether each letter searches; else the search waits for enter."""


def load_settings(file: Path) -> Settings:
    """Read the settings; without a file, those that carrel comes with.

    Raises SettingsError, which names the file and the key.
    """
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not valid TOML: {error}.") from None
    try:
        return Settings.model_validate(found)
    except ValidationError as error:
        wrong = error.errors()[0]
        key = ".".join(str(part) for part in wrong["loc"])
        if wrong["type"] == "extra_forbidden":
            known = ", ".join(Settings.model_fields)
            raise SettingsError(
                f"{file}: there is no setting “{key}”; there are {known}."
            ) from None
        raise SettingsError(f"{file}: {key}: {wrong['msg'].lower()}.") from None
