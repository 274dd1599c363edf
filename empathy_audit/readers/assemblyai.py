"""AssemblyAI's transcript object.

    {"id": "t-1", "status": "completed", "language_code": "en", "audio_duration": 25, "text": "Hello. Hi there.",
     "words": [{"text": "Hello.", "start": 170, "end": 718, "speaker": "A"}],
     "utterances": [{"speaker": "A", "text": "Hello.", "start": 170, "end": 718, "channel": null}]}

`utterances` is null unless speakers or channels were asked for; then the words, or the text as one turn. The answers of
the endpoints for sentences and paragraphs are read, too. Times are milliseconds. After AssemblyAI's API reference and a
real file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Desk, Draft, Reader, Tally, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import inside, milliseconds, objects, words_of
from empathy_audit.readers.json_values import Record, first, records
from empathy_audit.readers.spoken import Word, by_speaker, in_turns, speaker_name

_LISTS = ("utterances", "words", "sentences", "paragraphs")
_OWN = ("audio_duration", "audio_url", "acoustic_model", "language_model", "speech_model")


def sniff(document: Document) -> str | None:
    """Taken for an object with utterances or words and a key that only AssemblyAI writes."""
    return "utterances or words with audio_duration" if recognised(first(document)) else None


def recognised(value: Any) -> bool:
    """Whether it is a transcript object."""
    return isinstance(value, dict) and any(k in value for k in _OWN) and any(k in value for k in _LISTS)


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a transcript object."""
    for record in records(document):
        yield record if isinstance(record, Failure) else _conversation(record, desk)


def _conversation(record: Record, desk: Desk) -> Draft | Failure:
    value = record.value
    if not isinstance(value, dict) or not any(k in value for k in (*_LISTS, "text")):
        return desk.failure(record.place, "no transcript; expected an object with utterances, words or text")
    status = words_of(value.get("status"))
    if status and status != "completed":
        why = words_of(value.get("error"))
        return desk.failure(
            record.place,
            f'the status of the transcript is "{status[:40]}"{f" ({why[:200]})" if why else ""}; expected completed; '
            "fetch it again when it is ready",
        )
    language = value.get("language_code")
    return Draft(
        turns(value, record.parts, desk.tally),
        id=words_of(value.get("id")),
        line=record.line,
        place=record.place,
        language=language if isinstance(language, str) else None,
    )


def turns(value: Any, parts: Sequence[str | int], tally: Tally) -> list[Turn]:
    """The turns of a transcript object; `parts` begin every pointer."""
    spoken = _stretches(value, "utterances", parts)
    words = [
        Word(text, _name(w), place, milliseconds(w.get("start"), 1), milliseconds(w.get("end"), 1))
        for number, w in objects(inside(value, "words"))
        if (text := words_of(w.get("text"))) and (place := pointer(*parts, "words", number))
    ]
    if not spoken and any(w.speaker for w in words):
        spoken = by_speaker(words)
    spoken = spoken or _stretches(value, "paragraphs", parts) or _stretches(value, "sentences", parts)
    text = words_of(inside(value, "text"))
    if not spoken and text:
        spoken = [Turn("unknown", text, source=(pointer(*parts, "text"),))]
    return in_turns(spoken or by_speaker(words), tally)


def _stretches(value: Any, key: str, parts: Sequence[str | int]) -> list[Turn]:
    found = [
        Turn(
            "unknown",
            words_of(stretch.get("text")) or "",
            _name(stretch),
            start_ms=milliseconds(stretch.get("start"), 1),
            end_ms=milliseconds(stretch.get("end"), 1),
            source=(pointer(*parts, key, number),),
        )
        for number, stretch in objects(inside(value, key))
    ]
    return found if any(t.text for t in found) else []


def _name(value: dict[str, Any]) -> str | None:
    """The speaker's label; `1A` with speakers in channels. A channel by itself is one person."""
    channel = words_of(value.get("channel"))
    return speaker_name(value.get("speaker")) or (f"Channel {channel}" if channel else None)


READER = Reader(
    name="assemblyai",
    about="AssemblyAI's transcript, with or without speakers",
    suffixes=(".json",),
    verified="sample seen: a real file; channels, sentences and paragraphs after the vendor's documentation",
    sniff=sniff,
    read=read,
)
