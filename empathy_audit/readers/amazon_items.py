"""The `Transcript` list that Amazon's contact centre writes, voice and chat alike: items to turns.

    {"ParticipantId": "p1", "ParticipantRole": "AGENT", "DisplayName": "Dana", "Type": "MESSAGE",
     "ContentType": "text/plain", "Content": "Hello!", "AbsoluteTime": "2026-03-02T10:15:00.000Z"}
    {"ParticipantId": "AGENT", "Content": "Hello!", "BeginOffsetMillis": 2540, "EndOffsetMillis": 2975}

The role stands on the item, in `Participants` beside it, or on another item of the same participant. `SYSTEM` is the
flow and the bot: the bot's display name is `BOT`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, pointer
from empathy_audit.readers.json_fields import inside, label, mapping, millis, objects, text
from empathy_audit.readers.json_values import Record, parse
from empathy_audit.readers.people import Person, real_name, shown_as
from empathy_audit.readers.sequences import in_time_order
from empathy_audit.readers.times import instant

_ROLES: Mapping[str, Role] = {
    "AGENT": "agent",
    "CUSTOMER": "customer",
    "SYSTEM": "system",
    "CUSTOM_BOT": "bot",
    # A supervisor who only listens writes nothing; one who barges in speaks for the company.
    "SUPERVISOR": "agent",
}
_BOT = "BOT"
_NO_NAMES = (_BOT, "SYSTEM_MESSAGE")
_CHANNELS = {"VOICE": "phone", "CHAT": "chat", "EMAIL": "email"}
_INTERACTIVE = "message.interactive"


def turns_of(record: Record, desk: Desk) -> list[Turn]:
    """The messages of `Transcript` in time order; events and attachments are left out and counted."""
    value = mapping(record.value)
    items = objects(value.get("Transcript"), desk.tally)
    people = _people(value, [item for _, item in items])
    said = [(i, item) for i, item in items if _is_said(item, desk)]
    names = shown_as(people, dict.fromkeys(_who(item) for _, item in said))
    turns = []
    for index, item in said:
        who = _who(item)
        role = _role(item) or people[who].role
        turns.append(
            Turn(
                role=role,
                text=_content(item),
                speaker=names[who],
                at=instant(text(item, "AbsoluteTime") or ""),
                start_ms=millis(item, "BeginOffsetMillis"),
                end_ms=millis(item, "EndOffsetMillis"),
                source=(pointer(*record.parts, "Transcript", index),),
            )
        )
    return in_time_order(turns)


def channel_of(value: Any) -> str | None:
    """The channel in this project's words."""
    found = label(value, "Channel")
    return _CHANNELS.get(found.upper(), found.casefold()) if found else None


def is_analysed(value: Mapping[str, Any]) -> bool:
    """Whether an object has what Contact Lens adds to a contact."""
    return any(key in value for key in ("ConversationCharacteristics", "Channel", "ContentMetadata"))


def is_spoken(items: Any) -> bool:
    """Whether a `Transcript` list looks like that of a call: content with offsets, or at least with a participant."""
    rows = objects(items)[:20]
    return any("Content" in row and ("BeginOffsetMillis" in row or "ParticipantId" in row) for _, row in rows)


def is_written(items: Any) -> bool:
    """Whether a `Transcript` list looks like that of a chat: items with a content type and an instant."""
    rows = objects(items)[:20]
    return bool(rows) and all("AbsoluteTime" in row and ("ContentType" in row or "Type" in row) for _, row in rows)


def _who(item: Mapping[str, Any]) -> str:
    # Call Analytics names the role alone; there is one participant for each.
    return label(item, "ParticipantId", "ParticipantRole") or ""


def _role(item: Mapping[str, Any]) -> Role | None:
    stated = (label(item, "ParticipantRole") or "").upper()
    if stated == "SYSTEM" and label(item, "DisplayName") == _BOT:
        return "bot"
    return _ROLES.get(stated)


def _people(value: Mapping[str, Any], items: list[Mapping[str, Any]]) -> dict[str, Person]:
    listed = [person for _, person in objects(value.get("Participants"))]
    people: dict[str, Person] = {}
    for row in (*listed, *items):
        who = _who(row)
        known = people.get(who, Person())
        name = label(row, "DisplayName")
        people[who] = Person(
            known.role if known.role != "unknown" else _role(row) or _ROLES.get(who.upper(), "unknown"),
            known.name or (real_name(name) if name not in _NO_NAMES else None),
        )
    return people


def _is_said(item: Mapping[str, Any], desk: Desk) -> bool:
    kind = (label(item, "Type") or "").upper()
    if kind == "EVENT" or ".event." in (label(item, "ContentType") or ""):
        desk.tally.leave_out("events")
    elif kind == "ATTACHMENT" or (item.get("Attachments") and not text(item, "Content")):
        desk.tally.leave_out("attachments")
    else:
        return True
    return False


def _content(item: Mapping[str, Any]) -> str:
    content = text(item, "Content") or ""
    if _INTERACTIVE not in (label(item, "ContentType") or ""):
        return content
    # A menu of choices, or the choice that was made, is JSON in a text.
    try:
        parts = list(_words(parse(content)))
    except ValueError:
        return content
    return "\n".join(dict.fromkeys(parts)) or content


def _words(menu: Any) -> Iterator[str]:
    shown = inside(menu, "data", "content")
    for key in ("title", "subtitle"):
        found = text(shown, key)
        if found:
            yield found
    for _, element in objects(inside(menu, "data", "content", "elements")):
        found = text(element, "title")
        if found:
            yield found
    chosen = text(menu, "action") if not shown else None
    if chosen:
        yield chosen
