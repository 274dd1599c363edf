"""Rasa's trackers and the events of its broker."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, outcomes, reading, said, short


def event(kind: str, second: float, **more: Any) -> dict[str, Any]:
    return {"event": kind, "timestamp": 1_700_000_000 + second, **more}


BUTTONS = {"buttons": [{"title": "I don't know", "payload": "/no_number"}]}
TRACKER: dict[str, Any] = {
    "sender_id": "u-7",
    "slots": {},
    "events": [
        event("action", 0, name="action_session_start"),
        event("session_started", 0),
        event("user", 1, text="Where is my parcel?", input_channel="rest", parse_data={}),
        event("slot", 1, name="topic", value="parcel"),
        event("action", 2, name="utter_ask_number"),
        event("bot", 2, text="What is its number?", data=BUTTONS),
        event("user", 3, text="/no_number"),
        event("rewind", 3),
        event("bot", 4, text=None, data={"custom": {"text": "Then I'll look it up."}}),
        event("bot", 5, text=None, data={"image": "x.png"}),
        event("restart", 6),
    ],
}


def test_other_objects_and_empty_trackers_are_told() -> None:
    expected = "no events; expected a tracker with sender_id and events"
    assert failed('{"sender_id": "a"}', "t.json", format="rasa") == ("t.json", "malformed", expected)
    assert failed('{"sender_id": "a", "events": []}', "t.json", format="rasa")[2].startswith("the conversation has no")


def test_the_user_is_the_customer_the_bot_a_bot_and_the_rest_events() -> None:
    found = reading(json.dumps(TRACKER), "t.json")
    assert list(found) == [
        Transcript(
            id="u-7",
            turns=(
                Turn("customer", "Where is my parcel?", at="2023-11-14T22:13:21+00:00", source=("#/events/2",)),
                Turn("bot", "What is its number?", at="2023-11-14T22:13:22+00:00", source=("#/events/5",)),
                Turn("customer", "I don't know", at="2023-11-14T22:13:23+00:00", source=("#/events/6",)),
                Turn("bot", "Then I'll look it up.", at="2023-11-14T22:13:24+00:00", source=("#/events/8",)),
            ),
            source="t.json",
            format="rasa",
            channel="chat",
            started_at="2023-11-14T22:13:21+00:00",
            meta={"input_channel": "rest"},
        )
    ]
    assert found.counts.left_out == {"empty turns": 1, "events": 6}


def test_text_of_an_action_is_read_where_no_bot_event_says_it_again() -> None:
    spoken = event("action", 2, name=None, action_text="Hello there.")
    with_bot = {"sender_id": "a", "events": [event("user", 1, text="Hi"), spoken, event("bot", 2, text="Hello there.")]}
    without = {"sender_id": "b", "events": with_bot["events"][:2]}
    found = outcomes(json.dumps([with_bot, without]), "t.json")
    assert [short(f) for f in found] == [[("customer", None, "Hi"), ("bot", None, "Hello there.")]] * 2
    assert isinstance(found[1], Transcript)
    assert (found[1].source, found[1].turns[1].source) == ("t.json#/1", ("#/1/events/1",))


def test_events_of_a_broker_are_put_together_by_sender() -> None:
    rows = [
        {"sender_id": "a", **event("user", 1, text="Hi", input_channel="twilio_voice")},
        {"sender_id": "b", **event("user", 1, text="Ho")},
        {"sender_id": "a", **event("bot", 2, text="Hello")},
        {"sender_id": "a", **event("action", 2, name="action_listen")},
    ]
    found = outcomes(lines(rows) + "{\n", "events.jsonl")
    assert isinstance(found[0], Failure)
    assert found[0].source == "events.jsonl:5:2"
    assert [short(f) for f in found[1:]] == [
        [("customer", None, "Hi"), ("bot", None, "Hello")],
        [("customer", None, "Ho")],
    ]
    first, second = found[1:]
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert (first.id, first.channel, first.source, first.turns[1].source) == ("a", "phone", "events.jsonl:1", (":3",))
    assert (second.id, second.channel, second.source) == ("b", "chat", "events.jsonl:2")


def test_a_payload_whose_button_is_not_known_stays_as_it_is() -> None:
    content = {"sender_id": "a", "events": [event("user", 1, text="/greet"), event("action", 2, name="utter_greet")]}
    assert said(json.dumps(content), "t.json") == [("customer", None, "/greet")]
