"""What a line of a text is apart from speech: heading, ruler, fence, stage direction, field of a head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_audit.readers.labelled_lines import read_line

_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_HEADING = re.compile(
    r"\s{0,3}#{1,6}\s+(?P<title>.*?)\s*#*\s*$|[=*~#-]{2,}\s*(?P<banner>[^=*~#-].*?)\s*[=*~#-]{2,}\s*$"
)
_NUMBERED = re.compile(
    r"(?:call|chat|conversation|transcript|ticket|case|session|interaction|contact)\s*(?:no\.?|id)?\s*[#:]?\s*[\w-]*\d[\w-]*\s*:?",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:full |chat |call )?(?:transcript|conversation|dialogue|dialog|chat|call|log|messages)", re.IGNORECASE
)
_RULER = re.compile(r"\s{0,3}(?:-{3,}|\*{3,}|_{3,}|={3,}|(?:- ){2,}-|(?:\* ){2,}\*)\s*")
_ASIDE = re.compile(r"\s*(?:\[([^\[\]]+)\]|\(([^()]+)\)|\*([^*]+)\*)\s*\.?\s*")

# What stands before a colon in the head of a transcript, and is nobody who speaks.
FIELDS = frozenset(
    [
        "date",
        "time",
        "call date",
        "call time",
        "chat date",
        "start",
        "started",
        "start time",
        "end time",
        "ended",
        "duration",
        "length",
        "call id",
        "chat id",
        "conversation id",
        "id",
        "case",
        "case id",
        "case number",
        "ticket",
        "ticket id",
        "ticket number",
        "reference",
        "ref",
        "customer id",
        "agent id",
        "account",
        "account id",
        "account number",
        "order",
        "order id",
        "order number",
        "channel",
        "subject",
        "topic",
        "title",
        "issue",
        "issue type",
        "reason",
        "category",
        "queue",
        "department",
        "status",
        "outcome",
        "resolution",
        "language",
        "location",
        "company",
        "brand",
        "product",
        "priority",
        "summary",
        "notes",
        "re",
        "fw",
        "fwd",
        "from",
        "to",
        "cc",
        "bcc",
        "sent",
        "participants",
        "recording",
        "tags",
        "csat",
        "rating",
        "sentiment",
        "type",
        "url",
        "http",
        "https",
        "warning",
        "todo",
        "example",
        "tip",
        "step",
        "nb",
        "ps",
        "p.s",
        "fyi",
        "important",
        "question",
        "answer",
        "q",
        "a",
    ]
)


def scope(lines: Sequence[str]) -> list[bool]:
    """Which lines may hold turns: those inside fences if turns stand there, else all outside of them."""
    inside, within = [], False
    for line in lines:
        fence = _FENCE.match(line) is not None
        inside.append(within and not fence)
        within ^= fence
    if any(inside):
        fenced = [read_line(line) for line, i in zip(lines, inside, strict=True) if i and line.strip()]
        roles = sum(1 for f in fenced if f and f.label.role and not f.label.weak)
        if roles >= 2 or sum(f is not None for f in fenced) * 2 > len(fenced):
            return inside
    return [not i and not _FENCE.match(line) for line, i in zip(lines, inside, strict=True)]


def is_break(line: str) -> bool:
    """Whether a line is written to part two conversations: a ruler, a heading, a banner that numbers one."""
    if len(line) > 200:
        return False
    return bool(_RULER.fullmatch(line) or title(line) or (line.lstrip().startswith("#") and _HEADING.fullmatch(line)))


def title(line: str) -> str:
    """The title of a heading or of a banner such as `=== Call 2 ===`; else nothing."""
    found = _HEADING.fullmatch(line) if len(line) <= 200 else None
    if not found:
        return ""
    if found["title"] is not None:
        return found["title"].strip("*_ ")
    return found["banner"] if _NUMBERED.match(found["banner"]) else ""


def numbered(line: str) -> str:
    """The first word of a plain line that numbers a conversation, `Chat #12` or `Call ID: 88-1`; else nothing.

    Somebody may say `Case 4711`, so it parts conversations only where one stands over the first of them, too.
    """
    bare = line.strip("*_ \t")
    return bare.split()[0].casefold() if len(bare) < 80 and _NUMBERED.fullmatch(bare) else ""


def better_title(old: str, new: str) -> str:
    """Of two headings over a conversation, the telling one: `Call 2: parcel`, not `Full transcript` under it."""
    if not new or (old and _NUMBERED.match(old) and not _NUMBERED.match(new)) or (old and _GENERIC.fullmatch(new)):
        return old
    return new


def is_aside(bare: str) -> bool:
    """`[Hold music]`, `(pause)`, `*typing*`; not `[NAME]`, which stands for words that were said."""
    if len(bare) > 200 or not _ASIDE.fullmatch(bare):
        return False
    return any(c.islower() for c in bare) or " " in bare


def field_of(line: str) -> tuple[str, str] | None:
    """Key and value of a line `Key: value` in the head of a conversation."""
    found = read_line(line)
    if not found or not found.text or len(found.text) > 200:
        return None
    return found.key, found.text
