"""Values out of JSON in which anything may stand anywhere: each is what was hoped for, or nothing.

Shared by readers of vendors' JSON. A field that is missing, null or of another type reads as nothing, so that a
module says only what its format means.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.readers.base import Desk, Draft, Tally, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_values import Record, records
from empathy_audit.readers.times import offset

Outcomes = Iterable[Draft | Failure]

# Beyond this (thirty thousand years in milliseconds) a number is no time.
_MOST = 1e15
# The longest text that is tried as a number.
_DIGITS = 40


def read_each(document: Document, desk: Desk, convert: Callable[[Record, Desk], Outcomes]) -> Iterator[Draft | Failure]:
    """What `convert` makes of every record; a record that is no JSON is a located failure already."""
    for record in records(document):
        if isinstance(record, Failure):
            yield record
        else:
            yield from convert(record, desk)


def wrong(desk: Desk, record: Record, message: str, *parts: str | int) -> Failure:
    """A failure at a pointer inside the record; in JSON lines at its line, and the pointer says where in the line."""
    there = pointer(*record.parts, *parts) if parts else record.place
    if not record.place.startswith(":"):
        return desk.failure(there, message)
    return desk.failure(record.place, message + (f" (at {there})" if parts else ""))


def place_of(record: Record, *parts: str | int) -> str:
    """The place of one of several conversations in a record; in JSON lines the line is the place."""
    return pointer(*record.parts, *parts) if parts and not record.place.startswith(":") else record.place


def mapping(value: Any) -> Mapping[str, Any]:
    """The value when it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def inside(value: Any, *path: str | int) -> Any:
    """What stands at this path of keys and indices; None where a step is missing or the value has no steps."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def objects(value: Any, tally: Tally | None = None) -> list[tuple[int, dict[str, Any]]]:
    """The objects of a list with their indices; with a `tally`, whatever else stands between them is counted."""
    listed = value if isinstance(value, list) else []
    found = [(number, item) for number, item in enumerate(listed) if isinstance(item, dict)]
    if tally:
        tally.leave_out("entries that are no objects", len(listed) - len(found))
    return found


def words_of(value: Any) -> str | None:
    """A text without blanks around it, or a number as text; None for everything else and for an empty text."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return None if isinstance(value, int) and abs(value) >= 10**_DIGITS else str(value)


def text(value: Any, *keys: str) -> str | None:
    """The first of the fields that is a text with more than blanks in it."""
    fields = mapping(value)
    return next((fields[k] for k in keys if isinstance(fields.get(k), str) and fields[k].strip()), None)


def label(value: Any, *keys: str) -> str | None:
    """The first of the fields that can name something: a text without blanks around it, or a whole number."""
    fields = mapping(value)
    for key in keys:
        found = fields.get(key)
        if isinstance(found, str) and found.strip():
            return found.strip()
        if type(found) is int and abs(found) < 10**_DIGITS:
            return str(found)
    return None


def number(value: Any, *keys: str) -> float | None:
    """The first of the fields that is a finite number, or a text that is one."""
    fields = mapping(value)
    return next((n for n in (as_number(fields.get(k)) for k in keys) if n is not None), None)


def as_number(value: Any) -> float | None:
    """A finite number, or a text that is one."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and len(value) > _DIGITS:
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def millis(value: Any, *keys: str, unit: float = 1.0) -> int | None:
    """The first of the fields that is a number, in units of `unit` milliseconds (1000: seconds)."""
    return as_millis(number(value, *keys), unit)


def as_millis(found: float | None, unit: float = 1.0) -> int | None:
    """Whole milliseconds of a number in units of `unit` milliseconds."""
    return round(found * unit) if found is not None and abs(found * unit) < _MOST else None


def milliseconds(value: Any, unit: int = 1000) -> int | None:
    """Milliseconds of speech: of a number or text in units of `unit` milliseconds (1000: seconds), or of a clock time.

    None for what lies before the beginning.
    """
    found = offset(value, unit) if isinstance(value, str) else as_millis(as_number(value), unit)
    return found if found is not None and found >= 0 else None


def both(first: str, *others: str) -> tuple[str, ...]:
    """Each name in both spellings, `startTime` and `start_time`: as the vendor's REST answers and its libraries write it."""
    return tuple(s for name in (first, *others) for s in dict.fromkeys((name, _snake(name))))


def _snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name)


def has(rows: Sequence[tuple[int, Mapping[str, Any]]], *keys: str) -> bool:
    """Whether there are rows and each of the first twenty has one of the keys: a question of sniffing."""
    return bool(rows) and all(any(k in row for k in keys) for _, row in rows[:20])
