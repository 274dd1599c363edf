"""Messages of Chatwoot."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, outcomes, reading, said


def message(id_: int, kind: int | str, content: str | None, sender: str | None = None, **more: Any) -> dict[str, Any]:
    made = {"id": id_, "content": content, "message_type": kind, "private": False, "created_at": 1772446500 + id_}
    who = {"sender_type": sender, "sender": {"id": 1, "name": f"the {sender}"}} if sender else {}
    return {**made, "conversation_id": 7, "content_type": "text", "content_attributes": {}, **who, **more}


def test_a_document_without_messages_is_a_failure() -> None:
    assert failed('{"meta": {}}', "c.json", format="chatwoot") == (
        "c.json",
        "malformed",
        "no messages; expected payload with messages that have message_type and content",
    )
    assert failed('{"payload": [{"id": 1,]}', "c.json", format="chatwoot")[0] == "c.json:1:23"


def test_messages_are_turns_in_order() -> None:
    page = {
        "meta": {"labels": []},
        "payload": [
            message(2, 1, "Oh no, Lee.", "User"),
            message(1, 0, "It never came.", "Contact"),
            message(2, 1, "Oh no, Lee.", "User"),
        ],
    }
    found = reading(json.dumps(page), "c.json")
    assert list(found) == [
        Transcript(
            id="7",
            turns=(
                Turn("customer", "It never came.", "the Contact", "2026-03-02T10:15:01+00:00", source=("#/payload/1",)),
                Turn("agent", "Oh no, Lee.", "the User", "2026-03-02T10:15:02+00:00", source=("#/payload/0",)),
            ),
            source="c.json",
            format="chatwoot",
            started_at="2026-03-02T10:15:01+00:00",
        )
    ]
    assert (found.format, found.why) == ("chatwoot", "messages with message_type and private")
    assert found.counts.left_out == {"repeated messages": 1}


def test_every_marker_of_a_note_a_bot_and_an_event() -> None:
    page = {
        "payload": [
            message(1, 0, "incoming"),
            message(2, "incoming", "incoming in words"),
            message(3, 1, "outgoing"),
            message(4, 1, "a note", "User", private=True),
            message(5, 2, "Dana joined"),
            message(6, "activity", "Dana left"),
            message(7, 3, "a template"),
            message(8, 1, "a bot", "AgentBot"),
            message(9, 1, "a bot in webhooks") | {"sender": {"name": "Robo", "type": "agent_bot"}},
            message(10, 1, "an assistant", "Captain::Assistant"),
            message(11, 1, "an automation", content_attributes={"automation_rule_id": 3}),
            message(12, 1, "a campaign", additional_attributes={"campaign_id": 3}),
            message(13, 1, "This message was deleted", content_attributes={"deleted": True}),
            message(14, 0, None, attachments=[{"id": 1}]),
            message(15, 9, "x"),
        ]
    }
    found = reading(json.dumps(page), "c.json")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.role, t.visibility, t.text) for t in transcript.turns] == [
        ("customer", "public", "incoming"),
        ("customer", "public", "incoming in words"),
        ("agent", "public", "outgoing"),
        ("agent", "internal", "a note"),
        ("bot", "public", "a template"),
        ("bot", "public", "a bot"),
        ("bot", "public", "a bot in webhooks"),
        ("bot", "public", "an assistant"),
        ("bot", "public", "an automation"),
        ("bot", "public", "a campaign"),
    ]
    assert found.counts.left_out == {"deleted messages": 1, "empty turns": 1, "events": 3}


def test_conversations_come_apart_and_may_stand_one_a_line() -> None:
    page = {"payload": [message(1, 0, "a"), message(2, 0, "b", conversation_id=8)]}
    first, second = outcomes(json.dumps(page), "c.json")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert (first.id, second.id, second.source) == ("7", "8", "c.json#/payload/1")
    one_line = {"id": 9, "messages": [message(1, "incoming", "c", conversation_id=None)]}
    third, fourth = outcomes(lines([one_line, {**one_line, "id": 10}]), "c.jsonl")
    assert isinstance(third, Transcript)
    assert isinstance(fourth, Transcript)
    assert (third.id, third.turns[0].source, fourth.source) == ("9", ("#/messages/0",), "c.jsonl:2")
    assert said(json.dumps({"data": page | {"payload": page["payload"][:1]}}), "c.json") == [("customer", None, "a")]
