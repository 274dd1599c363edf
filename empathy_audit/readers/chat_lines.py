"""A chat that arrives as the body of one message, which is how help desks put chats into tickets.

    Chat started: 2026-03-02 10:04 AM UTC
    (10:04:33) Lee: My parcel never came.
    (10:04:50) *** Dana joined the chat ***
    (10:05:02) Dana: Oh no, Lee. When should it have come?

A line without a time continues the one before it; lines in asterisks are events.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from empathy_audit.model.transcript import Role, Turn, Visibility
from empathy_audit.readers.base import Tally
from empathy_audit.readers.decoding import LINE_END
from empathy_audit.readers.speakers import read_label

_STAMP = r"\(\s?(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s?([AaPp])\.?[Mm]\.?)?\s?\)"
_LINE = re.compile(rf"\s*{_STAMP}\s*(?:(?P<event>\*{{2,}}.*)|(?P<name>[^:\n]{{1,80}}):(?:\s(?P<text>.*)|$))")
_WITHIN = re.compile(rf"\s(?={_STAMP}\s(?:\*{{2,}}|[^:\n]{{1,80}}:\s))")
_BOT = re.compile(r"\b(?:answer|chat|virtual)?\s?bot\b|\bvirtual (?:agent|assistant)\b", re.IGNORECASE)
_VISITOR = re.compile(r"(?:web|ios|android|mobile) user\b", re.IGNORECASE)
_DAY = 24 * 3600


class ChatLine(NamedTuple):
    """One message of the chat: who, what, and when in milliseconds after the first line."""

    name: str
    text: str
    start_ms: int


def chat_lines(body: str, tally: Tally | None = None) -> list[ChatLine]:
    """The messages of a body that is a chat, of at least two; else nothing. Events are counted."""
    if "(" not in body:
        return []
    lines = LINE_END.split(body)
    if len(lines) == 1:  # some exports lose the line ends
        lines = _WITHIN.split(body)[::5]
    found: list[tuple[str, list[str], int]] = []
    events, first, before = 0, None, 0
    for line in lines:
        match = _LINE.match(line[:200])
        if match:
            second = _seconds(match)
            first = second if first is None else first
            before = (second - first) % _DAY
            if match["event"]:
                events += 1
            else:
                text = line[match.start("text") :] if match["text"] is not None else ""
                found.append((match["name"].strip(), [text.strip()], before * 1000))
        elif not line.strip():
            continue
        elif found:
            found[-1][1].append(line.strip())
    if len(found) < 2:
        return []
    if tally:
        tally.leave_out("events", events)
    return [ChatLine(name, "\n".join(filter(None, parts)), start) for name, parts, start in found]


def _seconds(match: re.Match[str]) -> int:
    hours, minutes, seconds, half = int(match[1]), int(match[2]), int(match[3] or 0), (match[4] or "").casefold()
    if half:
        hours = hours % 12 + (12 if half == "p" else 0)
    return (hours * 60 + minutes) * 60 + seconds


def turns_in(body: str, source: str, visibility: Visibility, tally: Tally) -> list[Turn]:
    """The turns of a body that is a chat, each at the place of the body; nothing for any other body.

    Roles are told by labels alone; names are settled with what the rest of the file says about them.
    """
    return [
        Turn(
            named_role(line.name), line.text, line.name, start_ms=line.start_ms, visibility=visibility, source=(source,)
        )
        for line in chat_lines(body, tally)
    ]


def named_role(name: str) -> Role:
    """The role that a name in a chat stands for by itself."""
    if _BOT.search(name):
        return "bot"
    return "customer" if _VISITOR.match(name) else read_label(name).role or "unknown"
