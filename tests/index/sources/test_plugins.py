"""Formats and services that other packages bring."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import SourceError
from index.library import Library
from index.sources import plugins
from index.sources.services import service_for
from tests.index.sources.samples import SAMPLES, read, records
from tests.index.sources.serving import Reply, Server

Install = Callable[..., None]

GOOD = """
from index.sources import Record
from index.sources.base import make_paper
name = "shouting"
def recognise(head):
    return head.startswith("SHOUT")
def read(lines):
    for line in lines:
        yield Record(make_paper(title=line.text, source=name), line.number)
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Install a package with one format, whose module has this text."""

    def install(text: str, group: str = plugins.SOURCES) -> None:
        module = "shouting"
        folder = tmp_path / "packages"
        about = folder / f"{module}-1.0.dist-info"
        about.mkdir(parents=True)
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[{group}]\n{module} = carrel_{module}\n")
        (folder / f"carrel_{module}.py").write_text(text)
        monkeypatch.syspath_prepend(folder)
        monkeypatch.delitem(sys.modules, f"carrel_{module}", raising=False)

    return install


def test_a_plug_in_is_a_format_among_others(install: Install) -> None:
    install(GOOD)
    (record,) = records(read("SHOUT LOUD"))
    assert (record.paper.title, record.paper.source) == ("SHOUT LOUD", "shouting")
    assert records(read("x\n", "shouting"))[0].paper.title == "x"
    assert len(records(read(SAMPLES["ris"].text))) == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("import nothing_of_this_name", "“shouting” (No module named 'nothing_of_this_name')"),
        ("1 +", "“shouting” (invalid syntax"),
        ("raise SystemError", "“shouting” (SystemError)"),
        ("name = 'x'", "“shouting” (module 'carrel_shouting' has no attribute 'recognise')"),
        ("name = recognise = read = 'x'", "“shouting” (it has no functions recognise and read)"),
    ],
)
def test_one_that_cannot_be_loaded_is_a_sentence(install: Install, text: str, why: str) -> None:
    install(text)
    (complaint,) = plugins.sources().complaints
    assert complaint.startswith(f"The plug-in {why}")
    assert complaint.endswith("cannot be loaded.")
    assert len(records(read(SAMPLES["ris"].text))) == 2
    with pytest.raises(SourceError, match=r"is not recognised.*The plug-in “shouting”"):
        read("Dear reader,")
    with pytest.raises(SourceError, match=r"no format “shouting”.*The plug-in “shouting”"):
        read("Dear reader,", "shouting")


def test_one_that_breaks_is_a_sentence(install: Install) -> None:
    install(
        GOOD.replace("for line in lines:", "for line in lines:\n        1 / (line.number - 2)\n")
    )
    with pytest.raises(SourceError, match=r"“shouting” \(division by zero\) broke while it read"):
        read("SHOUT\nMORE")


def test_one_that_breaks_while_it_looks_is_passed_over(install: Install) -> None:
    install(GOOD.replace("return head", "return heads"))
    assert len(records(read(SAMPLES["ris"].text))) == 2
    with pytest.raises(SourceError, match=r"“shouting” \(name 'heads' is not defined\) broke"):
        read("Dear reader,")


def test_one_that_gives_something_else_is_a_sentence(install: Install) -> None:
    install(GOOD.replace("yield Record(", "yield print("))
    with pytest.raises(SourceError, match="neither a Record nor a Reject"):
        read("SHOUT")


SERVICE = """
from index.sources import Record
from index.sources.base import make_paper
name = "toys"
def recognise(what):
    return what.startswith("toy:")
def read(http, what, known=None):
    answer = http.get("web", ADDRESS)
    title = answer.body.decode()
    yield Record(make_paper(title=title, source=name), 1, file=what, raw=title)
"""


def test_a_plug_in_may_be_a_service(install: Install, server: Server, tmp_path: Path) -> None:
    server.on("/toys", Reply(b"Of Toys"))
    install(SERVICE.replace("ADDRESS", repr(f"{server.address}/toys")), plugins.SERVICES)
    library = Library(tmp_path / "library", server.services())
    (added,) = library.add(["toy:1"])
    assert (added.outcome, added.title) == ("added", "Of Toys")
    assert library.provenance(added.id).origins[0].source == "toys"
    (failed,) = library.add(["train:1"])
    assert "neither an id nor an address" in failed.problem
    library.close()


def test_a_service_that_breaks_is_a_sentence(
    install: Install, server: Server, tmp_path: Path
) -> None:
    broken = SERVICE.replace('answer = http.get("web", ADDRESS)', "1 / 0")
    install(broken, plugins.SERVICES)
    library = Library(tmp_path / "library", server.services())
    (failed,) = library.add(["toy:1"])
    assert failed.problem == "The plug-in “toys” (division by zero) broke while it read toy:1."
    library.close()


def test_a_service_that_cannot_be_loaded_is_told(install: Install) -> None:
    install("1 +", plugins.SERVICES)
    with pytest.raises(SourceError, match=r"neither an id.*The plug-in “shouting”"):
        service_for("toy:1")
