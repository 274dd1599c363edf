"""Places that editors can open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from empathy_audit.reports.places import place

from tests.build import transcript


@pytest.mark.parametrize(
    ("source", "entries", "expected"),
    [
        ("a.json", ("#/turns/0",), "a.json#/turns/0"),
        ("calls.json#/2", ("#/2/turns/0",), "calls.json#/2/turns/0"),
        ("calls.txt:12", (":14", ":15"), "calls.txt:14"),
        ("a.txt", (":48",), "a.txt:48"),
        ("chats.jsonl:3", ("#/turns/0",), "chats.jsonl:3"),
        ("c:/x y/a.txt", (":48",), "c:/x y/a.txt:48"),
        ("odd#/name.json", ("#/turns/0",), "odd#/name.json#/turns/0"),
        ("a.json", ("original.csv:7",), "original.csv:7"),
        ("a.txt:12", (), "a.txt:12"),
    ],
)
def test_the_place_of_a_turn(source, entries, expected):
    one = transcript("customer: hello", source=source)
    one = replace(one, turns=(replace(one.turns[0], source=entries),))
    assert place(one, 0) == expected


def test_a_turn_that_is_not_there_is_placed_at_its_conversation():
    assert place(transcript("customer: hello", source="a.json"), 7) == "a.json"
