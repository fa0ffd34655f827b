"""What can be done with a shelf that the reader made: a list, a saved search, a tag."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content

from index.text import counted
from index.views import Done, ListOrder, Shelf, ShelfKind
from tui.commands.lists import edit_list, list_orders
from tui.commands.saved import confirm_change, saved_query
from tui.deeds import PREVIEWED

if TYPE_CHECKING:
    from index.keeping.lists import Lists
    from index.keeping.saved import Saved
    from index.keeping.tags import Tags
    from index.library import Library
    from tui.screens.desk import Desk

Deed = Callable[["Desk", Shelf], None]
"""What is done with a shelf."""

KINDS: dict[ShelfKind, str] = {"list": "reading list", "saved": "saved search", "tag": "tag"}


def deeds(desk: Desk, shelf: Shelf) -> list[tuple[str | Content, Deed]]:
    """What can be done with a shelf, each by what it is called in a menu."""
    found: list[tuple[str | Content, Deed]] = [("Rename …", rename)]
    if shelf.kind == "list":
        found += [
            ("Duplicate …", _duplicate),
            ("Sort …", _sort),
            ("Take out of the archive" if shelf.archived else "Archive", _archive),
            ("Edit as Markdown", lambda desk, _: edit_list(desk)),
        ]
    elif shelf.kind == "tag":
        found += [("Merge into …", _merge), ("Colour …", _colour)]
    elif (saved_query(desk.ask), desk.sort) != (shelf.query, shelf.sort):
        found += [("Change to what is searched now", _change_search)]
    return [*found, ("Delete", delete)]


def called(shelf: Shelf) -> str:
    """A shelf, as a sentence names it: ``#gnn``, ``“thesis”``."""
    return f"#{shelf.name}" if shelf.kind == "tag" else f"“{shelf.name}”"


def rename(desk: Desk, shelf: Shelf) -> None:
    """Ask for another name, and give it."""
    from tui.screens.naming import Naming

    def apply(name: str | None) -> None:
        if name and name != shelf.name:
            _change(
                desk,
                shelf,
                lambda library: _room(library, shelf).rename(shelf.name, name),
                f"Rename #{shelf.name} to #{name}?",
                "rename",
                then=lambda: desk.follow(shelf, name),
            )

    below = " and all below it" if _has_below(desk, shelf) else ""
    Naming(
        "Rename",
        f"{called(shelf)}{below}",
        text=shelf.name,
        verb="rename",
        kept=lambda name: _free(desk, shelf, name, own=shelf.name),
    ).ask(desk.app, apply)


def delete(desk: Desk, shelf: Shelf) -> None:
    """Delete a shelf once that is confirmed; its papers stay."""
    from tui.screens.confirm import Confirm

    papers = counted(shelf.count)
    if shelf.kind == "tag":
        below = " or a tag below it" if _has_below(desk, shelf) else ""
        about = f"{papers} {'bears' if shelf.count == 1 else 'bear'} it{below}. They stay."
    elif shelf.kind == "list":
        about = f"What is on it stays in the library: {papers}."
    else:
        about = f"It searches for: {shelf.query}\nThe papers that it finds stay."

    def apply(yes: bool | None) -> None:
        if yes:
            desk.act(lambda library: _room(library, shelf).delete(shelf.name), again=True)

    kind = "" if shelf.kind == "tag" else f"the {KINDS[shelf.kind]} "
    Confirm(f"Delete {kind}{called(shelf)}?", about, "delete").ask(desk.app, apply)


def _duplicate(desk: Desk, shelf: Shelf) -> None:
    from tui.screens.naming import Naming

    def apply(name: str | None) -> None:
        if name:
            desk.act(lambda library: library.lists.duplicate(shelf.name, name))

    Naming(
        "Duplicate",
        f"{called(shelf)}: a list of the same papers, with their order, status and notes.",
        placeholder="name of the new list",
        verb="duplicate",
        kept=lambda name: _free(desk, shelf, name),
    ).ask(desk.app, apply)


def _sort(desk: Desk, shelf: Shelf) -> None:
    from tui.screens.menu import Menu

    def apply(order: ListOrder | None) -> None:
        if order:
            desk.act(lambda library: library.lists.sort(shelf.name, order), again=True)

    Menu(f"Keep {called(shelf)}", list_orders(shelf)).ask(desk.app, apply)


def _archive(desk: Desk, shelf: Shelf) -> None:
    desk.act(lambda library: library.lists.archive(shelf.name, not shelf.archived))


def _merge(desk: Desk, shelf: Shelf) -> None:
    from tui.screens.naming import Picking

    def apply(into: str | None) -> None:
        if into:
            _change(
                desk,
                shelf,
                lambda library: library.tags.merge(shelf.name, into),
                f"Merge #{shelf.name} into #{into}?",
                "merge",
                then=lambda: desk.follow(shelf, into),
            )

    others = [
        one.name
        for one in desk.overview.tags
        if one.name != shelf.name and not one.name.startswith(f"{shelf.name}/")
    ]
    if others:
        about = f"#{shelf.name} becomes the tag that you choose."
        Picking("Merge", about, others, "merge", desk.tag_colours).ask(desk.app, apply)
    else:
        desk.tell("There is no other tag to merge it into.")


def _colour(desk: Desk, shelf: Shelf) -> None:
    from themes import TAG_COLOURS
    from tui.screens.menu import Menu
    from tui.widgets.tag_colours import tag_style

    def apply(colour: str | None) -> None:
        if colour is not None:
            desk.act(lambda library: library.tags.colour(shelf.name, colour))

    choices: list[tuple[str | Content, str]] = [
        (Content.styled(f"■ {colour}", tag_style(colour)), colour) for colour in TAG_COLOURS
    ]
    Menu(f"Colour of #{shelf.name}", [*choices, ("none", "")]).ask(desk.app, apply)


def _change_search(desk: Desk, shelf: Shelf) -> None:
    confirm_change(desk, shelf, saved_query(desk.ask), desk.sort)


def _room(library: Library, shelf: Shelf) -> Lists | Saved | Tags:
    if shelf.kind == "list":
        return library.lists
    return library.saved if shelf.kind == "saved" else library.tags


def _change(
    desk: Desk,
    shelf: Shelf,
    work: Callable[[Library], Done],
    question: str,
    verb: str,
    then: Callable[[], None],
) -> None:
    """Have a shelf changed; a tag that many papers bear only once that is confirmed."""

    def act() -> None:
        desk.errands.act(work, again=True, then=then)

    def ask(would: Done) -> None:
        from tui.screens.confirm import Confirm

        Confirm(question, f"That changes {would.changed:,} papers.", verb).ask(
            desk.app, lambda yes: act() if yes else None
        )

    if shelf.kind == "tag" and shelf.count > PREVIEWED:
        desk.errands.bring(lambda library: library.rehearse(work), ask)
    else:
        act()


def _has_below(desk: Desk, shelf: Shelf) -> bool:
    """Whether a tag has others below it."""
    below = f"{shelf.name}/"
    return shelf.kind == "tag" and any(one.name.startswith(below) for one in desk.overview.tags)


def _free(desk: Desk, shelf: Shelf, name: str, own: str = "") -> str:
    """A name as it is kept, that no other shelf of the kind has. Raises NamingError."""
    from index.errors import NamingError
    from index.naming import proper_name, tag_path
    from index.text import fold

    kind, overview = KINDS[shelf.kind], desk.overview
    if shelf.kind == "tag":
        name, shelves = tag_path(name), overview.tags
    else:
        name = proper_name(name, kind)
        lists = (*overview.lists, *overview.archived)
        shelves = lists if shelf.kind == "list" else overview.saved
    taken = {fold(one.name) for one in shelves} - {fold(own)}
    if fold(name) in taken:
        merge = ": m, then merge, makes them one" if shelf.kind == "tag" else ""
        raise NamingError(f"There is a {kind} “{name}” already{merge}.")
    return name
