"""The body of a Salesforce chat (LiveChatTranscript): HTML, or its text where an export has stripped the tags.

    <p align="center">Chat Started: Monday, March 02, 2026, 10:15:00 (+0000)</p><p align="center">Chat Origin: Button</p>
    <p align="center">Agent Dana I</p>( 10s ) Dana I: Hi, how can I help?<br>( 1m 13s ) Lee Moss: It never came.<br>

Times count from the chat's start, and anew where a bot hands over. The headings name the agents, one more after each
transfer. A chat has one visitor: where all but one of the speakers are named as agents, that one is the customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Draft, Tally
from empathy_audit.readers.chat_lines import named_role
from empathy_audit.readers.html_text import html_text

_CENTRE = r"<p align=[\"']?center[\"']?>"
_BEGINS = re.compile(rf"\s{{0,200}}(?:<(?:html|body|div)>\s{{0,200}}){{0,3}}({_CENTRE}\s{{0,20}})?Chat Started:", re.I)
# A marked heading is text up to the next paragraph alone, so that paragraphs without an end cost no more than others.
_HEADING = re.compile(
    rf"{_CENTRE}(?P<marked>[^<]*(?:<(?!/?p\b)[^<]*)*)</p>"
    r"|^(?P<plain>Chat (?:Started|Origin|Transferred)\b[^\r\n<]{0,300}|Agent [^\r\n<:.?!]{1,160})(?=[\r\n]|\Z)",
    re.IGNORECASE | re.MULTILINE,
)
_STAMP = re.compile(
    r"(?:\A|<br\s?/?>|</p>|[\r\n])\s{0,20}\(\s?(?:(\d{1,4})h\s?)?(?:(\d{1,4})m\s?)?(\d{1,7})s\s?\)", re.IGNORECASE
)
_NAME = re.compile(r"\s*([^:]{1,80}):(?:\s+|$)")
_STARTED = re.compile(
    r"Chat Started:\D{0,40}?(\w{3,12}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d):(\d\d) ?\(([+-])(\d\d)(\d\d)\)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Chats go to people, and to skills, buttons and queues, which do not speak.
_AGENTS = (
    re.compile(r"(?:Agent )?(.{1,80}?) (?:successfully transferred|failed to transfer) the chat to (?:agent )?(.{1,80})", re.I),
    re.compile(r"Chat Transferred From (.{1,80}) To (.{1,80})", re.I),
    re.compile(r"Agent (.{1,80})", re.I),
)  # fmt: skip
_NOBODY = re.compile(r"(?:skill|button|queue)\b", re.IGNORECASE)
_LOOKED_AT = 20_000


class _Said(NamedTuple):
    """What stands behind one stamp: at which offset of the body, when, who, what."""

    at: int
    start_ms: int
    name: str
    text: str


def is_body(source: str) -> bool:
    """Whether a text begins as these bodies do; without markup it must have the times, too."""
    begins = _BEGINS.match(source)
    return begins is not None and (begins[1] is not None or _STAMP.search(source[:_LOOKED_AT]) is not None)


def draft(body: str, tally: Tally) -> Draft:
    """The conversation of a body. `source` of each turn is its offset in the body, for the caller to make a place of."""
    known: dict[str, Role] = {}
    said: list[_Said] = []
    began: datetime | None = None
    at = later = 0
    for heading in [*_HEADING.finditer(body), None]:
        said += _said(body, at, heading.start() if heading else len(body), later, tally)
        if heading is None:
            break
        at, words = heading.end(), html_text(heading["marked"] or heading["plain"] or "")
        known.update(dict.fromkeys(_agents(words), "agent"))
        started = _started(words)
        began = began or started
        if began and started:
            later = max(0, round((started - began).total_seconds() * 1000))
        tally.leave_out("events", 0 if words.startswith(("Chat Started", "Chat Origin")) else 1)
    roles = _roles([s.name for s in said], known)
    turns = [Turn(roles[s.name], s.text, s.name, None, s.start_ms, source=(str(s.at),)) for s in said]
    return Draft(turns, channel="chat", started_at=began.isoformat() if began else None, known=known)


def _said(body: str, start: int, end: int, later: int, tally: Tally) -> Iterator[_Said]:
    """What stands between two headings, cut at the stamps. `later`: milliseconds from which these count."""
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
            place = start + piece.index("(", stamp.start())
            yield _Said(place, later + offset, name[1].strip(), words[name.end() :].strip())


def _agents(words: str) -> list[str]:
    """The names of agents in a heading."""
    found = next((m for pattern in _AGENTS if (m := pattern.fullmatch(words))), None)
    names = [name.strip() for name in found.groups()] if found else []
    return [n for n in names if named_role(n) not in ("bot", "customer") and not _NOBODY.match(n)]


def _roles(names: list[str], known: Mapping[str, Role]) -> dict[str, Role]:
    roles = {name: known.get(name) or named_role(name) for name in names}
    nobody = [name for name, role in roles.items() if role == "unknown"]
    if len(nobody) == 1 and "agent" in roles.values() and "customer" not in roles.values():
        roles[nobody[0]] = "customer"
    return roles


def _started(words: str) -> datetime | None:
    found = _STARTED.search(words)
    month = found[1][:3].casefold() if found else ""
    if not found or month not in _MONTHS:
        return None
    away = timedelta(hours=int(found[8]), minutes=int(found[9])) * (-1 if found[7] == "-" else 1)
    hour, minute, second = (int(g) for g in found.group(4, 5, 6))
    try:
        day = datetime(int(found[3]), _MONTHS.index(month) + 1, int(found[2]), hour, minute, second)
        return day.replace(tzinfo=timezone(away))
    except ValueError:
        return None
