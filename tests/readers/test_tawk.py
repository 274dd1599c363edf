"""Chats of tawk.to."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, outcomes, reading


def message(second: int, sender: Any, text: str | None, kind: str = "msg") -> dict[str, Any]:
    return {"sender": sender, "type": kind, "msg": text, "time": f"2026-03-02T10:15:{second:02}.000Z"}


LEE, DANA, SYSTEM = {"t": "v"}, {"t": "a", "n": "Dana", "id": "5c"}, {"t": "s"}


def webhook(*messages: dict[str, Any], id_: str = "70fe") -> dict[str, Any]:
    return {
        "event": "chat:transcript_created",
        "time": "2026-03-02T10:30:00.000Z",
        "property": {"id": "p", "name": "Shop"},
        "chat": {"id": id_, "visitor": {"name": "Lee", "email": "lee@example.org"}, "messages": list(messages)},
    }


def test_a_payload_without_messages_is_a_failure() -> None:
    assert failed('{"event": "chat:transcript_created"}', "t.json") == (
        "t.json",
        "malformed",
        "no chat with messages; expected the payload of chat:transcript_created",
    )
    assert failed('{"event": "chat:tr', "t.json", format="tawk")[0] == "t.json:1:11"


def test_messages_are_turns_in_order() -> None:
    found = reading(json.dumps(webhook(message(9, DANA, "Oh no, Lee."), message(1, LEE, "It never came."))), "t.json")
    assert list(found) == [
        Transcript(
            id="70fe",
            turns=(
                Turn("customer", "It never came.", "Lee", "2026-03-02T10:15:01.000Z", source=("#/chat/messages/1",)),
                Turn("agent", "Oh no, Lee.", "Dana", "2026-03-02T10:15:09.000Z", source=("#/chat/messages/0",)),
            ),
            source="t.json",
            format="tawk",
            channel="chat",
            started_at="2026-03-02T10:15:01.000Z",
        )
    ]
    assert (found.format, found.why) == ("tawk", "an event of tawk.to's webhook")


def test_every_marker_of_the_system_and_of_an_event() -> None:
    content = webhook(
        message(1, SYSTEM, "An agent will be with you"),
        message(2, LEE, None, "file"),
        message(3, DANA, None, "webrtc-call"),
        message(4, {"t": "x", "n": "Odd"}, "who knows"),
        message(5, None, "nobody"),
    )
    found = reading(json.dumps(content), "t.json")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.role, t.speaker, t.text) for t in transcript.turns] == [
        ("system", None, "An agent will be with you"),
        ("unknown", "Odd", "who knows"),
        ("unknown", None, "nobody"),
    ]
    assert found.counts.left_out == {"attachments": 1, "events": 1}


def test_a_log_of_webhooks_gives_its_transcripts() -> None:
    start = {"event": "chat:start", "chatId": "70fe", "property": {"id": "p"}, "message": {"text": "Hello?"}}
    log = [start, webhook(message(1, LEE, "a")), webhook(message(1, LEE, "b"), id_="71")]
    found = reading(lines(log), "t.jsonl")
    assert [(t.id, t.source) for t in found if isinstance(t, Transcript)] == [
        ("70fe", "t.jsonl:2"),
        ("71", "t.jsonl:3"),
    ]
    assert found.counts.left_out == {"other events of the webhook": 1}
    assert [t.source for t in outcomes(json.dumps(log), "t.json")] == ["t.json#/1", "t.json#/2"]
