"""Conversations of Google's Conversational Insights (CCAI Insights): the upload format and the REST resource.

    {"conversation_info": {"categories": []}, "entries": [
       {"start_timestamp_usec": 1772446500000000, "text": "Hello!", "role": "AGENT", "user_id": 2}]}

    {"name": "projects/p/locations/l/conversations/c-1", "medium": "PHONE_CALL", "languageCode": "en-US",
     "transcript": {"transcriptSegments": [
       {"text": "Hello!", "channelTag": 1, "segmentParticipant": {"role": "HUMAN_AGENT"},
        "words": [{"word": "Hello!", "startOffset": "0.300s"}]}]}}

Defined in Google's pages "Conversation data format" and "REST Resource: projects.locations.conversations".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.durations import duration
from empathy_audit.readers.json_fields import (
    both,
    has,
    inside,
    label,
    mapping,
    millis,
    number,
    objects,
    place_of,
    read_each,
    text,
    wrong,
)
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.people import Person, real_name, shown_as
from empathy_audit.readers.sequences import in_time_order
from empathy_audit.readers.times import from_epoch, instant

_ROLES: Mapping[str, Role] = {
    "AGENT": "agent",
    "HUMAN_AGENT": "agent",
    # Somebody of the company; Google does not say whether a human.
    "ANY_AGENT": "agent",
    "AUTOMATED_AGENT": "bot",
    "CUSTOMER": "customer",
    "END_USER": "customer",
}
_CHANNELS = {"PHONE_CALL": "phone", "CHAT": "chat"}
# Before 1973 in microseconds: not an instant but an offset from the beginning, as in Google's own example.
_FIRST_INSTANT = 1e14


def sniff(document: Document) -> str | None:
    """Taken for entries with Google's keys, or for transcript segments."""
    value = mapping(first(document))
    rows = objects(value.get("entries"))
    if has(rows, "start_timestamp_usec", "startTimestampUsec") and has(rows, "text") and has(rows, "role"):
        return "an object with entries that have start_timestamp_usec"
    listed = objects(value.get("conversations"))
    if _segments(value) is not None or (listed and _segments(listed[0][1]) is not None):
        return "an object with transcript segments"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object; the answer of a list call holds several."""
    return read_each(document, desk, _record)


def _segments(value: Mapping[str, Any]) -> tuple[str, list[Any]] | None:
    for key in both("transcriptSegments"):
        found = inside(value, "transcript", key)
        if isinstance(found, list):
            return key, found
    return None


def _record(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    if isinstance(value.get("entries"), list):
        yield _uploaded(record, value["entries"], desk)
    elif isinstance(value.get("conversations"), list):
        for index, conversation in objects(value["conversations"], desk.tally):
            yield _resource(record, conversation, ("conversations", index), desk)
    else:
        yield _resource(record, value, (), desk)


def _uploaded(record: Record, rows: list[Any], desk: Desk) -> Draft:
    said = objects(rows, desk.tally)
    # user_id is a number in the definition and a text in many files.
    people = {
        label(e, "user_id") or "": Person(_ROLES.get((label(e, "role") or "").upper(), "unknown")) for _, e in said
    }
    names = shown_as(people, people)
    turns = []
    for index, entry in said:
        micros = number(entry, *both("startTimestampUsec"))
        is_instant = micros is not None and micros >= _FIRST_INSTANT
        turns.append(
            Turn(
                role=_ROLES.get((label(entry, "role") or "").upper(), "unknown"),
                text=text(entry, "text") or "",
                speaker=names[label(entry, "user_id") or ""],
                at=from_epoch(micros, 1e-6) if micros is not None and is_instant else None,
                start_ms=None if is_instant else millis(entry, *both("startTimestampUsec"), unit=1e-3),
                source=(pointer(*record.parts, "entries", index),),
            )
        )
    turns = in_time_order(turns)
    started = next((t.at for t in turns if t.at), None)
    return Draft(turns, line=record.line, place=record.place, started_at=started)


def _resource(record: Record, value: Mapping[str, Any], parts: tuple[str | int, ...], desk: Desk) -> Draft | Failure:
    found = _segments(value)
    if found is None:
        return wrong(
            desk,
            record,
            "no transcript segments; expected transcript.transcriptSegments; ask for the full view",
            *parts,
        )
    key, rows = found
    at = (*record.parts, *parts, "transcript", key)
    said = objects(rows, desk.tally)
    channels = _channels(value)
    people: dict[str, Person] = {}
    for _, segment in said:
        people.setdefault(_who(segment), _person(segment, channels))
    names = shown_as(people, people)
    turns = [
        Turn(
            role=people[_who(segment)].role,
            text=text(segment, "text") or "",
            speaker=names[_who(segment)],
            at=instant(text(segment, *both("messageTime")) or ""),
            start_ms=_edge(segment, 0, *both("startOffset")),
            end_ms=_edge(segment, -1, *both("endOffset")),
            source=(pointer(*at, index),),
        )
        for index, segment in said
    ]
    name = label(value, "name")
    medium = label(value, "medium")
    return Draft(
        in_time_order(turns),
        id=name.rsplit("/", 1)[-1] if name else None,
        line=record.line,
        place=place_of(record, *parts),
        channel=_CHANNELS.get(medium or ""),
        started_at=instant(text(value, *both("startTime")) or ""),
        language=label(value, *both("languageCode")),
        known=_agents(value),
    )


def _who(segment: Mapping[str, Any]) -> str:
    """One key for each participant: their id, or role and channel where they have none."""
    for participant in both("segmentParticipant"):
        fields = segment.get(participant)
        found = label(fields, *both("userId", "obfuscatedExternalUserId", "dialogflowParticipantName"))
        if found:
            return found
        if label(fields, "role"):
            return label(fields, "role") or ""
    channel = label(segment, *both("channelTag"))
    return f"channel {channel}" if channel else ""


def _person(segment: Mapping[str, Any], channels: Mapping[str, Role]) -> Person:
    for participant in both("segmentParticipant"):
        role = _ROLES.get((label(segment.get(participant), "role") or "").upper())
        if role:
            return Person(role)
    return Person(channels.get(label(segment, *both("channelTag")) or "", "unknown"))


def _channels(value: Mapping[str, Any]) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for key in both("callMetadata"):
        agent = label(value.get(key), *both("agentChannel"))
        customer = label(value.get(key), *both("customerChannel"))
        if agent and customer and agent != customer:
            found = {agent: "agent", customer: "customer"}
    return found


def _agents(value: Mapping[str, Any]) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for quality in both("qualityMetadata"):
        for key in both("agentInfo"):
            for _, agent in objects(inside(value, quality, key)):
                name = real_name(label(agent, *both("displayName", "agentId")))
                if name:
                    found[name] = "agent"
    return found


def _edge(segment: Mapping[str, Any], which: int, *keys: str) -> int | None:
    words = objects(segment.get("words"))
    if not words:
        return None
    word = words[which][1]
    return next((duration(word[k]) for k in keys if k in word), None)


READER = Reader(
    name="google-insights",
    about="conversations of Google Conversational Insights, JSON to upload or of its REST API",
    suffixes=(".json", ".jsonl"),
    verified="sample seen: a file of the upload format in the shape of the vendor's samples; REST: the vendor's documentation",
    sniff=sniff,
    read=read,
)
