"""The grammar of one line of labelled text: an optional time, a speaker label, a separator, and what is said.

    Agent: hello            [00:01:23] AGENT: hello        **John Smith**: hello
    00:01:23 Agent: hello   [Agent] hello                  Dana (Support) 10:15: hello
    CSR:                    > *Customer* - hello           [2026-03-02 10:15:04] Lee: hello

Only the first label of a line counts. Whether it is a label at all, and no words before a colon, is decided over the
whole text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from empathy_audit.readers.speakers import Label, read_label
from empathy_audit.readers.times import clock, instant

# Labels stand at the beginning: a turn of a million characters need not be searched.
_WIDTH = 160
_LONGEST_NAME = 48

_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,6})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:Z|[+-]\d\d:?\d\d)?"
_STAMP = rf"[\[(]?(?:(?P<date>\d{{4}}-\d\d-\d\d)(?:T|,?\s))?(?P<time>{_TIME})[\])]?"
_FRONT = re.compile(r"[\s>*_#•]*(?:[-+]\s+)?(?:\d{1,3}[.)]\s+)?[*_]*")
_STAMP_FIRST = re.compile(_STAMP + r"(?=$|[\s*_|:–—-])[*_]*\s*(?:[-–—|:]\s+)?[*_]*")
_STAMP_ALONE = re.compile(_STAMP)
_STAMP_LAST = re.compile(rf"(?P<name>[^:：]{{1,60}}?)[*_\s]+{_STAMP}[*_\s]*(?P<mark>[:：]|$)")
_BRACKETED = re.compile(r"\[(?P<name>[^\[\]:]{1,48})\][*_]*\s*(?P<mark>[:：]?)")
_COLON = re.compile(r"[:：]")
_DASH = re.compile(r"\s[–—-]\s")
_INSIDE = re.compile(r"(.*?)[*_\s]*([(\[][^()\[\]]{1,40}[)\]])$")
_NAME = re.compile(r"[^\W_][^?!;…<>{}=\"“”|\\]*|@\w+")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Jr|Sr|St|\w)\.")


class Line(NamedTuple):
    """A line that may begin a turn. `key` tells labels apart; `stamped` and `marked` (bold, brackets) are its style."""

    key: str
    label: Label
    text: str
    start_ms: int | None
    at: str | None
    stamped: bool
    marked: bool


def read_stamp(line: str) -> tuple[int | None, str | None] | None:
    """Offset in milliseconds and instant of a line that holds nothing but a time, or None."""
    found = _STAMP_ALONE.fullmatch(line.strip()) if len(line) < 60 else None
    return _times(found["date"], found["time"]) if found else None


def read_line(line: str) -> Line | None:
    """The line as the possible beginning of a turn, or None when nothing in it looks like a label."""
    head = line[:_WIDTH]
    front = _FRONT.match(head)
    at = front.end() if front else 0
    bold = head[:at].endswith(("*", "_"))
    stamp = _STAMP_FIRST.match(head, at)
    date, time = (stamp["date"], stamp["time"]) if stamp else (None, None)
    at = stamp.end() if stamp else at
    rest = head[at:]
    found = (
        _bracketed(rest, bool(stamp))
        or _before_stamp(rest)
        or _before_colon(rest)
        or _role_word(rest, bold or bool(stamp))
    )
    if found is None:
        return None
    name, inside, size, late = found
    if inside and clock(inside[1:-1]) is not None:
        inside, late = "", (None, inside[1:-1])
    if not _is_name(name):
        return None
    said = f"{name} {inside}".strip()
    start_ms, instant_at = _times(*(late or (date, time)))
    marked = bold or rest.startswith("[")
    text = line[at + size :].lstrip("*_ \t") if bold or marked else line[at + size :].strip()
    return Line(said.casefold(), read_label(said), text.strip(), start_ms, instant_at, bool(stamp or late), marked)


_Found = tuple[str, str, int, tuple[str | None, str] | None]


def _bracketed(rest: str, stamped: bool) -> _Found | None:
    """`[Dana]: text`; without a colon only for a role word, since stage directions stand in brackets, too."""
    found = _BRACKETED.match(rest)
    if not found:
        return None
    label = read_label(found["name"])
    if not found["mark"] and (label.role is None or (label.weak and not stamped)):
        return None
    return found["name"].strip(), "", found.end(), None


def _before_stamp(rest: str) -> _Found | None:
    """`Dana (Support) 10:15: text`, or `Dana 10:15` alone on its line."""
    found = _STAMP_LAST.match(rest)
    if not found:
        return None
    return *_parted(found["name"]), found.end(), (found["date"], found["time"])


def _before_colon(rest: str) -> _Found | None:
    colon = _COLON.search(rest)
    if not colon or rest.startswith("//", colon.end()):
        return None
    name, inside = _parted(rest[: colon.start()])
    return name, inside, colon.end(), None


def _role_word(rest: str, styled: bool) -> _Found | None:
    """`Agent - text`, or `**Agent**` alone on its line: a role word and nothing less."""
    dash = _DASH.search(rest)
    if not dash and not styled:
        return None
    name, inside = _parted(rest[: dash.start()] if dash else rest)
    label = read_label(f"{name} {inside}".strip()) if len(name) <= _LONGEST_NAME else None
    if label is None or label.role is None or (label.weak and not styled):
        return None
    return name, inside, dash.end() if dash else len(rest), None


def _parted(text: str) -> tuple[str, str]:
    """A label's name and the parenthesis after it."""
    text = text.strip("*_ \t")
    found = _INSIDE.match(text)
    return (found[1].strip("*_ "), found[2]) if found and found[1] else (text, "")


def _is_name(name: str) -> bool:
    if not 0 < len(name) <= _LONGEST_NAME or len(name.split()) > 6 or not _NAME.fullmatch(name):
        return False
    return "," not in name and "." not in _ABBREVIATION.sub("", name)


def _times(date: str | None, time: str | None) -> tuple[int | None, str | None]:
    if not time:
        return None, None
    if date:
        return None, instant(f"{date}T{time}") or instant(f"{date} {time}")
    return clock(time), None
