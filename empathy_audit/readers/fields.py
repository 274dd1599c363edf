"""Values out of JSON in which any field may be missing, null or of another type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from empathy_audit.readers.base import Tally
from empathy_audit.readers.times import offset

_MOST_MS = 10**15


def inside(value: Any, *path: str | int) -> Any:
    """What stands at this path; None where a step is missing or the value has no steps."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def objects(value: Any, tally: Tally | None = None) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a list with their indices; with a `tally`, whatever else stands between them is counted."""
    for number, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield number, item
        elif tally:
            tally.leave_out("entries that are no objects")


def words_of(value: Any) -> str | None:
    """A text without blanks around it, or a number as text; None for everything else and for an empty text."""
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def milliseconds(value: Any, unit: int = 1000) -> int | None:
    """Milliseconds of a number or a text in units of `unit` milliseconds (1000: seconds), or of a clock time."""
    if isinstance(value, str):
        found = offset(value, unit)
        return found if found is not None and found >= 0 else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # A comparison with NaN is false, so that one is no time, either.
    return round(value * unit) if 0 <= value < _MOST_MS else None
