"""Conversations of Help Scout."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, one, outcomes, reading, said

LEE = {"id": 10, "type": "customer", "first": "Lee", "last": "Moss", "email": "lee@example.org"}
DANA = {"id": 20, "type": "user", "first": "Dana", "last": "Ivers"}


def thread(id_: int, kind: str, by: dict[str, Any], body: str, **more: Any) -> dict[str, Any]:
    made = {"id": id_, "type": kind, "state": "published", "createdBy": by, "body": body}
    return {**made, "createdAt": f"2026-03-02T10:{id_:02}:00Z", **more}


def conversation(*threads: dict[str, Any], **more: Any) -> dict[str, Any]:
    head = {"id": 7, "number": 70, "threads": len(threads), "type": "email", "subject": "Parcel", "status": "closed"}
    embedded = {"_embedded": {"threads": list(threads)}}
    return {**head, "createdAt": "2026-03-02T10:00:00Z", "primaryCustomer": LEE, **embedded, **more}


def test_a_conversation_without_embedded_threads_is_a_failure() -> None:
    assert failed('{"id": 7, "threads": 2}', "h.json", format="help-scout") == (
        "h.json",
        "malformed",
        "no embedded threads; expected _embedded.threads; fetch it with embed=threads",
    )
    assert failed('{"_embedded": {"threads": [}}', "h.json", format="help-scout")[0] == "h.json:1:28"


def test_threads_are_turns_oldest_first() -> None:
    content = conversation(
        thread(3, "customer", LEE, "Where is it now?"),
        thread(2, "note", DANA, "ask the depot"),
        thread(1, "message", DANA, "Oh no, Lee.<br>I ask."),
        thread(0, "customer", {"id": 20, "type": "user", "first": "Dana"}, "It never came.", customer=LEE),
    )
    found = reading(json.dumps(content), "h.json")
    assert list(found) == [
        Transcript(
            id="7",
            turns=(
                Turn(
                    "customer",
                    "It never came.",
                    "Lee Moss",
                    "2026-03-02T10:00:00Z",
                    source=("#/_embedded/threads/3",),
                ),
                Turn(
                    "agent",
                    "Oh no, Lee.\nI ask.",
                    "Dana Ivers",
                    "2026-03-02T10:01:00Z",
                    source=("#/_embedded/threads/2",),
                ),
                Turn(
                    "agent",
                    "ask the depot",
                    "Dana Ivers",
                    "2026-03-02T10:02:00Z",
                    visibility="internal",
                    source=("#/_embedded/threads/1",),
                ),
                Turn(
                    "customer",
                    "Where is it now?",
                    "Lee Moss",
                    "2026-03-02T10:03:00Z",
                    source=("#/_embedded/threads/0",),
                ),
            ),
            source="h.json",
            format="help-scout",
            channel="email",
            started_at="2026-03-02T10:00:00Z",
            meta={"subject": "Parcel", "status": "closed", "number": 70},
        )
    ]
    assert (found.format, found.why) == ("help-scout", "a conversation with embedded threads")


def test_every_marker_of_a_note_a_machine_and_an_event() -> None:
    content = conversation(
        thread(1, "message", {"id": 1, "type": "system_user", "first": "AI"}, "a machine"),
        thread(2, "chat", LEE, "a chat by the customer"),
        thread(3, "chat", DANA, "a chat by the agent"),
        thread(4, "beaconchat", LEE, "a chat from the site"),
        thread(5, "phone", DANA, "a call by the agent"),
        thread(6, "note", DANA, "a note"),
        thread(7, "forwardparent", DANA, "passed on"),
        thread(8, "forwardchild", DANA, "passed on to"),
        thread(9, "lineitem", DANA, "x"),
        thread(10, "message", DANA, "x", state="draft"),
        thread(11, "message", DANA, "x", state="hidden"),
        thread(12, "message", DANA, "x", state="underreview"),
        thread(13, "chat", {}, "who knows"),
    )
    found = reading(json.dumps(content), "h.json")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.role, t.visibility, t.text) for t in transcript.turns] == [
        ("bot", "public", "a machine"),
        ("customer", "public", "a chat by the customer"),
        ("agent", "public", "a chat by the agent"),
        ("customer", "public", "a chat from the site"),
        ("agent", "public", "a call by the agent"),
        ("agent", "internal", "a note"),
        ("agent", "internal", "passed on"),
        ("agent", "internal", "passed on to"),
        ("unknown", "public", "who knows"),
    ]
    assert found.counts.left_out == {"drafts and hidden messages": 3, "events": 1}


def test_pages_of_conversations_and_of_threads() -> None:
    several = [conversation(thread(1, "customer", LEE, "a")), conversation(thread(1, "customer", LEE, "b"), id=8)]
    first, second = outcomes(json.dumps({"_embedded": {"conversations": several}, "page": {"number": 1}}), "h.json")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert (second.id, second.source, second.turns[0].source) == (
        "8",
        "h.json#/_embedded/conversations/1",
        ("#/_embedded/conversations/1/_embedded/threads/0",),
    )
    page = {"_embedded": {"threads": [thread(1, "customer", LEE, "a")]}, "_links": {"next": {"href": "x"}}}
    found = reading(json.dumps(page), "h.json")
    assert [t.id for t in found if isinstance(t, Transcript)] == ["h.json:1"]
    assert found.notes == ("h.json: there are more pages than this one; give their files, too",)
    assert [t.source for t in outcomes(lines(several), "h.jsonl")] == ["h.jsonl:1", "h.jsonl:2"]


def test_a_plain_body_keeps_its_lines_and_a_nameless_customer_has_the_conversations_name() -> None:
    content = conversation(thread(1, "customer", {"type": "customer"}, "one\ntwo"))
    assert said(json.dumps(content), "h.json") == [("customer", "Lee Moss", "one\ntwo")]
    assert one(json.dumps(content), "h.json").channel == "email"
