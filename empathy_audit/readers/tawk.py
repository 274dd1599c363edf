"""Chats of tawk.to, as the webhook `chat:transcript_created` sends them: one object, a list, or one a line.

    {"event": "chat:transcript_created", "time": "2026-03-02T10:30:00.000Z", "property": {"name": "Shop"},
     "chat": {"id": "70fe", "visitor": {"name": "Lee", "email": "lee@example.org"}, "messages": [
       {"sender": {"t": "v"}, "type": "msg", "msg": "It never came.", "time": "2026-03-02T10:15:00.000Z"},
       {"sender": {"t": "s"}, "type": "msg", "msg": "An agent will be with you", "time": "2026-03-02T10:15:01.000Z"},
       {"sender": {"t": "a", "n": "Dana", "id": "5c"}, "type": "msg", "msg": "Oh no!"}]}}

Defined in the vendor's page on webhooks. A sender is an agent, a visitor or the system (triggers).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.help_desk import person_name, when
from empathy_audit.readers.json_fields import inside, label, mapping, objects, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.sequences import in_time_order

_EVENT = "chat:transcript_created"
_OTHERS = ("chat:start", "chat:end", "ticket:create")
_SENDERS: Mapping[str, Role] = {"a": "agent", "v": "customer", "s": "system"}


def sniff(document: Document) -> str | None:
    """Taken for the events of the webhook."""
    value = mapping(first(document))
    ours = value.get("event") in (_EVENT, *_OTHERS) and isinstance(value.get("property"), dict)
    return "an event of tawk.to's webhook" if ours or value.get("event") == _EVENT else None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a chat."""
    return read_each(document, desk, _chat)


def _chat(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    messages = inside(value, "chat", "messages")
    if value.get("event") in _OTHERS:
        desk.tally.leave_out("other events of the webhook")
        return
    if not isinstance(messages, list):
        yield wrong(desk, record, "no chat with messages; expected the payload of chat:transcript_created")
        return
    visitor = person_name(inside(value, "chat", "visitor"))
    turns = []
    for index, message in objects(messages, desk.tally):
        kind = label(message, "type") or "msg"
        if kind != "msg":
            desk.tally.leave_out("attachments" if kind == "file" else "events")
            continue
        sender = mapping(message.get("sender"))
        role = _SENDERS.get((label(sender, "t") or "").casefold(), "unknown")
        turns.append(
            Turn(
                role,
                (text(message, "msg") or "").strip(),
                label(sender, "n") or (visitor if role == "customer" else None),
                when(message, "time"),
                source=(pointer(*record.parts, "chat", "messages", index),),
            )
        )
    turns = in_time_order(turns)
    yield Draft(
        turns,
        id=label(value.get("chat"), "id"),
        line=record.line,
        place=record.place,
        channel="chat",
        started_at=next((t.at for t in turns if t.at), None) or when(value, "time"),
    )


READER = Reader(
    name="tawk",
    about="chat transcripts of tawk.to's webhook, JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
