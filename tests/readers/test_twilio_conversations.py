"""Messages of Twilio Conversations."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, one, outcomes, reading, said


def message(author: str, body: str | None, index: int, **more: Any) -> dict[str, Any]:
    return {
        "sid": f"IM{index}",
        "conversation_sid": "CH1",
        "index": index,
        "author": author,
        "participant_sid": None,
        "body": body,
        "media": None,
        "attributes": "{}",
        "date_created": f"2026-03-02T10:15:{index:02}Z",
        **more,
    }


def page(*messages: dict[str, Any], **more: Any) -> str:
    return json.dumps({"messages": list(messages), "meta": {"page": 0, "next_page_url": None}, **more})


def test_a_page_without_messages() -> None:
    assert failed('{"meta": {}}', "c.json", format="twilio-conversations") == (
        "c.json",
        "malformed",
        "no messages; expected a list of messages with author and body; fetch them again",
    )


def test_messages_go_by_their_index_and_who_writes_from_outside_is_the_customer() -> None:
    picture = [{"content_type": "image/png"}]
    found = reading(
        page(
            message("dana", "Hello!", 2),
            message("+15550100", "It broke.", 1),
            message("system", "Dana joined.", 0),
            message("+15550100", None, 3, media=picture),
        ),
        "c.json",
    )
    (transcript,) = found
    assert transcript == Transcript(
        id="CH1",
        turns=(
            Turn("system", "Dana joined.", at="2026-03-02T10:15:00Z", source=("#/messages/2",)),
            Turn("customer", "It broke.", "+15550100", at="2026-03-02T10:15:01Z", source=("#/messages/1",)),
            Turn("agent", "Hello!", "dana", at="2026-03-02T10:15:02Z", source=("#/messages/0",)),
        ),
        source="c.json",
        format="twilio-conversations",
        channel="chat",
        started_at="2026-03-02T10:15:00Z",
    )
    assert found.counts.left_out == {"attachments": 1}


def test_participants_beside_the_messages_tell_who_is_bound_to_an_address() -> None:
    people = [
        {"sid": "MB1", "identity": None, "messaging_binding": {"type": "messenger", "address": "lee-on-messenger"}},
        {"sid": "MB2", "identity": "dana", "messaging_binding": None},
        {"sid": "MB3", "identity": "sam", "messaging_binding": None},
    ]
    rows = [
        message(author, author, n, participant_sid=f"MB{n}") for n, author in enumerate(("x", "lee", "dana", "sam"))
    ]
    assert [(role, author) for role, author, _ in said(page(*rows, participants=people), "c.json")] == [
        ("unknown", "x"),
        ("customer", "lee"),
        ("unknown", "dana"),
        ("unknown", "sam"),
    ]


def test_two_who_write_from_outside_may_be_anybody() -> None:
    content = page(message("+15550100", "a", 0), message("whatsapp:+15550101", "b", 1))
    assert [role for role, _, _ in said(content, "c.json")] == ["unknown", "unknown"]


def test_a_page_may_hold_several_conversations_and_be_one_of_several_pages() -> None:
    content = page(
        message("dana", "a", 0), message("dana", "b", 1, conversation_sid="CH2"), meta={"next_page_url": "https://x"}
    )
    first, second = outcomes(content, "c.json")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert [(t.id, t.source) for t in (first, second)] == [
        ("CH1", "c.json#/messages/0"),
        ("CH2", "c.json#/messages/1"),
    ]
    found = reading(content, "c.json")
    list(found)
    assert found.notes[0] == "c.json: next_page_url says that there are more pages; this is one of them"


def test_without_an_index_the_instants_put_them_in_order_and_the_libraries_spelling_is_read() -> None:
    rows = [
        {"conversationSid": "CH1", "author": a, "body": b, "dateCreated": f"2026-03-02T10:15:0{n}Z"}
        for a, b, n in (("dana", "b", 2), ("lee", "a", 1))
    ]
    assert [t.text for t in one(page(*rows), "c.json").turns] == ["a", "b"]
