"""Notes through the library's door."""

from __future__ import annotations

import pytest

from index.errors import NoteChangedError, NoteError, NotFoundError
from index.keeping.notes import LONGEST_NOTE
from index.library import Library
from tests.index.keeping.conftest import unchanged, undone


def noting(library: Library, word: str) -> list[int]:
    return list(library.search(f"note:{word}").ids)


def test_a_note_is_written_changed_and_removed(library: Library) -> None:
    note = "# Why\n\nRead *twice*:\n\n- once\n- more"
    assert undone(library, lambda: library.notes.write(1, note)).message == "Wrote a note on “Ash”."
    assert library.detail(1).note == note
    assert unchanged(library, lambda: library.notes.write(1, f"\n{note}\r\n")).message == (
        "The note is as it was."
    )
    assert noting(library, "twice") == [1]
    undone(library, lambda: library.notes.write(1, "Read thrice."))
    assert (noting(library, "twice"), noting(library, "thrice")) == ([], [1])
    done = undone(library, lambda: library.notes.write(1, " \n "))
    assert done.message == "Removed the note on “Ash”."
    assert library.search("has:note").ids == []
    unchanged(library, lambda: library.notes.write(1, ""))
    library.history.undo()
    assert noting(library, "thrice") == [1], "words are found again after undoing"


def test_a_note_that_is_another_by_now_is_not_overwritten(library: Library) -> None:
    library.notes.write(1, "Mine.")
    library.notes.write(1, "Theirs.")
    with pytest.raises(NoteChangedError) as error:
        library.notes.write(1, "Mine, more.", base="Mine.")
    assert error.value.note == library.detail(1).note == "Theirs."
    with pytest.raises(NoteChangedError):
        library.notes.write(1, "", base="Mine.")
    with pytest.raises(NoteChangedError):
        library.notes.write(1, "New.", base="")
    unchanged(library, lambda: library.notes.write(1, "Theirs.", base="Mine."))
    undone(library, lambda: library.notes.write(1, "Ours.", base="Theirs."))
    undone(library, lambda: library.notes.write(2, "New.", base=""))


def test_what_is_no_text_is_cleaned_or_refused(library: Library) -> None:
    library.notes.write(1, "kept\0 and\x1b[31m clean\u202e \ud800\n\n\n\nyes\x07")
    assert library.detail(1).note == "kept and[31m clean\n\nyes"
    with pytest.raises(NoteError, match="nothing in this note"):
        library.notes.write(1, "\0\x01\x02")
    with pytest.raises(NoteError, match="at most 1,000,000"):
        library.notes.write(1, "x" * (LONGEST_NOTE + 1))
    with pytest.raises(NotFoundError):
        library.notes.write(99, "x")
    assert library.detail(1).note.startswith("kept")
