"""Transcripts of Genesys Cloud's speech and text analytics, one JSON object a conversation.

    {"conversationId": "c-1", "mediaType": "call", "conversationStartTime": 1772446500000,
     "participants": [{"participantPurpose": "agent", "userId": "u-1", "startTimeMs": 1772446505000,
                       "endTimeMs": 1772446900000}],
     "transcripts": [{"language": "en-us", "phrases": [
        {"phraseIndex": 0, "participantPurpose": "internal", "startTimeMs": 1772446506000,
         "duration": {"milliseconds": 900}, "text": "hello", "decoratedText": "Hello!"}]}]}

Seen in public code that reads the answers; the help pages say that "internal" may be agent, IVR, ACD, conference or
voicemail and "external" is the customer. Who of the internal ones it was is told by who was there at the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import (
    has,
    inside,
    label,
    mapping,
    millis,
    objects,
    read_each,
    text,
    wrong,
)
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.people import Person, real_name, shown_as
from empathy_audit.readers.sequences import in_time_order
from empathy_audit.readers.times import from_epoch, instant

_ROLES: Mapping[str, Role] = {
    "agent": "agent",
    "user": "agent",
    "customer": "customer",
    "external": "customer",
    "ivr": "bot",
    "acd": "bot",
    "bot": "bot",
    "botflow": "bot",
    "workflow": "bot",
    "voicemail": "bot",
}
_CHANNELS = {"call": "phone", "callback": "phone", "chat": "chat", "message": "chat", "email": "email"}
# Milliseconds from here on are an instant, below it an offset from the start.
_FIRST_INSTANT = 1e11


class _Present(NamedTuple):
    key: str
    role: Role
    start: int
    end: int


def sniff(document: Document) -> str | None:
    """Taken for transcripts whose phrases have a participant's purpose."""
    for _, transcript in objects(inside(first(document), "transcripts"))[:5]:
        if has(objects(transcript.get("phrases")), "participantPurpose"):
            return "transcripts with phrases that have participantPurpose"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object."""
    return read_each(document, desk, _conversation)


def _conversation(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    if not isinstance(value.get("transcripts"), list):
        yield wrong(desk, record, "no transcripts; expected a list of transcripts with phrases; export it again")
        return
    transcripts = objects(value["transcripts"], desk.tally)
    started = millis(value, "conversationStartTime", "startTime")
    people, present = _people(value)
    phrases = [
        (phrase, pointer(*record.parts, "transcripts", number, "phrases", index))
        for number, transcript in transcripts
        for index, phrase in objects(transcript.get("phrases"), desk.tally)
    ]
    speakers = [_speaker(phrase, present) for phrase, _ in phrases]
    people.update({key: Person(role) for key, role in speakers if key not in people})
    names = shown_as(people, [key for key, _ in speakers])
    turns = [
        _turn(phrase, role, names[key], place, started)
        for (phrase, place), (key, role) in zip(phrases, speakers, strict=True)
    ]
    languages = (label(t, "language") for _, t in transcripts)
    yield Draft(
        _once(in_time_order(turns)),
        id=label(value, "conversationId"),
        line=record.line,
        place=record.place,
        channel=_CHANNELS.get((label(value, "mediaType") or "").casefold()),
        started_at=from_epoch(started, 1e-3) if started else instant(text(value, "conversationStartTime") or ""),
        language=next((code for code in languages if code), None),
    )


def _people(value: Mapping[str, Any]) -> tuple[dict[str, Person], list[_Present]]:
    people: dict[str, Person] = {}
    present = []
    for number, row in objects(value.get("participants")):
        purpose = (label(row, "participantPurpose", "purpose") or "").casefold()
        role = _ROLES.get(purpose, "unknown")
        key = label(row, "userId", "participantId", "id") or f"participant {number + 1}"
        known = people.get(key, Person())
        name = known.name or real_name(label(row, "name", "participantName")) or (purpose if role == "bot" else None)
        people[key] = Person(known.role if known.role != "unknown" else role, name)
        start, end = millis(row, "startTimeMs"), millis(row, "endTimeMs")
        # Who has not left yet has no end.
        present.append(_Present(key, role, start or 0, end if end is not None else 1 << 62))
    return people, present


def _speaker(phrase: Mapping[str, Any], present: Sequence[_Present]) -> tuple[str, Role]:
    """Key and role of who said a phrase: of several who were there, the one who came last."""
    purpose = (label(phrase, "participantPurpose") or "").casefold()
    if purpose != "internal":
        role = _ROLES.get(purpose, "unknown")
        of_role = [p for p in present if p.role == role]
        return (of_role[0].key if len(of_role) == 1 else purpose, role)
    inside = [p for p in present if p.role in ("agent", "bot")]
    at = millis(phrase, "startTimeMs")
    there = [p for p in inside if at is not None and p.start <= at <= p.end]
    if there:
        last = max(there, key=lambda p: p.start)
        return last.key, last.role
    if inside and len({(p.key, p.role) for p in inside}) == 1:
        return inside[0].key, inside[0].role
    return "internal", "unknown"


def _turn(phrase: Mapping[str, Any], role: Role, speaker: str | None, place: str, started: int | None) -> Turn:
    at = millis(phrase, "startTimeMs")
    start: int | None = at
    if at is not None and at >= _FIRST_INSTANT:
        start = at - started if started is not None and at >= started else None
    length = millis(phrase.get("duration"), "milliseconds")
    return Turn(
        role=role,
        text=text(phrase, "decoratedText", "text") or "",
        speaker=speaker,
        at=from_epoch(at, 1e-3) if at is not None and at >= _FIRST_INSTANT else None,
        start_ms=start,
        end_ms=start + length if start is not None and length is not None else None,
        source=(place,),
    )


def _once(turns: Sequence[Turn]) -> list[Turn]:
    """Without phrases that another transcript of the same leg says again, to the millisecond."""
    seen: set[tuple[str | None, int | None, str]] = set()
    kept = []
    for turn in turns:
        key = (turn.at, turn.start_ms, turn.text)
        if key not in seen or (turn.at is None and turn.start_ms is None):
            kept.append(turn)
        seen.add(key)
    return kept


READER = Reader(
    name="genesys",
    about="transcripts of Genesys Cloud, JSON",
    suffixes=(".json",),
    verified="sample seen: a small payload of public code that reads them; the vendor's help pages",
    sniff=sniff,
    read=read,
)
