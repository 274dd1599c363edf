"""Calls processed by the AWS sample solution Post-Call Analytics, one JSON object a call.

    {"ConversationAnalytics": {"GUID": "g-1", "Agent": "Dana", "LanguageCode": "en-US",
       "ConversationTime": "2026-03-02T10:15:00", "SpeakerLabels": [{"Speaker": "spk_0", "DisplayText": "Agent"}]},
     "SpeechSegments": [{"SegmentSpeaker": "spk_0", "SegmentStartTime": 0.5, "SegmentEndTime": 2.25,
                         "OriginalText": "Hello!", "DisplayText": "Hello!"}]}

Defined in the solution's `docs/output_json_structure.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import inside, label, mapping, millis, objects, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.sequences import in_time_order
from empathy_audit.readers.speakers import Label, read_label
from empathy_audit.readers.times import instant


def sniff(document: Document) -> str | None:
    """Taken for an object with both of its parts."""
    value = mapping(first(document))
    if isinstance(value.get("ConversationAnalytics"), dict) and isinstance(value.get("SpeechSegments"), list):
        return "an object with ConversationAnalytics and SpeechSegments"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object."""
    return read_each(document, desk, _call)


def _call(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    if not isinstance(value.get("SpeechSegments"), list):
        yield wrong(desk, record, "no SpeechSegments; expected a list of segments with DisplayText; export it again")
        return
    head = mapping(value.get("ConversationAnalytics"))
    labels = _labels(head)
    yield Draft(
        in_time_order(
            [
                _turn(segment, labels, pointer(*record.parts, "SpeechSegments", index))
                for index, segment in objects(value["SpeechSegments"], desk.tally)
            ]
        ),
        id=label(head, "GUID"),
        line=record.line,
        place=record.place,
        channel="phone",
        started_at=instant(text(head, "ConversationTime") or ""),
        language=label(head, "LanguageCode"),
        known=_known(head),
    )


def _labels(head: Mapping[str, Any]) -> dict[str, Label]:
    """What each speaker is called; a name that was put in later stands beside the sentiments."""
    found = {}
    for _, row in objects(head.get("SpeakerLabels")):
        speaker, shown = label(row, "Speaker"), label(row, "DisplayText")
        if speaker and shown:
            name = label(inside(head, "SentimentTrends", speaker), "NameOverride")
            said = read_label(shown)
            found[speaker] = said._replace(name=name) if name else said
    return found


def _known(head: Mapping[str, Any]) -> dict[str, Role]:
    known: dict[str, Role] = {}
    agents = head.get("Agents")
    for name in agents if isinstance(agents, list) else []:
        if isinstance(name, str) and name.strip():
            known[name.strip()] = "agent"
    agent, customer = label(head, "Agent"), label(head, "Cust")
    if agent:
        known[agent] = "agent"
    if customer and customer not in known:
        known[customer] = "customer"
    return known


def _turn(segment: Mapping[str, Any], labels: Mapping[str, Label], place: str) -> Turn:
    speaker = label(segment, "SegmentSpeaker")
    said = labels.get(speaker or "", Label(None, speaker))
    return Turn(
        role=said.role or "unknown",
        text=text(segment, "DisplayText", "OriginalText") or "",
        speaker=said.name,
        start_ms=millis(segment, "SegmentStartTime", unit=1000),
        end_ms=millis(segment, "SegmentEndTime", unit=1000),
        source=(place,),
    )


READER = Reader(
    name="post-call-analytics",
    about="calls processed by AWS Post-Call Analytics (PCA), JSON",
    suffixes=(".json",),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
