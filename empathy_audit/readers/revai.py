"""Rev.ai's transcript of monologues.

    {"monologues": [{"speaker": 0, "elements": [
      {"type": "text", "value": "Hello", "ts": 0.5, "end_ts": 1.0}, {"type": "punct", "value": " "},
      {"type": "text", "value": "there", "ts": 1.1, "end_ts": 1.4}, {"type": "punct", "value": "."}]}]}

Blanks are elements, too, so the values are put together as they are. An `unknown` element is something that was not
understood. Times are seconds. Where a list of `speakers` gives names (as Temi does), they are used. After the
interface of the vendor's own client and its documentation.
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


def sniff(document: Document) -> str | None:
    """Taken for monologues that have elements."""
    return "monologues with elements" if recognised(first(document)) else None


def recognised(value: Any) -> bool:
    """Whether it is a transcript of monologues."""
    return isinstance(inside(value, "monologues", 0, "elements"), list)


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a transcript."""
    for record in records(document):
        yield record if isinstance(record, Failure) else _conversation(record, desk)


def _conversation(record: Record, desk: Desk) -> Draft | Failure:
    if not isinstance(inside(record.value, "monologues"), list):
        return desk.failure(record.place, "no monologues; expected a list of objects with speaker and elements")
    id_ = words_of(record.value.get("id")) or words_of(record.value.get("job_id"))
    return Draft(turns(record.value, record.parts, desk.tally), id=id_, line=record.line, place=record.place)


def turns(value: Any, parts: Sequence[str | int], tally: Tally) -> list[Turn]:
    """The turns of a transcript; `parts` begin every pointer."""
    names = {speaker_name(s.get("id")): speaker_name(s.get("name")) for _, s in objects(inside(value, "speakers"))}
    found = []
    for number, monologue in objects(inside(value, "monologues"), tally):
        elements = [e for _, e in objects(monologue.get("elements"))]
        starts = [t for e in elements if (t := milliseconds(e.get("ts"))) is not None]
        ends = [t for e in elements if (t := milliseconds(e.get("end_ts"))) is not None]
        speaker = speaker_name(monologue.get("speaker"))
        found.append(
            Turn(
                "unknown",
                _text(elements),
                names.get(speaker) or speaker,
                start_ms=starts[0] if starts else None,
                end_ms=max(ends) if ends else None,
                source=(pointer(*parts, "monologues", number),),
            )
        )
    return in_turns(found, tally)


def _text(elements: Sequence[dict[str, Any]]) -> str:
    """The values in a row; a blank where an export has lost the ones between two words."""
    text, after_word = "", False
    for element in elements:
        value, is_word = element.get("value"), element.get("type") == "text"
        if isinstance(value, str):
            text += (" " if is_word and after_word and not value.startswith(" ") else "") + value
            after_word = is_word and not value.endswith(" ")
    return " ".join(text.split())


READER = Reader(
    name="revai",
    about="Rev.ai's transcript of monologues",
    suffixes=(".json",),
    verified="documented by the vendor, and its client",
    sniff=sniff,
    read=read,
)
