"""The first frame is drawn from the view that was left, before anything heavy is imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.tui.reading import reading

PROBE = """
import json, sys
from pathlib import Path
from tests.tui.screen import screen_text
from tui.app import Carrel

class Probe(Carrel):
    def on_ready(self):
        heavy = {"numpy", "whoosh", "apsw", "pydantic", "rapidfuzz", "index.library"}
        print(json.dumps([sorted(heavy & sys.modules.keys()), screen_text(self)]))
        self.exit()

Probe(Path(sys.argv[1])).run(headless=True, size=(160, 48))
"""


async def test_the_first_frame_needs_neither_numpy_whoosh_apsw_nor_pydantic(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("j")
        screen = reader.screen
    found = subprocess.run(
        [sys.executable, "-c", PROBE, str(folder)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    heavy, first = json.loads(found.stdout.splitlines()[0])
    assert heavy == []
    assert "Trees that Remember the Rain" in first
    assert "Rings are read by a network" in first
    assert "Starred" in first
    assert first.split(" papers")[0] == screen.split(" papers")[0]
