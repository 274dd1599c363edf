"""Recordings transcribed by Amazon Transcribe, one JSON object a job, word by word.

    {"jobName": "call-7", "status": "COMPLETED", "results": {
       "transcripts": [{"transcript": "She fell. Who?"}],
       "speaker_labels": {"segments": [{"speaker_label": "spk_0", "items": [{"start_time": "0.49"}]}]},
       "items": [{"type": "pronunciation", "start_time": "0.49", "end_time": "0.7", "speaker_label": "spk_0",
                  "alternatives": [{"content": "She"}]},
                 {"type": "punctuation", "alternatives": [{"content": "."}]}]}}

Defined in Amazon Transcribe's developer guide (speaker partitioning, channel identification). Older files name the
speaker in `speaker_labels` alone, joined by the text of the start time; `channel_labels` holds each channel's words
apart. `transcripts`, `segments` and `audio_segments` say the same words again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import inside, label, mapping, millis, objects, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.sequences import in_time_order, merge_neighbours
from empathy_audit.readers.spoken import Word, by_channel, by_speaker

Rows = Sequence[tuple[int, Mapping[str, Any]]]


def sniff(document: Document) -> str | None:
    """Taken for results with items beside transcripts, or with audio segments."""
    results = mapping(inside(first(document), "results"))
    if isinstance(results.get("items"), list) and isinstance(results.get("transcripts"), list):
        return "results with transcripts and items"
    if any("transcript" in row for _, row in objects(results.get("audio_segments"))[:1]):
        return "results with audio segments"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object."""
    return read_each(document, desk, _job)


def _job(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    results = value.get("results")
    if not isinstance(results, dict):
        status = label(value, "status")
        state = f" (the job is {status})" if status and status != "COMPLETED" else ""
        yield wrong(desk, record, f"no results{state}; expected an object with items; fetch the result again")
        return
    yield Draft(
        _turns(results, (*record.parts, "results")),
        id=label(value, "jobName"),
        line=record.line,
        place=record.place,
        language=label(results, "language_code"),
    )


def _turns(results: Mapping[str, Any], parts: tuple[str | int, ...]) -> list[Turn]:
    channels = objects(inside(results, "channel_labels", "channels"))
    if channels:
        at = (*parts, "channel_labels", "channels")
        named = ((number, label(c, "channel_label"), objects(c.get("items"))) for number, c in channels)
        return by_channel([_words(rows, (*at, n, "items"), name) for n, name, rows in named])
    items = objects(results.get("items"))
    if items:
        return by_speaker(_spoken(_words(items, (*parts, "items"), None), items, results))
    return _segments(results, parts) or _whole(results, parts)


def _words(rows: Rows, parts: tuple[str | int, ...], speaker: str | None) -> list[Word]:
    words: list[Word] = []
    for index, item in rows:
        best = next((a for _, a in objects(item.get("alternatives"))), item)
        content = label(best, "content")
        if content:
            words.append(
                Word(
                    content,
                    speaker,
                    pointer(*parts, index),
                    millis(item, "start_time", unit=1000),
                    millis(item, "end_time", unit=1000),
                    joint="" if item.get("type") == "punctuation" and words else " ",
                )
            )
        else:  # kept in step with the rows
            words.append(Word("", speaker, pointer(*parts, index), joint=""))
    return words


def _spoken(words: list[Word], items: Rows, results: Mapping[str, Any]) -> list[Word]:
    """The words with their speakers; punctuation and words without one belong to the speaker before."""
    by_start = {
        start: name
        for _, segment in objects(inside(results, "speaker_labels", "segments"))
        for _, item in objects(segment.get("items"))
        for start, name in [
            (label(item, "start_time"), label(item, "speaker_label") or label(segment, "speaker_label"))
        ]
        if start and name
    }
    spoken: list[Word] = []
    speaker: str | None = None
    for word, (_, item) in zip(words, items, strict=True):
        if word.joint:
            own = label(item, "speaker_label") or by_start.get(label(item, "start_time") or "")
            speaker = own or speaker
        spoken.append(word._replace(speaker=speaker))
    return spoken


def _segments(results: Mapping[str, Any], parts: tuple[str | int, ...]) -> list[Turn]:
    turns = [
        Turn(
            role="unknown",
            text=text(segment, "transcript") or "",
            speaker=label(segment, "speaker_label", "channel_label"),
            start_ms=millis(segment, "start_time", unit=1000),
            end_ms=millis(segment, "end_time", unit=1000),
            source=(pointer(*parts, "audio_segments", index),),
        )
        for index, segment in objects(results.get("audio_segments"))
    ]
    return merge_neighbours(in_time_order([t for t in turns if t.text]))


def _whole(results: Mapping[str, Any], parts: tuple[str | int, ...]) -> list[Turn]:
    return [
        Turn("unknown", text(row, "transcript") or "", source=(pointer(*parts, "transcripts", index),))
        for index, row in objects(results.get("transcripts"))
    ]


READER = Reader(
    name="amazon-transcribe",
    about="recordings transcribed by Amazon Transcribe, JSON (speakers, channels or neither)",
    suffixes=(".json",),
    verified="sample seen: a real file with speakers; channels: the vendor's documentation",
    sniff=sniff,
    read=read,
)
