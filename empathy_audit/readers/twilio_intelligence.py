"""Sentences of Twilio's Voice (Conversational) Intelligence, one JSON object a page of the API's answer.

    {"sentences": [{"media_channel": 1, "sentence_index": 0, "start_time": "0.56", "end_time": "1.9",
                    "transcript": "Thank you for calling.", "sid": "GX1", "confidence": "0.9"}],
     "meta": {"next_page_url": null}}

Defined in Twilio's REST reference, "Transcript Sentence". Sentences of one channel in a row are one turn. Twilio takes
channel 1 for the agent unless it was told otherwise; the file does not say which, so the roles stay open: say
`--agent "channel 1"`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import (
    both,
    has,
    label,
    mapping,
    millis,
    number,
    objects,
    read_each,
    text,
    wrong,
)
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.sequences import in_time_order, merge_neighbours


def sniff(document: Document) -> str | None:
    """Taken for sentences with a channel and a transcript."""
    rows = objects(mapping(first(document)).get("sentences"))
    if has(rows, *both("mediaChannel")) and has(rows, "transcript"):
        return "an object with sentences that have media_channel"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object."""
    return read_each(document, desk, _page)


def _page(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    if not isinstance(value.get("sentences"), list):
        yield wrong(desk, record, "no sentences; expected a list with media_channel and transcript; fetch them again")
        return
    if any(label(value.get("meta"), key) for key in both("nextPageUrl")):
        desk.tally.note(f"{desk.name}{record.place}: next_page_url says that there are more pages; this is one of them")
    rows = objects(value["sentences"], desk.tally)
    if all(number(row, *both("sentenceIndex")) is not None for _, row in rows):
        rows = sorted(rows, key=lambda r: number(r[1], *both("sentenceIndex")) or 0)
    turns = [_turn(row, pointer(*record.parts, "sentences", index)) for index, row in rows]
    yield Draft(
        merge_neighbours(in_time_order([t for t in turns if t.text])),
        id=next((sid for _, row in rows for sid in [label(row, *both("transcriptSid"))] if sid), None)
        or label(value, "sid"),
        line=record.line,
        place=record.place,
        channel="phone",
    )


def _turn(row: Mapping[str, Any], place: str) -> Turn:
    channel = label(row, *both("mediaChannel"))
    return Turn(
        role="unknown",
        text=text(row, "transcript") or "",
        speaker=f"channel {channel}" if channel else None,
        start_ms=millis(row, *both("startTime"), unit=1000),
        end_ms=millis(row, *both("endTime"), unit=1000),
        source=(place,),
    )


READER = Reader(
    name="twilio-intelligence",
    about="sentences of calls transcribed by Twilio Intelligence, JSON",
    suffixes=(".json",),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
