"""How far a work is, and how it is stopped."""

from __future__ import annotations

import io
import json
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from index.errors import StoppedError
from index.library import Library
from index.progress import Progress
from tui.cli.bar import make_bar
from tui.cli.indexing import catch_up
from tui.cli.progress import progress_bar, progress_events, stoppable


def test_ctrl_c_asks_once_and_interrupts_the_second_time() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stoppable() as stop:
        assert not stop()
        signal.raise_signal(signal.SIGINT)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_where_nobody_watches_nothing_is_shown() -> None:
    with progress_bar("Reading", "bytes") as progress:
        assert progress is None


def test_events_are_few_and_the_last_is_among_them(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    with progress_events("reading") as progress:
        for done in range(1001):
            progress(done, 1000)
    told = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert told[0] == {"event": "progress", "step": "reading", "done": 0, "total": 1000}
    assert told[-1]["done"] == 1000
    assert len(told) < 100


def test_a_bar_shows_what_is_done_and_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", shown := io.StringIO())
    bar = make_bar("[bold]Reading [/foo]", "papers")
    bar.update(bar.task_ids[0], completed=30, total=40)
    bar.refresh()
    bar.console.print(bar.get_renderable())
    assert "[bold]Reading [/foo]" in shown.getvalue()
    assert "30/40" in shown.getvalue()


def test_indexing_that_is_stopped_goes_on_later(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"title": f"Lamp {at}"}) + "\n" for at in range(5000))
    told: list[int] = []

    @contextmanager
    def impatient() -> Iterator[Progress | None]:
        def show(done: int, total: int) -> None:
            told.append(done)
            signal.raise_signal(signal.SIGINT)

        yield show

    with closing(Library.open(tmp_path / "library")) as library:
        library.import_files([None], stdin=io.BytesIO(lines.encode()))
        with pytest.raises(StoppedError):
            catch_up(library, impatient())
        assert len(told) == 1
        catch_up(library)
        assert len(library.search("lamp").ids) == 5000
