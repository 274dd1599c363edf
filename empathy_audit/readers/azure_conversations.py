"""Conversations as Azure AI Language takes them for analysis, one JSON object with one or more.

    {"displayName": "...", "analysisInput": {"conversations": [
       {"id": "c-1", "language": "en", "modality": "text", "conversationItems": [
          {"id": "1", "participantId": "Agent_1", "role": "Agent", "text": "Hello!"},
          {"id": "2", "participantId": "Customer_1", "role": "Customer", "text": "Where is my parcel?"}]}]}}

Seen in the examples of Microsoft's client libraries. `modality` "transcript" is a call: its items
may have `itn`, `maskedItn` and `lexical` beside or in place of `text`, the same words written in other ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import (
    inside,
    label,
    mapping,
    millis,
    objects,
    place_of,
    read_each,
    text,
    wrong,
)
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.people import Person, shown_as
from empathy_audit.readers.speakers import role_of

_CHANNELS = {"transcript": "phone", "text": "chat"}
_TICK = 1e-4  # 100 nanoseconds, in milliseconds
_WAYS: tuple[tuple[str, ...], ...] = (("analysisInput", "conversations"), ("conversations",))


def sniff(document: Document) -> str | None:
    """Taken for conversations with conversationItems."""
    value = first(document)
    for keys in _WAYS:
        if any(isinstance(c.get("conversationItems"), list) for _, c in objects(inside(value, *keys))[:1]):
            return "conversations with conversationItems"
    return "an object with conversationItems" if isinstance(inside(value, "conversationItems"), list) else None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation."""
    return read_each(document, desk, _record)


def _record(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    for keys in _WAYS:
        listed = inside(record.value, *keys)
        if isinstance(listed, list):
            for index, conversation in objects(listed, desk.tally):
                place = place_of(record, *keys, index) if len(listed) > 1 else record.place
                yield _conversation(record, conversation, (*keys, index), place, desk)
            return
    yield _conversation(record, mapping(record.value), (), record.place, desk)


def _conversation(
    record: Record, value: Mapping[str, Any], parts: tuple[str | int, ...], place: str, desk: Desk
) -> Draft | Failure:
    if not isinstance(value.get("conversationItems"), list):
        return wrong(desk, record, "no conversationItems; expected a list of items with participantId and text", *parts)
    said = objects(value["conversationItems"], desk.tally)
    people: dict[str, Person] = {}
    for _, item in said:
        who = label(item, "participantId") or ""
        if people.get(who, Person()).role == "unknown":
            people[who] = Person(_role(item))
    names = shown_as(people, people)
    turns = []
    for index, item in said:
        who = label(item, "participantId") or ""
        own = _role(item)
        turns.append(
            Turn(
                role=own if own != "unknown" else people[who].role,
                text=text(item, "text", "itn", "maskedItn", "lexical") or "",
                speaker=names[who],
                start_ms=_start(item),
                source=(pointer(*record.parts, *parts, "conversationItems", index),),
            )
        )
    return Draft(
        turns,
        id=label(value, "id"),
        line=record.line,
        place=place,
        channel=_channel(value, said),
        language=label(value, "language"),
    )


def _channel(value: Mapping[str, Any], said: Sequence[tuple[int, Mapping[str, Any]]]) -> str | None:
    """The modality stands on the conversation, or on each of its items."""
    found = label(value, "modality") or next((m for _, item in said if (m := label(item, "modality"))), "")
    return _CHANNELS.get(found.casefold())


def _role(item: Mapping[str, Any]) -> Role:
    """The stated role; without one the participant's id often is one (`Agent_1`)."""
    stated = label(item, "role")
    if stated and stated.casefold() != "generic":
        return role_of(stated) or "unknown"
    return role_of(label(item, "participantId") or "") or "unknown"


def _start(item: Mapping[str, Any]) -> int | None:
    timings = objects(item.get("audioTimings"))
    return millis(timings[0][1], "offset", unit=_TICK) if timings else None


READER = Reader(
    name="azure-conversations",
    about="conversations for Azure AI Language's conversation analysis, JSON",
    suffixes=(".json",),
    verified="sample seen: examples of the vendor's client libraries",
    sniff=sniff,
    read=read,
)
