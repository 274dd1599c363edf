"""Chats of Zendesk Chat (once Zopim): one object, a list, JSON lines, or a page with `chats`.

    {"type": "chat", "id": "c1", "visitor": {"name": "Lee"}, "agent_names": ["Dana"], "count": {"agent": 1, "visitor": 1},
     "history": [{"type": "chat.memberjoin", "name": "Lee", "timestamp": "2026-03-02T10:15:00Z"},
                 {"type": "chat.msg", "name": "Lee", "msg": "Hello?", "timestamp": "2026-03-02T10:15:05Z"},
                 {"type": "chat.msg", "name": "Dana", "nick": "agent:17", "msg": "Hi Lee!"}]}

Defined in the reference of the Chat API, "Chats". Everything in `history` that is no message is an event. A message of
the customer while nobody was there is an `offline_msg` with its one `message`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.help_desk import conversations, kept, more_pages, when
from empathy_audit.readers.html_text import body_text
from empathy_audit.readers.json_fields import inside, label, mapping, number, objects, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.sequences import in_time_order

_SENDERS: Mapping[str, Role] = {"visitor": "customer", "agent": "agent", "trigger": "bot", "system": "bot"}


def sniff(document: Document) -> str | None:
    """Taken for a history whose entries are `chat.…`, or an offline message."""
    value = mapping(first(document))
    chat = next((c for _, c in objects(value.get("chats"))), value)
    history = [e for _, e in objects(chat.get("history"))][:20]
    if history and all(str(e.get("type")).startswith("chat.") for e in history):
        return "a chat whose history holds chat.msg"
    offline = chat.get("type") == "offline_msg" and "message" in chat and "visitor" in chat
    return "an offline message of a visitor" if offline else None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a chat."""
    return read_each(document, desk, _chats)


def _chats(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    more_pages(record, desk)
    for chat in conversations(record, ("chats",)):
        yield _chat(chat, desk)


def _chat(record: Record, desk: Desk) -> Draft | Failure:
    chat = mapping(record.value)
    if not isinstance(chat.get("history"), list) and not text(chat, "message"):
        return wrong(desk, record, "no history; expected a list of events such as chat.msg; export the chat again")
    visitor = label(chat.get("visitor"), "name")
    agents = chat.get("agent_names") if isinstance(chat.get("agent_names"), list) else []
    known: dict[str, Role] = {a: "agent" for a in agents or [] if isinstance(a, str) and a.strip()}
    if visitor and visitor not in known:
        known[visitor] = "customer"
    turns = _turns(record, known, desk)
    _check(chat, turns, record, desk)
    return Draft(
        turns,
        id=label(chat, "id"),
        line=record.line,
        place=record.place,
        channel="chat",
        started_at=when(chat, "timestamp") or when(mapping(chat.get("session")), "start_date"),
        meta=kept(chat, "rating", "department_name", "zendesk_ticket_id"),
        known=known,
    )


def _turns(record: Record, known: Mapping[str, Role], desk: Desk) -> list[Turn]:
    chat = mapping(record.value)
    turns = []
    if offline := text(chat, "message"):
        visitor, source = label(chat.get("visitor"), "name"), pointer(*record.parts, "message")
        turns.append(Turn("customer", offline.strip(), visitor, when(chat, "timestamp"), source=(source,)))
    for index, event in objects(chat.get("history"), desk.tally):
        if event.get("type") != "chat.msg":
            desk.tally.leave_out("events")
            continue
        name = label(event, "name", "display_name")
        turns.append(
            Turn(
                _role(event, known.get(name or "")),
                body_text(text(event, "msg") or ""),
                name,
                when(event, "timestamp"),
                source=(pointer(*record.parts, "history", index),),
            )
        )
    return in_time_order(turns)


def _role(event: Mapping[str, Any], by_name: Role | None) -> Role:
    """By nick (`agent:17`, `visitor:…`, `agent:trigger`) or type of sender, else by name."""
    nick = (label(event, "nick") or "").casefold()
    if nick in ("agent:trigger", "agent:system", "trigger", "system") or nick.startswith("system"):
        return "bot"
    sender = nick.split(":")[0] or (label(event, "sender_type") or "").casefold()
    return _SENDERS.get(sender) or by_name or ("agent" if label(event, "agent_id") else "unknown")


def _check(chat: Mapping[str, Any], turns: list[Turn], record: Record, desk: Desk) -> None:
    """The chat counts its messages itself."""
    for key, role in (("agent", "agent"), ("visitor", "customer")):
        told, found = number(inside(chat, "count"), key), sum(t.role == role for t in turns)
        if told is not None and found and told != found:
            desk.tally.note(f"{desk.name}{record.place}: {found} messages by the {role}, and the chat counts {told:g}")


READER = Reader(
    name="zendesk-chat",
    about="chats of Zendesk Chat, JSON",
    suffixes=(".json", ".jsonl"),
    verified="sample seen: a real chat, and the vendor's documentation",
    sniff=sniff,
    read=read,
)
