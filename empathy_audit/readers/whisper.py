"""Whisper and what is built on it: OpenAI's program and API, WhisperX, whisper.cpp.

    {"text": " Hello. Hi there.", "language": "en", "segments": [
       {"id": 0, "start": 0.0, "end": 1.2, "text": " Hello.", "speaker": "SPEAKER_00",
        "words": [{"word": "Hello.", "start": 0.0, "end": 1.2, "speaker": "SPEAKER_00"}]}],
     "word_segments": [{"word": "Hello.", "start": 0.0, "end": 1.2, "speaker": "SPEAKER_00"}]}
    {"transcription": [{"offsets": {"from": 0, "to": 1200}, "text": " Hello.", "speaker": "0"}],
     "result": {"language": "en"}}

`word_segments`, `words` and `text` say the same once more and are passed over. Whisper by itself names no speakers;
segments of one speaker in a row are one turn, segments without one stay apart. The World Transcription Format of vCon
has segments of this shape and its `speakers` give them names. Times are seconds, in whisper.cpp milliseconds. After a
real WhisperX result, OpenAI's API reference and the source of whisper.cpp.
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
from empathy_audit.readers.spoken import in_turns, speaker_name

_BESIDE = frozenset(("text", "language", "word_segments", "task", "duration", "words", "speakers", "metadata"))
_SILENCE = ("[blank_audio]",)


def sniff(document: Document) -> str | None:
    """Taken for segments with text and times, or for whisper.cpp's transcription."""
    value = first(document)
    if not recognised(value):
        return None
    return "segments with text and times" if "segments" in value else "a transcription with offsets"


def recognised(value: Any) -> bool:
    """Whether it is a result of Whisper or a relative."""
    if not isinstance(value, dict):
        return False
    segment = inside(value, "segments", 0)
    if isinstance(segment, dict):
        known = all(k in segment for k in ("start", "end")) and isinstance(segment.get("text"), str)
        return known and (bool(_BESIDE & value.keys()) or len(value) == 1)
    cut = inside(value, "transcription", 0)
    return isinstance(cut, dict) and isinstance(cut.get("offsets"), dict) and isinstance(cut.get("text"), str)


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a result."""
    for record in records(document):
        yield record if isinstance(record, Failure) else _conversation(record, desk)


def _conversation(record: Record, desk: Desk) -> Draft | Failure:
    value = record.value
    if not any(isinstance(inside(value, k), list) for k in ("segments", "transcription")):
        return desk.failure(record.place, "no segments; expected a list of objects with start, end and text")
    languages = (
        inside(value, "language"),
        inside(value, "result", "language"),
        inside(value, "transcript", "language"),
    )
    return Draft(
        turns(value, record.parts, desk.tally),
        id=words_of(value.get("id")),
        line=record.line,
        place=record.place,
        language=next((x for x in languages if isinstance(x, str)), None),
    )


def turns(value: Any, parts: Sequence[str | int], tally: Tally) -> list[Turn]:
    """The turns of a result; `parts` begin every pointer."""
    speakers = inside(value, "speakers")
    found = []
    for number, segment in objects(inside(value, "segments"), tally):
        start, end = milliseconds(segment.get("start")), milliseconds(segment.get("end"))
        name = _named(_speaker(segment), speakers)
        found.append(_turn(segment, name, start, end, pointer(*parts, "segments", number)))
    if not found:
        for number, cut in objects(inside(value, "transcription"), tally):
            start, end = (milliseconds(inside(cut, "offsets", k), 1) for k in ("from", "to"))
            label = words_of(cut.get("speaker"))
            name = f"Speaker {label}" if label and label.isdigit() else None
            found.append(_turn(cut, name, start, end, pointer(*parts, "transcription", number)))
    said = [t for t in found if t.text.casefold() not in _SILENCE]
    tally.leave_out("sounds and stage directions", len(found) - len(said))
    return in_turns(said, tally)


def _turn(value: dict[str, Any], name: str | None, start: int | None, end: int | None, place: str) -> Turn:
    return Turn("unknown", words_of(value.get("text")) or "", name, start_ms=start, end_ms=end, source=(place,))


def _speaker(segment: dict[str, Any]) -> Any:
    """The segment's speaker; where it has none and all its words have the same one, theirs."""
    if segment.get("speaker") is not None:
        return segment["speaker"]
    said = [speaker_name(w.get("speaker")) for _, w in objects(segment.get("words"))]
    return said[0] if said and all(name == said[0] for name in said) else None


def _named(speaker: Any, speakers: Any) -> str | None:
    """The name that the file gives for this speaker elsewhere, or their label."""
    return words_of(inside(speakers, str(speaker), "label")) or speaker_name(speaker)


READER = Reader(
    name="whisper",
    about="Whisper and its relatives: WhisperX, whisper.cpp, OpenAI's API",
    suffixes=(".json",),
    verified="sample seen: a real WhisperX file; the others after their documentation and source",
    sniff=sniff,
    read=read,
)
