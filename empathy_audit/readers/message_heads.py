"""The date and time with which each message of a chat export begins, and the order of day, month and year in a file.

    15.04.2016, 15:04 - ...     [12/24/19, 8:49:01 PM] ...      01/20/2019, 11:23 a. m. - ...
    28-09-16 11:20:19: ...      [2019-12-24, 12:23:01] ...      2026. 03. 02. 10:15 - ...

One date alone may be read in two ways. A chat runs forwards, so of the orders in which every date of the file exists,
the one in which time goes back least often is the file's; of several such, the one that makes the chat shortest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

ORDERS = ("DMY", "MDY", "YMD", "YDM")
EARLIEST = 2009  # before, there were no such chats

_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_HEAD = re.compile(
    r"(?P<open>\[)?(?P<date>(?P<a>\d{1,4})(?P<sep>[./-])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<c>\d{1,4})\.?)"
    r"(?P<comma>,)?\s(?:klo |at |um )?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?"
    r"(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?"
    r"(?P<close>\]\s?|\s[-–]\s|:\s)(?P<rest>.*)",
    re.DOTALL,
)
_LONGEST_HEAD = 60


class Head(NamedTuple):
    """The beginning of a message: three numbers of a date, a time, and what follows."""

    date: str
    numbers: tuple[int, int, int]
    long_first: bool
    time: tuple[int, int, int]
    style: str
    logged: bool
    american: bool
    rest: str

    def moment(self, order: str) -> datetime | None:
        """The local time, if the date exists in that order."""
        parts = dict(zip(order, self.numbers, strict=True))
        year = parts["Y"] + (2000 if parts["Y"] < 100 else 0)
        if year < EARLIEST or (self.long_first and order[0] != "Y"):
            return None
        try:
            return datetime(year, parts["M"], parts["D"], *self.time)
        except ValueError:
            return None

    def at(self, order: str) -> str | None:
        """The local time as ISO 8601, without a zone."""
        found = self.moment(order)
        return found.isoformat() if found else None


def clean(text: str) -> str:
    """The text without marks of writing direction, of which exports are full."""
    return _MARKS.sub("", text) if not text.isascii() else text


def read_head(line: str) -> Head | None:
    """The head of a line, or None when it goes on with the message above."""
    stripped = line.lstrip("\u200b\u200e\u200f\u202a\u202b\u202c\ufeff")
    if not stripped[:1].isdigit() and not stripped.startswith("["):
        return None
    found = _HEAD.match(stripped)
    if not found or found.start("rest") > _LONGEST_HEAD or bool(found["open"]) != found["close"].startswith("]"):
        return None
    long_first = len(found["a"]) > 2
    # `2026-03-02 10:15:00 - ...` and `...: ` are how programs write logs.
    if long_first and not found["open"] and not found["comma"] and found["sep"] == "-":
        return None
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    style = f"{found['sep']}{found['close'].strip()[:1]}"
    logged = bool(found["open"]) and long_first and found["sep"] == "-" and not half
    time = (hour, int(found["minute"]), int(found["second"] or 0))
    numbers = (int(found["a"]), int(found["b"]), int(found["c"]))
    american = found["sep"] == "/" and found["half"] in ("A", "P")
    return Head(found["date"], numbers, long_first, time, style, logged, american, found["rest"])


def order_of(heads: Sequence[Head]) -> str:
    """The order in which most dates exist, time goes back least often, and the chat is shortest.

    Where orders are alike in that, days stand before months, but after them where times are written `1:05 PM`: so does
    the United States, and others write `pm`.
    """
    distinct = _days(heads)
    likely = sorted(ORDERS, key=lambda order: order != "MDY") if all(h.american for h in distinct) else list(ORDERS)
    return min(likely, key=lambda order: (*_misfit(distinct, order), _span(distinct, order), likely.index(order)))


def ambiguous(heads: Sequence[Head]) -> bool:
    """Whether another order fits as well as the one that is taken, with other dates."""
    distinct = _days(heads)
    order = order_of(heads)
    best, taken = _misfit(distinct, order), [h.at(order) for h in distinct]
    return any(
        _misfit(distinct, other) == best and [h.at(other) for h in distinct] != taken
        for other in ORDERS
        if other != order
    )


def _days(heads: Sequence[Head]) -> list[Head]:
    """The first head of each run of one day: all that tells the order."""
    return [h for i, h in enumerate(heads) if not i or heads[i - 1].numbers != h.numbers]


def _misfit(heads: Sequence[Head], order: str) -> tuple[int, int]:
    """How many dates do not exist in that order, and how often time goes back."""
    moments = [h.moment(order) for h in heads]
    there = [m for m in moments if m]
    return len(moments) - len(there), sum(b < a for a, b in pairwise(there))


def _span(heads: Sequence[Head], order: str) -> float:
    """How long the chat is, in seconds."""
    there = [m for h in heads if (m := h.moment(order))]
    return (max(there) - min(there)).total_seconds() if there else 0.0
