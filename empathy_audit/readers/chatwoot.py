"""Messages of a Chatwoot conversation, as its API answers or its webhooks send them.

    {"meta": {"contact": {"name": "Lee"}}, "payload": [
      {"id": 1, "content": "It never came.", "message_type": 0, "private": false, "created_at": 1772446500,
       "sender_type": "Contact", "sender": {"name": "Lee"}, "content_type": "text"},
      {"id": 2, "content": "Dana joined", "message_type": 2, "private": false, "created_at": 1772446505},
      {"id": 3, "content": "Oh no, Lee.", "message_type": 1, "private": false, "created_at": 1772446560,
       "sender": {"name": "Dana", "type": "user"}}]}

Defined in Chatwoot's OpenAPI description ("message"). `message_type` is 0 incoming, 1 outgoing, 2 activity, 3 template,
or the word; an activity is an event, a template is sent by a machine, a private message is a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.help_desk import Row, is_list_of, is_private, once, person_name, place_in, says, when
from empathy_audit.readers.html_text import body_text
from empathy_audit.readers.json_fields import inside, label, mapping, objects, read_each, text, wrong
from empathy_audit.readers.json_values import Record, first
from empathy_audit.readers.sequences import in_time_order

_WHERE = (("payload",), ("messages",), ("data", "payload"))
_INCOMING, _OUTGOING, _ACTIVITY, _TEMPLATE = "incoming", "outgoing", "activity", "template"
_TYPES = {"0": _INCOMING, "1": _OUTGOING, "2": _ACTIVITY, "3": _TEMPLATE}
_SENDERS: Mapping[str, Role] = {"contact": "customer", "user": "agent", "agentbot": "bot", "captain::assistant": "bot"}


def sniff(document: Document) -> str | None:
    """Taken for messages with a message type and a private flag."""
    value = mapping(first(document))
    if any(is_list_of(inside(value, *path), "message_type", "private", "content") for path in _WHERE):
        return "messages with message_type and private"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation."""
    return read_each(document, desk, _page)


def _page(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    path = next((p for p in _WHERE if isinstance(inside(record.value, *p), list)), None)
    if path is None:
        yield wrong(desk, record, "no messages; expected payload with messages that have message_type and content")
        return
    conversations: dict[str | None, list[Row]] = {}
    for row in once(objects(inside(record.value, *path), desk.tally), desk):
        conversations.setdefault(label(row[1], "conversation_id"), []).append(row)
    for id_, rows in conversations.items():
        several = len(conversations) > 1
        own = record._replace(place=place_in(record, *path, rows[0][0])) if several else record
        yield _conversation(rows, path, id_, own, desk)


def _conversation(rows: list[Row], path: tuple[str, ...], id_: str | None, record: Record, desk: Desk) -> Draft:
    turns = [t for i, row in rows if (t := _turn(row, pointer(*record.parts, *path, i), desk))]
    turns = in_time_order(turns)
    conversation = mapping(record.value)
    own = label(conversation, "id") if path == ("messages",) else None
    return Draft(
        turns,
        id=id_ or own or label(conversation.get("conversation"), "id"),
        line=record.line,
        place=record.place,
        started_at=next((t.at for t in turns if t.at), None),
    )


def _turn(message: Mapping[str, Any], place: str, desk: Desk) -> Turn | None:
    kind = (label(message, "message_type") or "").casefold()
    kind = _TYPES.get(kind, kind)
    attributes = mapping(message.get("content_attributes"))
    if kind == _ACTIVITY or kind not in _TYPES.values():
        desk.tally.leave_out("events")
        return None
    if says(attributes.get("deleted")):
        desk.tally.leave_out("deleted messages")
        return None
    return Turn(
        _role(message, kind, attributes),
        body_text(text(message, "content") or ""),
        person_name(message.get("sender")),
        when(message, "created_at"),
        visibility="internal" if is_private(message) else "public",
        source=(place,),
    )


def _role(message: Mapping[str, Any], kind: str, attributes: Mapping[str, Any]) -> Role:
    """The sender's; where there is none, the direction's. What an automation or a campaign sends is a machine's."""
    if kind == _TEMPLATE or label(attributes, "automation_rule_id"):
        return "bot"
    if label(mapping(message.get("additional_attributes")), "campaign_id"):
        return "bot"
    sender = label(message, "sender_type") or label(message.get("sender"), "type") or ""
    role = _SENDERS.get(sender.casefold().replace("_", ""))
    return role or ("customer" if kind == _INCOMING else "agent")


READER = Reader(
    name="chatwoot",
    about="messages of a Chatwoot conversation, JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented: the vendor's API description",
    sniff=sniff,
    read=read,
)
