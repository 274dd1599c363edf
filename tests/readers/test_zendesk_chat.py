"""Chats of Zendesk Chat."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, one, outcomes, reading, short


def event(second: int, **more: Any) -> dict[str, Any]:
    return {"type": "chat.msg", "timestamp": f"2026-03-02T10:15:{second:02}.000000Z", "channel": "#c", **more}


CHAT = {
    "type": "chat",
    "id": "c1",
    "visitor": {"id": "v", "name": "Lee"},
    "agent_names": ["Dana"],
    "timestamp": "2026-03-02T10:15:00Z",
    "rating": "good",
    "count": {"agent": 1, "visitor": 2, "total": 3},
    "history": [
        event(0, type="chat.memberjoin", name="Lee"),
        event(9, name="Lee", msg="Hello?"),
        event(5, name="Lee", msg="My parcel &amp; my money"),
        event(12, name="Dana", msg="Oh no, Lee."),
        event(20, type="chat.rating", name="Lee", new_rating="good"),
    ],
}


def test_a_chat_without_a_history_is_a_failure_and_the_others_are_read() -> None:
    first, second = outcomes(json.dumps({"chats": [CHAT, {"type": "chat", "id": "c2"}]}), "c.json")
    assert isinstance(first, Transcript)
    assert (first.id, first.source) == ("c1", "c.json#/chats/0")
    assert str(second).count("c.json#/chats/1") == 1
    assert failed('{"type": "chat"}', "c.json", format="zendesk-chat") == (
        "c.json",
        "malformed",
        "no history; expected a list of events such as chat.msg; export the chat again",
    )


def test_messages_are_turns_in_order_and_everything_else_is_an_event() -> None:
    found = reading(json.dumps(CHAT), "c.json")
    assert list(found) == [
        Transcript(
            id="c1",
            turns=(
                Turn("customer", "My parcel & my money", "Lee", "2026-03-02T10:15:05.000000Z", source=("#/history/2",)),
                Turn("customer", "Hello?", "Lee", "2026-03-02T10:15:09.000000Z", source=("#/history/1",)),
                Turn("agent", "Oh no, Lee.", "Dana", "2026-03-02T10:15:12.000000Z", source=("#/history/3",)),
            ),
            source="c.json",
            format="zendesk-chat",
            channel="chat",
            started_at="2026-03-02T10:15:00Z",
            meta={"rating": "good"},
        )
    ]
    assert (found.format, found.why) == ("zendesk-chat", "a chat whose history holds chat.msg")
    assert (found.counts.left_out, found.notes) == ({"events": 2}, ())


def test_every_marker_of_agent_visitor_machine_and_event() -> None:
    history = [
        event(1, name="A", nick="agent:17", msg="agent by nick"),
        event(2, name="B", nick="visitor:9", msg="visitor by nick"),
        event(3, name="C", nick="agent:trigger", msg="trigger by nick"),
        event(4, name="C", nick="agent:system", msg="system by nick"),
        event(5, name="D", sender_type="Trigger", msg="trigger by type"),
        event(6, name="E", sender_type="Agent", msg="agent by type"),
        event(7, name="F", agent_id=17, msg="agent by id"),
        event(8, name="Dana", msg="agent by name"),
        event(9, name="G", msg="nobody"),
        *(event(10, type=f"chat.{kind}", name="Lee", msg="x") for kind in ("memberleave", "tag", "comment", "file")),
        event(11, type="chat.queue_position", name="Lee", msg="x"),
    ]
    found = reading(json.dumps({**CHAT, "history": history}), "c.json")
    (chat,) = found
    assert [(role, text) for role, _, text in short(chat)] == [
        ("agent", "agent by nick"),
        ("customer", "visitor by nick"),
        ("bot", "trigger by nick"),
        ("bot", "system by nick"),
        ("bot", "trigger by type"),
        ("agent", "agent by type"),
        ("agent", "agent by id"),
        ("agent", "agent by name"),
        ("unknown", "nobody"),
    ]
    assert found.counts.left_out == {"events": 5}
    assert found.notes[0] == "c.json: 4 messages by the agent, and the chat counts 1"


def test_a_visitor_with_the_agents_name_is_not_taken_for_either() -> None:
    chat = {**CHAT, "visitor": {"name": "Dana"}, "history": [event(1, name="Dana", nick="visitor", msg="Hello?")]}
    assert one(json.dumps(chat), "c.json").turns[0].role == "customer"


def test_an_offline_message_is_one_turn_and_chats_may_stand_one_a_line() -> None:
    offline = {"type": "offline_msg", "id": "o1", "visitor": {"name": "Lee"}, "message": "Are you there?"}
    first, second = outcomes(lines([CHAT, offline]), "c.jsonl")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert second.turns == (Turn("customer", "Are you there?", "Lee", source=("#/message",)),)
    assert reading(json.dumps(offline), "c.json").why == "an offline message of a visitor"
