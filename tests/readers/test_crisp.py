"""Messages of Crisp."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, outcomes, reading


def message(second: int, side: str, content: Any, kind: str = "text", **more: Any) -> dict[str, Any]:
    made = {"session_id": "session_1", "website_id": "w", "type": kind, "from": side, "origin": "chat"}
    user = {"nickname": "Lee"} if side == "user" else {"user_id": "u1", "nickname": "Dana"}
    at = 1772446500000 + second * 1000
    return {**made, "content": content, "fingerprint": second, "timestamp": at, "user": user, **more}


def test_a_document_without_messages_is_a_failure() -> None:
    assert failed('{"error": true, "reason": "not_found"}', "c.json", format="crisp") == (
        "c.json",
        "malformed",
        "no messages; expected data with messages that have from and content",
    )
    assert failed('{"data": [tru]}', "c.json", format="crisp")[0] == "c.json:1:11"


def test_messages_are_turns_in_order() -> None:
    rows = [message(9, "operator", "Oh no, Lee."), message(1, "user", "It never came."), message(1, "user", "x")]
    found = reading(json.dumps({"error": False, "reason": "listed", "data": rows}), "c.json")
    assert list(found) == [
        Transcript(
            id="session_1",
            turns=(
                Turn("customer", "It never came.", "Lee", "2026-03-02T10:15:01+00:00", source=("#/data/1",)),
                Turn("agent", "Oh no, Lee.", "Dana", "2026-03-02T10:15:09+00:00", source=("#/data/0",)),
            ),
            source="c.json",
            format="crisp",
            channel="chat",
            started_at="2026-03-02T10:15:01+00:00",
        )
    ]
    assert (found.format, found.why) == ("crisp", "messages of a session by user and operator")
    assert found.counts.left_out == {"repeated messages": 1}


def test_every_marker_of_a_note_a_bot_and_an_event() -> None:
    rows = [
        message(0, "user", "Hello?"),
        message(1, "operator", "a note", "note"),
        message(2, "operator", "a note by a machine", "note", automated=True),
        message(3, "operator", "a machine", automated=True),
        message(4, "operator", {"id": "p", "text": "Which one?", "choices": []}, "picker"),
        message(5, "operator", {"namespace": "state:resolved"}, "event"),
        message(6, "user", {"name": "a.png", "url": "u"}, "file"),
        message(7, "user", {"url": "u"}, "audio"),
        message(8, "else", "who knows", user={"nickname": "Odd"}),
    ]
    found = reading(json.dumps({"data": rows}), "c.json", format="crisp")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.role, t.visibility, t.text) for t in transcript.turns] == [
        ("customer", "public", "Hello?"),
        ("agent", "internal", "a note"),
        ("agent", "internal", "a note by a machine"),
        ("bot", "public", "a machine"),
        ("agent", "public", "Which one?"),
        ("unknown", "public", "who knows"),
    ]
    assert found.counts.left_out == {"attachments": 2, "events": 1}


def test_messages_alone_go_to_their_sessions() -> None:
    rows = [message(1, "user", "a"), message(2, "user", "b", session_id="session_2"), message(3, "operator", "c")]
    first, second = outcomes(lines(rows), "c.jsonl")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert (first.id, [t.source for t in first.turns]) == ("session_1", [(":1",), (":3",)])
    assert (second.id, second.source) == ("session_2", "c.jsonl:2")
    assert [t.source for t in outcomes(json.dumps(rows), "c.json")] == ["c.json#/0", "c.json#/1"]
