"""The palette: every command by its name, every theme, every shelf, and papers that are named."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import Matcher

from tui.commands import in_order
from tui.gathering import named, only_names
from tui.screens.desk import Desk

ADD = "add "

Entry = tuple[str, str, Callable[[], object]]
"""What it is called, its key, and what it does."""


class CommandProvider(Provider):
    """What the palette offers at the desk."""

    def _entries(self) -> Iterator[Entry]:
        desk = self.screen
        if not isinstance(desk, Desk):
            return
        for command in in_order():
            if desk.can(command):
                yield (
                    command.description,
                    next(iter(command.shown_keys), ""),
                    partial(desk.run, command),
                )
        for name in sorted(self.app.available_themes):
            yield f"Theme: {name}", "", partial(setattr, self.app, "theme", name)
        overview = desk.overview
        for kind, shelves in (
            ("Library", overview.views),
            ("List", overview.lists),
            ("Saved", overview.saved),
            ("Tag", overview.tags),
            ("Archived list", overview.archived),
        ):
            for shelf in shelves:
                yield f"{kind}: {shelf.name}", "", partial(desk.go_to_shelf, shelf)

    async def discover(self) -> Hits:
        """Everything, in order."""
        for name, key, run in self._entries():
            yield DiscoveryHit(self._shown(Content(name), key), run, text=name)

    async def search(self, query: str) -> Hits:
        """What the letters fit; papers that are named come first."""
        names = only_names(query[len(ADD) :] if query.lower().startswith(ADD) else query)
        if names and isinstance(self.screen, Desk):
            add = partial(self.screen.gathering.add, names)
            yield Hit(math.inf, Content(ADD.capitalize() + named(names)), add, text=query)
        matcher = self.matcher(query)
        for name, key, run in self._entries():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, self._shown(_highlighted(matcher, name), key), run, text=name)

    def _shown(self, name: Content, key: str) -> Content:
        # Sixteen colours do not all show on the cursor's.
        colour = "$muted" if self.app.current_theme.ansi else "$accent"
        return Content.assemble(name, (f"  {key}", f"not bold {colour}"))


def _highlighted(matcher: Matcher, name: str) -> Content:
    """A name with its matching letters marked. Textual's own way reads the name as markup."""
    _, offsets = matcher.fuzzy_search.match(matcher.query, name)
    content = Content(name)
    for offset in offsets:
        content = content.stylize(matcher.match_style, offset, offset + 1)
    return content
