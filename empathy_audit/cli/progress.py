"""How far a batch is: a line that is drawn anew in a terminal, plain lines now and then where stderr is none."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from empathy_audit.cli import exits

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0
"""Seconds before anything is drawn in a terminal."""
BETWEEN_DRAWINGS = 0.2
FIRST_LINE, BETWEEN_LINES = 10.0, 60.0
"""Seconds before the first plain line, and from one to the next."""

Total = Callable[[], "tuple[int, bool] | None"]
"""How many conversations there are, and whether that is exact; None while nobody knows."""


class Meter:
    """Counts conversations. `total` tells how many there are; `behind` were done by an earlier run.

    Draws when `drawn`, prints plain lines when not; `shown` False keeps it silent.
    """

    def __init__(
        self,
        shown: bool,
        drawn: bool | None = None,
        total: Total = lambda: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._drawn = sys.stderr.isatty() if drawn is None else drawn
        self._shown, self._total, self._now = shown, total, now
        self._started = self._begun = now()
        self._due = self._started + (PATIENCE if self._drawn else FIRST_LINE)
        self._done = self._behind = self._failures = 0
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.clear()

    def kept(self, failed: bool = False) -> None:
        """One more was judged by an earlier run: it counts, and says nothing about the speed of this one."""
        self._behind += 1
        self._begun = self._now()
        self._count(failed)

    def conversation(self, failed: bool = False) -> None:
        """One more is judged, or could not be."""
        self._count(failed)
        now = self._now()
        if self._shown and now >= self._due:
            self._due = now + (BETWEEN_DRAWINGS if self._drawn else BETWEEN_LINES)
            self._draw() if self._drawn else exits.remark(self.told())

    def clear(self) -> None:
        """Take it off the screen, before something else is written there."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def told(self) -> str:
        """`41,200 of about 1,000,000 conversations judged, 310 a second, about 52 min left, 3 failures`."""
        total = self._total()
        of = "" if total is None else f" of {'' if total[1] else 'about '}{max(total[0], self._done):,}"
        one = not of and self._done == 1
        parts = [f"{self._done:,}{of} conversation{'s'[one:]} judged"]
        seconds = self._now() - self._begun
        rate = (self._done - self._behind) / seconds if seconds > 0 else 0.0
        if rate > 0:
            parts.append(f"{rate:,.0f} a second" if rate >= 10 else f"{rate:.1f} a second")
            if total is not None:
                parts.append(f"about {duration(max(total[0] - self._done, 0) / rate)} left")
        if self._failures:
            parts.append(f"{self._failures:,} failure{'s'[: self._failures > 1]}")
        return ", ".join(parts)

    def _count(self, failed: bool) -> None:
        self._done += 1
        self._failures += failed

    def _draw(self) -> None:
        if self._progress is None:
            self._progress = _progress()
            self._task = self._progress.add_task("", total=None)
            self._progress.start()
        if self._task is not None:
            self._progress.update(self._task, description=self.told())


def duration(seconds: float) -> str:
    """`40 s`, `52 min`, `3 h 20 min`: no more than anyone needs to know."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60:,} h {minutes % 60} min"


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
    return Progress(*columns, console=Console(stderr=True), transient=True)
