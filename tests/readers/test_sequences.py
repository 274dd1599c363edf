"""Turns in order, neighbours merged, participants joined; and the times that all of it hangs on."""

from __future__ import annotations

from typing import Any

import pytest
from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Desk, Limits, Source, Speakers, Tally, listed, pointer
from empathy_audit.readers.sequences import in_time_order, joined, merge_neighbours, text_of
from empathy_audit.readers.times import clock, from_epoch, instant, offset, since_epoch


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1:02", 62_000),
        ("00:00:01,5", 1_500),
        ("0:0:0.570", 570),
        ("100:00:00", 360_000_000),
        ("1:02.123456", 62_123),
        (" 1:02 ", 62_000),
        ("62", None),
        ("1:2:3:4", None),
        ("", None),
    ],
)
def test_clock(text: str, expected: int | None) -> None:
    assert clock(text) == expected


def test_offsets() -> None:
    assert [offset("1:02"), offset("1.5"), offset("1500", 1), offset("soon"), offset("inf"), offset("1e300")] == [
        62_000,
        1_500,
        1_500,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02T10:15:00Z", "2026-03-02T10:15:00Z"),
        ("2026-03-02 10:15:00.1", "2026-03-02 10:15:00.1"),
        ("2026-03-02T10:15:00.1234567+0100", "2026-03-02T10:15:00.1234567+0100"),
        ("2026-03-02", "2026-03-02"),
        ("2026/3/2 10:15", "2026-03-02T10:15:00"),
        ("Tue Oct 31 22:10:47 +0000 2017", "2017-10-31T22:10:47+00:00"),
        ("May 15, 2024", None),
        ("10:15", None),
        ("", None),
    ],
)
def test_instants(text: str, expected: str | None) -> None:
    assert instant(text) == expected


def test_epochs() -> None:
    assert [from_epoch(0), from_epoch(1_500, 1e-3), from_epoch(1e300), from_epoch(float("nan"))] == [
        "1970-01-01T00:00:00+00:00",
        "1970-01-01T00:00:01.500000+00:00",
        None,
        None,
    ]


def test_counts_since_1970_tell_their_unit_by_their_size() -> None:
    expected = "2023-11-14T22:13:20+00:00"
    assert [since_epoch(t) for t in ("1700000000", "1700000000.0", "1700000000000", "1.7e15")] == [expected] * 4
    assert [since_epoch(t) for t in ("62", "soon", "nan", "-1700000000")] == [None] * 4


def at(*moments: str | None) -> list[Turn]:
    return [Turn("agent", str(n), at=m) for n, m in enumerate(moments)]


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        (("2026-01-01T00:00:02Z", "2026-01-01T00:00:01Z"), "10"),
        (("2026-01-01T00:00:02Z", "2026-01-01T01:00:01+01:00"), "10"),
        (("2026-01-03", "2026-01-01", "2026-01-02"), "120"),
        (("2026-01-02", "2026-01-01", "2026-01-01"), "210"),
        (("2026-01-02", "2026-01-01T00:00:00Z"), "01"),
        (("2026-01-02", None), "01"),
        (("2026-01-01", "2026-01-01"), "01"),
        ((), ""),
    ],
)
def test_time_order(moments: tuple[str | None, ...], expected: str) -> None:
    assert "".join(t.text for t in in_time_order(at(*moments))) == expected


def test_neighbours_of_one_speaker_are_merged_and_nobody_is_nobody() -> None:
    turns = [
        Turn("agent", "a", "Dana", start_ms=1, end_ms=2, source=(":1",)),
        Turn("agent", "b", "Dana", start_ms=2, end_ms=3, source=(":2",)),
        Turn("agent", "c", "Dana", visibility="internal", source=(":3",)),
        Turn("unknown", "d", source=(":4",)),
        Turn("unknown", "e", source=(":5",)),
    ]
    assert merge_neighbours(turns) == [
        Turn("agent", "a b", "Dana", start_ms=1, end_ms=3, source=(":1", ":2")),
        *turns[2:],
    ]


def test_participants_and_bodies() -> None:
    people: list[dict[str, Any]] = [{"id": 1, "role": "AGENT"}, {"id": 1, "role": "x"}, {"id": []}, {"name": "y"}]
    assert joined(people, "id") == {1: people[0]}
    assert text_of(["a", {"type": "link", "text": "b"}, {"type": "image"}, 5]) == "a\nb"
    assert text_of(None) == ""


def test_places_and_lists_of_names() -> None:
    assert pointer("turns", 3, "a/b~c d") == "#/turns/3/a~1b~0c%20d"
    assert pointer("\t\u2003") == "#/%09%E2%80%83"
    assert [listed([]), listed(["a"]), listed(["a", "b", "c"])] == ["", "a", "a, b or c"]
    assert Desk("f", Limits(), Tally()).failure(":3", "m").source == "f:3"


def test_sources_and_speakers() -> None:
    assert [Source(n).base for n in ("a/b.json", "a\\b.json", "-", "/")] == ["b.json", "b.json", "-", "/"]
    assert (Source("A.JSON").suffix, Source("x", data=b"123").size, bool(Speakers())) == (".json", 3, False)
    assert bool(Speakers(otherwise=Speakers(agents=("a",))))
