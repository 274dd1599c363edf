"""Recordings transcribed by Azure Speech, batch and fast transcription, one JSON object a recording.

    {"source": "https://...", "recognizedPhrases": [
       {"recognitionStatus": "Success", "channel": 0, "speaker": 1, "offset": "PT0.07S", "offsetInTicks": 700000.0,
        "durationInTicks": 13200000.0, "nBest": [{"display": "Hello!", "lexical": "hello"}]}]}

    {"durationMilliseconds": 2580, "combinedPhrases": [{"text": "Hello!"}],
     "phrases": [{"channel": 0, "speaker": 1, "offsetMilliseconds": 960, "durationMilliseconds": 640, "text": "Hello!"}]}

Defined in Microsoft's pages "Get batch transcription results" and "Use the fast transcription API". Phrases of two
channels stand one channel after the other; the best reading of a phrase comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.durations import duration
from empathy_audit.readers.json_fields import has, label, mapping, millis, objects, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.sequences import in_time_order

_TICK = 1e-4  # 100 nanoseconds, in milliseconds
_BATCH, _FAST = "recognizedPhrases", "phrases"


def sniff(document: Document) -> str | None:
    """Taken for the phrases of either service."""
    value = mapping(first(document))
    if isinstance(_place(value, _BATCH)[1], list):
        return "an object with recognizedPhrases"
    if isinstance(value.get("combinedPhrases"), list) and has(objects(value.get(_FAST)), "text"):
        return "an object with combinedPhrases and phrases"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object."""
    return read_each(document, desk, _recording)


def _place(value: Mapping[str, Any], key: str) -> tuple[tuple[str, ...], Any]:
    """Where the phrases stand: the call centre quickstart puts the whole answer under `transcription`."""
    inner = mapping(value.get("transcription"))
    return (("transcription", key), inner[key]) if key in inner else ((key,), value.get(key))


def _recording(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    keys, rows = _place(value, _BATCH)
    if not isinstance(rows, list):
        keys, rows = _place(value, _FAST)
    if not isinstance(rows, list):
        yield wrong(desk, record, "no phrases; expected recognizedPhrases or phrases; fetch the result file again")
        return
    phrases = [(i, p) for i, p in objects(rows, desk.tally) if _understood(p, desk)]
    several = len({label(p, "channel") for _, p in phrases}) > 1
    locales = (label(p, "locale") for _, p in phrases)
    yield Draft(
        in_time_order([_turn(p, several, pointer(*record.parts, *keys, i)) for i, p in phrases]),
        line=record.line,
        place=record.place,
        language=label(value, "locale") or next((code for code in locales if code), None),
    )


def _understood(phrase: Mapping[str, Any], desk: Desk) -> bool:
    if label(phrase, "recognitionStatus") in (None, "Success"):
        return True
    desk.tally.leave_out("phrases that were not recognised")
    return False


def _turn(phrase: Mapping[str, Any], several: bool, place: str) -> Turn:
    best = next((b for _, b in objects(phrase.get("nBest"))), phrase)
    start = _length(phrase, "offset")
    length = _length(phrase, "duration")
    return Turn(
        role="unknown",
        text=text(best, "display", "text", "maskedITN", "itn", "lexical") or "",
        speaker=_speaker(phrase, best, several),
        start_ms=start,
        end_ms=start + length if start is not None and length is not None else None,
        source=(place,),
    )


def _speaker(phrase: Mapping[str, Any], best: Mapping[str, Any], several: bool) -> str | None:
    """The channel where each person has their own, else the speaker's number."""
    channel, speaker = label(phrase, "channel"), label(phrase, "speaker") or label(best, "speaker")
    of_channel = f"channel {channel}" if several and channel is not None else None
    of_speaker = f"Speaker {speaker}" if speaker is not None else None
    return " ".join(filter(None, (of_channel, of_speaker))) or None


def _length(phrase: Mapping[str, Any], what: str) -> int | None:
    ticks = millis(phrase, f"{what}InTicks", unit=_TICK)
    if ticks is not None:
        return ticks
    exact = millis(phrase, f"{what}Milliseconds")
    if exact is not None:
        return exact
    bare = phrase.get(what)
    # The first edition of fast transcription wrote bare milliseconds, batch transcription "PT0.07S".
    return duration(bare) if isinstance(bare, str) else millis(phrase, what)


READER = Reader(
    name="azure-speech",
    about="recordings transcribed by Azure Speech (batch and fast transcription), JSON",
    suffixes=(".json",),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
