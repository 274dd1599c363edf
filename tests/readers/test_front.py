"""Messages and comments of Front."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, outcomes, reading, said

DANA = {"id": "tea_1", "first_name": "Dana", "last_name": "Ivers", "email": "dana@example.org"}
FROM = [{"handle": "lee@example.org", "name": "Lee", "role": "from"}, {"handle": "us@example.org", "role": "to"}]


def message(second: int, inbound: bool, body: str, **more: Any) -> dict[str, Any]:
    made = {"id": f"msg_{second}", "type": "email", "is_inbound": inbound, "created_at": 1772446500.5 + second}
    who = {"author": None, "recipients": FROM} if inbound else {"author": DANA, "recipients": []}
    links = {"_links": {"related": {"conversation": "https://api.example.org/conversations/cnv_1"}}}
    return {**links, **made, **who, "body": body, "text": "", "draft_mode": None, "is_draft": False, **more}


def test_a_page_without_messages_is_a_failure() -> None:
    assert failed('{"_results": []}', "f.json", format="front") == (
        "f.json",
        "malformed",
        "no messages; expected _results with messages that have is_inbound and body",
    )
    assert failed('{"_results": [{]}', "f.json", format="front")[0] == "f.json:1:16"


def test_messages_are_turns_oldest_first_and_comments_internal() -> None:
    page = {
        "conversation": {"id": "cnv_1", "subject": "Parcel", "status": "archived"},
        "messages": {
            "_pagination": {"next": None},
            "_results": [
                message(60, False, "<p>Oh no, Lee.</p><blockquote type='cite'>old</blockquote>"),
                message(0, True, "<p>It never came.</p>"),
                message(60, False, "<p>Oh no, Lee.</p>"),
            ],
        },
        "comments": {"_results": [{"id": "com_1", "author": DANA, "body": "ask depot", "posted_at": 1772446530.0}]},
    }
    found = reading(json.dumps(page), "f.json")
    assert list(found) == [
        Transcript(
            id="cnv_1",
            turns=(
                Turn(
                    "customer",
                    "It never came.",
                    "Lee",
                    "2026-03-02T10:15:00.500000+00:00",
                    source=("#/messages/_results/1",),
                ),
                Turn(
                    "agent",
                    "ask depot",
                    "Dana Ivers",
                    "2026-03-02T10:15:30+00:00",
                    visibility="internal",
                    source=("#/comments/_results/0",),
                ),
                Turn(
                    "agent",
                    "Oh no, Lee.",
                    "Dana Ivers",
                    "2026-03-02T10:16:00.500000+00:00",
                    source=("#/messages/_results/0",),
                ),
            ),
            source="f.json",
            format="front",
            channel="email",
            started_at="2026-03-02T10:15:00.500000+00:00",
            meta={"subject": "Parcel", "status": "archived"},
        )
    ]
    assert (found.format, found.why) == ("front", "messages that are inbound or not")
    assert found.counts.left_out == {"repeated messages": 1}


def test_every_marker_of_a_draft_a_machine_and_a_note() -> None:
    page = {
        "_results": [
            message(1, True, "<p>inbound</p>"),
            message(2, False, "<p>a rule's</p>", author=None),
            message(3, False, "x", is_draft=True),
            message(4, False, "x", draft_mode="shared"),
            message(5, True, "", text="plain alone", recipients=[{"handle": "+15550100", "role": "from"}]),
            {"id": "com_1", "author": DANA, "body": "a comment", "posted_at": 1772446599.0},
        ]
    }
    found = reading(json.dumps(page), "f.json", format="front")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.role, t.speaker, t.visibility, t.text) for t in transcript.turns] == [
        ("customer", "Lee", "public", "inbound"),
        ("bot", None, "public", "a rule's"),
        ("customer", "+15550100", "public", "plain alone"),
        ("agent", "Dana Ivers", "internal", "a comment"),
    ]
    assert found.counts.left_out == {"drafts and hidden messages": 2}


def test_messages_of_several_conversations_come_apart_and_comments_alone_are_notes() -> None:
    other = {"_links": {"related": {"conversation": "https://api.example.org/conversations/cnv_2"}}}
    page = {"_results": [message(1, True, "a"), message(2, True, "b", **other), message(3, False, "c")]}
    first, second = outcomes(json.dumps(page), "f.json")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert (first.id, [t.text for t in first.turns], first.source) == ("cnv_1", ["a", "c"], "f.json#/_results/0")
    assert (second.id, second.source) == ("cnv_2", "f.json#/_results/1")
    notes = {"_results": [{"id": "com_1", "author": DANA, "body": "a", "posted_at": 1772446500.0}]}
    assert said(json.dumps(notes), "f.json") == [("agent", "Dana Ivers", "a")]
    (noted,) = outcomes(json.dumps(notes), "f.json")
    assert isinstance(noted, Transcript)
    assert [t.visibility for t in noted.turns] == ["internal"]
