"""The customer's intensity over a conversation as a small chart in text, with the outcomes beneath.

    ▃▃ ██ ▇▇ ▂▂    ++
    ◐  ○     ●
    0  2  4  6  8  10

Each column is a customer turn. A bar's height is the intensity, no bar means no cue, `+` is joy or gratitude. The
mark beneath says how the agent answered. A long conversation has several turns in a column: the highest bar and the
worst outcome of them are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from empathy_audit.model.audit import Audit, Opportunity, Outcome
from empathy_audit.reports.wording import MARKS

BARS = "▁▂▃▄▅▆▇█"
_WORST: tuple[Outcome, ...] = ("missed", "partial", "delayed", "open", "met")


@dataclass(frozen=True, slots=True)
class Point:
    """A customer turn: intensity 0..1, None without an opportunity; `pleasant` for joy and gratitude."""

    turn: int
    intensity: float | None
    outcome: Outcome | None
    pleasant: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """The three rows, and how many customer turns one column holds at most."""

    bars: str
    marks: str
    turns: str
    per_column: int


def curve(audit: Audit, room: int) -> Curve | None:
    """The chart in at most `room` columns (10 or more); None when no customer turn holds an opportunity."""
    points = [
        _point(index, judged.opportunity)
        for index, judged in enumerate(audit.turns)
        if judged.turn.role == "customer" and judged.turn.spoken
    ]
    if all(point.intensity is None for point in points):
        return None
    digits = len(str(points[-1].turn))
    room = max(room, 10) - digits
    step = next((step for step in (digits + 1, 2, 1) if len(points) * step <= room), 1)
    per_column = -(-len(points) // room)
    columns = [points[at : at + per_column] for at in range(0, len(points), per_column)]
    return Curve(
        bars="".join(_bar(column, step) for column in columns).rstrip(),
        marks="".join(_mark(column).ljust(step) for column in columns).rstrip(),
        turns=_labels([column[0].turn for column in columns], step),
        per_column=per_column,
    )


def _point(turn: int, found: Opportunity | None) -> Point:
    if found is None:
        return Point(turn, None, None, False)
    return Point(turn, found.intensity, found.outcome, found.pleasant)


def _bar(column: Sequence[Point], step: int) -> str:
    troubled = [point.intensity for point in column if point.intensity is not None and not point.pleasant]
    if troubled:
        glyph = BARS[max(0, min(len(BARS) - 1, int(max(troubled) * len(BARS))))]
    else:
        glyph = "+" if any(point.pleasant for point in column) else " "
    return (glyph * max(1, step - 1)).ljust(step)


def _mark(column: Sequence[Point]) -> str:
    outcomes = {point.outcome for point in column if point.intensity is not None and not point.pleasant}
    return next((MARKS[outcome] for outcome in _WORST if outcome in outcomes), "")


def _labels(turns: Sequence[int], step: int) -> str:
    """Turn numbers under their columns: all where they fit, else every second, fifth, tenth and so on."""
    digits = len(str(turns[-1]))
    strides = (1, 2, *(width * 10**power for power in range(6) for width in (5, 10, 20)))
    stride = next(stride for stride in strides if stride * step >= digits + (1 if stride == 1 else 2))
    return "".join(str(turn).ljust(stride * step) for turn in turns[::stride]).rstrip()
