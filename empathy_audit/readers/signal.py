"""Chats of the messenger Signal, which exports none itself, as public tools write them.

    {"date": "2026-03-02T10:15:00", "sender": "Lee", "body": "It never came.  ", "quote": "", "reactions": [],
     "attachments": []}                                                       signal-export: `data.json`, one a line
    [{"type": "incoming", "body": "It never came.", "sent_at": 1772446500000, "conversationId": "c1",
      "source": "+15550100"}]                                                 sigtop: a chat's messages as Signal keeps them
    {"envelope": {"sourceName": "Lee", "timestamp": 1772446500000, "dataMessage": {"message": "It never came."}}}
                                                                              signal-cli: what it receives, one a line

Seen in the sources of signal-export and sigtop, and in signal-cli's manual (where an envelope may stand inside a JSON-RPC
notification). What the account itself has sent is said by `Me`; who the agent is must be told: `--agent Me`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.help_desk import says, when
from empathy_audit.readers.json_fields import inside, label, mapping, text, wrong
from empathy_audit.readers.json_values import Record, first, records
from empathy_audit.readers.sequences import in_time_order

_ME = "Me"
_MILLISECOND = 1e-3
_EXPORTED = ("date", "sender", "body", "reactions", "attachments")
_KEPT = ("conversationId", "type", "sent_at")
_SPOKEN = ("incoming", "outgoing")
_ENVELOPES: tuple[tuple[str, ...], ...] = (("envelope",), ("params", "envelope"), ("params", "result", "envelope"))


class _Said(NamedTuple):
    """A message: its conversation (None: the file's one), who, what, when, and what else the person goes by."""

    chat: str | None
    who: str | None
    words: str
    at: str | None
    alias: str | None = None


def sniff(document: Document) -> str | None:
    """Taken for a record of one of the three kinds."""
    value = mapping(first(document))
    if all(key in value for key in _EXPORTED):
        return "messages of a Signal chat by signal-export"
    if all(key in value for key in _KEPT):
        return "messages as Signal Desktop keeps them"
    return "envelopes of signal-cli" if _is_envelope(_envelope(value)) else None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a chat; messages of several go to theirs."""
    chats: dict[str | None, list[tuple[Record, _Said]]] = {}
    for record in records(document):
        if isinstance(record, Failure):
            yield record
            continue
        value = mapping(record.value)
        envelope = _envelope(value)
        if not (all(key in value for key in _EXPORTED) or "type" in value or envelope):
            yield wrong(desk, record, "no message; expected one of signal-export, sigtop or signal-cli")
            continue
        said = (
            _sent(envelope, value, desk)
            if envelope
            else _kept(value, desk)
            if "type" in value
            else _exported(value, desk)
        )
        if said:
            chats.setdefault(said.chat, []).append((record, said))
    for id_, rows in chats.items():
        yield _conversation(id_, rows, len(chats) > 1)


def _conversation(id_: str | None, rows: list[tuple[Record, _Said]], several: bool) -> Draft:
    turns = [
        Turn("unknown", said.words, said.who, said.at, source=(record.place or pointer(*record.parts),))
        for record, said in rows
    ]
    ordered = in_time_order(turns)
    return Draft(
        ordered,
        id=id_,
        line=rows[0][0].line,
        place=rows[0][0].place if several else "",
        channel="chat",
        started_at=next((t.at for t in ordered if t.at), None),
        aliases={said.who: (said.alias,) for _, said in rows if said.who and said.alias},
    )


def _exported(value: Mapping[str, Any], desk: Desk) -> _Said | None:
    if says(value.get("deleted")):
        desk.tally.leave_out("deleted messages")
    elif says(value.get("call")):
        desk.tally.leave_out("calls")
    elif words := (text(value, "body") or "").strip():
        return _Said(None, label(value, "sender"), words, when(value, "date"))
    else:
        desk.tally.leave_out("messages without text")
    return None


def _kept(value: Mapping[str, Any], desk: Desk) -> _Said | None:
    if value.get("type") not in _SPOKEN:
        desk.tally.leave_out("events")
    elif says(value.get("deletedForEveryone")):
        desk.tally.leave_out("deleted messages")
    elif words := (text(value, "body") or "").strip():
        by = label(value, "source", "sourceServiceId", "sourceUuid", "conversationId")
        who = _ME if value["type"] == "outgoing" else by
        return _Said(label(value, "conversationId"), who, words, when(value, "sent_at", "timestamp", unit=_MILLISECOND))
    else:
        desk.tally.leave_out("messages without text")
    return None


def _envelope(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((found for path in _ENVELOPES if (found := mapping(inside(value, *path)))), {})


def _is_envelope(value: Mapping[str, Any]) -> bool:
    return "timestamp" in value and any(key in value for key in ("source", "sourceNumber", "sourceUuid", "sourceName"))


def _sent(envelope: Mapping[str, Any], value: Mapping[str, Any], desk: Desk) -> _Said | None:
    """A message that came in, or one that another device of the account has sent."""
    sent = mapping(inside(envelope, "syncMessage", "sentMessage"))
    message = sent or mapping(envelope.get("dataMessage"))
    words = (text(message, "message") or "").strip()
    if not words:
        desk.tally.leave_out("messages without text" if message else "events")
        return None
    number = label(envelope, "sourceNumber", "source", "sourceUuid")
    other = label(sent, "destinationNumber", "destination", "destinationUuid") if sent else number
    who = _ME if sent else label(envelope, "sourceName") or number
    at = when(message, "timestamp", unit=_MILLISECOND) or when(envelope, "timestamp", unit=_MILLISECOND)
    chat = label(message.get("groupInfo"), "groupId") or other
    return _Said(chat, who, words, at, None if sent else number)


READER = Reader(
    name="signal",
    about="chats of Signal as signal-export, sigtop and signal-cli write them, JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented: the sources of signal-export and sigtop, signal-cli's manual",
    sniff=sniff,
    read=read,
)
