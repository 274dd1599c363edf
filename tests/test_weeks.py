"""Weeks of the calendar that times in files lie in."""

from __future__ import annotations

import pytest
from empathy_audit.weeks import week_of


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("2026-03-02T09:14:00Z", "2026-W10"),
        ("2026-03-01", "2026-W09"),
        ("2027-01-02T00:00:00+14:00", "2026-W53"),  # the ISO year, not the calendar's
        (" 2026-03-02 09:14", "2026-W10"),
        ("2026-02-30", None),
        ("0000-01-01", None),
        ("2026-03-021", None),
        ("02.03.2026", None),
        ("٢٠٢٦-٠٣-٠٢", None),
        ("", None),
        (None, None),
    ],
)
def test_weeks(text, week):
    assert week_of(text) == week
