"""Transcripts of Gong calls, one JSON object with one or more, and the parties where they stand in the same file.

    {"callTranscripts": [{"callId": "77", "transcript": [
        {"speakerId": "s1", "topic": "Intro", "sentences": [{"start": 460, "end": 1290, "text": "Hello!"}]}]}],
     "calls": [{"metaData": {"id": "77", "started": "2026-03-02T10:15:00Z", "duration": 600},
                "parties": [{"speakerId": "s1", "name": "Dana", "affiliation": "Internal"}]}]}

Defined in Gong's API reference: `/v2/calls/transcript` answers the transcripts, `/v2/calls/extensive` the parties; put
`calls` of the second into the file of the first. Internal parties are agents, external ones customers. A monologue is
one turn. Times are milliseconds from the start of the call; some tools that hand the files on make them seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import (
    as_millis,
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
from empathy_audit.readers.people import Person, real_name, shown_as
from empathy_audit.readers.sequences import in_time_order
from empathy_audit.readers.times import instant

Monologues = Sequence[tuple[int, Mapping[str, Any]]]

_AFFILIATIONS: Mapping[str, Role] = {"internal": "agent", "external": "customer"}


def sniff(document: Document) -> str | None:
    """Taken for transcripts of monologues with sentences."""
    value = mapping(first(document))
    if any(isinstance(c.get("transcript"), list) for _, c in objects(value.get("callTranscripts"))[:1]):
        return "an object with callTranscripts"
    rows = objects(value.get("transcript"))
    return "a transcript of monologues with sentences" if has(rows, "speakerId") and has(rows, "sentences") else None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a call."""
    return read_each(document, desk, _record)


def _record(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    listed = value.get("callTranscripts")
    if not isinstance(listed, list):
        yield _call(record, value, value, (), record.place, desk)
        return
    for index, call in objects(listed, desk.tally):
        parts = ("callTranscripts", index)
        yield _call(record, call, value, parts, place_of(record, *parts) if len(listed) > 1 else record.place, desk)


def _call(
    record: Record,
    call: Mapping[str, Any],
    whole: Mapping[str, Any],
    parts: tuple[str | int, ...],
    place: str,
    desk: Desk,
) -> Draft | Failure:
    if not isinstance(call.get("transcript"), list):
        return wrong(desk, record, "no transcript; expected a list of monologues with speakerId and sentences", *parts)
    monologues = objects(call["transcript"], desk.tally)
    id_ = label(call, "callId", "id")
    extensive = [c for _, c in objects(whole.get("calls")) if label(c.get("metaData"), "id") == id_]
    about = mapping(inside(extensive[0], "metaData")) if extensive else mapping(call.get("metaData"))
    people = _people([call, *extensive, whole])
    names = shown_as(people, [label(m, "speakerId") or "" for _, m in monologues])
    unit = _unit(monologues, number(about, "duration"))
    turns = []
    for index, monologue in monologues:
        who = label(monologue, "speakerId") or ""
        sentences = [s for _, s in objects(monologue.get("sentences"))]
        starts, ends = ([n for s in sentences if (n := number(s, key)) is not None] for key in ("start", "end"))
        turns.append(
            Turn(
                role=people.get(who, Person()).role,
                text=" ".join(said.strip() for s in sentences if (said := text(s, "text"))),
                speaker=names[who],
                start_ms=as_millis(min(starts), unit) if starts else None,
                end_ms=as_millis(max(ends), unit) if ends else None,
                source=(pointer(*record.parts, *parts, "transcript", index),),
            )
        )
    return Draft(
        in_time_order(turns),
        id=id_,
        line=record.line,
        place=place,
        channel="phone",
        started_at=instant(text(about, "started") or ""),
    )


def _people(places: Sequence[Mapping[str, Any]]) -> dict[str, Person]:
    """Parties by speakerId; one who was not heard has none."""
    people: dict[str, Person] = {}
    for place in places:
        for _, party in objects(place.get("parties")):
            who = label(party, "speakerId")
            if who:
                role = _AFFILIATIONS.get((label(party, "affiliation") or "").casefold(), "unknown")
                people.setdefault(who, Person(role, real_name(label(party, "name"))))
    return people


def _unit(monologues: Monologues, seconds: float | None) -> float:
    """How many milliseconds one unit of the times is: told by the length of the call, else by fractions."""
    times = [
        n
        for _, monologue in monologues
        for _, sentence in objects(monologue.get("sentences"))
        for key in ("start", "end")
        if (n := number(sentence, key)) is not None
    ]
    if seconds and times:
        return 1000 if max(times) <= seconds * 1.1 else 1  # recognisers round, and run on a little
    return 1000 if any(n % 1 for n in times) else 1


READER = Reader(
    name="gong",
    about="transcripts of Gong calls, JSON, with the parties where the file has them",
    suffixes=(".json",),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
