"""Recordings processed by Amazon Bedrock Data Automation, one JSON object a recording (its standard output).

    {"metadata": {"semantic_modality": "AUDIO", "dominant_asset_language": "EN"},
     "audio": {"summary": "...", "transcript": {"representation": {"text": "..."}}},
     "audio_segments": [{"start_timestamp_millis": 210, "end_timestamp_millis": 1900, "type": "TRANSCRIPT",
                         "text": "Hello!", "speaker": {"speaker_label": "spk_0"}, "channel": {"channel_label": "ch_0"}}]}

Seen in public code that reads these results; Amazon's user guide describes the labels. Speakers have no roles.
"""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Turn
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
from empathy_audit.readers.sequences import in_time_order


def sniff(document: Document) -> str | None:
    """Taken for audio segments with times in milliseconds."""
    value = mapping(first(document))
    if has(objects(value.get("audio_segments")), "start_timestamp_millis") and isinstance(value.get("metadata"), dict):
        return "an object with metadata and audio_segments"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object."""
    return read_each(document, desk, _recording)


def _recording(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    if not isinstance(value.get("audio_segments"), list):
        yield wrong(
            desk, record, "no audio_segments; expected a list of segments with text; switch the full transcript on"
        )
        return
    language = label(value.get("metadata"), "dominant_asset_language")
    turns = [
        Turn(
            role="unknown",
            text=text(segment, "text") or "",
            speaker=label(inside(segment, "speaker"), "speaker_label")
            or label(inside(segment, "channel"), "channel_label"),
            start_ms=millis(segment, "start_timestamp_millis"),
            end_ms=millis(segment, "end_timestamp_millis"),
            source=(pointer(*record.parts, "audio_segments", index),),
        )
        for index, segment in objects(value["audio_segments"], desk.tally)
    ]
    yield Draft(
        in_time_order(turns),
        line=record.line,
        place=record.place,
        language=language.casefold() if language else None,
    )


READER = Reader(
    name="bedrock-audio",
    about="recordings processed by Amazon Bedrock Data Automation, JSON",
    suffixes=(".json",),
    verified="documented: public code that reads it; examples only",
    sniff=sniff,
    read=read,
)
