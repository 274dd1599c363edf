"""Recordings transcribed by Google Speech-to-Text, one JSON object a recording, as REST and client libraries write it.

    {"results": [
       {"alternatives": [{"transcript": "hello there"}]},
       {"alternatives": [{"words": [
          {"word": "hello", "startTime": "0.300s", "endTime": "0.600s", "speakerTag": 1},
          {"word": "there", "start_time": {"nanos": 700000000}, "speaker_tag": 1}]}]}]}

Defined in Google's reference (SpeechRecognitionResult, WordInfo), versions 1 and 2. With speakers told apart, the last
result repeats the words of all others; only there do version 1's words have a speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.durations import duration
from empathy_audit.readers.json_fields import both, inside, label, mapping, objects, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.sequences import in_time_order
from empathy_audit.readers.spoken import Word, by_speaker

_START = both("startTime", "startOffset")
_END = both("endTime", "endOffset")
_SPEAKER = both("speakerLabel", "speakerTag")
# Keys that other vendors put beside a list of results with alternatives.
_OTHERS = ("result_index", "speaker_labels", "jobName", "job", "utterances")
# An operation holds the answer; the batch answer of version 2 holds it once more.
_INSIDE: tuple[tuple[str, ...], ...] = ((), ("response",), ("transcript",))


def sniff(document: Document) -> str | None:
    """Taken for a list of results whose alternatives have a transcript or words."""
    value = mapping(first(document))
    found = _results(value)
    if found is None or any(key in value for key in _OTHERS):
        return None
    rows = objects(found[1])[:20]
    best = [a for _, row in rows for _, a in objects(row.get("alternatives"))[:1]]
    foreign = any("timestamps" in a or "content" in a for a in best) or any("final" in row for _, row in rows)
    if best and not foreign and all("transcript" in a or "words" in a for a in best):
        return "results with alternatives that have a transcript"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object."""
    return read_each(document, desk, _recording)


def _results(value: Any) -> tuple[tuple[str, ...], list[Any]] | None:
    for keys in _INSIDE:
        found = inside(inside(value, *keys), "results")
        if isinstance(found, list):
            return (*keys, "results"), found
    return None


def _recording(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    found = _results(record.value)
    if found is None:
        yield wrong(desk, record, "no results; expected a list of results with alternatives; fetch the answer again")
        return
    keys, rows = found
    results = objects(rows)
    languages = (label(result, *both("languageCode")) for _, result in results)
    yield Draft(
        _turns(results, (*record.parts, *keys)),
        line=record.line,
        place=record.place,
        language=next((code for code in languages if code), None),
    )


def _turns(results: Sequence[tuple[int, Mapping[str, Any]]], parts: tuple[str | int, ...]) -> list[Turn]:
    words = [(number, _words(result, (*parts, number))) for number, result in results]
    told = [[w for w in row if w.speaker] for _, row in words]
    told = [row for row in told if row]
    if told:
        return by_speaker(told[-1] if _repeats(told) else [w for row in told for w in row])
    channels = {label(result, *both("channelTag")) for _, result in results}
    turns = []
    for (number, result), (_, row) in zip(results, words, strict=True):
        _, best = next(iter(objects(result.get("alternatives"))), (0, {}))
        channel = label(result, *both("channelTag")) if len(channels) > 1 else None
        turns.append(
            Turn(
                role="unknown",
                text=(text(best, "transcript") or " ".join(w.text for w in row)).strip(),
                speaker=f"channel {channel}" if channel else None,
                start_ms=row[0].start_ms if row else None,
                end_ms=row[-1].end_ms if row else None,
                source=(pointer(*parts, number),),
            )
        )
    return in_time_order([t for t in turns if t.text])


def _repeats(rows: Sequence[Sequence[Word]]) -> bool:
    """Whether the last result says again what the ones before it said: it begins where the first one did."""
    if len(rows) < 2:
        return False
    head, last = rows[0], rows[-1]
    if head[0].start_ms is not None and last[0].start_ms is not None:
        return last[0].start_ms <= head[0].start_ms
    return [w.text for w in last[: len(head)]] == [w.text for w in head]


def _words(result: Mapping[str, Any], parts: tuple[str | int, ...]) -> list[Word]:
    found = []
    for _, best in objects(result.get("alternatives"))[:1]:
        for index, word in objects(best.get("words")):
            said = text(word, "word")
            if said:
                found.append(
                    Word(
                        said.strip(),
                        _speaker(word),
                        pointer(*parts, "alternatives", 0, "words", index),
                        next((duration(word[k]) for k in _START if k in word), None),
                        next((duration(word[k]) for k in _END if k in word), None),
                    )
                )
    return found


def _speaker(word: Mapping[str, Any]) -> str | None:
    # Zero stands for a word whose speaker was not told.
    found = next((name for name in (label(word, key) for key in _SPEAKER) if name and name != "0"), None)
    return f"Speaker {found}" if found and found.isdigit() else found


READER = Reader(
    name="google-speech",
    about="recordings transcribed by Google Speech-to-Text, JSON of the REST API or a client library",
    suffixes=(".json",),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
