"""Messages of Crisp conversations: the API's answer with `data`, or the messages alone as a list or JSON lines.

    {"error": false, "reason": "listed", "data": [
      {"session_id": "session_1", "website_id": "w", "type": "text", "from": "user", "origin": "chat",
       "content": "Hello?", "fingerprint": 1, "timestamp": 1772446500123, "user": {"nickname": "Lee"}},
      {"session_id": "session_1", "type": "note", "from": "operator", "content": "ask depot", "fingerprint": 2,
       "timestamp": 1772446560456, "user": {"user_id": "u1", "nickname": "Dana"}}]}

Defined in the types of the vendor's client library ("ConversationMessage"). A note is internal; what is `automated` a
machine has sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.help_desk import person_name, says, when
from empathy_audit.readers.json_fields import label, mapping, objects, text, wrong
from empathy_audit.readers.json_values import Record, first, records
from empathy_audit.readers.sequences import in_time_order

_KEYS = ("session_id", "type", "from", "content")
_ROLES: Mapping[str, Role] = {"user": "customer", "operator": "agent"}
_MILLISECOND = 1e-3
# Questions with choices or a field have their words in an object.
_WORDED = ("text", "note", "picker", "field", "carousel")

_Found = tuple[Record, Mapping[str, Any], str]


def sniff(document: Document) -> str | None:
    """Taken for messages of a session from user and operator."""
    value = mapping(first(document))
    rows = [value, *(m for _, m in objects(value.get("data")))][:20]
    rows = rows[1:] or rows
    ours = all(all(k in m for k in _KEYS) and m["from"] in _ROLES for m in rows)
    return "messages of a session by user and operator" if ours else None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a session."""
    sessions: dict[str | None, list[_Found]] = {}
    for record in records(document):
        if isinstance(record, Failure):
            yield record
            continue
        value = mapping(record.value)
        if isinstance(value.get("data"), list):
            listed = objects(value["data"], desk.tally)
            found: list[tuple[Mapping[str, Any], str]] = [(m, pointer(*record.parts, "data", i)) for i, m in listed]
        elif "from" in value:
            found = [(value, record.place if record.place.startswith(":") else pointer(*record.parts))]
        else:
            yield wrong(desk, record, "no messages; expected data with messages that have from and content")
            continue
        for message, place in found:
            sessions.setdefault(label(message, "session_id"), []).append((record, message, place))
    for id_, rows in sessions.items():
        yield _conversation(id_, rows, len(sessions) > 1, desk)


def _conversation(id_: str | None, rows: list[_Found], several: bool, desk: Desk) -> Draft:
    turns, seen = [], set()
    for _, message, place in rows:
        fingerprint = label(message, "fingerprint")
        if fingerprint and fingerprint in seen:
            desk.tally.leave_out("repeated messages")
            continue
        seen.add(fingerprint)
        turns.append(_turn(message, place, desk))
    known = in_time_order([t for t in turns if t])
    return Draft(
        known,
        id=id_,
        line=rows[0][0].line,
        place=rows[0][2] if several else "",
        channel="chat",
        started_at=next((t.at for t in known if t.at), None),
    )


def _turn(message: Mapping[str, Any], place: str, desk: Desk) -> Turn | None:
    kind = label(message, "type") or "text"
    if kind not in _WORDED:
        desk.tally.leave_out("events" if kind == "event" else "attachments")
        return None
    role = _ROLES.get(label(message, "from") or "", "unknown")
    if role == "agent" and kind != "note" and says(message.get("automated")):
        role = "bot"
    return Turn(
        role,
        (text(message, "content") or text(message.get("content"), "text") or "").strip(),
        person_name(message.get("user")),
        when(message, "timestamp", unit=_MILLISECOND),
        visibility="internal" if kind == "note" else "public",
        source=(place,),
    )


READER = Reader(
    name="crisp",
    about="messages of Crisp conversations, JSON",
    suffixes=(".json", ".jsonl"),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
