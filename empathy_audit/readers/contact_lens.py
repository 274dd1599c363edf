"""Analysed contacts of Amazon Connect Contact Lens, calls and chats, one JSON object a contact.

    {"Version": "1.1.0", "Channel": "VOICE", "LanguageCode": "en-US", "CustomerMetadata": {"ContactId": "c-1"},
     "Participants": [{"ParticipantId": "AGENT", "ParticipantRole": "AGENT"}],
     "ConversationCharacteristics": {},
     "Transcript": [{"Id": "t1", "ParticipantId": "AGENT", "Content": "Hello!",
                     "BeginOffsetMillis": 2540, "EndOffsetMillis": 2975}]}

Defined in Amazon's administrator guide, "Example Contact Lens output files". The items: amazon_items.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.model.audit import Failure
from empathy_audit.readers.amazon_items import channel_of, is_analysed, is_spoken, is_written, turns_of
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import inside, label, mapping, read_each, wrong
from empathy_audit.readers.json_values import Record, first


def sniff(document: Document) -> str | None:
    """Taken for an object with Transcript and Participants, and what only the analysis adds."""
    value = mapping(first(document))
    if not isinstance(value.get("Transcript"), list) or not isinstance(value.get("Participants"), list):
        return None
    known = is_spoken(value["Transcript"]) or is_written(value["Transcript"]) or not value["Transcript"]
    if known and is_analysed(value) and "JobName" not in value:  # a job is Call Analytics'
        return "an object with Transcript, Participants and Contact Lens's analysis"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object."""
    return read_each(document, desk, _contact)


def _contact(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    if not isinstance(value.get("Transcript"), list):
        yield wrong(desk, record, "no Transcript; expected a list of items with Content; export the contact again")
        return
    turns = turns_of(record, desk)
    yield Draft(
        turns,
        id=label(inside(value, "CustomerMetadata"), "ContactId"),
        line=record.line,
        place=record.place,
        channel=channel_of(value),
        started_at=next((t.at for t in turns if t.at), None),
        language=label(value, "LanguageCode"),
    )


READER = Reader(
    name="contact-lens",
    about="calls and chats analysed by Amazon Connect Contact Lens, JSON",
    suffixes=(".json",),
    verified="sample seen: a chat of the vendor's documentation; calls: the vendor's documentation",
    sniff=sniff,
    read=read,
)
