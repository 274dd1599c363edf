"""Calls transcribed by Amazon Transcribe Call Analytics, one JSON object a call.

    {"JobName": "call-7", "JobStatus": "COMPLETED", "LanguageCode": "en-US", "Channel": "VOICE",
     "Participants": [{"ParticipantRole": "AGENT"}, {"ParticipantRole": "CUSTOMER"}],
     "Transcript": [{"Id": "t1", "ParticipantRole": "AGENT", "Content": "Hello!", "BeginOffsetMillis": 40,
                     "EndOffsetMillis": 900, "Items": [{"Content": "Hello"}]}]}

Defined in Amazon Transcribe's developer guide, "Call analytics output". `Items` repeats the words.
The items: amazon_items.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.model.audit import Failure
from empathy_audit.readers.amazon_items import channel_of, is_spoken, turns_of
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import label, mapping, read_each, wrong
from empathy_audit.readers.json_values import Record, first


def sniff(document: Document) -> str | None:
    """Taken for a job's object whose Transcript has offsets."""
    value = mapping(first(document))
    if "JobName" in value and isinstance(value.get("Transcript"), list) and is_spoken(value["Transcript"]):
        return "an object with JobName and a Transcript with offsets"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object."""
    return read_each(document, desk, _call)


def _call(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    if not isinstance(value.get("Transcript"), list):
        status = label(value, "JobStatus")
        state = f" (the job is {status})" if status and status != "COMPLETED" else ""
        yield wrong(
            desk, record, f"no Transcript{state}; expected a list of items with Content; fetch the result again"
        )
        return
    yield Draft(
        turns_of(record, desk),
        id=label(value, "JobName"),
        line=record.line,
        place=record.place,
        channel=channel_of(value) or "phone",
        language=label(value, "LanguageCode"),
    )


READER = Reader(
    name="call-analytics",
    about="calls of Amazon Transcribe Call Analytics, JSON",
    suffixes=(".json",),
    verified="sample seen: a real file of the vendor",
    sniff=sniff,
    read=read,
)
