"""Conversations of Intercom: one object, a list, JSON lines, a page with `conversations`, or a webhook's notification.

    {"type": "conversation", "id": "5", "created_at": 1772446500,
     "source": {"type": "conversation", "delivered_as": "customer_initiated", "body": "<p>It never came.</p>",
                "author": {"type": "user", "id": "u1", "name": "Lee"}},
     "conversation_parts": {"conversation_parts": [
       {"part_type": "comment", "body": "<p>Oh no, Lee.</p>", "created_at": 1772446560,
        "author": {"type": "admin", "id": "9", "name": "Dana"}},
       {"part_type": "note", "body": "<p>asked depot</p>", "author": {"type": "admin", "id": "9"}}]}}

Defined in Intercom's OpenAPI description ("conversation", "conversation part"). The first message stands in `source`
alone. A part without a body is an event; one that closes or assigns may hold an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.help_desk import channel_of, conversations, kept, more_pages, once, person_name, says, when
from empathy_audit.readers.html_text import body_text
from empathy_audit.readers.json_fields import inside, label, mapping, number, objects, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.sequences import in_time_order

_ROLES: Mapping[str, Role] = {
    "user": "customer",
    "lead": "customer",
    "contact": "customer",
    "visitor": "customer",
    "admin": "agent",
    "team": "agent",
    "bot": "bot",
}
# Parts whose body the customer sees. Any other part with a body (a changed attribute, a rule that ran) is an event.
_SEEN = ("comment", "quick_reply", "assignment", "assign_and_reopen", "assign_and_unsnooze", "open", "close")
# So the first message goes out by itself, whichever teammate it is signed with.
_AUTOMATIC = ("automated", "operator_initiated", "campaigns_initiated")


def sniff(document: Document) -> str | None:
    """Taken for a conversation with a source and conversation parts."""
    value = mapping(first(document))
    inner = next((c for _, c in objects(value.get("conversations"))), mapping(inside(value, "data", "item")) or value)
    parted = isinstance(inner.get("conversation_parts"), dict | list)
    sourced = any(isinstance(inside(inner, key, "author"), dict) for key in ("source", "conversation_message"))
    return (
        "a conversation with conversation_parts"
        if parted or (inner.get("type") == "conversation" and sourced)
        else None
    )


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation."""
    return read_each(document, desk, _page)


def _page(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    more_pages(record, desk)
    for inner in conversations(record, ("conversations",), ("data", "item")):
        yield _conversation(inner, desk)


def _conversation(record: Record, desk: Desk) -> Draft | Failure:
    value = mapping(record.value)
    path: tuple[str, ...] = ("conversation_parts", "conversation_parts")
    listed = inside(value, *path)
    if listed is None and isinstance(value.get("conversation_parts"), list):
        path, listed = ("conversation_parts",), value["conversation_parts"]
    opening = next((k for k in ("source", "conversation_message") if isinstance(value.get(k), dict)), None)
    if not isinstance(listed, list) and opening is None:
        return wrong(desk, record, "no source and no conversation_parts; expected the conversation with its parts")
    parts = once(objects(listed, desk.tally), desk)
    total = number(value.get("conversation_parts"), "total_count")
    if total is not None and isinstance(listed, list) and total > len(listed):
        desk.tally.note(f"{desk.name}{record.place}: {len(listed)} of {total:g} parts are in the file")
    names = _names([mapping(value.get(opening or ""))] + [p for _, p in parts])
    said = [_turn(p, names, pointer(*record.parts, *path, i), desk) for i, p in parts]
    turns = in_time_order([t for t in said if t])
    if opening and (begun := _opening(mapping(value[opening]), names, record, opening, desk)):
        turns.insert(0, begun)
    source = mapping(value.get(opening or ""))
    rating = mapping(value.get("conversation_rating"))
    return Draft(
        turns,
        id=label(value, "id"),
        line=record.line,
        place=record.place,
        channel=channel_of(label(source, "type")),
        started_at=when(value, "created_at"),
        meta=kept(value, "title", "state") | kept(source, "subject") | kept(rating, "rating"),
    )


def _names(messages: list[Mapping[str, Any]]) -> dict[str | None, str]:
    """Names by author's id: a message may name its author by id alone."""
    people = [mapping(m.get("author")) for m in messages]
    return {label(p, "id"): name for p in people if label(p, "id") and (name := label(p, "name"))}


def _opening(
    source: Mapping[str, Any], names: Mapping[str | None, str], record: Record, key: str, desk: Desk
) -> Turn | None:
    """The first message. It has no time of its own; the conversation's may be that of its first answer."""
    role, speaker = _author(source, names)
    if role == "agent" and source.get("delivered_as") in _AUTOMATIC:
        role = "bot"
    if says(source.get("redacted")):
        desk.tally.leave_out("deleted messages")
        return None
    at = when(mapping(record.value), "created_at")
    return Turn(role, body_text(text(source, "body") or ""), speaker, at, source=(pointer(*record.parts, key),))


def _turn(part: Mapping[str, Any], names: Mapping[str | None, str], place: str, desk: Desk) -> Turn | None:
    kind = label(part, "part_type") or "comment"
    note = "note" in kind.split("_")
    body = body_text(text(part, "body") or "")
    if says(part.get("redacted")):
        desk.tally.leave_out("deleted messages")
    elif (kind not in _SEEN and not note) or (not body and kind not in ("comment", "note")):
        desk.tally.leave_out("events")
    else:
        role, speaker = _author(part, names)
        return Turn(
            role,
            body,
            speaker,
            when(part, "created_at"),
            visibility="internal" if note else "public",
            source=(place,),
        )
    return None


def _author(message: Mapping[str, Any], names: Mapping[str | None, str]) -> tuple[Role, str | None]:
    author = mapping(message.get("author"))
    role = _ROLES.get((label(author, "type") or "").casefold(), "unknown")
    if role == "agent" and (says(author.get("from_ai_agent")) or says(author.get("is_ai_answer"))):
        role = "bot"  # bots may send on behalf of a teammate
    return role, label(author, "name") or names.get(label(author, "id")) or person_name(author) or label(author, "id")


READER = Reader(
    name="intercom",
    about="conversations of Intercom, JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented: the examples of the vendor's API description",
    sniff=sniff,
    read=read,
)
