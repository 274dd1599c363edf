"""The ways in which files write times, brought to milliseconds from the start and ISO 8601 instants."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?")
_SLASHES = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?=[ T]|$)")
_TWITTER = "%a %b %d %H:%M:%S %z %Y"
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def clock(text: str) -> int | None:
    """Milliseconds of `[h:]mm:ss[.fraction]`, with or without leading zeros; None for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(((fraction or "") + "000")[:3])


def offset(value: str, unit: int = 1000) -> int | None:
    """Milliseconds of a clock time or of a plain number in units of `unit` milliseconds (1000: seconds)."""
    found = clock(value)
    if found is not None:
        return found
    try:
        number = float(value) * unit
        return round(number) if abs(number) < 1e15 else None
    except (ValueError, OverflowError):
        return None


def moment(text: str) -> datetime | None:
    """The instant that an ISO 8601 text (a blank for the `T` allowed) or a Twitter time names, or None."""
    text = text.strip()
    if len(text) < 8:
        return None
    # Before 3.11 fromisoformat takes neither Z nor fractions of other lengths than 3 and 6.
    plain = re.sub(
        r"\.(\d+)", lambda m: "." + (m[1] + "000000")[:6], text[:-1] + "+00:00" if text.endswith(("Z", "z")) else text
    )
    plain = _SLASHES.sub(lambda m: f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}", plain)
    plain = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", plain) if "T" in plain or " " in plain else plain
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        pass
    try:
        return datetime.strptime(text, _TWITTER)
    except ValueError:
        return None


def seconds(at: datetime) -> float:
    """Seconds since 1970, to sort by; without a zone it is taken for UTC, so that no place on earth changes the order."""
    return ((at if at.tzinfo else at.replace(tzinfo=timezone.utc)) - _EPOCH).total_seconds()


def instant(text: str) -> str | None:
    """An ISO 8601 instant.

    As given when it is one already, converted when it is written otherwise, None when it is not understood.
    """
    found = moment(text)
    if found is None:
        return None
    return text.strip() if text.strip()[:4].isdigit() and "/" not in text else found.isoformat()


def since_epoch(text: str) -> str | None:
    """The ISO instant of a count since 1970, in seconds, milliseconds or microseconds as its size tells; None for less."""
    try:
        number = float(text)
    except ValueError:
        return None
    for unit in (1.0, 1e-3, 1e-6):
        if 1e9 <= number * unit < 1e10:
            return from_epoch(number, unit)
    return None


def from_epoch(number: float, unit: float = 1.0) -> str | None:
    """The ISO instant (UTC) `number` units of `unit` seconds after 1970 (1e-3: milliseconds, 1e-6: microseconds)."""
    try:
        return (_EPOCH + timedelta(seconds=number * unit)).isoformat()
    except (OverflowError, ValueError):
        return None
