"""`--where` and its dates: what holds, and at which column the rest is refused."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import replace

import pytest
from empathy_audit.batch.moments import named, started
from empathy_audit.batch.selection import Selection, select
from empathy_audit.batch.where import where
from empathy_audit.errors import SettingsError
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript
from hypothesis import given
from hypothesis import strategies as st

from tests.build import transcript

ONE = replace(
    transcript("customer: a", "agent Dana: b", "agent Bo: c", id="c-1"),
    channel="chat",
    source="week/a.jsonl:3",
    started_at="2026-03-01T10:00:00Z",
    meta={"tags": ["vip", "late"], "priority": 3, "queue name": "billing", "open": True, "none": None},
)
BARE = Transcript("bare", ())


@pytest.mark.parametrize(
    "expression",
    [
        'agent == "Dana"',
        'agent == "Bo"',
        'agent != "Zoe"',
        'agent in ("Zoe", "Bo")',
        'not agent in ["Zoe"]',
        'agent not in {"Zoe"}',
        '  id == "c-1"\n and channel > "cha"',
        'source >= "week/" and source < "week0"',
        "turns == 3",
        "2 < turns <= 3",
        "turns >= 2.5",
        "5 > turns",
        "turns in (1, 2, 3)",
        '"chat" == channel',
        'channel == "email" or turns == 3 and not channel == "phone"',
        '"vip" in meta.tags',
        '"new" not in meta.tags',
        'meta.tags == "late"',
        "meta.priority > 2",
        "meta.priority > -1",
        'meta["queue name"] == "billing"',
        "meta.open == True",
        "not meta.open == 1",
        'not meta.priority > "2"',
        'meta.nothing != "x"',
        'not (meta.nothing < "x" or meta.nothing >= "x" or meta.none == "x")',
        'language != "en"',
        'started_at == "2026-03-01"',
        'started_at <= "2026-03-01"',
        'started_at >= "2026-03-01"',
        'not started_at < "2026-03-01"',
        'not started_at > "2026-03-01"',
        'started_at > "2026-02-28"',
        'started_at in ("2026-01-01", "2026-03-01")',
        'started_at == "2026-03-01T10:00"',
        'started_at == "2026-03-01T12:00+02:00"',
        'started_at < "2026-03-01T10:00:01"',
    ],
)
def test_it_holds(expression: str) -> None:
    assert where(expression)(ONE)
    assert not where(f"not ({expression})")(ONE)


@pytest.mark.parametrize("field", ["agent", "channel", "language", "started_at", "meta.x"])
@pytest.mark.parametrize("operator", ["==", "<", "<=", ">", ">="])
def test_what_is_missing_equals_nothing_and_has_no_order(field: str, operator: str) -> None:
    assert not where(f'{field} {operator} "2026-03-01"')(BARE)
    assert where(f'{field} != "2026-03-01"')(BARE)


@pytest.mark.parametrize(
    ("expression", "column", "told"),
    [
        ("", 1, "no comparison"),
        ("agent", 1, "no comparison"),
        (
            'agnt == "Dana"',
            1,
            "no field agnt; known fields are id, agent, channel, language, source, started_at, turns",
        ),
        ("agent == Dana", 10, "expected a text in quotes"),
        ('agent == "Dana" and __import__("os")', 21, "no comparison"),
        ('agent == "Dana" and print("x") == 1', 21, "no field"),
        ('agent.__class__ == "x"', 1, "no field"),
        ('meta.a.b == "x"', 1, "no field"),
        ('meta[0] == "x"', 1, "no field"),
        ('turns > "3"', 9, "expected a number without quotes"),
        ("turns == True", 10, "expected a number without quotes"),
        ("agent == 3", 10, 'expected a text in quotes, such as "3"'),
        ("turns == None", 10, "expected a text in quotes, a number, True or False"),
        ('started_at > "soon"', 14, "expected a day (2026-03-01) or an instant"),
        ('started_at > "2026-02-30"', 14, "expected a day (2026-03-01) or an instant"),
        ("started_at > 3", 14, "expected a day or an instant in quotes"),
        ('channel in "chat"', 12, "expected a list after in"),
        ("turns is 3", 10, "no comparison by `is`"),
        ('agent == f"{1}"', 10, "expected a text in quotes"),
        ('é == "ü"', 1, "no field é"),
        ('channel == "é" and agnt == "x"', 20, "no field agnt"),
        ("turns ==", 9, "not understood here"),
        ("turns == 3 turns", 10, "not understood here"),
        ("turns == 1 if turns else 2", 1, "no comparison"),
        ("x" * 2001, 2001, "2,001 characters; expected at most 2,000"),
        ("turns == " + "(" * 900 + "1" + ")" * 900, 1, ""),
    ],
)
def test_the_rest_is_refused_at_its_column(expression: str, column: int, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        where(expression)
    assert caught.value.place.startswith("--where, column ")
    if told not in ("", "not understood here"):  # how far Python reads before it gives up is its own business
        assert caught.value.place == f"--where, column {column}"
    assert told in caught.value.message


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_test_or_a_settings_error(text: str) -> None:
    test = None
    with suppress(SettingsError):
        test = where(text)
    assert test is None or test(ONE) in (True, False)


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [
        ("2026-03-01", None, [1, 2, 3]),
        ("2026-03-02", None, [2, 3]),
        (None, "2026-03-01", [0, 1]),
        ("2026-03-01", "2026-03-02", [1, 2]),
        ("2026-03-01T23:59", "2026-03-02T00:30", [1, 2]),
        ("2026-03-01T21:59:00Z", "2026-03-01T22:30:00Z", [2]),
    ],
)
def test_a_time_is_inclusive_and_goes_by_the_clock_that_the_transcript_shows(
    since: str | None, until: str | None, kept: list[int]
) -> None:
    times = ["2026-02-28", "2026-03-01T23:59:00", "2026-03-02T00:30:00+02:00", "2026-03-03 08:00Z", None, "soon"]
    items = [Transcript(str(n), (), started_at=at) for n, at in enumerate(times)]
    failure = Failure("x", "y", "z")
    left_out: Counter[str] = Counter()
    selection = Selection(None, since and named(since), until and named(until))  # type: ignore[arg-type]
    found = list(select([failure, *items], selection, left_out))
    assert found == [failure, *(items[n] for n in kept)]
    assert left_out == {"without a date": 2, "outside of the time": 4 - len(kept)}


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "2026-02-30", "20260301", "03/01/2026", "9999-12-31"])
def test_no_date_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="expected a day"):
        named(text)
    assert started(text) is None


def test_the_selection_that_asks_for_nothing_is_none() -> None:
    assert not Selection()
    assert Selection(where("turns > 1"))
