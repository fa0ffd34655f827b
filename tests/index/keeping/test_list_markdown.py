"""Reading lists as Markdown through the library's door: given out, edited, applied."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import ChecklistError, NotFoundError
from index.library import Library
from index.views import Item, ItemStatus
from tests.index.keeping.conftest import TITLES, unchanged, undone

BOXES: dict[str, ItemStatus] = {" ": "to read", "/": "reading", "x": "done", "-": "skipped"}


@pytest.fixture
def thesis(library: Library) -> Library:
    """Elm, Ash, Gum, Cedar and Beech on the list ``thesis``: the third skipped, the last read."""
    library.lists.add("thesis", [5, 1, 7, 3, 2])
    library.lists.status("thesis", 7, "skipped")
    library.lists.note("thesis", 1, "For chapter 2:\n\n- the proof")
    library.marks.read(2)
    return library


def order(library: Library) -> list[int]:
    return list(library.search("", shelf=library.lists.shelf("thesis").query).ids)


def items(library: Library) -> dict[int, Item]:
    return {
        paper.id: item
        for paper in library.details(order(library))
        for item in paper.items
        if item.list == "thesis"
    }


def line(paper: int, box: str = " ", note: str = "") -> str:
    name = TITLES[paper - 1]
    year, lower = 2000 + paper, name.lower()
    text = f"- [{box}] {name} · {name} {year} {{#{lower}{year}{lower}}}\n"
    return text + "".join(f"  {part}\n" if part else "\n" for part in note.split("\n") if note)


def test_the_text_is_the_list(thesis: Library) -> None:
    text = thesis.lists.markdown("THESIS")
    assert text.startswith("# thesis\n\n<!-- ")
    assert text.partition("-->\n\n")[2] == (
        line(5)
        + line(1, note="For chapter 2:\n\n- the proof")
        + line(7, "-")
        + line(3)
        + line(2, "x")
    )
    done = unchanged(thesis, lambda: thesis.lists.apply("thesis", text, text))
    assert done.message == "“thesis” is as it was."
    assert thesis.lists.shelf("thesis").order == "hand"
    with pytest.raises(NotFoundError):
        thesis.lists.markdown("nothing")


def test_what_was_edited_is_one_action(thesis: Library) -> None:
    base = thesis.lists.markdown("thesis")
    text = line(2) + line(9, "/", "New,\nhere") + line(5, "x") + line(1, note="For chapter 3")
    done = undone(thesis, lambda: thesis.lists.apply("thesis", text, base))
    assert done.message == (
        "Edited the list “thesis”: 1 added, 2 taken off, 3 with another status,"
        " 2 with another note, in another order."
    )
    assert done.changed == 6
    assert order(thesis) == [2, 9, 5, 1]
    assert {paper: (item.status, item.note) for paper, item in items(thesis).items()} == {
        2: ("to read", ""),
        9: ("reading", "New,\nhere"),
        5: ("done", ""),
        1: ("to read", "For chapter 3"),
    }
    assert thesis.detail(2).read, "what a list says is said of the list alone"


def test_a_title_is_read_by_nobody_and_a_box_may_be_missing(thesis: Library) -> None:
    text = (
        thesis.lists.markdown("thesis").replace("Elm ·", "My favourite ·").replace("- [-] ", "- ")
    )
    unchanged(thesis, lambda: thesis.lists.apply("thesis", text))


def test_papers_are_added_by_all_that_they_are_known_by(thesis: Library, tmp_path: Path) -> None:
    file = tmp_path / "more.jsonl"
    records = [
        {"title": "On arXiv", "arxiv_id": "1706.03762", "authors": ["A"]},
        {"title": "With a DOI", "doi": "10.1000/x_y(1)", "authors": ["B"]},
        {"title": "1984"},
    ]
    file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    thesis.import_files([file])
    text = (
        "- https://arxiv.org/abs/1706.03762v5\n"
        "- [/] Read this: <https://doi.org/10.1000/x_y%281%29>.\n"
        "hazel2008hazel\n"
        "- [ ] 1984\n"
    )
    thesis.lists.apply("thesis", text)
    assert order(thesis) == [13, 14, 8, 15]
    thesis.lists.apply("thesis", "arXiv:1706.03762\n* doi:10.1000/X_Y(1)\n")
    assert order(thesis) == [13, 14]
    assert items(thesis)[14].status == "reading"


def test_a_sorted_list_stays_sorted_unless_lines_were_moved(thesis: Library) -> None:
    thesis.lists.sort("thesis", "title")
    base = thesis.lists.markdown("thesis")
    undone(thesis, lambda: thesis.lists.apply("thesis", line(4) + base, base))
    assert (order(thesis), thesis.lists.shelf("thesis").order) == ([1, 2, 3, 4, 5, 7], "title")
    base = thesis.lists.markdown("thesis")
    text = base.replace(line(1, note="For chapter 2:\n\n- the proof"), "") + line(1)
    done = undone(thesis, lambda: thesis.lists.apply("thesis", text, base))
    assert done.message.endswith("1 with another note, in another order.")
    assert (order(thesis), thesis.lists.shelf("thesis").order) == ([2, 3, 4, 5, 7, 1], "hand")


def test_a_new_line_stands_where_it_was_written(thesis: Library) -> None:
    text = thesis.lists.markdown("thesis").replace(line(3), line(4) + line(3))
    done = undone(thesis, lambda: thesis.lists.apply("thesis", text))
    assert (order(thesis), done.message) == (
        [5, 1, 7, 4, 3, 2],
        "Edited the list “thesis”: 1 added.",
    )


def test_a_list_that_changed_meanwhile_is_left_alone(thesis: Library) -> None:
    base = thesis.lists.markdown("thesis")
    thesis.lists.note("thesis", 5, "Written meanwhile")
    with pytest.raises(ChecklistError, match="“thesis” was changed meanwhile; nothing was applied"):
        thesis.lists.apply("thesis", line(5, "x"), base)
    assert order(thesis) == [5, 1, 7, 3, 2]


def test_lines_that_are_not_understood_are_told_and_nothing_is_applied(thesis: Library) -> None:
    before, entries = items(thesis), thesis.history.entries()
    text = (
        line(2)
        + "- [ ] Ghost {#ghost}\n"
        + line(2, "x")
        + "- [?] Elm {#elm2005elm}\n"
        + "What is this?\n"
        + "".join(f"- 2402.0000{digit}\n" for digit in range(8))
    )
    with pytest.raises(ChecklistError) as error:
        thesis.lists.apply("thesis", text)
    told = str(error.value)
    assert told.startswith(
        "Nothing was applied: line 2 names no paper of this library (“ghost”);"
        " line 3 names the paper of line 1 again; line 4 has [?] for its status;"
        " line 5 names no paper of this library (“What is this?”); line 6 "
    )
    assert told.endswith("(“2402.00005”); and 2 more.")
    assert "\n" not in told
    with pytest.raises(ChecklistError, match="line 2 has a note of over 10,000 letters"):
        thesis.lists.apply("thesis", line(2) + line(3, note="x" * 10_001))
    with pytest.raises(ChecklistError, match="empty"):
        thesis.lists.apply("thesis", " \n")
    assert (items(thesis), thesis.history.entries()) == (before, entries)


def test_a_list_may_be_emptied(thesis: Library) -> None:
    base = thesis.lists.markdown("thesis")
    done = undone(thesis, lambda: thesis.lists.apply("thesis", base.partition("\n- [")[0], base))
    assert done.message == "Edited the list “thesis”: 5 taken off."


edits = st.lists(
    st.tuples(
        st.integers(1, len(TITLES)),
        st.sampled_from(list(BOXES)),
        st.lists(st.sampled_from(["", "a", "  b", "- [ ] x", "# c", "<!-- d"]), max_size=4),
    ),
    max_size=len(TITLES),
    unique_by=lambda edit: edit[0],
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits)
def test_a_list_becomes_exactly_what_was_written(
    thesis: Library, edited: list[tuple[int, str, list[str]]]
) -> None:
    before, base = items(thesis), thesis.lists.markdown("thesis")
    notes = {paper: "\n".join(lines).strip() for paper, _, lines in edited}
    text = "# thesis\n" + "".join(line(paper, box, notes[paper]) for paper, box, _ in edited)
    done = thesis.lists.apply("thesis", text, base)
    assert order(thesis) == [paper for paper, _, _ in edited]
    after = items(thesis)
    assert {paper: item.status for paper, item in after.items()} == {
        paper: BOXES[box] for paper, box, _ in edited
    }
    assert {paper: item.note.split() for paper, item in after.items()} == {
        paper: note.split() for paper, note in notes.items()
    }
    again = thesis.lists.markdown("thesis")
    assert thesis.lists.apply("thesis", again, again).changed == 0
    if done.changed:
        thesis.history.undo()
    assert items(thesis) == before
    assert thesis.lists.markdown("thesis") == base
