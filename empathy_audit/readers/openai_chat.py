"""Chats of language models as OpenAI writes them: JSON lines (or one JSON object, or a list) with `messages`.

    {"messages": [{"role": "system", "content": "You are a support assistant."},
                  {"role": "user", "content": "Where is my parcel?"},
                  {"role": "assistant", "content": null, "tool_calls": [{"id": "t1"}]},
                  {"role": "tool", "tool_call_id": "t1", "content": "in transit"},
                  {"role": "assistant", "content": [{"type": "text", "text": "It is on its way."}]}]}

The user is the customer and the assistant the agent. Tool calls and their answers are left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, listed, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_values import Record, first, records
from empathy_audit.readers.sequences import text_of

_ROLES: dict[str, Role] = {"user": "customer", "assistant": "agent", "system": "system", "developer": "system"}
_TOOLS = ("tool", "function")


def sniff(document: Document) -> str | None:
    """Taken for an object with `messages` whose roles are OpenAI's; for broken JSON, by those words."""
    value = first(document)
    if isinstance(value, dict) and isinstance(value.get("messages"), list):
        messages = [m for m in value["messages"] if isinstance(m, dict)]
        if messages and all(m.get("role") in (*_ROLES, *_TOOLS) for m in messages[:20]):
            return "an object with messages by user and assistant"
        return None
    head = document.head
    if (
        value is None
        and head.lstrip()[:1] in ("{", "[")
        and all(f'"{word}"' in head for word in ("messages", "role", "content"))
    ):
        return "JSON, broken or too large, with messages, role and content"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object."""
    for record in records(document):
        yield record if isinstance(record, Failure) else _conversation(record, desk)


def _conversation(record: Record, desk: Desk) -> Draft | Failure:
    value = record.value
    messages = value.get("messages") if isinstance(value, dict) else None
    if not isinstance(messages, list):
        return desk.failure(record.place, "no messages; expected a list of objects with role and content")
    turns = []
    for number, message in enumerate(messages):
        place = pointer(*record.parts, "messages", number)
        role = str(message.get("role")) if isinstance(message, dict) else ""
        if role in _TOOLS:
            desk.tally.leave_out("tool messages")
        elif role not in _ROLES:
            at = record.place if record.place.startswith(":") else place
            expected = listed((*_ROLES, *_TOOLS))
            return desk.failure(at, f"message {number + 1} has no role that is known; expected {expected}")
        elif message.get("content") is None:
            desk.tally.leave_out("tool calls" if message.get("tool_calls") else "empty turns")
        else:
            name = message.get("name")
            turns.append(
                Turn(
                    _ROLES[role], text_of(message["content"]), name if isinstance(name, str) else None, source=(place,)
                )
            )
    return Draft(turns, id=_id(value), line=record.line, place=record.place, channel="chat")


def _id(value: dict[str, Any]) -> str | None:
    found = next((value[k] for k in ("id", "conversation_id") if isinstance(value.get(k), str | int)), None)
    return None if found is None or found == "" else str(found)


READER = Reader(
    name="openai",
    about="chats of language models (OpenAI), JSON or JSON lines with messages",
    suffixes=(".jsonl", ".json"),
    verified="sample seen: a file of OpenAI's cookbook",
    sniff=sniff,
    read=read,
)
