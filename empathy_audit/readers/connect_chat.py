"""Chats of Amazon Connect without analysis: the file in the chat transcripts' bucket, and the answer of GetTranscript.

    {"Version": "2019-08-26", "ContactId": "c-1", "InitialContactId": "c-1", "Participants": [{"ParticipantId": "p1"}],
     "Transcript": [{"AbsoluteTime": "2026-03-02T10:15:00.000Z", "Id": "m1", "ParticipantId": "p1",
                     "ParticipantRole": "CUSTOMER", "DisplayName": "Lee", "Type": "MESSAGE",
                     "ContentType": "text/plain", "Content": "Hello?"}]}

Defined in the API reference of the Connect Participant Service, "Item". GetTranscript answers newest first and in
pages. The items: amazon_items.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.model.audit import Failure
from empathy_audit.readers.amazon_items import is_analysed, is_written, turns_of
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import label, mapping, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first


def sniff(document: Document) -> str | None:
    """Taken for a Transcript whose items have a content type and an instant."""
    value = mapping(first(document))
    if is_written(value.get("Transcript")) and not is_analysed(value):
        return "an object with a Transcript of chat items"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object."""
    return read_each(document, desk, _chat)


def _chat(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    if not isinstance(value.get("Transcript"), list):
        yield wrong(desk, record, "no Transcript; expected a list of messages and events; export the chat again")
        return
    if text(value, "NextToken"):
        desk.tally.note(f"{desk.name}{record.place}: NextToken says that there are more pages; this is one of them")
    turns = turns_of(record, desk)
    yield Draft(
        turns,
        id=label(value, "ContactId", "InitialContactId"),
        line=record.line,
        place=record.place,
        channel="chat",
        started_at=next((t.at for t in turns if t.at), None),
    )


READER = Reader(
    name="connect-chat",
    about="chats of Amazon Connect, JSON as stored or as GetTranscript answers",
    suffixes=(".json",),
    verified="documented by the vendor; the bot's display name from memory",
    sniff=sniff,
    read=read,
)
