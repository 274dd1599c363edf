"""How far a batch is, for people only: nothing in the first second, and nothing where stderr is no terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0


class Meter:
    """Counts conversations; call `conversation` for each one. `shown` False keeps it silent."""

    def __init__(self, shown: bool) -> None:
        self._shown = shown
        self._started = time.monotonic()
        self._count = 0
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    @classmethod
    def for_stderr(cls, wanted: bool = True) -> Meter:
        """A meter that shows itself when stderr is a terminal."""
        return cls(wanted and sys.stderr.isatty())

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.clear()

    def conversation(self) -> None:
        """One more is judged."""
        self._count += 1
        if not self._shown or time.monotonic() - self._started < PATIENCE:
            return
        if self._progress is None:
            self._progress = _progress()
            self._task = self._progress.add_task("", total=None)
            self._progress.start()
        if self._task is not None:
            self._progress.update(self._task, description=f"{self._count} conversations judged")

    def clear(self) -> None:
        """Take it off the screen, before something else is written there."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
    return Progress(*columns, console=Console(stderr=True), transient=True)
