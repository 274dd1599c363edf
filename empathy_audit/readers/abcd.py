"""The Action-Based Conversations Dataset (ABCD): a list of conversations, or an object of such lists by part.

    [{"convo_id": 3592, "scenario": {"flow": "product_defect", "subflow": "return_size"},
      "original": [["agent", "Hi! How can I help?"], ["customer", "The jeans don't fit."],
                   ["action", "Account has been pulled up."]],
      "delexed": [{"speaker": "agent", "text": "hi! how can i help?", "turn_count": 1}]}]
    {"train": [...], "dev": [...], "test": [...]}

`delexed` says the same again with names taken out; it is read where there is no `original`. What the agent's screen did
is an event. After the data set's own page and sample.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import inside, objects, words_of
from empathy_audit.readers.json_values import Record, first, records
from empathy_audit.readers.sequences import text_of

_ROLES: dict[str, Role] = {"agent": "agent", "customer": "customer"}
_PARTS = ("train", "dev", "test")


def sniff(document: Document) -> str | None:
    """Taken for conversations with convo_id and original or delexed turns."""
    value = first(document)
    one = value if isinstance(inside(value, "convo_id"), int | str) else _first_of_parts(value)
    return "conversations with convo_id and original turns" if _is_conversation(one) else None


def _first_of_parts(value: Any) -> Any:
    return next((found for part in _PARTS if (found := inside(value, part, 0)) is not None), None)


def _is_conversation(value: Any) -> bool:
    return isinstance(value, dict) and "convo_id" in value and any(_lines(value, k) for k in ("original", "delexed"))


def _lines(value: dict[str, Any], key: str) -> list[Any]:
    return value[key] if isinstance(value.get(key), list) else []


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation."""
    for record in records(document):
        if isinstance(record, Failure):
            yield record
        elif isinstance(record.value, dict) and any(isinstance(record.value.get(p), list) for p in _PARTS):
            for part in _PARTS:
                for number, value in objects(record.value.get(part), desk.tally):
                    parts: tuple[str | int, ...] = (*record.parts, part, number)
                    yield _conversation(value, parts, Record(value, pointer(*parts), (), record.line), desk)
        else:
            yield _conversation(record.value, record.parts, record, desk)


def _conversation(value: Any, parts: tuple[str | int, ...], record: Record, desk: Desk) -> Draft | Failure:
    if not _is_conversation(value):
        return desk.failure(record.place, "no conversation; expected an object with convo_id and original turns")
    key = "original" if _lines(value, "original") else "delexed"
    turns = []
    for number, line in enumerate(_lines(value, key)):
        who, what = (inside(line, 0), inside(line, 1)) if isinstance(line, list) else _delexed(line)
        if who == "action":
            desk.tally.leave_out("events")
            continue
        name = words_of(who)
        role = _ROLES.get((name or "").casefold(), "unknown")
        place = pointer(*parts, key, number)
        turns.append(Turn(role, text_of(what), None if role != "unknown" else name, source=(place,)))
    scenario = ((k, words_of(inside(value, "scenario", k))) for k in ("flow", "subflow"))
    return Draft(
        turns,
        id=words_of(value.get("convo_id")),
        line=record.line,
        place=record.place,
        channel="chat",
        meta={k: v for k, v in scenario if v},
    )


def _delexed(line: Any) -> tuple[Any, Any]:
    return inside(line, "speaker"), inside(line, "text")


READER = Reader(
    name="abcd",
    about="the Action-Based Conversations Dataset (ABCD)",
    suffixes=(".json",),
    verified="sample seen: the data set's sample",
    sniff=sniff,
    read=read,
)
