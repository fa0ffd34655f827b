"""The settings file: what it leaves out, and what it gets wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import SettingsError
from index.settings import Services, Settings, load_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_without_a_file_all_is_as_it_comes(file: Path) -> None:
    assert load_settings(file) == Settings()
    assert not Services().web.inner, "links of papers stay out of the reader's network"


@pytest.mark.parametrize("service", ["arxiv", "papers", "doi", "crossref"])
def test_what_is_said_of_a_service_leaves_the_rest_of_it_as_it_comes(
    file: Path, service: str
) -> None:
    default = getattr(Services(), service)
    file.write_text(f'[services.{service}]\naddress = "https://mirror.org/api/"\n')
    found = load_settings(file).services
    assert getattr(found, service) == default.model_copy(
        update={"address": "https://mirror.org/api"}
    )
    file.write_text(f"[services]\n{service} = {{ pause = 9 }}\n")
    assert load_settings(file).services == Services().model_copy(
        update={service: default.model_copy(update={"pause": 9.0})}
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("[services.arxiv]\npause = -1", "services.arxiv.pause: input should be greater"),
        ("[services]\narxiv = 3", "services.arxiv: "),
        ("[services.web]\ninner = 1", "services.web.inner: input should be a valid boolean"),
        ("[services.arxiv]\npawse = 1", "no setting “services.arxiv.pawse”; there are address, p"),
        ("theme = ", "is not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_its_place(file: Path, said: str, told: str) -> None:
    file.write_text(said)
    with pytest.raises(SettingsError, match=told) as error:
        load_settings(file)
    assert str(file) in str(error.value)
