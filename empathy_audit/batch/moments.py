"""Days and instants as people give them (`2026-03-01`, `2026-03-01T09:00+02:00`), compared with the times of transcripts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from empathy_audit.readers.times import moment

EXPECTED = "expected a day (2026-03-01) or an instant (2026-03-01T09:00, 2026-03-01T09:00+02:00)"
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?P<more>.*)")


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, or a whole day: from `first` on and before `end`, which of an instant is None."""

    first: datetime
    end: datetime | None = None

    def compare(self, at: datetime) -> int:
        """-1, 0 or 1 as `at` lies before, within or after it.

        A moment without an offset is compared with the clock as the transcript shows it; one with an offset with the
        instant, for which a transcript without an offset is taken to be in UTC. No time zone of the machine enters.
        """
        if self.first.tzinfo is None:
            at = at.replace(tzinfo=None)
        elif at.tzinfo is None:
            at = at.replace(tzinfo=timezone.utc)
        if at < self.first:
            return -1
        return 0 if (at == self.first if self.end is None else at < self.end) else 1


def named(text: str) -> Moment:
    """The day or instant that the text names.

    Raises:
        ValueError: it names neither; says what was expected.
    """
    text = text.strip()
    found = _DAY.fullmatch(text)
    try:
        if found is not None and not found["more"]:
            first = datetime.combine(date.fromisoformat(text), time())
            return Moment(first, first + timedelta(days=1))
        at = moment(text) if found is not None else None
    except (ValueError, OverflowError):
        at = None
    if at is None:
        raise ValueError(EXPECTED)
    return Moment(at)


def started(text: str | None) -> datetime | None:
    """When a conversation started: an instant, the beginning of a day, or None where the text names neither."""
    try:
        return named(text).first if text else None
    except ValueError:
        return None
