r"""Chats of language models as ShareGPT and the training sets after it write them: JSON, a list, or JSON lines.

    {"id": "a-1", "conversations": [
      {"from": "system", "value": "You help customers."},
      {"from": "human", "value": "Where is my parcel?"},
      {"from": "function_call", "value": "{\"name\": \"track\"}"},
      {"from": "observation", "value": "in transit"},
      {"from": "gpt", "value": "It is on its way."}]}

As in the chats of OpenAI the human is the customer and the model the agent; calls of tools and what they answer are
left out and counted. `user` and `assistant`, and `role` with `content`, are met, too. A speaker that is not known
stays unknown. After public training sets and the programs that read them.
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

_ROLES: dict[str, Role] = {
    "human": "customer",
    "user": "customer",
    "gpt": "agent",
    "assistant": "agent",
    "chatgpt": "agent",
    "model": "agent",
    "system": "system",
}
_TOOLS = ("function_call", "observation", "tool", "tool_call", "tool_response", "function", "function_response")
_LISTS = ("conversations", "conversation")
_KEYS = (("from", "value"), ("role", "content"))


def sniff(document: Document) -> str | None:
    """Taken for conversations whose entries have from and value, or role and content, with speakers that are known."""
    key, entries = _entries(first(document))
    known = [_spoken(e) for _, e in objects(entries[:20])]
    if known and all(who.casefold() in (*_ROLES, *_TOOLS) for who, _ in known):
        return f"{key} by human and gpt"
    return None


def _entries(value: Any) -> tuple[str, list[Any]]:
    """The entries and the key that they stand under."""
    key = next((k for k in _LISTS if isinstance(inside(value, k), list)), "")
    return key, value[key] if key else []


def _spoken(entry: dict[str, Any]) -> tuple[str, Any]:
    """Who and what, in either way of writing; nobody when the entry has not both."""
    return next(
        ((words_of(entry[who]) or "", entry[what]) for who, what in _KEYS if who in entry and what in entry), ("", None)
    )


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object."""
    for record in records(document):
        yield record if isinstance(record, Failure) else _conversation(record, desk)


def _conversation(record: Record, desk: Desk) -> Draft | Failure:
    key, entries = _entries(record.value)
    if not key:
        return desk.failure(record.place, "no conversations; expected a list of objects with from and value")
    turns = []
    for number, entry in objects(entries, desk.tally):
        who, what = _spoken(entry)
        if who.casefold() in _TOOLS:
            desk.tally.leave_out("tool messages")
            continue
        role = _ROLES.get(who.casefold(), "unknown")
        name = who or None if role == "unknown" else None
        turns.append(Turn(role, text_of(what), name, source=(pointer(*record.parts, key, number),)))
    system = record.value.get("system")
    if isinstance(system, str) and system.strip():
        turns.insert(0, Turn("system", system, source=(pointer(*record.parts, "system"),)))
    id_ = words_of(record.value.get("id")) or words_of(record.value.get("conversation_id"))
    return Draft(turns, id=id_, line=record.line, place=record.place, channel="chat")


READER = Reader(
    name="sharegpt",
    about="chats of language models (ShareGPT), conversations of human and gpt",
    suffixes=(".jsonl", ".json"),
    verified="documented: public descriptions",
    sniff=sniff,
    read=read,
)
