"""Weeks of the calendar, to group by."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"\s*([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")


def week_of(started_at: str | None) -> str | None:
    """The ISO week of the day that the text begins with, as written there: `2026-03-02T09:14:00Z` → `2026-W10`.

    None where it begins with no day. No time zone is reckoned with: the week is that of whoever wrote the time.
    """
    found = _DAY.match(started_at or "")
    if found is None:
        return None
    try:
        year, week, _ = date(int(found[1]), int(found[2]), int(found[3])).isocalendar()
    except ValueError:
        return None
    return f"{year:04}-W{week:02}"
