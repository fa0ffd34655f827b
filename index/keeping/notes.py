"""Notes on papers."""

from __future__ import annotations

from index.errors import NoteChangedError, NoteError
from index.keeping.room import Room, done
from index.store import notes
from index.text import capital, clean_text
from index.views import Done

LONGEST_NOTE = 1_000_000


class Notes(Room):
    """The room where notes are written."""

    def write(self, paper_id: int, text: str, base: str | None = None) -> Done:
        """Write a paper's note; an empty text removes it.

        ``base`` is the note that the text was made from: where the note is another by now, nothing
        is written. Raises NoteChangedError for that, and NoteError where the text cannot be kept.
        """
        given, text = text, clean_text(text)
        if given.strip() and not text:
            raise NoteError("There is nothing in this note that can be read.")
        if len(text) > LONGEST_NOTE:
            raise NoteError(f"A note holds at most {LONGEST_NOTE:,} characters.")
        what = self._titled([paper_id])
        did = "wrote a note on" if text else "removed the note on"
        with self._store.action(f"{did} {what}") as db:
            now = notes.text_of(db, paper_id)
            if base is not None and now not in (base, text):
                raise NoteChangedError(now)
            changed = notes.write(db, paper_id, text)
        return done(changed, f"{capital(did)} {what}.", "The note is as it was.")
