"""Conversations of Help Scout with their threads embedded, or a page of one conversation's threads.

    {"id": 7, "type": "email", "subject": "Parcel", "createdAt": "2026-03-02T10:00:00Z", "_embedded": {"threads": [
      {"id": 3, "type": "note", "state": "published", "body": "ask depot", "createdAt": "2026-03-02T10:07:00Z",
       "createdBy": {"id": 20, "type": "user", "first": "Dana", "last": "Ivers"}},
      {"id": 1, "type": "customer", "state": "published", "body": "It never came.<br>Lee",
       "createdAt": "2026-03-02T10:00:00Z", "customer": {"id": 10, "first": "Lee"}, "createdBy": {"type": "customer"}}]}}

Defined in the Mailbox API 2.0 reference ("Get Conversation", "List Threads"). Threads stand newest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.help_desk import channel_of, conversations, kept, more_pages, once, person_name, when
from empathy_audit.readers.html_text import body_text
from empathy_audit.readers.json_fields import inside, label, mapping, objects, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.sequences import in_time_order

_CREATORS: Mapping[str, Role] = {"customer": "customer", "user": "agent", "system_user": "bot"}
# What a thread's type says about who writes. Of chats and calls the creator tells.
_BY_TYPE: Mapping[str, Role] = {"customer": "customer", "message": "agent", "note": "agent"}
_SPOKEN = ("customer", "message", "note", "chat", "beaconchat", "phone", "reply")
# Mails that are passed on go to somebody else than the customer.
_INTERNAL = ("note", "forwardparent", "forwardchild")
_UNSENT = ("draft", "hidden", "underreview", "review")


def sniff(document: Document) -> str | None:
    """Taken for embedded threads with a type and a state, a body or a creator."""
    value = mapping(first(document))
    inner = next((c for _, c in objects(inside(value, "_embedded", "conversations"))), value)
    threads = [t for _, t in objects(inside(inner, "_embedded", "threads"))][:20]
    if threads and all("type" in t and ("createdBy" in t or "state" in t or "body" in t) for t in threads):
        return "a conversation with embedded threads"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation."""
    return read_each(document, desk, _page)


def _page(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    more_pages(record, desk)
    for inner in conversations(record, ("_embedded", "conversations")):
        yield _conversation(inner, desk)


def _conversation(record: Record, desk: Desk) -> Draft | Failure:
    value = mapping(record.value)
    threads = inside(value, "_embedded", "threads")
    if not isinstance(threads, list):
        return wrong(desk, record, "no embedded threads; expected _embedded.threads; fetch it with embed=threads")
    customer = person_name(value.get("primaryCustomer"))
    turns = [
        turn
        for index, thread in once(objects(threads, desk.tally), desk)
        if (turn := _turn(thread, customer, pointer(*record.parts, "_embedded", "threads", index), desk))
    ]
    turns = in_time_order(turns)
    kind = label(value, "type")
    return Draft(
        turns,
        id=label(value, "id"),
        line=record.line,
        place=record.place,
        channel=channel_of(kind, label(value.get("source"), "type")),
        started_at=when(value, "createdAt") or next((t.at for t in turns if t.at), None),
        meta=kept(value, "subject", "status", "number"),
    )


def _turn(thread: Mapping[str, Any], customer: str | None, place: str, desk: Desk) -> Turn | None:
    kind = (label(thread, "type") or "").casefold()
    if (label(thread, "state") or "").casefold() in _UNSENT:
        desk.tally.leave_out("drafts and hidden messages")
        return None
    if kind not in (*_SPOKEN, *_INTERNAL):
        desk.tally.leave_out("events")
        return None
    creator = mapping(thread.get("createdBy"))
    by_creator = _CREATORS.get((label(creator, "type") or "").casefold(), "unknown")
    role = "bot" if by_creator == "bot" else _BY_TYPE.get(kind, by_creator)
    if role == "customer":  # an agent may enter what a customer has written
        name = person_name(thread.get("customer")) or (person_name(creator) if by_creator == role else None) or customer
    else:
        name = person_name(creator) or label(creator, "id")
    return Turn(
        role,
        body_text(text(thread, "body") or ""),
        name,
        when(thread, "createdAt"),
        visibility="internal" if kind in _INTERNAL else "public",
        source=(place,),
    )


READER = Reader(
    name="help-scout",
    about="conversations of Help Scout with their threads, JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
