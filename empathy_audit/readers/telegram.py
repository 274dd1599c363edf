"""Chats that Telegram Desktop exports as JSON: one chat, or a whole account with many.

    {"name": "Lee", "type": "personal_chat", "id": 4711, "messages": [
      {"id": 1, "type": "service", "date": "2026-03-02T10:14:00", "actor": "Lee", "action": "phone_call", "text": ""},
      {"id": 2, "type": "message", "date": "2026-03-02T10:15:00", "date_unixtime": "1772446500", "from": "Lee",
       "from_id": "user123", "text": ["My parcel ", {"type": "bold", "text": "never"}, " came!"]}]}

Defined by Telegram's data export schema. A whole account has its chats in `chats.list` (and `left_chats.list`). Service
messages are left out and counted, and so are messages without text (photos, stickers). In a chat with a bot, whoever
the chat is named after is the bot. Who the agent is must be told, by name or by `from_id`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_values import first, records
from empathy_audit.readers.sequences import in_time_order
from empathy_audit.readers.speakers import read_label
from empathy_audit.readers.times import from_epoch, instant

_LISTS = ("chats", "left_chats")


def sniff(document: Document) -> str | None:
    """Taken for messages of type `message` or `service` with Telegram's dates, in a chat or in a list of chats."""
    value = first(document)
    chats = [chat for _, chat in _chats(value)] if isinstance(value, dict) else []
    messages = [m for chat in chats[:20] for m in chat["messages"][:20]]
    if messages and all(_is_message(m) for m in messages):
        return "messages of Telegram's type and date"
    return None


def _is_message(value: Any) -> bool:
    if not isinstance(value, dict) or value.get("type") not in ("message", "service", "unsupported"):
        return False
    return ("date_unixtime" in value or "date" in value) and ("text" in value or "action" in value)


def _chats(value: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    """The chats of an export that have a list of messages, each with its path."""
    if isinstance(value.get("messages"), list):
        yield (), value
    for key in _LISTS:
        inner = value.get(key)
        chats = inner.get("list") if isinstance(inner, dict) else None
        for number, chat in enumerate(chats if isinstance(chats, list) else ()):
            if isinstance(chat, dict) and isinstance(chat.get("messages"), list):
                yield (key, "list", number), chat


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a chat that has a message with text."""
    for record in records(document):
        if isinstance(record, Failure):
            yield record
            continue
        chats = list(_chats(record.value)) if isinstance(record.value, dict) else []
        if not chats:
            yield desk.failure(record.place, "no chat with messages; expected an export of Telegram Desktop as JSON")
        for path, chat in chats:
            draft = _conversation(chat, (*record.parts, *path), record.line, desk)
            if draft.turns or len(chats) == 1:
                yield draft
            else:
                desk.tally.leave_out("chats without text")


def _conversation(chat: Mapping[str, Any], path: tuple[str | int, ...], line: int, desk: Desk) -> Draft:
    bot = _name(chat.get("name")) if chat.get("type") == "bot_chat" else None
    turns, aliases = [], {}
    for number, message in enumerate(chat["messages"]):
        turn = _turn(message, bot, pointer(*path, "messages", number), desk)
        if turn is None:
            continue
        turns.append(turn)
        sender = _name(message.get("from_id"))
        if turn.speaker and sender:
            aliases[turn.speaker] = (sender,)
    title, id_ = _name(chat.get("name")), chat.get("id")
    ordered = in_time_order(turns)
    return Draft(
        ordered,
        id=str(id_) if isinstance(id_, int | str) and id_ != "" and not isinstance(id_, bool) else None,
        line=line,
        place=pointer(*path) if path else "",
        channel="chat",
        started_at=ordered[0].at if ordered else None,
        meta={"title": title} if title else {},
        aliases=aliases,
    )


def _turn(message: Any, bot: str | None, place: str, desk: Desk) -> Turn | None:
    if not isinstance(message, dict):
        desk.tally.leave_out("messages of an unknown kind")
        return None
    if message.get("type") != "message":
        desk.tally.leave_out("service messages" if message.get("type") == "service" else "messages of an unknown kind")
        return None
    text = _text(message.get("text"))
    if not text.strip():
        desk.tally.leave_out("messages without text")
        return None
    name = _name(message.get("from")) or _name(message.get("from_id"))
    label = read_label(name or "")
    role: Role = "bot" if bot and name == bot else label.role or "unknown"
    return Turn(role, text, label.name or name, _at(message), source=(place,))


def _text(value: Any) -> str:
    """A text, or a list of texts and formatted parts that follow each other without a gap."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = (p.get("text") if isinstance(p, dict) else p for p in value)
        return "".join(p for p in parts if isinstance(p, str))
    return ""


def _at(message: Mapping[str, Any]) -> str | None:
    """The instant; `date` is the local time of whoever exported."""
    try:
        found = from_epoch(float(message["date_unixtime"]))
    except (KeyError, TypeError, ValueError, OverflowError):
        found = None
    date = message.get("date")
    return found or (instant(date) if isinstance(date, str) else None)


def _name(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


READER = Reader(
    name="telegram",
    about="chats that Telegram Desktop exports as JSON",
    suffixes=(".json",),
    verified="sample seen: Telegram's data export schema, a test file of a public parser",
    sniff=sniff,
    read=read,
)
