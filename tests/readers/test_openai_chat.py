"""Chats of language models."""

from __future__ import annotations

import json

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, one, outcomes, reading

CHAT = {
    "messages": [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "Where is my parcel?", "name": "Lee"},
        {"role": "assistant", "content": None, "tool_calls": [{"id": "t1"}]},
        {"role": "tool", "content": "in transit"},
        {"role": "assistant", "content": [{"type": "text", "text": "On its way."}, {"type": "text", "text": "Sorry!"}]},
        {"role": "assistant", "content": ""},
    ]
}


def test_a_message_without_a_known_role_is_a_failure_and_the_rest_goes_on() -> None:
    content = lines([{"messages": [{"role": "user", "content": "a"}, {"role": "oracle", "content": "b"}]}, CHAT])
    first, second = outcomes(content, "c.jsonl", format="openai")
    assert first == Failure(
        "c.jsonl:1",
        "malformed",
        "message 2 has no role that is known; expected user, assistant, system, developer, tool or function",
    )
    assert isinstance(second, Transcript)


def test_broken_json_and_missing_messages() -> None:
    source, kind, message = failed('{"messages": [{"role": "user", "content": "a"', "c.json")
    assert (source, kind, message[:23]) == ("c.json:1:46", "malformed", "the JSON ends too early")
    assert failed('{"a": 1}', "c.json", format="openai") == (
        "c.json",
        "malformed",
        "no messages; expected a list of objects with role and content",
    )


def test_user_and_assistant_become_customer_and_agent() -> None:
    found = reading(lines([CHAT, CHAT]), "c.jsonl")
    first, second = found
    assert first == Transcript(
        id="c.jsonl:1",
        turns=(
            Turn("system", "Be kind.", source=("#/messages/0",)),
            Turn("customer", "Where is my parcel?", "Lee", source=("#/messages/1",)),
            Turn("agent", "On its way.\nSorry!", source=("#/messages/4",)),
        ),
        source="c.jsonl:1",
        format="openai",
        channel="chat",
    )
    assert isinstance(second, Transcript)
    assert (found.format, found.why) == ("openai", "an object with messages by user and assistant")
    assert found.counts.left_out == {"empty turns": 2, "tool calls": 2, "tool messages": 2}


def test_one_object_and_a_list_are_read_too() -> None:
    assert one(json.dumps(CHAT, indent=1), "c.json").source == "c.json"
    (listed,) = outcomes(json.dumps([{**CHAT, "id": 5}]), "c.json")
    assert isinstance(listed, Transcript)
    assert (listed.id, listed.source, listed.turns[0].source) == ("5", "c.json#/0", ("#/0/messages/0",))
