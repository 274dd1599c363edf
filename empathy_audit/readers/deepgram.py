"""Deepgram's speech-to-text response.

    {"metadata": {"request_id": "r-1", "duration": 9.5, "channels": 1},
     "results": {"channels": [{"alternatives": [{"transcript": "Hello. Hi, my box is broken.",
                   "words": [{"word": "hello", "punctuated_word": "Hello.", "start": 0.1, "end": 0.5, "speaker": 0}]}]}],
                 "utterances": [{"start": 0.1, "end": 0.5, "channel": 0, "speaker": 0, "transcript": "Hello."}]}}

The same words stand in it up to four times. Read are the first of: utterances, words where they name speakers or
channels, paragraphs, words, the transcript. Times are seconds. With several channels each is one person, `Channel 0`.
Utterances end at pauses, so neighbours of one speaker are one turn. After Deepgram's API reference and real files.
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
from empathy_audit.readers.spoken import Word, by_channel, by_speaker, in_turns, speaker_name

Parts = Sequence[str | int]


def sniff(document: Document) -> str | None:
    """Taken for `results` that hold channels with alternatives."""
    return "results with channels and alternatives" if _is_response(first(document)) else None


def _is_response(value: Any) -> bool:
    return isinstance(inside(value, "results", "channels", 0, "alternatives"), list)


def recognised(value: Any) -> bool:
    """Whether it is a response, its `results`, or a single alternative out of it."""
    if _is_response(value) or isinstance(inside(value, "channels", 0, "alternatives"), list):
        return True
    parted = isinstance(inside(value, "words"), list) or isinstance(_paragraphs(value), list)
    return parted and isinstance(inside(value, "transcript"), str)


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a response."""
    for record in records(document):
        yield record if isinstance(record, Failure) else _conversation(record, desk)


def _conversation(record: Record, desk: Desk) -> Draft | Failure:
    value = record.value
    if not isinstance(inside(value, "results"), dict):
        return desk.failure(
            record.place, "no results; expected an object with results and channels; save the whole response"
        )
    language = inside(value, "results", "channels", 0, "detected_language")
    return Draft(
        turns(value, record.parts, desk.tally),
        id=words_of(inside(value, "metadata", "request_id")),
        line=record.line,
        place=record.place,
        language=language if isinstance(language, str) else None,
    )


def turns(value: Any, parts: Parts, tally: Tally) -> list[Turn]:
    """The turns of whatever `recognised` takes; `parts` begin every pointer."""
    results, at = (value["results"], (*parts, "results")) if inside(value, "results") is not None else (value, parts)
    channels = list(objects(inside(results, "channels")))
    utterances = list(objects(inside(results, "utterances"), tally))
    several = len(channels) > 1 or len({words_of(u.get("channel")) for _, u in utterances}) > 1
    if any(words_of(u.get("transcript")) for _, u in utterances):
        return in_turns((_utterance(u, several, pointer(*at, "utterances", n)) for n, u in utterances), tally)
    if not channels:
        return in_turns(_alternative(results, at, None, several), tally)
    best = [
        (number, inside(c, "alternatives", 0), (*at, "channels", number, "alternatives", 0)) for number, c in channels
    ]
    if not several:
        return in_turns(
            (turn for number, value, way in best for turn in _alternative(value, way, number, False)), tally
        )
    heard = [_words(value, way, number, True) for number, value, way in best]
    silent = (
        _alternative(value, way, n, True) for (n, value, way), words in zip(best, heard, strict=True) if not words
    )
    return in_turns([*by_channel([words for words in heard if words]), *(t for turns in silent for t in turns)], tally)


def _utterance(value: dict[str, Any], several: bool, place: str) -> Turn:
    return Turn(
        "unknown",
        words_of(value.get("transcript")) or "",
        _name(value.get("channel"), value.get("speaker"), several),
        start_ms=milliseconds(value.get("start")),
        end_ms=milliseconds(value.get("end")),
        source=(place,),
    )


def _words(value: Any, at: Parts, channel: int | None, several: bool) -> list[Word]:
    return [
        Word(
            text,
            _name(channel, word.get("speaker"), several),
            pointer(*at, "words", number),
            milliseconds(word.get("start")),
            milliseconds(word.get("end")),
        )
        for number, word in objects(inside(value, "words"))
        if (text := words_of(word.get("punctuated_word")) or words_of(word.get("word")))
    ]


def _alternative(value: Any, at: Parts, channel: int | None, several: bool) -> list[Turn]:
    words = _words(value, at, channel, several)
    if any(word.speaker for word in words):
        return by_speaker(words)
    inner = ("paragraphs",) if isinstance(inside(value, "paragraphs"), list) else ("paragraphs", "paragraphs")
    paragraphs = [
        _paragraph(p, channel, several, pointer(*at, *inner, number)) for number, p in objects(_paragraphs(value))
    ]
    text = words_of(inside(value, "transcript"))
    whole = [Turn("unknown", text, _name(channel, None, several), source=(pointer(*at),))] if text else []
    return [p for p in paragraphs if p.text] or by_speaker(words) or whole


def _paragraphs(value: Any) -> Any:
    found = inside(value, "paragraphs")
    return found if isinstance(found, list) else inside(found, "paragraphs")


def _paragraph(value: dict[str, Any], channel: int | None, several: bool, place: str) -> Turn:
    sentences = (words_of(s.get("text")) for _, s in objects(value.get("sentences")))
    return Turn(
        "unknown",
        " ".join(filter(None, sentences)),
        _name(channel, value.get("speaker"), several),
        start_ms=milliseconds(value.get("start")),
        end_ms=milliseconds(value.get("end")),
        source=(place,),
    )


def _name(channel: Any, speaker: Any, several: bool) -> str | None:
    """With several channels, speakers are counted anew in each."""
    names = (speaker_name(channel, "Channel") if several else None, speaker_name(speaker))
    return " ".join(filter(None, names)) or None


READER = Reader(
    name="deepgram",
    about="Deepgram's speech-to-text response",
    suffixes=(".json",),
    verified="sample seen: real files; several channels after the vendor's documentation",
    sniff=sniff,
    read=read,
)
