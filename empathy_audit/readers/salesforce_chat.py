"""Chats of Salesforce (LiveChatTranscript): the HTML of the field Body, alone or in a query's JSON; tables hold it, too.

    <p align="center">Chat Started: Monday, March 02, 2026, 10:15:00 (+0000)</p><p align="center">Chat Origin: Button</p>
    <p align="center">Agent Dana I</p>( 10s ) Dana I: Hi, how can I help?<br>( 1m 13s ) Lee Moss: It never came.<br>
    ( 1h 2m 3s ) Dana I: Oh no.<br>

Times count from the chat's start. The lines in the middle name the agents, one more after each transfer. A chat has one
visitor: where all but one of the speakers are named as agents, that one is the customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, Reader, Tally, pointer
from empathy_audit.readers.chat_lines import named_role
from empathy_audit.readers.decoding import LINE_END, Document
from empathy_audit.readers.help_desk import conversations, kept
from empathy_audit.readers.html_text import html_text
from empathy_audit.readers.json_fields import label, mapping, objects, read_each, text, within, wrong
from empathy_audit.readers.json_values import Record, first

_BEGINS = re.compile(
    r"\s{0,200}(?:<(?:html|body|div)>\s{0,200}){0,3}<p align=[\"']?center[\"']?>\s{0,20}Chat Started:", re.I
)
# Text up to the next paragraph alone, so that paragraphs without an end cost no more than others.
_CENTRED = re.compile(r"<p align=[\"']?center[\"']?>([^<]*(?:<(?!/?p\b)[^<]*)*)</p>", re.I)
_STAMP = re.compile(
    r"(?:\A|<br\s?/?>|</p>|[\r\n])\s{0,20}\(\s?(?:(\d{1,4})h\s?)?(?:(\d{1,4})m\s?)?(\d{1,7})s\s?\)", re.IGNORECASE
)
_NAME = re.compile(r"\s*([^:]{1,80}):(?:\s+|$)")
_STARTED = re.compile(
    r"Chat Started:\D{0,40}?(\w{3,12}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d):(\d\d) ?\(([+-])(\d\d)(\d\d)\)"
)
_AGENT = re.compile(r"Agent (.{1,80})")
_TRANSFER = re.compile(r"(?:Agent )?(.{1,80}?) successfully transferred the chat to (?:Agent )?(.{1,80})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PATHS = (("records",), ("result", "records"))


class _Said(NamedTuple):
    """What stands behind one stamp: at which offset of the body, when, who, what."""

    at: int
    start_ms: int
    name: str
    text: str


def is_body(source: str) -> bool:
    """Whether a text begins as these bodies do."""
    return _BEGINS.match(source) is not None


def sniff(document: Document) -> str | None:
    """Taken for the heading `Chat Started:` in a paragraph of its own, or records that have such a body."""
    if is_body(document.head):
        return "a chat body that begins with Chat Started"
    value = mapping(first(document))
    for path in _PATHS:
        found = [r for _, r in objects(within(value, *path))][:20]
        if any(is_body(text(r, "Body") or "") for r in found):
            return "records whose Body is a chat"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """The one draft of a body, or one a record."""
    if document.head.lstrip()[:1] in ("{", "["):
        yield from read_each(document, desk, _records)
        return
    body = document.text
    found = draft(body, desk.tally)
    lines, before = 1, 0
    for number, turn in enumerate(found.turns):
        at = int(turn.source[0])
        lines += len(LINE_END.findall(body, before, at))
        before = at
        found.turns[number] = _at(turn, f":{lines}")
    yield found


def _records(record: Record, desk: Desk) -> Iterator[Draft | Failure]:
    for inner in conversations(record, *_PATHS):
        body = text(inner.value, "Body")
        if not body:
            yield wrong(desk, inner, "no Body; expected the HTML of a chat; query the field Body, too")
            continue
        found = draft(body, desk.tally)
        found.turns = [_at(t, pointer(*inner.parts, "Body")) for t in found.turns]
        found.id, found.line, found.place = label(inner.value, "Id", "Name"), inner.line, inner.place
        found.meta = kept(mapping(inner.value), "Name", "CaseId", "OwnerId", "Status")
        yield found


def cell_draft(cell: str, place: str, desk: Desk) -> Draft:
    """The conversation of a body in a table's cell; its turns all stand at the row."""
    found = draft(cell, desk.tally)
    found.turns = [_at(t, place) for t in found.turns]
    return found


def draft(body: str, tally: Tally) -> Draft:
    """The conversation of a body. `source` of each turn is its offset in the body, for the caller to make a place of."""
    known: dict[str, Role] = {}
    said: list[_Said] = []
    started, at = None, 0
    for heading in [*_CENTRED.finditer(body), None]:
        said += _said(body, at, heading.start() if heading else len(body), tally)
        if heading:
            words = html_text(heading[1])
            at, started = heading.end(), started or _started(words)
            known.update(dict.fromkeys(_agents(words), "agent"))
            tally.leave_out("events", 0 if words.startswith("Chat ") else 1)
    roles = _roles([s.name for s in said], known)
    turns = [
        Turn(roles[s.name], s.text, s.name, None, s.start_ms, source=(str(s.at),))
        for s in said
    ]  # fmt: skip
    return Draft(turns, channel="chat", started_at=started, known=known)


def _at(turn: Turn, place: str) -> Turn:
    return Turn(turn.role, turn.text, turn.speaker, None, turn.start_ms, source=(place,))


def _said(body: str, start: int, end: int, tally: Tally) -> Iterator[_Said]:
    """What stands between two lines in the middle, cut at the stamps."""
    piece = body[start:end]
    stamps = list(_STAMP.finditer(piece))
    for number, stamp in enumerate(stamps):
        upto = stamps[number + 1].start() if number + 1 < len(stamps) else len(piece)
        words = html_text(piece[stamp.end() : upto])
        name = _NAME.match(words)
        if not words:
            tally.leave_out("empty turns")
        elif not name:
            tally.leave_out("events")
        else:
            hours, minutes, seconds = (int(g or 0) for g in stamp.groups())
            offset = ((hours * 60 + minutes) * 60 + seconds) * 1000
            # Of what the stamp matches, the break before it belongs to the line before.
            yield _Said(start + piece.index("(", stamp.start()), offset, name[1].strip(), words[name.end() :].strip())


def _agents(words: str) -> list[str]:
    """The names of agents in a line of the middle."""
    transfer = _TRANSFER.fullmatch(words)
    if transfer:
        return [transfer[1].strip(), transfer[2].strip()]
    agent = _AGENT.fullmatch(words)
    return [agent[1].strip()] if agent else []


def _roles(names: list[str], known: dict[str, Role]) -> dict[str, Role]:
    roles = {name: known.get(name) or named_role(name) for name in names}
    nobody = [name for name, role in roles.items() if role == "unknown"]
    if len(nobody) == 1 and "agent" in roles.values() and "customer" not in roles.values():
        roles[nobody[0]] = "customer"
    return roles


def _started(words: str) -> str | None:
    found = _STARTED.search(words)
    month = found[1][:3].casefold() if found else ""
    if not found or month not in _MONTHS:
        return None
    away = timedelta(hours=int(found[8]), minutes=int(found[9])) * (-1 if found[7] == "-" else 1)
    try:
        hour, minute, second = (int(g) for g in found.group(4, 5, 6))
        day = datetime(int(found[3]), _MONTHS.index(month) + 1, int(found[2]), hour, minute, second)
        return day.replace(tzinfo=timezone(away)).isoformat()
    except ValueError:
        return None


READER = Reader(
    name="salesforce-chat",
    about="chat bodies of Salesforce (LiveChatTranscript), HTML or JSON",
    suffixes=(".html", ".htm", ".txt", ".json"),
    verified="a real body",
    sniff=sniff,
    read=read,
)
