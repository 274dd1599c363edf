"""What stands at the end of a mapping's paths, as roles, texts, times and flags."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from empathy_audit.model.transcript import Role
from empathy_audit.readers.columns import NO, YES
from empathy_audit.readers.html_text import body_text
from empathy_audit.readers.paths import find
from empathy_audit.readers.plan import SECONDS, Field
from empathy_audit.readers.sequences import text_of
from empathy_audit.readers.speakers import Label, read_label
from empathy_audit.readers.times import clock, from_epoch, instant

_EPOCH_SECONDS = 1e8  # three years: no conversation lasts that long, and none was written down before 1973
_NOTES = ("internal", "private", "note", "agents", "whisper")


class Absent:
    """That a path leads nowhere, as against a null at its end."""


ABSENT = Absent()


def value_of(field: Field, item: Any, root: Any) -> Any:
    """The value of a field for an item, ABSENT when no path leads to one. `root` is where lookups begin."""
    if field.constant is not None:
        return field.constant
    found: Any = ABSENT
    for path in field.paths:
        end = next(find(item, path), None)
        if end is not None and (found is ABSENT or found is None):
            found = end.value
    if field.lookup is None or found is ABSENT:
        return found
    return _looked_up(field, found, root)


def _looked_up(field: Field, value: Any, root: Any) -> Any:
    lookup = field.lookup
    if lookup is None:
        return value
    for end in find(root, lookup.within):
        inner = end.value
        if lookup.key is None:
            chosen = inner.get(written(value)) if isinstance(inner, dict) else None
            people = [] if chosen is None else [chosen]
        else:
            people = list(inner.values()) if isinstance(inner, dict) else inner if isinstance(inner, list) else [inner]
        for person in people:
            key = next(find(person, lookup.key), None) if lookup.key else None
            if lookup.key is None or (key is not None and written(key.value) == written(value)):
                taken = next(find(person, lookup.take), None)
                return taken.value if taken else None
    return None


def written(value: Any) -> str:
    """A single value as a word; nothing for null, lists and objects."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, str | int | float):
        try:
            return str(value).strip()
        except ValueError:  # a number of thousands of digits
            return ""
    return ""


def text(field: Field, value: Any) -> str:
    """What was said."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return written(value)
    found = text_of(value)
    return body_text(found) if field.html else found.strip()


def label(field: Field, value: Any) -> Label:
    """The role that a value stands for by the mapping, else by itself; its name where it is neither."""
    word = written(value)
    role: Role | None = field.roles.get(word.casefold())
    return Label(role, None) if role else read_label(word)


def flag(field: Field, value: Any) -> bool:
    """Whether the value is one of those that count, or without any, a yes."""
    word = written(value).casefold()
    if field.values:
        return word in field.values
    if word in _NOTES or word in YES:
        return True
    if word in NO or not word:
        return False
    return not isinstance(value, str)


def time(field: Field, value: Any) -> tuple[int | None, str | None] | None:
    """Milliseconds from the start, or an instant. None when it is not understood."""
    word = written(value)
    if field.layout is not None:
        try:
            return None, datetime.strptime(word, field.layout).isoformat()
        except ValueError:
            return None
    number = _number(word) if field.unit != "iso" else None
    if number is None:
        offset = clock(word)
        if offset is not None:
            return offset, None
        at = instant(word)
        return (None, at) if at else None
    seconds = number * (SECONDS[field.unit] if field.unit else _guessed(number))
    epoch = field.since == "epoch" or (field.since is None and abs(seconds) >= _EPOCH_SECONDS)
    if epoch:
        at = from_epoch(seconds)
        return (None, at) if at else None
    return (round(seconds * 1000), None) if abs(seconds) < 1e12 else None


def _guessed(number: float) -> float:
    """The unit of a number that nobody told the unit of: seconds, or what makes an instant of our time of it."""
    return next((unit for least, unit in ((1e17, 1e-9), (1e14, 1e-6), (1e11, 1e-3)) if abs(number) >= least), 1.0)


def _number(word: str) -> float | None:
    try:
        found = float(word)
    except (ValueError, OverflowError):
        return None
    return found if abs(found) < 1e30 else None  # neither NaN nor infinity


def words(fields: Mapping[str, Field], item: Any, root: Any) -> dict[str, Any]:
    """The values of several fields that are there, for a conversation's head."""
    found = {name: value_of(f, item, root) for name, f in fields.items()}
    return {name: value for name, value in found.items() if value is not ABSENT and value is not None}
