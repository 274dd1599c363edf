"""Messages of Sunshine Conversations (Zendesk messaging), version 2: pages, or one webhook's message a line.

    {"messages": [{"id": "m1", "received": "2026-03-02T10:15:00.000Z", "source": {"type": "web"},
                   "author": {"type": "user", "displayName": "Lee"}, "content": {"type": "text", "text": "Hello?"}},
                  {"id": "m2", "received": "2026-03-02T10:15:02.000Z", "source": {"type": "zd:answerBot"},
                   "author": {"type": "business", "displayName": "Bot"}, "content": {"type": "text", "text": "Hi!"}}],
     "meta": {"hasMore": false}}

Defined in the documentation of the vendor's client libraries ("Message", "Author"). The business is a bot where the
author's subtypes say AI, or the source is the vendor's bot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.help_desk import is_list_of, more_pages, once, person_name, says, when
from empathy_audit.readers.html_text import html_text
from empathy_audit.readers.json_fields import inside, label, mapping, objects, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.sequences import in_time_order

_ROLES: Mapping[str, Role] = {"user": "customer", "business": "agent"}
_BOTS = ("zd:answerbot", "ultimate")
_ATTACHMENTS = ("image", "file", "location")


def sniff(document: Document) -> str | None:
    """Taken for messages by user and business whose content has a type."""
    listed = mapping(first(document)).get("messages")
    rows = [m for _, m in objects(listed)][:20]
    if is_list_of(listed, "author", "content") and all(
        inside(m, "author", "type") in _ROLES and isinstance(inside(m, "content", "type"), str) for m in rows
    ):
        return "messages by user and business"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a page of messages."""
    return read_each(document, desk, _page)


def _page(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    value = mapping(record.value)
    more_pages(record, desk)
    if not isinstance(value.get("messages"), list):
        yield wrong(desk, record, "no messages; expected a list of messages with author and content")
        return
    turns = [
        turn
        for index, message in once(objects(value["messages"], desk.tally), desk)
        if (turn := _turn(message, pointer(*record.parts, "messages", index), desk))
    ]
    turns = in_time_order(turns)
    yield Draft(
        turns,
        id=label(value.get("conversation"), "id"),
        line=record.line,
        place=record.place,
        channel="chat",
        started_at=next((t.at for t in turns if t.at), None),
    )


def _turn(message: Mapping[str, Any], place: str, desk: Desk) -> Turn | None:
    content, author = mapping(message.get("content")), mapping(message.get("author"))
    words = (text(content, "text") or html_text(text(content, "htmlText") or "")).strip()
    if says(message.get("deleted")):
        desk.tally.leave_out("deleted messages")
    elif message.get("activity"):
        desk.tally.leave_out("events")
    elif not words and content.get("type") != "text":
        desk.tally.leave_out("attachments" if content.get("type") in _ATTACHMENTS else "events")
    else:
        role = _ROLES.get(label(author, "type") or "", "unknown")
        source = (label(message.get("source"), "type") or "").casefold()
        subtypes = author.get("subtypes")
        if role == "agent" and (source in _BOTS or (isinstance(subtypes, list) and "AI" in subtypes)):
            role = "bot"
        return Turn(role, words, person_name(author), when(message, "received"), source=(place,))
    return None


READER = Reader(
    name="sunshine",
    about="messages of Sunshine Conversations (Zendesk messaging), JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
