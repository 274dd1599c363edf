"""Chats of LiveChat (text.com): a chat with its thread or threads, or the archive's page of them.

    {"chats": [{"id": "Q1", "users": [{"id": "u1", "type": "customer", "name": "Lee"},
                                      {"id": "dana@example.org", "type": "agent", "name": "Dana"}],
                "thread": {"id": "T1", "created_at": "2026-03-02T10:15:00.000000Z", "events": [
                  {"id": "T1_1", "type": "message", "text": "Hello?", "author_id": "u1", "visibility": "all",
                   "created_at": "2026-03-02T10:15:05.000000Z"},
                  {"id": "T1_2", "type": "system_message", "text": "Dana joined"}]}}]}

Defined in the Agent Chat API ("Data structures"; `recipients` until version 3.2, then `visibility`). What `agents` alone
see is internal. Archives of version 2 have a `visitor`, and events with `user_type`. Each thread is a conversation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.help_desk import conversations, kept, more_pages, once, person_name, place_in, when
from empathy_audit.readers.json_fields import inside, label, mapping, objects, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.people import Person
from empathy_audit.readers.sequences import in_time_order

_PATHS = (("chats",), ("payload", "chat"), ("chat",))
_TYPES: Mapping[str, Role] = {"customer": "customer", "visitor": "customer", "agent": "agent", "supervisor": "agent"}
# Human agents go by their address, bots by a number.
_BOT_ID = re.compile(r"[0-9a-f]{32}")
_AGENTS_ONLY = ("agents", "supervisors", "internal")


def sniff(document: Document) -> str | None:
    """Taken for chats with users and threads of events, or a visitor and events by user type."""
    value = mapping(first(document))
    chat: Mapping[str, Any] = value
    for path in _PATHS:
        found = inside(value, *path)
        listed = [c for _, c in objects(found)] or ([found] if isinstance(found, dict) else [])
        chat = listed[0] if listed and chat is value else chat
    threads = [mapping(chat.get("thread"))] + [t for _, t in objects(chat.get("threads"))]
    events = next((e for t in threads if (e := objects(t.get("events")))), [])
    if events and all("author_id" in e or e.get("type") == "system_message" for _, e in events[:20]):
        return "a chat with threads of events"
    older = objects(chat.get("events")) or objects(chat.get("messages"))
    if "visitor" in chat and older and all("user_type" in e for _, e in older[:20]):
        return "a chat with a visitor and events by user_type"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a thread."""
    return read_each(document, desk, _page)


def _page(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    more_pages(record, desk)
    for chat in conversations(record, *_PATHS):
        value = mapping(chat.value)
        if isinstance(value.get("thread"), dict):
            yield _thread(chat, ("thread",), desk)
        elif isinstance(value.get("threads"), list):
            several = len(value["threads"]) > 1
            for index, _ in objects(value["threads"], desk.tally):
                own = chat._replace(place=place_in(chat, "threads", index)) if several else chat
                yield _thread(own, ("threads", index), desk)
        elif isinstance(value.get("events"), list) or isinstance(value.get("messages"), list):
            yield _older(chat, desk)
        else:
            yield wrong(desk, chat, "no thread; expected a chat with a thread of events; fetch it with its thread")


def _thread(record: Record, path: tuple[str | int, ...], desk: Desk) -> Draft:
    chat = mapping(record.value)
    thread = mapping(chat["threads"][path[1]] if len(path) == 2 and isinstance(path[1], int) else chat.get("thread"))
    people = {id_: _person(u, id_) for _, u in objects(chat.get("users")) if (id_ := label(u, "id"))}
    turns = [
        turn
        for index, event in once(objects(thread.get("events"), desk.tally), desk)
        if (turn := _turn(event, people, pointer(*record.parts, *path, "events", index), desk))
    ]
    turns = in_time_order(turns)
    return Draft(
        turns,
        id=label(thread, "id") or label(chat, "id"),
        line=record.line,
        place=record.place,
        channel="chat",
        started_at=when(thread, "created_at") or next((t.at for t in turns if t.at), None),
        meta={"chat_id": label(chat, "id")} if label(chat, "id") and label(thread, "id") else {},
    )


def _person(user: Mapping[str, Any], id_: str) -> Person:
    role = _TYPES.get((label(user, "type") or "").casefold(), "unknown")
    return Person("bot" if role == "agent" and _BOT_ID.fullmatch(id_) else role, person_name(user))


def _turn(event: Mapping[str, Any], people: Mapping[str, Person], place: str, desk: Desk) -> Turn | None:
    kind, author = label(event, "type"), label(event, "author_id") or ""
    if kind not in ("message", "rich_message"):
        desk.tally.leave_out({"file": "attachments", "filled_form": "forms", "form": "forms"}.get(kind or "", "events"))
        return None
    person = people.get(author) or Person("agent" if "@" in author else "unknown")
    audience = (label(event, "visibility", "recipients") or "").casefold()
    return Turn(
        person.role,
        (text(event, "text") or _cards(event)).strip(),
        person.name or author or None,
        when(event, "created_at"),
        visibility="internal" if audience in _AGENTS_ONLY else "public",
        source=(place,),
    )


def _cards(event: Mapping[str, Any]) -> str:
    """The words on the cards of a rich message."""
    words = [text(card, key) for _, card in objects(event.get("elements")) for key in ("title", "subtitle")]
    return "\n".join(filter(None, words))


def _older(record: Record, desk: Desk) -> Draft:
    """A chat of the archive of version 2. `messages` repeat those of `events`."""
    chat = mapping(record.value)
    key = "events" if isinstance(chat.get("events"), list) else "messages"
    turns = []
    for index, event in objects(chat[key], desk.tally):
        if event.get("type", "message") != "message":
            desk.tally.leave_out("events")
            continue
        by = (label(event, "user_type") or "").casefold()
        turns.append(
            Turn(
                _TYPES.get(by, "unknown"),
                (text(event, "text") or "").strip(),
                label(event, "author_name"),
                when(event, "timestamp"),
                # A supervisor whispers to the agent.
                visibility="internal" if by == "supervisor" else "public",
                source=(pointer(*record.parts, key, index),),
            )
        )
    return Draft(
        in_time_order(turns),
        id=label(chat, "id"),
        line=record.line,
        place=record.place,
        channel="chat",
        started_at=when(chat, "started_timestamp"),
        meta=kept(chat, "rate"),
    )


READER = Reader(
    name="livechat",
    about="chats of LiveChat (text.com), JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
