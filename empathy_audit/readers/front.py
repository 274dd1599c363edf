"""Messages of Front conversations: pages of the API's answer, or `messages` with the desk's own `comments` beside them.

    {"_pagination": {"next": null}, "_results": [
      {"id": "msg_2", "type": "email", "is_inbound": false, "created_at": 1772446860.5, "body": "<p>Oh no, Lee.</p>",
       "author": {"id": "tea_1", "first_name": "Dana", "last_name": "Ivers"}, "recipients": []},
      {"id": "msg_1", "type": "email", "is_inbound": true, "created_at": 1772446500.1, "body": "<p>It never came.</p>",
       "author": null, "recipients": [{"handle": "lee@example.org", "name": "Lee", "role": "from"}]}]}

Defined in the Core API reference ("Messages", "Comments"). Newest first. Comments are internal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.help_desk import (
    Row,
    channel_of,
    is_list_of,
    kept,
    more_pages,
    once,
    person_name,
    place_in,
    says,
    when,
)
from empathy_audit.readers.html_text import body_text
from empathy_audit.readers.json_fields import inside, label, mapping, objects, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.sequences import in_time_order

_WHERE: tuple[tuple[str, ...], ...] = (
    ("_results",),
    ("messages", "_results"),
    ("messages",),
    ("comments", "_results"),
    ("comments",),
)
_Found = tuple[tuple[str, ...], Row]


def sniff(document: Document) -> str | None:
    """Taken for messages that are inbound or not and have recipients, or for comments with `posted_at`."""
    value = mapping(first(document))
    for path in _WHERE:
        listed = inside(value, *path)
        if is_list_of(listed, "is_inbound", "body"):
            return "messages that are inbound or not"
        if path == ("_results",) and is_list_of(listed, "posted_at", "body", "author"):
            return "comments on a conversation"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation; a page may hold several."""
    return read_each(document, desk, _page)


def _page(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    more_pages(record, desk)
    rows: list[_Found] = []
    for path in _WHERE:
        listed = inside(record.value, *path)
        rows += [(path, row) for row in once(objects(listed, desk.tally), desk)] if isinstance(listed, list) else []
    if not rows:
        yield wrong(desk, record, "no messages; expected _results with messages that have is_inbound and body")
        return
    links = {_conversation_of(message) for _, (_, message) in rows}
    several = len(links - {None}) > 1
    conversations: dict[str | None, list[_Found]] = {}
    for row in rows:
        conversations.setdefault(_conversation_of(row[1][1]) if several else None, []).append(row)
    for link, found in conversations.items():
        path, (index, _) = found[0]
        own = record._replace(place=place_in(record, *path, index)) if several else record
        yield _conversation(found, link or next(iter(links - {None}), None), own, desk)


def _conversation_of(message: Mapping[str, Any]) -> str | None:
    link = label(inside(message, "_links", "related"), "conversation")
    return link.rstrip("/").rsplit("/", 1)[-1] if link else None


def _conversation(rows: list[_Found], id_: str | None, record: Record, desk: Desk) -> Draft:
    conversation = mapping(inside(record.value, "conversation"))
    turns = [
        turn for path, (index, message) in rows if (turn := _turn(message, pointer(*record.parts, *path, index), desk))
    ]
    turns = in_time_order(turns)
    return Draft(
        turns,
        id=label(conversation, "id") or id_,
        line=record.line,
        place=record.place,
        channel=next(filter(None, (channel_of(label(m, "type")) for _, (_, m) in rows)), None),
        started_at=next((t.at for t in turns if t.at), None),
        meta=kept(conversation, "subject", "status") or kept(rows[0][1][1], "subject"),
    )


def _turn(message: Mapping[str, Any], place: str, desk: Desk) -> Turn | None:
    if says(message.get("is_draft")) or message.get("draft_mode"):
        desk.tally.leave_out("drafts and hidden messages")
        return None
    body = body_text(text(message, "body") or "") or (text(message, "text") or "").strip()
    comment = "is_inbound" not in message
    role, name = _sender(message)
    return Turn(
        role,
        body,
        name,
        when(message, "posted_at", "created_at"),
        visibility="internal" if comment else "public",
        source=(place,),
    )


def _sender(message: Mapping[str, Any]) -> tuple[Role, str | None]:
    """What comes in is the customer's, under the address it comes from. What no teammate wrote, a rule has sent."""
    if says(message.get("is_inbound")):
        sender = next((r for _, r in objects(message.get("recipients")) if r.get("role") == "from"), {})
        return "customer", person_name(sender) or label(sender, "handle") or person_name(message.get("author"))
    author = mapping(message.get("author"))
    written = bool(author) or "is_inbound" not in message
    return ("agent" if written else "bot"), person_name(author) or label(author, "id")


READER = Reader(
    name="front",
    about="messages and comments of Front conversations, JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
