"""Words to turns, and values out of JSON in which nothing can be relied on."""

from __future__ import annotations

from typing import Any

import pytest
from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Tally
from empathy_audit.readers.json_fields import inside, milliseconds, objects, words_of
from empathy_audit.readers.json_values import parse
from empathy_audit.readers.sequences import text_of
from empathy_audit.readers.speakers import Label, read_label
from empathy_audit.readers.spoken import Word, by_channel, by_speaker, in_turns, speaker_name
from empathy_audit.readers.times import moment, seconds


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (1.2345, 1000, 1234),
        (170, 1, 170),
        ("0.49", 1000, 490),
        ("00:00:01,500", 1000, 1500),
        (-1, 1000, None),
        ("-1", 1000, None),
        (float("nan"), 1000, None),
        (float("inf"), 1000, None),
        (10**400, 1000, None),
        (True, 1000, None),
        (None, 1000, None),
        ([1], 1000, None),
    ],
)
def test_milliseconds(value: Any, unit: int, expected: int | None) -> None:
    assert milliseconds(value, unit) == expected


def test_what_stands_inside() -> None:
    value = {"a": [{"b": 1}, 2]}
    assert [inside(value, "a", 0, "b"), inside(value, "a", 2), inside(value, "a", -1), inside(5, "a")] == [
        1,
        None,
        None,
        None,
    ]
    tally = Tally()
    assert list(objects(value["a"], tally)) == [(0, {"b": 1})]
    assert list(objects("abc")) == []
    assert tally.left_out == {"entries that are no objects": 1}
    assert [words_of(v) for v in (" a ", 7, True, "", None, {})] == ["a", "7", None, None, None, None]


def test_what_to_call_a_speaker() -> None:
    given = ("A", " spk_0 ", 0, 1.0, float("nan"), True, None, "", [])
    assert [speaker_name(v) for v in given] == ["A", "spk_0", "Speaker 0", "Speaker 1", *[None] * 5]
    assert speaker_name(1, "Channel") == "Channel 1"


def test_hostile_labels_and_nesting_cost_nothing() -> None:
    label = "a" + " " * 200_000 + "b"
    assert read_label(label) == Label(None, label)
    deep = "[" * 700 + '"a"' + "]" * 700
    assert text_of(parse(deep)) == ""
    with pytest.raises(ValueError, match="nested too deeply to be read"):
        parse('["\\ud800", ' + deep + "]")


def test_instants_without_a_zone_are_sorted_the_same_everywhere() -> None:
    times = ("1970-01-01T00:00:10", "1970-01-01T01:00:10+01:00", "0001-01-01T00:00:00")
    assert [seconds(m) for t in times if (m := moment(t))] == [10.0, 10.0, -62_135_596_800.0]


WORDS = [
    Word("Hello", "A", "#/0", 0, 400),
    Word(".", "A", "#/1", 400, 400, joint=""),
    Word("Sorry", "A", "#/2", 500, 900),
    Word("about", "A", "#/3", 1700, 2000),
    Word("Yes", "B", "#/4", 2100, 2400),
]


def test_a_turn_for_each_run_of_a_speaker() -> None:
    assert by_speaker(WORDS) == [
        Turn("unknown", "Hello. Sorry about", "A", start_ms=0, end_ms=2000, source=("#/0",)),
        Turn("unknown", "Yes", "B", start_ms=2100, end_ms=2400, source=("#/4",)),
    ]


def test_two_people_on_one_channel_are_two_turns_and_nobody_else_ends_one() -> None:
    assert [(t.text, t.speaker) for t in by_channel([WORDS])] == [("Hello. Sorry about", "A"), ("Yes", "B")]


def test_labels_become_roles_after_neighbours_were_merged_and_empty_turns_part_nobody() -> None:
    tally = Tally()
    said = [
        Turn("unknown", "again?", "Agent", start_ms=300, end_ms=400, source=("c",)),
        Turn("unknown", "Could you", "Agent", start_ms=0, end_ms=100, source=("a",)),
        Turn("unknown", " ", "Lee", start_ms=200, end_ms=250, source=("b",)),
        Turn("unknown", "Sure.", "Lee", start_ms=500, end_ms=600, source=("d",)),
    ]
    assert in_turns(said, tally) == [
        Turn("agent", "Could you again?", None, start_ms=0, end_ms=400, source=("a", "c")),
        Turn("unknown", "Sure.", "Lee", start_ms=500, end_ms=600, source=("d",)),
    ]
    assert tally.left_out == {"empty turns": 1}
    assert in_turns([], tally) == []
