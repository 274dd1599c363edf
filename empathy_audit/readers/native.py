"""The project's own format: a JSON object, a JSON list of them, or JSON lines.

    {"id": "c-17", "channel": "chat", "turns": [
      {"role": "customer", "text": "My parcel never came.", "speaker": "Lee"},
      {"role": "agent", "text": "Oh no, Lee. When should it have come?", "at": "2026-03-02T10:15:00Z"},
      {"role": "agent", "text": "asked depot", "visibility": "internal"}
    ]}

One to one: every turn comes back, empty ones too, in order and with its text unchanged. Keys that are not known are
passed over, unless they look like a known one misspelt: an internal note must not become public by a typing error.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import ROLES, Transcript, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, Speakers, pointer
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.json_values import STRICT, Record, first, records
from empathy_audit.readers.roles import settle
from empathy_audit.readers.speakers import role_of

_TURN_KEYS = ("role", "text", "speaker", "at", "start_ms", "end_ms", "visibility", "source")
_KEYS = ("id", "channel", "started_at", "language", "settled", "turns", "meta")
_WORDS = ("speaker", "at", "source")
_ROLES = frozenset(ROLES)
_NONE: frozenset[str] = frozenset()


class _Wrong(Exception):  # noqa: N818 - it never leaves this module
    """What is wrong, and where inside the record."""

    def __init__(self, message: str, *parts: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.parts = parts


def sniff(document: Document) -> str | None:
    """Taken for an object with `turns`, each with `role` and `text`; for broken JSON, by those three words."""
    value = first(document)
    if isinstance(value, dict) and isinstance(value.get("turns"), list):
        if "schema_version" in value and "scores" in value:
            # A result of this tool has turns too; it is no transcript to judge again.
            return None
        turns = value["turns"]
        if not turns and set(value) <= {*_KEYS, "source", "format"}:
            return "an object with turns"
        keys = {key for t in turns[:50] if isinstance(t, dict) for key in t}
        return "an object with turns that have role and text" if "role" in keys or keys == {"text"} else None
    if value is None and document.head.lstrip()[:1] in ("{", "["):
        head = document.head
        if all(f'"{word}"' in head for word in ("turns", "role", "text")):
            return "JSON, broken or too large, with turns, role and text"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft an object."""
    checked: set[frozenset[str]] = set()
    for record in records(document, STRICT):
        if isinstance(record, Failure):
            yield record
            continue
        try:
            yield _conversation(record, checked)
        except _Wrong as wrong:
            inside = pointer(*record.parts, *wrong.parts) if wrong.parts else record.place
            # In JSON lines the line is the place, and the pointer says where in the line.
            by_line = record.place.startswith(":")
            where = f" (at {inside})" if by_line and wrong.parts else ""
            yield desk.failure(record.place if by_line else inside, wrong.message + where)


def _conversation(record: Record, checked: set[frozenset[str]]) -> Draft:
    value = record.value
    if not isinstance(value, dict):
        raise _Wrong(f"a conversation is {_kind(value)}; expected an object with turns")
    turns = value.get("turns")
    if not isinstance(turns, list):
        what = "has no turns" if turns is None else f"has turns that are {_kind(turns)}"
        raise _Wrong(f"the conversation {what}; expected a list of objects with role and text")
    _misspelt(value, _KEYS, checked)
    id_ = value.get("id")
    if type(id_) is int:
        id_ = str(id_)
    for key, given in (("id", id_), *((k, value.get(k)) for k in ("channel", "started_at", "language"))):
        if given is not None and not isinstance(given, str):
            raise _Wrong(f"{key} is {_kind(given)}; expected a text", key)
    meta = value.get("meta")
    if meta is not None and not isinstance(meta, dict):
        raise _Wrong(f"meta is {_kind(meta)}; expected an object", "meta")
    settled = value.get("settled")
    if settled is not None and not isinstance(settled, bool):
        raise _Wrong(f"settled is {_kind(settled)}; expected true or false", "settled")
    inside = pointer(*record.parts, "turns") + "/"
    return Draft(
        turns=[_turn(turn, number, inside, checked) for number, turn in enumerate(turns)],
        id=id_ or None,
        line=record.line,
        place=record.place,
        channel=value.get("channel"),
        started_at=value.get("started_at"),
        language=value.get("language"),
        meta=meta or {},
        exact=True,
        settled=bool(settled),
    )


def _turn(turn: Any, number: int, inside: str, checked: set[frozenset[str]]) -> Turn:
    if type(turn) is not dict:
        raise _Wrong(f"a turn is {_kind(turn)}; expected an object with role and text", "turns", number)
    role, text = turn.get("role"), turn.get("text")
    if type(role) is not str or role not in _ROLES:
        raise _Wrong(_bad_role(role), "turns", number, "role")
    if type(text) is not str:
        raise _Wrong(f"text is {_kind(text)}; expected a text, empty if nothing was said", "turns", number, "text")
    if len(turn) == 2:  # the usual case, and there may be millions
        return Turn(role, text, source=(f"{inside}{number}",))
    _misspelt(turn, _TURN_KEYS, checked, "turns", number)
    for key in _WORDS:
        if turn.get(key) is not None and type(turn[key]) is not str:
            raise _Wrong(f"{key} is {_kind(turn[key])}; expected a text", "turns", number, key)
    for key in ("start_ms", "end_ms"):
        if turn.get(key) is not None and type(turn[key]) is not int:
            raise _Wrong(f"{key} is {_kind(turn[key])}; expected a whole number of milliseconds", "turns", number, key)
    visibility: Any = turn.get("visibility") or "public"
    if visibility not in ("public", "internal"):
        raise _Wrong(f"visibility is {_shown(visibility)}; expected public or internal", "turns", number, "visibility")
    return Turn(
        role=role,
        text=text,
        speaker=turn.get("speaker") or None,
        at=turn.get("at"),
        start_ms=turn.get("start_ms"),
        end_ms=turn.get("end_ms"),
        visibility=visibility,
        source=tuple((turn.get("source") or "").split()) or (f"{inside}{number}",),
    )


def _bad_role(role: Any) -> str:
    expected = "expected customer, agent, bot or system"
    if role is None:
        return f"a turn has no role; {expected}"
    if not isinstance(role, str):
        return f"role is {_kind(role)}; {expected}"
    close: list[str] = [role_of(role) or "", *difflib.get_close_matches(role.casefold(), ROLES, 1, 0.5)]
    near = next(filter(None, close), None)
    return f"the role {_shown(role)} is not known; {expected}" + (f"; did you mean {near}?" if near else "")


def _misspelt(
    value: Mapping[str, Any], known: tuple[str, ...], checked: set[frozenset[str]], *parts: str | int
) -> None:
    """Raise for a key that is a known one but for a letter or two. Each set of keys is looked at once a file."""
    keys = frozenset(value)
    strange = keys.difference(known) if keys not in checked else _NONE
    for key in sorted(strange):
        near = difflib.get_close_matches(key.casefold(), known, 1, 0.85)
        if near and near[0] not in value:
            raise _Wrong(f"the key {_shown(key)} is not known; did you mean {near[0]}?", *parts, key)
    checked.add(keys)


def _kind(value: Any) -> str:
    names: dict[type, str] = {
        dict: "an object",
        list: "a list",
        str: "a text",
        bool: "a yes or no",
        int: "a number",
        float: "a number",
    }
    return "missing" if value is None else names.get(type(value), "something else")


def _shown(value: Any) -> str:
    text = str(value)
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'


def write_native(transcript: Transcript) -> dict[str, Any]:
    """The transcript as the native object; keys without a value are left out.

    Reading it back gives an equal one, source and format apart.
    """
    head = {
        "id": transcript.id,
        "channel": transcript.channel,
        "started_at": transcript.started_at,
        "language": transcript.language,
    }
    written: dict[str, Any] = {key: value for key, value in head.items() if value is not None}
    if settle(transcript.turns, Speakers(), {}, exact=True).turns != transcript.turns:
        written["settled"] = True  # the other format said less of who is who than this one would make of it
    written["turns"] = [_written(turn) for turn in transcript.turns]
    if transcript.meta:
        written["meta"] = dict(transcript.meta)
    return written


def _written(turn: Turn) -> dict[str, Any]:
    rest = {
        "speaker": turn.speaker,
        "at": turn.at,
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "visibility": "internal" if turn.visibility == "internal" else None,
        "source": " ".join(turn.source) or None,
    }
    return {"role": turn.role, "text": turn.text, **{key: value for key, value in rest.items() if value is not None}}


READER = Reader(
    name="native",
    about="the project's own JSON, one object, a list, or JSON lines",
    suffixes=(".json", ".jsonl", ".ndjson"),
    verified="the format is this project's",
    sniff=sniff,
    read=read,
)
