"""Chats of LiveChat."""

from __future__ import annotations

import json
from typing import Any

from empathy_audit.model.transcript import Transcript, Turn

from tests.readers.build import failed, lines, outcomes, reading, said

BOT = "0123456789abcdef0123456789abcdef"
USERS = [
    {"id": "u1", "type": "customer", "name": "Lee"},
    {"id": "dana@example.org", "type": "agent", "name": "Dana"},
    {"id": BOT, "type": "agent", "name": "Robo"},
]


def event(id_: int, author: str, text: str | None, kind: str = "message", **more: Any) -> dict[str, Any]:
    made = {"id": f"T1_{id_}", "type": kind, "author_id": author, "text": text}
    return {**made, "created_at": f"2026-03-02T10:15:{id_:02}.000000Z", "visibility": "all", **more}


def chat(*events: dict[str, Any], thread: str = "T1", **more: Any) -> dict[str, Any]:
    inner = {"id": thread, "created_at": "2026-03-02T10:15:00.000000Z", "events": list(events)}
    return {"id": "Q1", "users": USERS, "thread": inner, **more}


def test_a_chat_without_a_thread_is_a_failure_and_the_others_are_read() -> None:
    first, second = outcomes(
        json.dumps({"chats": [chat(event(1, "u1", "Hello?")), {"id": "Q2", "users": []}]}), "l.json"
    )
    assert isinstance(first, Transcript)
    assert (second.source, getattr(second, "message", "")) == (
        "l.json#/chats/1",
        "no thread; expected a chat with a thread of events; fetch it with its thread",
    )
    assert failed('{"chats": [', "l.json", format="livechat")[0] == "l.json:1:12"


def test_messages_are_turns_with_roles_joined_from_the_users() -> None:
    page = {"chats": [chat(event(2, "dana@example.org", "Oh no, Lee."), event(1, "u1", "It never came."))]}
    found = reading(json.dumps(page), "l.json")
    assert list(found) == [
        Transcript(
            id="T1",
            turns=(
                Turn(
                    "customer",
                    "It never came.",
                    "Lee",
                    "2026-03-02T10:15:01.000000Z",
                    source=("#/chats/0/thread/events/1",),
                ),
                Turn(
                    "agent",
                    "Oh no, Lee.",
                    "Dana",
                    "2026-03-02T10:15:02.000000Z",
                    source=("#/chats/0/thread/events/0",),
                ),
            ),
            source="l.json#/chats/0",
            format="livechat",
            channel="chat",
            started_at="2026-03-02T10:15:00.000000Z",
            meta={"chat_id": "Q1"},
        )
    ]
    assert (found.format, found.why) == ("livechat", "a chat with threads of events")


def test_every_marker_of_a_note_a_bot_and_an_event() -> None:
    card = {"elements": [{"title": "Track it", "subtitle": "or call us", "buttons": []}]}
    content = chat(
        event(1, "u1", "seen by all"),
        event(2, "dana@example.org", "agents by visibility", visibility="agents"),
        {**event(3, "dana@example.org", "agents by recipients", recipients="agents"), "visibility": None},
        event(4, BOT, "a bot"),
        event(5, BOT, None, "rich_message", **card),
        event(6, "", "Dana joined", "system_message"),
        event(7, "u1", None, "file"),
        event(8, "u1", None, "filled_form"),
        event(9, "kim@example.org", "an agent who is no user here"),
        event(10, "u9", "who knows"),
        event(1, "u1", "seen by all"),
    )
    found = reading(json.dumps(content), "l.json")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert [(t.role, t.speaker, t.visibility, t.text) for t in transcript.turns] == [
        ("customer", "Lee", "public", "seen by all"),
        ("agent", "Dana", "internal", "agents by visibility"),
        ("agent", "Dana", "internal", "agents by recipients"),
        ("bot", "Robo", "public", "a bot"),
        ("bot", "Robo", "public", "Track it\nor call us"),
        ("agent", "kim@example.org", "public", "an agent who is no user here"),
        ("unknown", "u9", "public", "who knows"),
    ]
    assert found.counts.left_out == {"attachments": 1, "events": 1, "forms": 1, "repeated messages": 1}


def test_each_thread_is_a_conversation() -> None:
    threads = [
        {"id": "T1", "events": [event(1, "u1", "a")]},
        {"id": "T2", "events": [event(1, "u1", "b")]},
    ]
    content = {"id": "Q1", "users": USERS, "threads": threads}
    first, second = outcomes(json.dumps(content), "l.json")
    assert isinstance(first, Transcript)
    assert isinstance(second, Transcript)
    assert (first.id, first.source) == ("T1", "l.json#/threads/0")
    assert (second.id, second.turns[0].source) == ("T2", ("#/threads/1/events/0",))
    third, _ = outcomes(lines([content, chat(event(1, "u1", "c"), thread="T3")])[:-1], "l.jsonl")[1:]
    assert third.source == "l.jsonl:1#/threads/1"


def test_the_archive_of_version_2() -> None:
    older = {
        "type": "chat",
        "id": "M1",
        "visitor": {"name": "Lee"},
        "started_timestamp": 1772446500,
        "rate": "rated_good",
        "messages": [{"author_name": "Lee", "text": "Hello?", "user_type": "visitor", "timestamp": 1772446500}],
        "events": [
            {"author_name": "Lee", "text": "Hello?", "user_type": "visitor", "timestamp": 1772446500, "type": "message"},
            {"author_name": "Dana", "text": "Hi!", "user_type": "agent", "timestamp": 1772446505, "type": "message"},
            {"author_name": "Kim", "text": "be kind", "user_type": "supervisor", "timestamp": 1772446503, "type": "message"},
            {"text": "Lee closed the chat.", "user_type": "visitor", "timestamp": 1772446600, "type": "event"},
        ],
    }  # fmt: skip
    found = reading(json.dumps({"chats": [older], "total": 1}), "l.json")
    (transcript,) = found
    assert isinstance(transcript, Transcript)
    assert (transcript.id, transcript.started_at, transcript.meta) == (
        "M1",
        "2026-03-02T10:15:00+00:00",
        {"rate": "rated_good"},
    )
    assert [(t.role, t.speaker, t.visibility, t.text, t.source) for t in transcript.turns] == [
        ("customer", "Lee", "public", "Hello?", ("#/chats/0/events/0",)),
        ("agent", "Kim", "internal", "be kind", ("#/chats/0/events/2",)),
        ("agent", "Dana", "public", "Hi!", ("#/chats/0/events/1",)),
    ]
    assert found.counts.left_out == {"events": 1}
    assert said(json.dumps({k: v for k, v in older.items() if k != "events"}), "l.json") == [
        ("customer", "Lee", "Hello?")
    ]
