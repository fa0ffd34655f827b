"""Editing papers: what the reader changes stays, is one action, and is never half done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.errors import EditError, NotFoundError
from index.library import Library
from tests.index.keeping.conftest import unchanged, undone

ASH = {
    "title": "Ash",
    "authors": "Ann Ash",
    "published": "2001",
    "venue": "",
    "key": "ash2001ash",
    "categories": "",
    "identifiers": "",
    "links": "",
    "abstract": "",
}
NEW: dict[str, str | list[str]] = {
    "title": "Pooling $O(n)$ Ashes",
    "authors": ["Bo  Li", "", "Cy Song"],
    "published": "2024-03",
    "venue": "ICLR",
    "key": "pooling-ashes",
    "categories": "cs.LG\n cs.CL\ncs.LG",
    "identifiers": ["https://doi.org/10.1000/ABC", "2402.14393v2"],
    "links": "https://github.com/a/b\npdf https://example.org/a.pdf",
    "abstract": "One\x1b[31m.\n\nTwo.",
}


def brought(library: Library, folder: Path, **fields: Any) -> None:
    """Import a record."""
    file = folder / f"{abs(hash(str(fields)))}.jsonl"
    file.write_text(json.dumps(fields) + "\n", "utf-8")
    assert not library.import_files([file]).rejected


def test_every_field_is_a_text_that_can_be_edited(library: Library) -> None:
    assert library.papers.editable(1) == ASH
    done = undone(library, lambda: library.papers.edit(1, NEW))
    assert done.message.startswith("Edited the title, the authors, the date, the venue, ")
    assert library.papers.editable(1) == {
        "title": "Pooling $O(n)$ Ashes",
        "authors": "Bo Li\nCy Song",
        "published": "2024-03",
        "venue": "ICLR",
        "key": "pooling-ashes",
        "categories": "cs.LG\ncs.CL",
        "identifiers": "arxiv:2402.14393\ndoi:10.1000/abc",
        "links": "code https://github.com/a/b\npdf https://example.org/a.pdf",
        "abstract": "One[31m.\n\nTwo.",
    }
    paper = library.detail(1)
    assert paper.title == "Pooling O(n) Ashes"
    assert set(paper.edited) == set(NEW) - {"key"}
    assert list(library.search("pooling").ids) == [1]


def test_texts_as_they_were_change_nothing(library: Library) -> None:
    unchanged(library, lambda: library.papers.edit(1, library.papers.editable(1)))
    library.papers.edit(1, NEW)
    unchanged(library, lambda: library.papers.edit(1, library.papers.editable(1)))
    unchanged(library, lambda: library.papers.edit(1, {}))
    assert library.detail(2).edited == ()


def test_an_author_written_family_first_is_turned_round(library: Library, tmp_path: Path) -> None:
    library.papers.edit(1, {"authors": ["Mina Song", "Ek, Otto", "Otto Ek", "Sammy Davis, Jr."]})
    assert library.detail(1).authors == ("Mina Song", "Otto Ek", "Sammy Davis, Jr.")
    brought(library, tmp_path, title="Yew", authors=["Toy Makers, United"])
    (yew,) = library.search("title:yew").ids
    unchanged(library, lambda: library.papers.edit(yew, library.papers.editable(yew)))
    library.papers.edit(yew, {"authors": "Toy Makers, United\nYew, Ann"})
    assert library.detail(yew).authors == ("Toy Makers, United", "Ann Yew")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " \x00"}, "A paper needs a title."),
        ({"title": "a" * 2001}, "The title cannot be kept: too long (at most 2,000)."),
        ({"published": "2024-13"}, "The date cannot be kept: '2024-13' is not a day of"),
        ({"published": "next year"}, "The date cannot be kept: 'next year' is not a year"),
        ({"identifiers": "10.1000/x\nfoo"}, "“foo” is no identifier: write doi:10.1000/x"),
        ({"identifiers": "acl:one"}, "“acl:one” is no identifier"),
        ({"links": "javascript:alert(1)"}, "The links cannot be kept: only http and https"),
        ({"links": "video https://example.org"}, "“video https://example.org” is no link: "),
        ({"links": "pdf https://a.org https://b.org"}, "“pdf https://a.org https://b.org” is no"),
        ({"key": "Not A Key"}, "“Not A Key” is no citation key: "),
        ({"key": ""}, "“” is no citation key: "),
        ({"colour": "red"}, "A paper has no field “colour”."),
        ({"key": "elm2005elm"}, "The key elm2005elm belongs to paper 5, “Elm”."),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_changed(
    library: Library, changes: dict[str, str], said: str
) -> None:
    def refused() -> None:
        with pytest.raises(EditError) as error:
            library.papers.edit(1, {"venue": "ICLR"} | changes)
        assert str(error.value).startswith(said)

    before = library.detail(1)
    refused()
    assert library.detail(1) == before
    assert len(library.history.entries()) == 1


def test_a_paper_that_is_not_there_is_said(library: Library) -> None:
    for act in (
        lambda: library.papers.edit(99, {"title": "x"}),
        lambda: library.papers.editable(99),
        lambda: library.papers.unedit(99, ["title"]),
        lambda: library.provenance(99),
    ):
        with pytest.raises(NotFoundError, match="no paper 99"):
            act()


def test_an_identifier_of_another_paper_is_refused_with_its_number(library: Library) -> None:
    library.papers.edit(2, {"identifiers": "doi:10.1000/x"})
    with pytest.raises(EditError, match=r"doi:10\.1000/x belongs to paper 2, “Beech”\."):
        library.papers.edit(1, {"identifiers": ["doi:10.1000/y", "doi:10.1000/x"]})
    assert library.detail(1).identifiers == ()


def test_a_key_stays_the_papers_own_when_it_gets_another(library: Library) -> None:
    library.papers.edit(1, {"key": "ash"})
    with pytest.raises(EditError, match="ash2001ash was another paper's"):
        library.papers.edit(2, {"key": "ash2001ash"})
    undone(library, lambda: library.papers.edit(1, {"key": "ash2001ash"}))
    with pytest.raises(EditError, match="ash was another"):
        library.papers.edit(2, {"key": "ash"})


def test_no_source_overwrites_an_edit_nor_fills_what_was_cleared(
    library: Library, tmp_path: Path
) -> None:
    library.papers.edit(1, {"title": "Mine", "authors": "", "venue": "Mine too"})
    brought(library, tmp_path, title="Ash", authors=["A. Nother"], venue="Theirs", source="doi")
    brought(library, tmp_path, title="Mine", published="2001-05", abstract="New.", source="doi")
    assert len(library.search("").ids) == 12, "it is found under both titles"
    paper = library.detail(1)
    assert (paper.title, paper.authors, paper.venue) == ("Mine", (), "Mine too")
    assert (paper.published, paper.abstract) == ("2001-05", "New.")
    assert dict(library.provenance(1).fields) == {
        "title": "reader",
        "authors": "reader",
        "published": "doi",
        "venue": "reader",
        "abstract": "doi",
    }


def test_sources_speak_again_with_what_came_meanwhile(library: Library, tmp_path: Path) -> None:
    library.papers.edit(1, {"title": "Mine", "authors": "", "identifiers": "doi:10.1000/x"})
    brought(library, tmp_path, title="Mine", venue="V", arxiv="2402.14393")
    brought(library, tmp_path, title="Ash, Revisited", doi="10.1000/x", source="crossref")
    assert library.detail(1).identifiers == (("doi", "10.1000/x"),)
    done = undone(library, lambda: library.papers.unedit(1, ["title", "identifiers"]))
    assert done.message == "Reset the title and the identifiers of “Mine” to what the sources say."
    paper = library.detail(1)
    assert paper.title == "Ash, Revisited"
    assert paper.identifiers == (("arxiv", "2402.14393"), ("doi", "10.1000/x"))
    assert paper.edited == ("authors",)
    unchanged(library, lambda: library.papers.unedit(1, ["title", "venue"]))
    with pytest.raises(EditError, match="No source speaks of the field “key”"):
        library.papers.unedit(1, ["key"])


def test_identifiers_that_another_paper_bears_by_now_stay_its_own(library: Library) -> None:
    library.papers.edit(1, {"identifiers": "doi:10.1000/x\ndoi:10.1000/y"})
    library.duplicates.merge(2, 1)
    library.papers.edit(2, {"identifiers": "doi:10.1000/y"})
    library.papers.edit(3, {"identifiers": "doi:10.1000/x"})
    library.papers.unedit(2, ["identifiers"])
    assert library.detail(2).identifiers == (("doi", "10.1000/y"),)
    assert library.detail(3).identifiers == (("doi", "10.1000/x"),)


def test_edits_and_what_was_overlooked_survive_a_deletion_that_is_undone(
    library: Library,
) -> None:
    library.papers.edit(1, {"title": "Mine"})
    library.papers.delete(1)
    library.history.undo()
    assert library.papers.unedit(1, ["title"]).changed
    assert library.detail(1).title == "Ash"


def test_an_edited_paper_is_none_that_undoing_its_import_takes_away(library: Library) -> None:
    library.papers.edit(1, {"venue": "Mine"})
    (imported,) = [one for one in library.history.entries() if one.kind == "import"]
    library.history.undo(imported.id)
    assert [paper.id for paper in library.details(range(13))] == [1]
