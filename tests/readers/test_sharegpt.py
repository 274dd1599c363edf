"""Chats as ShareGPT writes them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Unrecognised

from tests.readers.build import failed, lines, outcomes, reading, said

CHAT: dict[str, Any] = {
    "id": "a-1",
    "conversations": [
        {"from": "system", "value": "Be kind."},
        {"from": "human", "value": "Where is my parcel?"},
        {"from": "function_call", "value": "{}"},
        {"from": "observation", "value": "in transit"},
        {"from": "gpt", "value": "On its way."},
        {"from": "gpt", "value": ""},
    ],
}


def test_other_objects_are_told() -> None:
    expected = "no conversations; expected a list of objects with from and value"
    assert failed('{"items": []}', "s.json", format="sharegpt") == ("s.json", "malformed", expected)


def test_the_human_is_the_customer_and_tools_are_left_out() -> None:
    found = reading(json.dumps([CHAT]), "s.json")
    assert list(found) == [
        Transcript(
            id="a-1",
            turns=(
                Turn("system", "Be kind.", source=("#/0/conversations/0",)),
                Turn("customer", "Where is my parcel?", source=("#/0/conversations/1",)),
                Turn("agent", "On its way.", source=("#/0/conversations/4",)),
            ),
            source="s.json#/0",
            format="sharegpt",
            channel="chat",
        )
    ]
    assert found.counts.left_out == {"empty turns": 1, "tool messages": 2}


def test_other_ways_of_writing_it() -> None:
    chats = [
        {
            "system": "Be kind.",
            "conversations": [{"from": "User", "value": "Hi"}, {"from": "assistant", "value": "Ho"}],
        },
        {"conversation": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": [{"text": "Ho"}]}]},
    ]
    first, second = outcomes(lines(chats), "s.jsonl")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert [(t.role, t.text) for t in first.turns] == [("system", "Be kind."), ("customer", "Hi"), ("agent", "Ho")]
    assert [(t.role, t.text, t.source) for t in second.turns] == [
        ("customer", "Hi", ("#/conversation/0",)),
        ("agent", "Ho", ("#/conversation/1",)),
    ]


def test_a_speaker_that_is_not_known_stays_unknown() -> None:
    entries = [*CHAT["conversations"], {"from": "oracle", "value": "Hm."}]
    chat = json.dumps({"conversations": entries})
    assert said(chat, "s.json", format="sharegpt")[-1] == ("unknown", "oracle", "Hm.")
    with pytest.raises(Unrecognised):
        reading(chat, "s.json")
