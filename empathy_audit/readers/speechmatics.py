"""Speechmatics' transcript, json-v2.

    {"format": "2.9", "job": {"id": "j-1"}, "metadata": {"transcription_config": {"language": "en"}},
     "results": [
       {"type": "word", "start_time": 0.1, "end_time": 0.5, "alternatives": [{"content": "Hello", "speaker": "S1"}]},
       {"type": "punctuation", "start_time": 0.5, "end_time": 0.5, "attaches_to": "previous", "is_eos": true,
        "alternatives": [{"content": ".", "speaker": "S1"}]}]}

One result a word; marks attach to the word before or after. `UU` is a speaker who was not told. With channels, `channel`
holds the label given to the job, so `Agent` and `Customer` are roles; each channel is cut at ends of sentences and the
pieces are put in order. Times are seconds. After Speechmatics' documentation of its output.
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
from empathy_audit.readers.spoken import Word, by_channel, by_speaker, in_turns

_SAID = ("word", "punctuation", "entity")


def sniff(document: Document) -> str | None:
    """Taken for a list of results that are words and marks with alternatives."""
    return "results of words with alternatives and start_time" if recognised(first(document)) else None


def recognised(value: Any) -> bool:
    """Whether it is a json-v2 transcript."""
    results = inside(value, "results")
    if not isinstance(results, list):
        return False
    head = [r for _, r in objects(results[:20])]
    if not head:
        return not results and "format" in value and isinstance(value.get("metadata"), dict)
    return all("type" in r and "start_time" in r for r in head) and any(
        r["type"] in _SAID and isinstance(inside(r, "alternatives", 0, "content"), str) for r in head
    )


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a transcript."""
    for record in records(document):
        yield record if isinstance(record, Failure) else _conversation(record, desk)


def _conversation(record: Record, desk: Desk) -> Draft | Failure:
    value = record.value
    if not isinstance(inside(value, "results"), list):
        return desk.failure(record.place, "no results; expected a list of words with alternatives; ask for json-v2")
    language = inside(value, "metadata", "transcription_config", "language")
    told = inside(value, "metadata", "language_identification", "predicted_language")
    return Draft(
        turns(value, record.parts, desk.tally),
        id=words_of(inside(value, "job", "id")),
        line=record.line,
        place=record.place,
        language=next((x for x in (told, language) if isinstance(x, str) and x != "auto"), None),
    )


def turns(value: Any, parts: Sequence[str | int], tally: Tally) -> list[Turn]:
    """The turns of a transcript; `parts` begin every pointer."""
    delimiter = inside(value, "metadata", "language_pack_info", "word_delimiter")
    channels: dict[str | None, list[Word]] = {}
    joins_next: dict[str | None, bool] = {}
    for number, result in objects(inside(value, "results")):
        content = _content(result)
        if result.get("type") not in _SAID or not content:
            continue
        channel = words_of(result.get("channel"))
        attached = result.get("attaches_to")
        glued = attached in ("previous", "both") or joins_next.get(channel, False)
        joins_next[channel] = attached in ("next", "both")
        channels.setdefault(channel, []).append(
            Word(
                content,
                _name(channel, _speaker(result)),
                pointer(*parts, "results", number),
                milliseconds(result.get("start_time")),
                milliseconds(result.get("end_time")),
                "" if glued else delimiter if isinstance(delimiter, str) else " ",
            )
        )
    if len(channels) == 1:
        return in_turns(by_speaker(next(iter(channels.values()))), tally)
    return in_turns(by_channel(list(channels.values())), tally)


def _content(result: dict[str, Any]) -> str | None:
    """The first alternative; of an entity without one, its written form."""
    content = words_of(inside(result, "alternatives", 0, "content"))
    written = (words_of(inside(w, "alternatives", 0, "content")) for _, w in objects(result.get("written_form")))
    return content or " ".join(filter(None, written)) or None


def _speaker(result: dict[str, Any]) -> Any:
    written = inside(result, "written_form", 0, "alternatives", 0, "speaker")
    return inside(result, "alternatives", 0, "speaker") or written


def _name(channel: str | None, speaker: Any) -> str | None:
    label = words_of(speaker)
    return " ".join(filter(None, (channel, label if label != "UU" else None))) or None


READER = Reader(
    name="speechmatics",
    about="Speechmatics' transcript, json-v2",
    suffixes=(".json",),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
