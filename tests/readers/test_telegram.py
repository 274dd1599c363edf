"""Chats that Telegram Desktop exports as JSON."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.readers import Speakers, Unrecognised

from tests.readers.build import failed, one, outcomes, reading, said

CHAT: dict[str, Any] = {
    "name": "Lee",
    "type": "personal_chat",
    "id": 4711,
    "messages": [
        {"id": 1, "type": "service", "date": "2026-03-02T10:14:00", "actor": "Lee", "action": "phone_call", "text": ""},
        {
            "id": 3,
            "type": "message",
            "date": "2026-03-02T11:16:00",
            "date_unixtime": "1772446560",
            "from": "Shop",
            "from_id": "user9",
            "text": "Oh no!",
        },
        {
            "id": 2,
            "type": "message",
            "date": "2026-03-02T11:15:00",
            "date_unixtime": "1772446500",
            "from": "Lee",
            "from_id": "user1",
            "text": ["My parcel ", {"type": "bold", "text": "never"}, " came!"],
        },
        {"id": 4, "type": "message", "date_unixtime": "1772446570", "from": "Lee", "photo": "a.jpg", "text": ""},
    ],
}


@pytest.mark.parametrize(
    "value",
    [
        {"messages": []},
        {"messages": [{"role": "user", "content": "a"}]},
        {"messages": [{"type": "message", "text": "a"}]},
        {"messages": [{"type": "message", "ts": "1.0", "text": "a"}]},
        {"chats": [1, {"messages": None}]},
        {"chats": {"list": 5}},
    ],
)
def test_other_messages_are_not_taken(value: Any) -> None:
    with contextlib.suppress(Unrecognised):
        assert reading(json.dumps(value), "a.json").format != "telegram"


@pytest.mark.parametrize("value", [{}, {"messages": {}}, {"chats": {"list": [5]}}, 5])
def test_asked_for_without_a_chat(value: Any) -> None:
    assert failed(json.dumps(value), "a.json", format="telegram") == (
        "a.json",
        "malformed",
        "no chat with messages; expected an export of Telegram Desktop as JSON",
    )


def test_a_whole_chat_in_the_order_of_time() -> None:
    found = reading(json.dumps(CHAT), "result.json", speakers=Speakers(agents=("Shop",)))
    (transcript,) = found
    assert transcript == Transcript(
        id="4711",
        turns=(
            Turn("customer", "My parcel never came!", "Lee", "2026-03-02T10:15:00+00:00", source=("#/messages/2",)),
            Turn("agent", "Oh no!", "Shop", "2026-03-02T10:16:00+00:00", source=("#/messages/1",)),
        ),
        source="result.json",
        format="telegram",
        channel="chat",
        started_at="2026-03-02T10:15:00+00:00",
        meta={"title": "Lee"},
    )
    assert found.counts.left_out == {"messages without text": 1, "service messages": 1}


def test_a_person_is_told_by_id() -> None:
    assert [r for r, _, _ in said(json.dumps(CHAT), "a.json", speakers=Speakers(agents=("user9",)))] == [
        "customer",
        "agent",
    ]


def test_an_account_with_several_chats() -> None:
    empty = {"name": "Kim", "id": 5, "messages": [CHAT["messages"][0]]}
    export = {"about": "x", "chats": {"list": [CHAT, empty, 7]}, "left_chats": {"list": [{**CHAT, "id": 6}]}}
    found = reading(json.dumps(export), "result.json")
    transcripts = [t for t in found if isinstance(t, Transcript)]
    assert [(t.id, t.source, t.turns[0].source) for t in transcripts] == [
        ("4711", "result.json#/chats/list/0", ("#/chats/list/0/messages/2",)),
        ("6", "result.json#/left_chats/list/0", ("#/left_chats/list/0/messages/2",)),
    ]
    assert found.counts.left_out["chats without text"] == 1


def test_a_bot_is_no_agent() -> None:
    chat = {**CHAT, "type": "bot_chat", "name": "Shop"}
    assert [(r, s) for r, s, _ in said(json.dumps(chat), "a.json")] == [("unknown", "Lee"), ("bot", "Shop")]


@pytest.mark.parametrize(
    "change",
    [
        {"from": None, "from_id": "user7"},
        {"from": 5, "from_id": []},
        {"date_unixtime": "soon", "date": 7},
        {"date_unixtime": "1" * 400},
        {"text": ["a", 5, {"type": "link"}, None]},
        {"id": []},
        {"name": {}},
    ],
)
def test_fields_of_any_type(change: dict[str, Any]) -> None:
    message = {"type": "message", "date": "2026-03-02T10:15:00", "from": "Lee", "text": "a", **change}
    chat = {"messages": [message, 5, {"type": "unsupported"}], **{k: change[k] for k in ("id", "name") if k in change}}
    (transcript,) = outcomes(json.dumps(chat), "a.json", format="telegram")
    assert isinstance(transcript, Transcript)
    assert [t.text for t in transcript.turns] == ["a"]
    assert transcript.turns[0].speaker in ("Lee", "user7", None)


def test_one_chat_is_one_transcript() -> None:
    assert one(json.dumps(CHAT), "a.json").id == "4711"
