"""Filing papers under tags and on reading lists, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from index.views import Detail, Done, Overview, Row, Shelf

if TYPE_CHECKING:
    from index.library import Library
    from tui.screens.desk import Desk
    from tui.screens.names import Changes

Borne = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Filing:
    """A kind of names that papers bear."""

    kind: Literal["tag", "reading list"]
    verbs: tuple[str, str]  # what gives papers a name, and what only takes names away
    form: str  # how a name is told of
    known: Callable[[Overview], Iterable[Shelf]]
    of: Callable[[Detail], Iterable[str]]
    borne: Callable[[Library, Sequence[int]], Borne]
    change: Callable[[Library, Sequence[int], Mapping[str, bool]], Done]
    amend: Callable[[Row, Changes], Row] | None = None  # how a row is about to be


def _retagged(row: Row, changes: Changes) -> Row:
    kept = {*row.tags} - {name for name, on in changes if not on}
    return replace(row, tags=tuple(sorted(kept | {name for name, on in changes if on})))


TAGS = Filing(
    "tag",
    ("tag", "untag"),
    "#{}",
    known=lambda overview: overview.tags,
    of=lambda paper: paper.tags,
    borne=lambda library, ids: library.tags.borne(ids),
    change=lambda library, ids, changes: library.tags.change(ids, changes),
    amend=_retagged,
)
LISTS = Filing(
    "reading list",
    ("list", "take off"),
    "“{}”",
    known=lambda overview: overview.lists,
    of=lambda paper: paper.lists,
    borne=lambda library, ids: library.lists.borne(ids),
    change=lambda library, ids, changes: library.lists.change(ids, changes),
)


def file(desk: Desk, filing: Filing) -> None:
    """Ask which names the chosen papers are to bear, and see to it."""
    chosen, shown, row = desk.chosen, desk.paper.detail, desk.row

    def apply(changes: Changes | None) -> None:
        from index.keeping.room import told

        if not changes:
            return
        amend = filing.amend
        desk.act_on(
            filing.verbs[not any(on for _, on in changes)],
            lambda library, ids: filing.change(library, ids, dict(changes)),
            amend=(lambda row: amend(row, changes)) if amend else None,
            how=told(dict(changes), filing.form),
            again=True,
        )

    def ask(known: tuple[Borne, Overview]) -> None:
        from tui.screens.names import Names, NamesDialog

        borne, overview = known
        desk.show_overview(overview)
        one = len(chosen) == 1 and row and row.id in chosen
        NamesDialog(
            filing.kind,
            row.title if one and row else f"{len(chosen):,} papers",
            [shelf.name for shelf in filing.known(desk.overview)],
            Names(len(chosen), borne),
            desk.tag_colours if filing is TAGS else {},
        ).ask(desk.app, apply)

    if len(chosen) == 1 and shown and shown.id in chosen and not desk.errands.acting:
        ask((dict.fromkeys(filing.of(shown), 1), desk.overview))
    else:
        desk.errands.bring(lambda library: (filing.borne(library, chosen), library.overview()), ask)
