"""The way back: what was done, what it did, undone from anywhere and done again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from index.errors import HistoryError, NotFoundError
from index.library import Library

TITLES = ("Graph Parsing Networks", "Pooling by Trees", "Slow Lamps", "Rings and Rain")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library")
    bring(library, tmp_path / "papers.jsonl", *TITLES)
    yield library
    library.close()


def bring(library: Library, file: Path, *titles: str, restore: bool = False) -> None:
    papers = [{"title": title, "arxiv_id": f"2402.{titles.index(title):05}"} for title in titles]
    file.write_text("".join(json.dumps(paper) + "\n" for paper in papers), "utf-8")
    library.import_files([file], restore=restore)


def looks(library: Library) -> object:
    return library.overview(), list(library.details(range(1, 20))), library.history.entries()


def last(library: Library) -> int:
    """The number of the newest entry."""
    return library.history.entries(1)[0].id


def refusal(library: Library, entry: int, *, redo: bool = False) -> str:
    """What is said where an entry cannot be undone or redone; it changes nothing."""
    before = looks(library)
    with pytest.raises(HistoryError) as refused:
        (library.history.redo if redo else library.history.undo)(entry)
    assert looks(library) == before
    return str(refused.value)


def test_the_entries_are_told_the_newest_first_and_a_page_at_a_time(library: Library) -> None:
    library.marks.star([1, 2])
    library.lists.new("thesis")
    library.history.undo()
    listed, starred, imported = library.history.entries()
    assert (listed.label, listed.papers, listed.undone) == ("made the list “thesis”", 0, True)
    assert (starred.label, starred.papers, starred.undone) == ("starred 2 papers", 2, False)
    assert (imported.label, imported.papers, imported.kind) == (
        "imported papers.jsonl",
        len(TITLES),
        "import",
    )
    assert starred.kind == "action"
    assert starred.at.endswith("+00:00")
    assert library.history.entries(limit=2) == (listed, starred)
    assert library.history.entries(limit=2, before=starred.id) == (imported,)
    assert library.history.entries(before=imported.id) == ()


def test_undone_and_redone_any_number_of_times(library: Library, tmp_path: Path) -> None:
    start = library.detail(1)
    library.tags.add(1, "gnn")
    tagged = library.detail(1)
    library.lists.add("thesis", [1])
    listed = library.detail(1)
    for _ in range(3):
        undone = library.history.undo()
        assert (undone.message, undone.changed) == (
            "Undone: put “Graph Parsing Networks” on “thesis”.",
            1,
        )
        assert library.detail(1) == tagged
        library.history.undo()
        assert library.detail(1) == start
        redone = library.history.redo()
        assert (redone.message, redone.changed) == (
            "Redone: tagged “Graph Parsing Networks” #gnn.",
            1,
        )
        assert library.detail(1) == tagged
        library.history.redo()
        assert library.detail(1) == listed
        assert library.history.redo().message == "There is nothing to redo."
        library.close()
        library = Library.open(tmp_path / "library")
    library.close()


def test_another_process_undoes_what_this_one_did_and_this_one_redoes_it(
    library: Library, tmp_path: Path
) -> None:
    library.marks.star(1)
    library.marks.rate(1, 4)

    def elsewhere(what: str) -> str:
        script = (
            "import sys; from pathlib import Path; from index.library import Library;"
            f" print(Library(Path(sys.argv[1])).history.{what}().message)"
        )
        arguments = [sys.executable, "-c", script, str(tmp_path / "library")]
        return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout.strip()

    assert elsewhere("undo") == "Undone: rated 4 of 5 “Graph Parsing Networks”."
    assert elsewhere("undo") == "Undone: starred “Graph Parsing Networks”."
    assert (library.detail(1).starred, library.detail(1).rating) == (False, 0)
    assert library.history.redo().message == "Redone: starred “Graph Parsing Networks”."
    assert elsewhere("redo") == "Redone: rated 4 of 5 “Graph Parsing Networks”."
    assert (library.detail(1).starred, library.detail(1).rating) == (True, 4)


def test_decisions_on_one_paper_do_not_stand_in_each_others_way(library: Library) -> None:
    library.lists.add("thesis", [1, 2])
    first = last(library) + 1
    library.marks.star(1)
    library.marks.rate(1, 3)
    library.tags.add(1, "gnn")
    library.tags.add(1, "pooling")
    library.notes.write(1, "Read twice.")
    library.lists.status("thesis", 1, "reading")
    library.lists.note("thesis", 1, "Why it is here.")
    for entry in range(first, first + 7):
        assert library.history.blockers(entry) == ()
        assert library.history.undo(entry).changed == 1
    paper = library.detail(1)
    assert (paper.starred, paper.rating, paper.tags, paper.note) == (False, 0, (), "")
    assert (paper.items[0].status, paper.items[0].note) == ("to read", "")


def test_what_came_after_stands_in_the_way_by_name(library: Library) -> None:
    library.marks.rate(1, 3)
    rated = last(library)
    library.marks.star(1)
    library.marks.rate(1, 4)
    assert refusal(library, rated) == (
        "“rated 3 of 5 “Graph Parsing Networks”” cannot be undone:"
        " “rated 4 of 5 “Graph Parsing Networks”” came after it; undo that first."
    )
    (blocker,) = library.history.blockers(rated)
    assert blocker.id == last(library)
    library.history.undo(blocker.id)
    library.history.undo(rated)
    assert (library.detail(1).rating, library.detail(1).starred) == (0, True)


def test_what_stands_in_the_way_of_others_that_do_is_named_too(library: Library) -> None:
    library.lists.new("thesis")
    library.lists.rename("thesis", "book")
    renamed = last(library)
    library.lists.new("thesis")
    library.lists.add("thesis", [1])  # which touches nothing that was renamed
    assert [entry.label for entry in library.history.blockers(renamed)] == [
        "put “Graph Parsing Networks” on “thesis”",
        "made the list “thesis”",
    ]


def test_all_that_stands_in_the_way_can_be_undone_in_the_order_it_is_given(
    library: Library,
) -> None:
    library.lists.new("thesis")
    made = last(library)
    library.lists.add("thesis", [1])
    library.lists.status("thesis", 1, "reading")
    library.marks.star(1)
    library.lists.status("thesis", 1, "done")
    assert [entry.label.split()[0] for entry in library.history.blockers(made)] == [
        "marked",
        "marked",
        "put",
    ]
    assert "came after it; undo those first." in refusal(library, made)
    for entry in library.history.blockers(made):
        library.history.undo(entry.id)
    library.history.undo(made)
    assert library.lists.names() == []
    assert library.detail(1).starred


def test_many_that_stand_in_the_way_are_counted(library: Library) -> None:
    library.marks.rate(1, 1)
    rated = last(library)
    for rating in (2, 3, 4, 5, 1):
        library.marks.rate(1, rating)
    said = refusal(library, rated)
    assert "4 of 5 “Graph Parsing Networks””" in said
    assert said.endswith("and 2 more came after it; undo those first.")


def test_a_name_that_another_bears_now_stands_in_the_way(library: Library) -> None:
    library.lists.new("thesis")
    library.lists.rename("thesis", "book")
    renamed = last(library)
    library.lists.new("Thesis")
    assert "“made the list “Thesis”” came after it" in refusal(library, renamed)
    library.lists.delete("book")
    deleted = last(library)
    library.lists.new("book")
    assert "“made the list “book”” came after it" in refusal(library, deleted)
    library.saved.save("new", "graph")
    library.saved.delete("new")
    deleted = last(library)
    library.saved.save("new", "pooling")
    assert "“saved the search “new”” came after it" in refusal(library, deleted)


def test_what_refers_to_it_stands_in_the_way(library: Library) -> None:
    library.lists.add("thesis", [1])
    listed = last(library)
    library.lists.add("thesis", [2])
    assert "“put “Pooling by Trees” on “thesis”” came after it" in refusal(library, listed)
    library.lists.delete("thesis")
    deleted = last(library)
    library.papers.delete([1])
    assert "“deleted “Graph Parsing Networks”” came after it" in refusal(library, deleted)


def test_a_tag_that_was_renamed_since_stands_in_the_way(library: Library) -> None:
    library.tags.add(1, "gnn")
    tagged = last(library)
    library.tags.add(2, "gnn")
    library.tags.add(1, "ml")
    library.tags.merge("gnn", "ml")
    assert "“merged #gnn into #ml” came after it; undo that first" in refusal(library, tagged)


def test_a_decision_that_was_made_again_is_not_taken_for_the_first(library: Library) -> None:
    library.marks.star(1)
    first = last(library)
    library.marks.star(1, on=False)
    library.marks.star(1)  # in the same second it is the same row
    assert len(library.history.blockers(first)) == 2
    refusal(library, first)
    for _ in range(3):
        library.history.undo()
    assert not library.detail(1).starred


def test_what_is_undone_in_the_middle_is_the_first_to_be_redone_and_to_be_undone_again(
    library: Library,
) -> None:
    library.marks.star(1)
    starred = last(library)
    library.marks.read(1)
    library.history.undo(starred)
    assert library.history.redo().message.startswith("Redone: starred")
    assert library.history.undo().message.startswith("Undone: starred")
    assert library.history.undo().message.startswith("Undone: marked as read")
    assert library.history.undo().message.startswith("Undone: imported")


def test_something_new_ends_what_can_be_redone_except_by_its_number(library: Library) -> None:
    library.marks.star(1)
    starred = last(library)
    library.history.undo()
    library.marks.read(1, read=False)  # which changes nothing
    library.history.redo()
    library.history.undo()
    library.marks.read(1)
    assert library.history.redo().message == "There is nothing to redo."
    assert library.history.redo(starred).message.startswith("Redone: starred")
    assert library.detail(1).starred
    assert library.history.redo(starred).message == (
        "“starred “Graph Parsing Networks”” is not undone."
    )
    library.history.undo(starred)
    assert library.history.undo(starred).message == (
        "“starred “Graph Parsing Networks”” is undone already."
    )


def test_redoing_says_what_is_to_be_undone_or_redone_first(library: Library) -> None:
    library.lists.new("thesis")
    made = last(library)
    library.lists.add("thesis", [1])
    listed = last(library)
    library.history.undo()
    library.history.undo()
    assert refusal(library, listed, redo=True) == (
        "“put “Graph Parsing Networks” on “thesis”” cannot be redone:"
        " “made the list “thesis”” came before it; redo that first."
    )
    library.lists.new("Thesis")
    assert refusal(library, made, redo=True) == (
        "“made the list “thesis”” cannot be redone:"
        " “made the list “Thesis”” came after it; undo that first."
    )


def test_an_import_in_the_middle_takes_the_papers_that_nobody_touched(
    library: Library, tmp_path: Path
) -> None:
    bring(library, tmp_path / "more.jsonl", *TITLES, "Late Light", "Later Light", "Last Light")
    imported = last(library)
    library.marks.star(1)
    library.marks.star(5)
    library.marks.star(5, on=False)  # which the history must still be able to undo
    library.marks.star(6)
    library.history.undo()
    assert library.history.blockers(imported) == ()
    asked = library.history.undo(imported, imports=False)
    assert asked.question == "Imported more.jsonl: 3 papers would go."
    assert library.history.undo(imported).message == (
        "Undone: imported more.jsonl: 2 papers removed;"
        " 1 that you have worked with or that came again stay."
    )
    assert [paper.id for paper in library.details(range(1, 20))] == [1, 2, 3, 4, 5]
    assert library.history.undo().message.startswith("Undone: unstarred “Late Light”")
    assert library.detail(5).starred


def test_records_that_changed_since_keep_nothing_from_going_back(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "papers.jsonl"
    before = list(library.details([1, 2]))
    library.duplicates.merge(1, [2])
    merge = last(library)
    records = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    file.write_text("".join(json.dumps({**one, "note": "new"}) + "\n" for one in records), "utf-8")
    library.import_files([file])
    library.history.undo(merge)
    assert list(library.details([1, 2])) == before
    library.import_files([file])
    library.history.redo(merge)
    assert [paper.id for paper in library.details([1, 2])] == [1]


def test_an_import_cannot_be_redone_and_what_was_done_to_its_papers_neither(
    library: Library, tmp_path: Path
) -> None:
    library.marks.star(1)
    starred = last(library)
    library.history.undo()
    library.history.undo()
    with pytest.raises(HistoryError) as refused:
        library.history.redo()
    assert str(refused.value) == "“imported papers.jsonl” cannot be redone: import that again."
    assert refusal(library, starred, redo=True) == (
        "“starred “Graph Parsing Networks”” cannot be redone:"
        " papers that it changed are no longer in this library."
    )
    bring(library, tmp_path / "papers.jsonl", *TITLES)
    assert library.history.redo().message == "There is nothing to redo."


def test_a_deleted_paper_that_an_import_brought_back_is_said_to_be_in_the_way(
    library: Library, tmp_path: Path
) -> None:
    library.papers.delete([1])
    deleted = last(library)
    bring(library, tmp_path / "again.jsonl", *TITLES, restore=True)
    assert refusal(library, deleted) == (
        "“deleted “Graph Parsing Networks”” cannot be undone:"
        " “imported again.jsonl” came after it; undo that first."
    )
    library.history.undo()
    assert library.history.undo().changed == 1
    assert library.detail(1).title == "Graph Parsing Networks"


def test_what_an_entry_did_is_told_in_sentences(library: Library) -> None:
    def told() -> tuple[str, ...]:
        return library.history.told(last(library))

    assert told() == tuple(f"“{title}”" for title in TITLES)
    one, two, three, four = (f"“{title}”: " for title in TITLES)
    library.marks.star([1, 2])
    assert told() == (f"{one}starred", f"{two}starred")
    library.marks.star(2, on=False)
    assert told() == (f"{two}unstarred",)
    library.marks.rate(1, 4)
    library.marks.rate(1, 2)
    assert told() == (f"{one}rated 2 of 5, before 4 of 5",)
    library.marks.rate(1, 0)
    assert told() == (f"{one}unrated, before 2 of 5",)
    library.marks.skip(3)
    library.marks.read(3)
    assert told() == (f"{three}marked as read; no longer skipped",)
    library.tags.add([1, 2], "gnn")
    library.tags.rename("gnn", "ml/gnn")
    assert told() == (f"{one}tagged #ml/gnn; took #gnn off", f"{two}tagged #ml/gnn; took #gnn off")
    library.tags.colour("ml/gnn", "red")
    assert told() == ("#ml/gnn: coloured red",)
    library.lists.add("thesis", [1, 2, 3])
    assert told() == (
        "List “thesis”: made",
        *(f"{one}put on “thesis”" for one in (one, two, three)),
    )
    library.lists.move("thesis", 3, -2)
    assert told() == (
        f"{one}moved on “thesis” from 1 to 2",
        f"{two}moved on “thesis” from 2 to 3",
        f"{three}moved on “thesis” from 3 to 1",
    )
    library.lists.status("thesis", 1, "reading")
    assert told() == (f"{one}reading on “thesis”",)
    library.marks.read(1)
    assert told() == (f"{one}marked as read; no longer reading on “thesis”",)
    library.lists.note("thesis", 1, "chapter 2")
    assert told() == (f"{one}noted on “thesis”: “chapter 2”",)
    library.lists.sort("thesis", "date")
    assert told() == ("List “thesis”: sorted by date, before by hand",)
    library.lists.rename("thesis", "book")
    assert told() == ("List “book”: renamed, before “thesis”",)
    library.lists.archive("book")
    assert told() == ("List “book”: archived",)
    library.notes.write(1, "One\nTwo\nThree")
    assert told() == (f"{one}note: 3 lines written",)
    library.notes.write(1, "One")
    assert told() == (f"{one}note: 1 line written, before 3 lines",)
    library.notes.write(1, "")
    assert told() == (f"{one}note of 1 line removed",)
    library.saved.save("new", "is:unread")
    assert told() == ("Search “new”: saved: “is:unread”",)
    library.duplicates.apart(1, 2)
    assert told() == (f"{one}set apart from “Pooling by Trees”",)
    library.duplicates.merge(3, 4)
    assert told() == (f"{three}known as arxiv 2402.00003", f"{four}merged into “Slow Lamps”")
    library.papers.delete([1])
    assert told() == (f"{one}deleted",)


def test_what_is_gone_is_still_told_of(library: Library) -> None:
    library.lists.add("thesis", [1])
    listed = last(library)
    library.lists.delete("thesis")
    key = library.detail(1).key
    library.papers.delete([1])
    assert library.history.told(listed) == (
        "List “thesis”: made",
        f"“{key}”: put on “thesis”",
    )


def test_of_many_papers_the_first_are_told_and_the_others_counted(
    library: Library, tmp_path: Path
) -> None:
    bring(library, tmp_path / "many.jsonl", *(f"Paper {number}" for number in range(60)))
    imported = last(library)
    told = library.history.told(imported)
    assert told[49:] == ("“Paper 53”", "and 6 more", "4 that were here before came again")
    library.tags.add(list(range(1, 61)), "all")
    told = library.history.told(last(library))
    assert (len(told), told[50]) == (51, "and 10 more")


def test_an_entry_that_is_not_there_is_said_so(library: Library) -> None:
    for look in (library.history.told, library.history.blockers, library.history.undo):
        with pytest.raises(NotFoundError, match="There is no entry 99 in the history"):
            look(99)


def test_a_rehearsal_leaves_no_entry_and_undoes_nothing(library: Library) -> None:
    library.marks.star(1)
    before = looks(library)
    assert library.rehearse(lambda it: it.tags.add([1, 2], "gnn")).changed == 2
    assert library.rehearse(lambda it: it.history.undo()).changed == 1
    assert looks(library) == before


def test_what_was_edited_is_told_field_by_field(library: Library) -> None:
    def told() -> tuple[str, ...]:
        return library.history.told(last(library))

    library.papers.edit(1, {"title": "Parsing Graphs"})
    assert told() == ("“Parsing Graphs”: title edited",)
    library.papers.edit(1, {"title": "Parsing Nets", "venue": "ICLR"})
    assert told() == ("“Parsing Nets”: title edited; venue edited",)
    library.papers.unedit(1, ["title"])
    assert told() == ("“Graph Parsing Networks”: title reset",)
    library.papers.edit(1, {"key": "mine"})
    assert told() == ("“Graph Parsing Networks”: citation key mine, before graphparsingnetworks",)


def test_while_much_is_undone_the_interpreter_may_run_other_threads(library: Library) -> None:
    library.marks.star([1, 2, 3, 4])
    entered, inside = 0, False

    def watch(frame: FrameType, event: str, called: object) -> None:
        nonlocal entered, inside
        if getattr(called, "__name__", "") == "apply":  # of the changeset, in C
            inside = event == "c_call"
        elif inside and event == "call":
            entered += 1

    sys.setprofile(watch)
    try:
        library.history.undo()
    finally:
        sys.setprofile(None)
    assert entered >= 4, "a thread that waits gets its turn where Python runs"
