"""A screen that things run beside."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial

from textual.screen import Screen
from textual.worker import Worker, WorkerState

from index.errors import CarrelError


class InterruptedWorkError(Exception):
    """The reader leaves while a long work is under way. Nobody needs to be told."""


class Busy(Screen[None]):
    """Lets work run beside it, and tells what goes wrong with it. Nothing of that ends the app."""

    def start(
        self, work: Callable[..., Coroutine[None, None, object]], *given: object
    ) -> Worker[object]:
        """Let something run, whatever else does."""
        return self.run_worker(partial(work, *given), group="beside", exit_on_error=False)

    def start_instead(
        self, group: str, work: Callable[..., Coroutine[None, None, object]], *given: object
    ) -> Worker[object]:
        """Let something run in place of what runs in its group."""
        return self.run_worker(
            partial(work, *given), group=group, exclusive=True, exit_on_error=False
        )

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell what went wrong."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and not isinstance(error, InterruptedWorkError):
            known = isinstance(error, CarrelError)
            self.tell_error(str(error) if known else f"Something went wrong: {error!r}")

    def tell_error(self, sentence: str) -> None:
        """Say what went wrong."""
        self.notify(sentence, severity="error", timeout=10, markup=False)

    def tell_at_length(self, message: str, title: str) -> None:
        """Say something that takes a moment to read."""
        self.notify(message, title=title, timeout=10, markup=False)
