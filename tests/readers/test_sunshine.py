"""Messages of Sunshine Conversations."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, outcomes, reading

LEE, DANA = {"type": "user", "displayName": "Lee"}, {"type": "business", "displayName": "Dana"}


def message(second: int, author: Any, text: str | None, kind: str = "text", **more: Any) -> dict[str, Any]:
    content = {"type": kind, "text": text} if text is not None else {"type": kind}
    at = f"2026-03-02T10:15:{second:02}.000Z"
    return {"id": f"m{second}", "received": at, "author": author, "content": content, "source": {"type": "web"}, **more}


def test_a_document_without_messages_is_a_failure() -> None:
    assert failed('{"messages": null}', "s.json", format="sunshine") == (
        "s.json",
        "malformed",
        "no messages; expected a list of messages with author and content",
    )
    assert failed('{"messages": [1', "s.json", format="sunshine")[0] == "s.json:1:16"


def test_messages_are_turns_in_order() -> None:
    page = {
        "messages": [message(9, DANA, "Oh no, Lee."), message(1, LEE, "It never came."), message(1, LEE, "x")],
        "meta": {"hasMore": True},
        "links": {"next": "https://example.org"},
    }
    found = reading(json.dumps(page), "s.json")
    assert list(found) == [
        Transcript(
            id="s.json:1",
            turns=(
                Turn("customer", "It never came.", "Lee", "2026-03-02T10:15:01.000Z", source=("#/messages/1",)),
                Turn("agent", "Oh no, Lee.", "Dana", "2026-03-02T10:15:09.000Z", source=("#/messages/0",)),
            ),
            source="s.json",
            format="sunshine",
            channel="chat",
            started_at="2026-03-02T10:15:01.000Z",
        )
    ]
    assert (found.format, found.why) == ("sunshine", "messages by user and business")
    assert found.counts.left_out == {"repeated messages": 1}
    assert found.notes == ("s.json: there are more pages than this one; give their files, too",)


def test_every_marker_of_a_bot_and_of_an_event() -> None:
    page = {
        "messages": [
            message(1, {**DANA, "subtypes": ["AI"]}, "by subtype"),
            message(2, DANA, "by source", source={"type": "zd:answerBot"}),
            message(3, DANA, "an agent", source={"type": "zd:agentWorkspace"}),
            message(4, {"type": "user", "subtypes": ["AI"]}, "a user stays one"),
            message(5, DANA, "closed", activity={"type": "ticket:closed"}),
            message(6, LEE, None, "image"),
            message(7, DANA, None, "form"),
            message(8, LEE, "gone", deleted=True),
            {**message(9, DANA, None), "content": {"type": "text", "htmlText": "<b>bold</b> words"}},
        ]
    }
    found = reading(json.dumps(page), "s.json")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.role, t.text) for t in transcript.turns] == [
        ("bot", "by subtype"),
        ("bot", "by source"),
        ("agent", "an agent"),
        ("customer", "a user stays one"),
        ("agent", "bold words"),
    ]
    assert found.counts.left_out == {"attachments": 1, "deleted messages": 1, "events": 2}


def test_conversations_may_stand_one_a_line() -> None:
    rows = [{"conversation": {"id": f"c{n}"}, "messages": [message(1, LEE, "a")]} for n in (1, 2)]
    found = [(t.id, t.source) for t in outcomes(lines(rows), "s.jsonl") if isinstance(t, Transcript)]
    assert found == [("c1", "s.jsonl:1"), ("c2", "s.jsonl:2")]
