"""The reader's settings: a TOML file that may be absent."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from index.errors import SettingsError
from index.identifiers import web_address


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Address = Annotated[str, AfterValidator(web_address), AfterValidator(lambda url: url.rstrip("/"))]
Seconds = Annotated[float, Field(ge=0, le=3600)]


class Service(_Table):
    """Where a service is, and how long to wait between two requests to it, in seconds."""

    address: Address
    pause: Seconds = 1.0


class Web(_Table):
    """The rest of the web, where feeds and PDFs are: ``pause`` is kept for each host."""

    pause: Seconds = 1.0

    inner: bool = False
    """Whether links that papers came with may lead into the reader's own network."""


class Services(_Table):
    """The services that papers come from."""

    timeout: Annotated[float, Field(gt=0, le=3600)] = 20.0
    """Seconds that a service may be silent."""

    patience: Annotated[float, Field(gt=0, le=3600)] = 60.0
    """Seconds that one answer may take, with what is tried again."""

    contact: Annotated[str, Field(pattern=r"^([^@\s]+@[^@\s]+)?$")] = ""
    """An e-mail address that services are told, as Crossref asks for; empty: none."""

    arxiv: Service = Service(address="https://export.arxiv.org/api/query", pause=3.0)
    papers: Service = Service(address="https://huggingface.co/api", pause=0.5)
    doi: Service = Service(address="https://doi.org")
    crossref: Service = Service(address="https://api.crossref.org", pause=0.5)
    web: Web = Web()

    @field_validator("arxiv", "papers", "doi", "crossref", mode="before")
    @classmethod
    def _as_it_comes(cls, given: object, info: ValidationInfo) -> object:
        """A service of which the reader names only the address keeps its own pause, and so on."""
        default = cls.model_fields[str(info.field_name)].default
        return {**default.model_dump(), **given} if isinstance(given, dict) else given


class Settings(_Table):
    """What the reader may choose once and for all."""

    theme: str = ""
    """The theme to start with; empty: the one that was chosen last."""

    search_as_you_type: bool = True
    """Whether each letter searches; else the search waits for enter."""

    full_text: bool = False
    """Whether the text of PDFs is read when they come, for ``text:`` in queries."""

    services: Services = Services()


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
            known = ", ".join(_known(wrong["loc"][:-1]))
            raise SettingsError(
                f"{file}: there is no setting “{key}”; there are {known}."
            ) from None
        raise SettingsError(f"{file}: {key}: {wrong['msg'].lower()}.") from None


def _known(table: tuple[int | str, ...]) -> list[str]:
    """The settings of a table, which is named by the keys that lead to it."""
    model: Any = Settings
    for key in table:
        model = model.model_fields[str(key)].annotation
    return list(model.model_fields)
