"""A corpus of ConvoKit, its `utterances.jsonl`: one utterance a line, put together by conversation.

    {"id": "u1", "conversation_id": "u1", "reply-to": null, "speaker": "lee", "timestamp": 1700000000, "text": "Help!",
     "meta": {}}
    {"id": "u2", "conversation_id": "u1", "reply-to": "u1", "speaker": "dana", "timestamp": 1700000060, "text": "How?"}

Older corpora say `root` and `user`. A reply comes after what it replies to, and after that the time counts. Who is an
agent stands, if anywhere, in the `role` of an utterance's `meta` or in another file, `speakers.json`, which is not
read: tell it with `--agent`. After ConvoKit's documentation of its data format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_fields import inside, words_of
from empathy_audit.readers.json_values import Record, first, records
from empathy_audit.readers.sequences import text_of
from empathy_audit.readers.speakers import role_of
from empathy_audit.readers.times import from_epoch, instant, moment, seconds

# From 1973 on; a smaller number counts from somewhere else and gives an order, no date.
_EPOCH_FROM, _EPOCH_TO = 1e8, 1e11
_ROLE_KEYS = ("role", "speaker_role", "speaker_type", "user_type")


class _Utterance(NamedTuple):
    id: str
    reply_to: str | None
    when: float | None
    turn: Turn
    line: int


def sniff(document: Document) -> str | None:
    """Taken for utterances with id, conversation, speaker, text and what they reply to."""
    value = first(document)
    if not isinstance(value, dict) or not all(k in value for k in ("id", "text")):
        return None
    keys = (("conversation_id", "root"), ("speaker", "user"), ("reply-to", "reply_to"))
    return "utterances with conversation and reply-to" if all(_key(value, *k) for k in keys) else None


def _key(value: dict[str, Any], *keys: str) -> str | None:
    return next((k for k in keys if k in value), None)


def _either(value: dict[str, Any], *keys: str) -> Any:
    return next((value[k] for k in keys if value.get(k) is not None), None)


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation, in the order of their first lines."""
    threads: dict[str, list[_Utterance]] = {}
    for record in records(document):
        if isinstance(record, Failure):
            yield record
        elif not isinstance(record.value, dict) or not isinstance(record.value.get("text"), str):
            yield desk.failure(
                record.place, "no text; expected an utterance with id, conversation_id, speaker and text"
            )
        else:
            id_ = words_of(record.value.get("id")) or record.place
            thread = words_of(_either(record.value, "conversation_id", "root")) or id_
            threads.setdefault(thread, []).append(_utterance(record, id_))
    for thread, said in threads.items():
        yield _conversation(thread, said, alone=len(threads) == 1)


def _utterance(record: Record, id_: str) -> _Utterance:
    value = record.value
    speaker = _either(value, "speaker", "user")
    name = words_of(inside(speaker, "id")) if isinstance(speaker, dict) else words_of(speaker)
    said = (inside(value, "meta", k) or inside(speaker, "meta", k) for k in _ROLE_KEYS)
    role = next((r for s in said if isinstance(s, str) and (r := role_of(s))), None)
    when, at = _time(value.get("timestamp"))
    turn = Turn(role or "unknown", text_of(value["text"]), name, at=at, source=(record.place or "#",))
    return _Utterance(id_, words_of(_either(value, "reply-to", "reply_to")), when, turn, record.line)


def _time(value: Any) -> tuple[float | None, str | None]:
    """A number to sort by, and the instant where it is one."""
    if isinstance(value, str) and instant(value):
        found = moment(value)
        return (seconds(found) if found else None), instant(value)
    try:
        number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    except (ValueError, OverflowError):
        number = None
    if number is None or number != number:
        return None, None
    return number, from_epoch(number) if _EPOCH_FROM <= number <= _EPOCH_TO else None


def _conversation(thread: str, said: Sequence[_Utterance], alone: bool) -> Draft:
    ordered = _in_order(said)
    begun = said[0].line
    turns = [u.turn for u in ordered]
    place = "" if alone else said[0].turn.source[0]
    return Draft(turns, id=thread, line=begun, place=place, started_at=turns[0].at)


def _in_order(said: Sequence[_Utterance]) -> list[_Utterance]:
    """Replies after what they reply to; by time, where every utterance has one.

    Files that run backwards have no other order, and equal times leave that of the replies.
    """
    ids = {u.id for u in said}
    replies: dict[str | None, list[_Utterance]] = {}
    for utterance in said:
        to = utterance.reply_to if utterance.reply_to in ids and utterance.reply_to != utterance.id else None
        replies.setdefault(to, []).append(utterance)
    ordered: list[_Utterance] = []
    waiting = list(reversed(replies.pop(None, [])))
    while waiting or replies:
        if not waiting:  # replies that go round in a circle: cut it open at the first
            waiting = list(reversed(replies.pop(next(iter(replies)))))
        utterance = waiting.pop()
        ordered.append(utterance)
        waiting.extend(reversed(replies.pop(utterance.id, [])))
    if all(u.when is not None for u in ordered):
        ordered.sort(key=lambda u: u.when or 0.0)
    return ordered


READER = Reader(
    name="convokit",
    about="ConvoKit's utterances.jsonl",
    suffixes=(".jsonl",),
    verified="documented: ConvoKit's documentation",
    sniff=sniff,
    read=read,
)
