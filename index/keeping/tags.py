"""Tags: given, taken, renamed, merged, deleted and coloured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from index.errors import NamingError
from index.keeping.room import Ids, Room, done, many, told
from index.naming import tag_path
from index.store import shelves, tags
from index.text import capital, clean_line, counted, fold
from index.views import Done, Shelf

if TYPE_CHECKING:
    from apsw import Connection

COLOURS = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "grey")
"""The colours that a tag may have. The theme says how each looks."""


class Tags(Room):
    """The room of tags. A tag's name holds those it lies below: ``ml/gnn``."""

    def names(self) -> list[str]:
        """Every tag that a paper bears, in the order of the alphabet."""
        with self._store.reading() as db:
            return tags.names(db)

    def tree(self) -> tuple[Shelf, ...]:
        """The shelves of all tags, each after the one it lies below."""
        with self._store.reading() as db:
            return tuple(shelves.tags(db))

    def shelf(self, name: str) -> Shelf:
        """The shelf of a tag and all below it. Raises NotFoundError, and NamingError."""
        with self._store.reading() as db:  # an old name may be one that is not given any more
            if found := shelves.tag_named(db, clean_line(name)):
                return found
        return self._named(
            "tag",
            tag_path(name),
            shelves.tag_named,
            lambda db: [shelf.name for shelf in shelves.tags(db)],
        )

    def borne(self, ids: Ids) -> dict[str, int]:
        """The tags that any of the papers bears, and how many of them bear each."""
        with self._store.reading() as db:
            return tags.borne(db, many(ids))

    def add(self, ids: Ids, name: str) -> Done:
        """Tag papers, making the tag where it is new. Raises NamingError."""
        chosen, name = many(ids), tag_path(name)
        what = self._titled(chosen)
        with self._store.action(f"tagged {what} #{name}", lambda db: tags.know(db, name)) as db:
            changed = tags.attach(db, chosen, name)
        return done(changed, f"Tagged {what} #{name}.", f"Already tagged #{name}.")

    def remove(self, ids: Ids, name: str) -> Done:
        """Take a tag from papers. Raises NotFoundError where there is no such tag."""
        chosen, name = many(ids), self.shelf(name).name
        what = self._titled(chosen)
        with self._store.action(f"took #{name} from {what}") as db:
            changed = tags.detach(db, chosen, name)
        return done(changed, f"Took #{name} from {what}.", f"Not tagged #{name}.")

    def change(self, ids: Ids, changes: Mapping[str, bool]) -> Done:
        """Give papers some tags (True) and take others (False): one action. Raises NamingError."""
        if len(changes) == 1:
            ((name, on),) = changes.items()
            return self.add(ids, name) if on else self.remove(ids, name)
        chosen = many(ids)
        wanted = {tag_path(name): on for name, on in changes.items()}
        what, did = self._titled(chosen), told(wanted, "#{}")

        def know(db: Connection) -> None:
            for name, on in wanted.items():
                if on:
                    tags.know(db, name)

        with self._store.action(f"tagged {what} {did}", know) as db:
            changed = sum(
                (tags.attach if on else tags.detach)(db, chosen, name)
                for name, on in wanted.items()
            )
        changed = min(changed, len(chosen))
        return done(changed, f"Tagged {what} {did}.", "The tags are as before.")

    def rename(self, name: str, new: str) -> Done:
        """Rename a tag with all below it, or spell it otherwise.

        Raises NamingError where the new name is borne already (``merge`` is for that), or lies
        below the old one.
        """
        shelf, new = self.shelf(name), tag_path(new)
        name = shelf.name
        if new == name:
            return Done(f"It is called #{new} already.", 0)
        taken = {fold(other.name) for other in self.tree()}
        if fold(new) in taken and fold(new) != fold(name):
            raise NamingError(f"There is a tag #{new} already; merge #{name} into it instead.")
        return self._move(shelf, new, f"renamed #{name} to #{new}")

    def merge(self, name: str, into: str) -> Done:
        """Make a tag and all below it another tag, and what lies below that.

        Raises NamingError where the other is the same, or lies below it.
        """
        shelf, into = self.shelf(name), self.shelf(into).name
        if fold(into) == fold(shelf.name):
            raise NamingError(f"#{into} cannot be merged into itself.")
        return self._move(shelf, into, f"merged #{shelf.name} into #{into}")

    def delete(self, name: str) -> Done:
        """Take a tag and all below it from every paper."""
        shelf = self.shelf(name)
        did = f"deleted #{shelf.name}"
        with self._store.action(did) as db:
            tags.delete(db, shelf.name)
        return Done(f"{capital(did)}, which {counted(shelf.count)} bore.", shelf.count)

    def colour(self, name: str, colour: str) -> Done:
        """Give a tag, and what lies below it, one of ``COLOURS``; an empty one takes it away.

        Raises NamingError for others.
        """
        name = self.shelf(name).name
        if colour and colour not in COLOURS:
            raise NamingError(f"A tag's colour is one of {', '.join(COLOURS)}.")
        did = f"coloured #{name} {colour}" if colour else f"took the colour from #{name}"
        with self._store.action(did, lambda db: tags.know(db, name)) as db:
            changed = tags.colour(db, name, colour)
        return done(changed, f"{capital(did)}.", "Its colour is as before.")

    def _move(self, shelf: Shelf, new: str, did: str) -> Done:
        if fold(new).startswith(f"{fold(shelf.name)}/"):
            raise NamingError(f"#{new} lies below #{shelf.name}, which cannot become it.")
        depth = shelf.depth + 1
        for tag in self.tree():
            if fold(tag.name).startswith(f"{fold(shelf.name)}/"):
                tag_path("/".join([new, *tag.name.split("/")[depth:]]))  # as long as it may be
        with self._store.action(did, lambda db: tags.make_room(db, shelf.name, new)) as db:
            tags.move(db, shelf.name, new)
        return Done(f"{capital(did)}, on {counted(shelf.count)}.", shelf.count)
