"""Conversations of Intercom."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, one, outcomes, reading, short

LEE = {"type": "user", "id": "u1", "name": "Lee"}
DANA = {"type": "admin", "id": "9", "name": "Dana"}
FIN = {"type": "bot", "id": "2", "name": "Fin"}


def part(
    id_: int | str, author: dict[str, Any], body: str | None, kind: str = "comment", **more: Any
) -> dict[str, Any]:
    made = {"type": "conversation_part", "id": id_, "part_type": kind, "body": body, "author": author}
    return {**made, "created_at": 1772446500 + int(id_), **more}


def conversation(*parts: dict[str, Any], source: Any = None, **more: Any) -> dict[str, Any]:
    opening = {"type": "conversation", "delivered_as": "customer_initiated", "body": "<p>It never came.</p>"}
    return {
        "type": "conversation",
        "id": "5",
        "created_at": 1772446500,
        "title": "Parcel",
        "source": source or {**opening, "subject": "", "author": LEE},
        "conversation_parts": {
            "type": "conversation_part.list",
            "conversation_parts": list(parts),
            "total_count": len(parts),
        },
        **more,
    }


def test_a_conversation_without_parts_is_a_failure() -> None:
    assert failed('{"type": "conversation", "id": "5"}', "i.json", format="intercom") == (
        "i.json",
        "malformed",
        "no source and no conversation_parts; expected the conversation with its parts",
    )
    assert failed('{"conversation_parts": {', "i.json", format="intercom")[0] == "i.json:1:25"


def test_the_source_is_the_first_turn_and_parts_follow_by_time() -> None:
    parts = (
        part(3, DANA, "<p>Found it&hellip;</p><p>Sorry!</p>"),
        part(1, DANA, "<p>Oh no, Lee.</p>"),
        part("2", {"type": "admin", "id": "9"}, "<p>asked depot</p>", "note"),
        part(1, DANA, "<p>Oh no, Lee.</p>"),
    )
    found = reading(json.dumps(conversation(*parts, conversation_rating={"rating": 4})), "i.json")
    at = "2026-03-02T10:15:0{}+00:00"
    assert list(found) == [
        Transcript(
            id="5",
            turns=(
                Turn("customer", "It never came.", "Lee", at.format(0), source=("#/source",)),
                Turn(
                    "agent",
                    "Oh no, Lee.",
                    "Dana",
                    at.format(1),
                    source=("#/conversation_parts/conversation_parts/1",),
                ),
                Turn(
                    "agent",
                    "asked depot",
                    "Dana",
                    at.format(2),
                    visibility="internal",
                    source=("#/conversation_parts/conversation_parts/2",),
                ),
                Turn(
                    "agent",
                    "Found it…\nSorry!",
                    "Dana",
                    at.format(3),
                    source=("#/conversation_parts/conversation_parts/0",),
                ),
            ),
            source="i.json",
            format="intercom",
            channel="chat",
            started_at=at.format(0),
            meta={"title": "Parcel", "rating": 4},
        )
    ]
    assert (found.format, found.why) == ("intercom", "a conversation with conversation_parts")
    assert found.counts.left_out == {"repeated messages": 1}


def test_every_marker_of_a_note_a_bot_and_an_event() -> None:
    parts = (
        part(1, FIN, "<p>I am Fin.</p>"),
        part(2, {"type": "lead", "id": "l"}, "a lead"),
        part(3, {"type": "contact", "id": "c"}, "a contact"),
        part(4, {"type": "team", "id": "t", "name": "Returns"}, "a team"),
        part(5, DANA, "a note", "note"),
        part(6, DANA, "a note that opens", "note_and_reopen"),
        part(7, DANA, "an answer that closes", "close"),
        part(8, DANA, None, "close"),
        part(9, DANA, None, "assignment"),
        part(10, DANA, "handed to Kim, who will help", "assignment"),
        part(11, DANA, "x", "conversation_attribute_updated_by_admin"),
        part(12, FIN, "x", "custom_action_started"),
        part(13, DANA, "This message was deleted", redacted=True),
        part(14, LEE, "Yes", "quick_reply"),
        part(15, DANA, None),
        part(16, {"type": "oracle", "id": "o"}, "who knows"),
        part(17, {**DANA, "from_ai_agent": True}, "a bot in her name"),
        part(18, {**DANA, "from_ai_agent": False, "is_ai_answer": True}, "its answer in her name"),
    )
    found = reading(json.dumps(conversation(*parts)), "i.json")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.role, t.visibility, t.text) for t in transcript.turns[1:]] == [
        ("bot", "public", "I am Fin."),
        ("customer", "public", "a lead"),
        ("customer", "public", "a contact"),
        ("agent", "public", "a team"),
        ("agent", "internal", "a note"),
        ("agent", "internal", "a note that opens"),
        ("agent", "public", "an answer that closes"),
        ("agent", "public", "handed to Kim, who will help"),
        ("customer", "public", "Yes"),
        ("unknown", "public", "who knows"),
        ("bot", "public", "a bot in her name"),
        ("bot", "public", "its answer in her name"),
    ]
    assert found.counts.left_out == {"deleted messages": 1, "empty turns": 1, "events": 4}


def test_who_begins_decides_whose_the_first_turn_is() -> None:
    def opening(how: str, author: dict[str, Any]) -> str:
        source = {"type": "email", "delivered_as": how, "subject": "News", "body": "<p>Hi</p>", "author": author}
        return one(json.dumps(conversation(source=source)), "i.json").turns[0].role

    assert opening("customer_initiated", LEE) == "customer"
    assert opening("admin_initiated", DANA) == "agent"
    assert opening("automated", DANA) == "bot"
    assert opening("operator_initiated", DANA) == "bot"
    assert opening("operator_initiated", FIN) == "bot"


def test_pages_notifications_and_older_answers_are_read_too() -> None:
    first, second = outcomes(
        json.dumps({"type": "conversation.list", "conversations": [conversation(), conversation(id="6")]}), "i.json"
    )
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert [second.id, second.source, second.turns[0].source] == [
        "6",
        "i.json#/conversations/1",
        ("#/conversations/1/source",),
    ]
    hook = {"type": "notification_event", "topic": "conversation.user.created", "data": {"item": conversation()}}
    assert one(json.dumps(hook), "i.json").turns[0].source == ("#/data/item/source",)
    older = {k: v for k, v in conversation().items() if k != "source"} | {
        "conversation_message": {"body": "<p>hi</p>", "author": LEE}
    }
    assert short(one(json.dumps(older), "i.json")) == [("customer", "Lee", "hi")]
    third, _ = outcomes(lines([conversation(), conversation(id="6")]), "i.jsonl")
    assert isinstance(third, Transcript)
    assert (third.source, third.turns[0].source) == ("i.jsonl:1", ("#/source",))


def test_parts_that_are_missing_are_told() -> None:
    cut = conversation(part(1, DANA, "Hi"))
    cut["conversation_parts"]["total_count"] = 612
    found = reading(json.dumps(cut), "i.json")
    assert len(list(found)) == 1
    assert found.notes == ("i.json: 1 of 612 parts are in the file",)
