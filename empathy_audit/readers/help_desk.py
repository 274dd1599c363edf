"""What the JSON of help desks and chat platforms has in common: pages, repeats, flags, instants, names, channels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from empathy_audit.readers.base import Desk, pointer
from empathy_audit.readers.json_fields import as_number, inside, label, mapping, objects
from empathy_audit.readers.json_values import Record
from empathy_audit.readers.times import from_epoch, instant

Row = tuple[int, Mapping[str, Any]]

_NO = (None, False, 0, "", "false", "no", "0", "null", "none")
_CHANNELS: Mapping[str, str] = {
    name: channel
    for channel, names in {
        "email": "email mail incoming_email emailfwd front_email",
        "chat": "chat messaging native_messaging web_messaging conversation livechat live_chat beacon front_chat smooch "
        "whatsapp sms web_widget admin_initiated",
        "phone": "phone voice voicemail call phone_call phone_call_inbound phone_call_outbound",
        "social": "social twitter tweet tweet_dm facebook instagram twitter_dm",
    }.items()
    for name in names.split(" ")
}


def conversations(record: Record, *paths: tuple[str, ...]) -> list[Record]:
    """The conversations on a page: a record for each object of the first list that stands at one of the paths.

    Without such a list the record itself is the conversation.
    """
    for path in paths:
        found = inside(record.value, *path)
        if isinstance(found, list):
            return [
                record._replace(value=value, parts=(*record.parts, *path, index), place=place_in(record, *path, index))
                for index, value in enumerate(found)
            ]
        if isinstance(found, dict):
            return [record._replace(value=found, parts=(*record.parts, *path))]
    return [record]


def place_in(record: Record, *parts: str | int) -> str:
    """The place of one of several conversations in a record: a pointer, in JSON lines behind the line."""
    return record.place.partition("#")[0] + pointer(*record.parts, *parts)


def once(rows: Iterable[Row], desk: Desk) -> list[Row]:
    """The rows without those whose id was seen before: pages overlap, and nothing is said twice."""
    seen: set[str] = set()
    found = []
    for index, row in rows:
        id_ = label(row, "id")
        if id_ and id_ in seen:
            desk.tally.leave_out("repeated messages")
            continue
        seen.add(id_ or "")
        found.append((index, row))
    return found


def more_pages(record: Record, desk: Desk) -> None:
    """Note a file that is one page of several: what is missing stands in another file."""
    value = record.value
    follows = (
        says(inside(value, "meta", "has_more"))
        or says(inside(value, "meta", "hasMore"))
        or label(value, "next_page", "next_page_id")
        or inside(value, "_pagination", "next")
        or inside(value, "pages", "next")
        or inside(value, "_links", "next")
    )
    if follows:
        desk.tally.note(f"{desk.name}{record.place}: there are more pages than this one; give their files, too")


def says(value: Any) -> bool:
    """Whether a flag is set, in whatever way it is written."""
    return (value.strip().casefold() if isinstance(value, str) else value) not in _NO


def is_private(row: Mapping[str, Any]) -> bool:
    """Whether a message is no more than the desk's own: `private` set, or `public` given and not set."""
    return says(row.get("private")) or ("public" in row and not says(row["public"]))


def when(row: Mapping[str, Any], *keys: str, unit: float = 1.0) -> str | None:
    """The first of the fields that is an instant: ISO 8601, or a number in units of `unit` seconds after 1970."""
    for key in keys:
        value = row.get(key)
        found = instant(value) if isinstance(value, str) and len(value) < 60 else None
        number = as_number(value)
        if found or number:
            return found or from_epoch(number or 0, unit)
    return None


def person_name(person: Any) -> str | None:
    """What a person is called, from the field that the file has for it."""
    person = mapping(person)
    parts = [label(person, *keys) for keys in (("first", "first_name", "firstName"), ("last", "last_name", "lastName"))]
    whole = " ".join(filter(None, parts))
    name = (
        label(person, "name", "display_name", "displayName", "nickname") or whole or label(person, "username", "email")
    )
    return name[:200] if name else None


def channel_of(*words: str | None) -> str | None:
    """`email`, `chat`, `phone` or `social` for the first word that is known to stand for one."""
    return next((_CHANNELS[w.casefold()] for w in words if w and w.casefold() in _CHANNELS), None)


def kept(fields: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Those of the fields that have a plain value, for `meta`."""
    return {n: fields[n] for n in names if isinstance(fields.get(n), str | int | float) and fields[n] != ""}


def is_list_of(value: Any, *keys: str) -> bool:
    """Whether a list begins with objects that have all of the keys: a question of sniffing."""
    rows = objects(value)[:20] if isinstance(value, list) else []
    return bool(rows) and all(k in row for _, row in rows for k in keys)
