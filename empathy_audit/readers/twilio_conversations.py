"""Messages of Twilio Conversations, one JSON object a page of the API's answer.

    {"messages": [{"sid": "IM1", "conversation_sid": "CH1", "index": 0, "author": "+15550100", "participant_sid": "MB1",
                   "body": "Where is my parcel?", "media": null, "date_created": "2026-03-02T10:15:00Z"}],
     "participants": [{"sid": "MB1", "identity": null, "messaging_binding": {"address": "+15550100"}}],
     "meta": {"page": 0, "next_page_url": null}}

Defined in Twilio's REST reference, "Conversation Message" and "Participant". Messages do not tell who is the agent;
`participants` may be put beside them. Who writes from outside (by SMS, WhatsApp ...) while somebody else writes from
inside is the customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import (
    both,
    has,
    inside,
    label,
    mapping,
    number,
    objects,
    place_of,
    read_each,
    text,
    wrong,
)
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.sequences import in_time_order
from empathy_audit.readers.times import instant

Row = tuple[int, Mapping[str, Any]]

_OUTSIDE = re.compile(r"(?:whatsapp:|messenger:|sms:)?\+\d{5,20}|(?:whatsapp|messenger):.{1,100}")


def sniff(document: Document) -> str | None:
    """Taken for messages that name their conversation and author."""
    rows = objects(mapping(first(document)).get("messages"))
    if has(rows, *both("conversationSid")) and has(rows, "author") and has(rows, "body"):
        return "an object with messages that have conversation_sid and author"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation; a page may hold several."""
    return read_each(document, desk, _page)


def _page(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    if not isinstance(value.get("messages"), list):
        yield wrong(desk, record, "no messages; expected a list of messages with author and body; fetch them again")
        return
    if any(label(value.get("meta"), key) for key in both("nextPageUrl")):
        desk.tally.note(f"{desk.name}{record.place}: next_page_url says that there are more pages; this is one of them")
    people = {sid: p for _, p in objects(value.get("participants")) for sid in [label(p, "sid")] if sid}
    conversations: dict[str | None, list[Row]] = {}
    for row in objects(value["messages"], desk.tally):
        conversations.setdefault(label(row[1], *both("conversationSid")), []).append(row)
    for sid, rows in conversations.items():
        turns = _turns(rows, people, record, desk)
        yield Draft(
            turns,
            id=sid,
            line=record.line,
            place=place_of(record, "messages", rows[0][0]) if len(conversations) > 1 else record.place,
            channel="chat",
            started_at=next((t.at for t in turns if t.at), None),
        )


def _turns(rows: list[Row], people: Mapping[str, Mapping[str, Any]], record: Record, desk: Desk) -> list[Turn]:
    ordered = _by_index(rows)
    roles = _roles([m for _, m in ordered], people)
    turns = []
    for index, message in ordered:
        body = text(message, "body")
        if body is None and message.get("media"):
            desk.tally.leave_out("attachments")
            continue
        author = label(message, "author")
        turns.append(
            Turn(
                role=roles.get(author or "", "unknown"),
                text=body or "",
                speaker=None if author == "system" else author,
                at=instant(text(message, *both("dateCreated")) or ""),
                source=(pointer(*record.parts, "messages", index),),
            )
        )
    return turns if _has_index(rows) else in_time_order(turns)


def _has_index(rows: Sequence[Row]) -> bool:
    return all(number(m, "index") is not None for _, m in rows)


def _by_index(rows: list[Row]) -> list[Row]:
    """In the order in which messages were received, which `index` tells exactly."""
    return sorted(rows, key=lambda r: number(r[1], "index") or 0) if _has_index(rows) else rows


def _roles(messages: Sequence[Mapping[str, Any]], people: Mapping[str, Mapping[str, Any]]) -> dict[str, Role]:
    """Roles by author: who writes from outside while somebody writes from inside is the customer."""
    roles: dict[str, Role] = {}
    outside: set[str] = set()
    for message in messages:
        author = label(message, "author") or ""
        if author == "system":
            roles[author] = "system"
            continue
        person = people.get(label(message, *both("participantSid")) or "", {})
        bound = any(label(inside(person, key), "address") for key in both("messagingBinding"))
        if bound or _OUTSIDE.fullmatch(author[:200]):
            outside.add(author)
    authors = {label(m, "author") or "" for m in messages} - {"system", ""}
    if len(outside) == 1 and authors - outside:
        roles[outside.pop()] = "customer"
    return roles


READER = Reader(
    name="twilio-conversations",
    about="messages of Twilio Conversations, JSON",
    suffixes=(".json",),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
