"""Marks of a segment: what its structure and its place in the conversation show, whatever its words are.

Structure travels between domains better than words do: how long a segment is, how it opens and ends, whether it speaks of "you", and how many
of the customer's own words come back in it. A mark is a bit; those of a whole conversation are made at once.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from empathy_audit.signals.stream import Stream
from empathy_audit.signals.tokens import (
    ASKING,
    CONTENT,
    ECHO,
    EXCLAIMS,
    FLAGS_SHIFT,
    GLAD,
    ME,
    OPENS,
    QUESTION,
    REQUEST,
    SIGN,
    TROUBLE,
    YOU,
)

MARKS = (
    *(f"length {n}" for n in ("1-2", "3-5", "6-9", "10-15", "16-27", "28+")),
    *(f"echoes {n}" for n in range(5)),
    *(f"echo share {n}/4" for n in range(4)),
    *(f"speaks of you, echoes {n}" for n in range(4)),
    *("asks", "opens asking", "opens asking, marked", "you", "I", "you and I", "nobody", "you, asking", "you, telling"),
    *("you only", "unsigned", "first", "later", "last", "single", "opening", "goes on", "shouts", "exclaims"),
    *("exclaims twice", "exclaims more", "questions", "after a question"),
    *(f"turn of {n} words" for n in ("1-3", "4-7", "8-15", "16-30", "31+")),
    *("nobody answered yet", "answers a question", "answers a request", "answers a statement", "speaks again"),
    *("hears trouble", "hears delight", "hears neither"),
)
"""Names of the marks; a mark's bit is its place here, so there are at most 63."""
MARK_BIT = {name: 1 << number for number, name in enumerate(MARKS)}

Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]
_SIZES, _TURN_SIZES = np.array([3, 6, 10, 16, 28]), np.array([4, 8, 16, 31])


def marks_of(stream: Stream) -> Longs:
    """The marks of each segment as bits: those that its own tokens show, and those of its place in the conversation."""
    flags = stream.codes >> FLAGS_SHIFT
    starts, sizes, agents = stream.starts, stream.sizes, stream.agents
    ends = starts + sizes
    marks: Longs = np.int64(1) << np.searchsorted(_SIZES, sizes, side="right")

    def mark(name: str, where: Bools) -> None:
        marks[where] |= MARK_BIT[name]

    every = np.bitwise_or.reduceat(flags, starts)
    asks, you, me = (every & QUESTION) > 0, (every & YOU) > 0, (every & ME) > 0
    mark("asks", asks)
    mark("you and I", you & me)
    mark("you", you & ~me)
    mark("I", me & ~you)
    mark("nobody", ~(you | me))
    mark("you, asking", you & asks)
    mark("you, telling", you & ~asks)
    mark("unsigned", (flags[ends - 1] & SIGN) == 0)
    opening = np.append(np.flatnonzero(flags & OPENS), len(flags))
    first = opening[np.searchsorted(opening, starts)]
    asking = (first < ends) & ((flags[np.minimum(first, len(flags) - 1)] & ASKING) > 0)
    mark("opens asking", asking & ~asks)
    mark("opens asking, marked", asking & asks)
    _of_agents(mark, agents, flags, starts, you & ~asks, me)
    _of_customers(mark, ~agents, flags, starts)
    _of_place(mark, stream, asks)
    asking_turn = np.logical_or.reduceat(asks | ((flags[starts] & ASKING) > 0), _firsts(stream))
    marks |= _of_turns(stream, every, asking_turn)[stream.owners]
    return marks


def _firsts(stream: Stream) -> Longs:
    """The place of the first segment of each turn."""
    return np.flatnonzero(np.diff(stream.owners, prepend=-1))


def _of_place(mark: Callable[[str, Bools], None], stream: Stream, asks: Bools) -> None:
    """Where in its turn a segment stands, and how loudly it is said."""
    agents, size = stream.agents, len(stream.owners)
    first = np.diff(stream.owners, prepend=-1) > 0
    last = np.append(first[1:], True)
    single = ~agents & first & last
    mark("single", single)
    mark("first", first & ~single)
    mark("later", ~first)
    mark("last", agents & last)
    mark("after a question", agents & ~first & np.append(False, asks)[:size])
    mark("shouts", stream.shouts)


def _of_turns(stream: Stream, every: Longs, asks: Bools) -> Longs:
    """The marks that all segments of a turn share: its size, and what was said before it."""
    firsts = _firsts(stream)
    agents = stream.agents[firsts]
    flags = np.bitwise_or.reduceat(every, firsts)
    marks = MARK_BIT["turn of 1-3 words"] << np.searchsorted(_TURN_SIZES, stream.words, side="right")
    blocks, begun = stream.blocks, stream.blocks[stream.begins]
    goes_on = np.append(False, blocks[1:] == blocks[:-1])
    # Sides take turns, so that the block before an agent's is the customer's that it answers.
    in_block = np.bitwise_or.reduceat(flags, np.flatnonzero(~goes_on))
    hears = np.where(blocks > begun, in_block[blocks - 1], 0)
    mood = _chosen(hears & TROUBLE > 0, "hears trouble", hears & GLAD > 0, "hears delight", "hears neither")
    left_to_do = _chosen(
        asks, "answers a question", flags & REQUEST > 0, "answers a request", "answers a statement"
    )  # by an agent's turn to the customer
    asked = np.where(stream.answers >= 0, left_to_do[stream.answers], MARK_BIT["nobody answered yet"])
    of_agent = mood | np.where(stream.heard, 0, MARK_BIT["opening"]) | np.where(goes_on, MARK_BIT["goes on"], 0)
    of_customer = np.where(goes_on, MARK_BIT["speaks again"], asked)
    return marks | np.where(agents, of_agent, of_customer)


def _chosen(first: Bools, then: str, second: Bools, or_then: str, otherwise: str) -> Longs:
    """The bit of one of three marks for each place."""
    return np.where(first, MARK_BIT[then], np.where(second, MARK_BIT[or_then], MARK_BIT[otherwise]))


def _of_agents(
    mark: Callable[[str, Bools], None], agents: Bools, flags: Longs, starts: Longs, tells: Bools, me: Bools
) -> None:
    """How much of what the customer said comes back."""
    echoes = np.add.reduceat((flags & ECHO) > 0, starts, dtype=np.int64)
    content = np.add.reduceat((flags & CONTENT) > 0, starts, dtype=np.int64)
    share = np.minimum(4 * echoes // np.maximum(content, 1), 3)
    few = np.minimum(echoes, 4)
    for count in range(5):
        mark(f"echoes {count}", agents & (few == count))
    for quarter in range(4):
        mark(f"echo share {quarter}/4", agents & (content > 0) & (share == quarter))
    for count in range(4):
        mark(f"speaks of you, echoes {count}", agents & tells & (np.minimum(echoes, 3) == count))
    mark("you only", agents & tells & ~me)


def _of_customers(mark: Callable[[str, Bools], None], customers: Bools, flags: Longs, starts: Longs) -> None:
    """How loudly it is said."""
    exclaims = np.add.reduceat((flags & EXCLAIMS) > 0, starts, dtype=np.int64)
    for count, name in ((1, "exclaims"), (2, "exclaims twice")):
        mark(name, customers & (exclaims == count))
    mark("exclaims more", customers & (exclaims > 2))
    mark("questions", customers & (np.add.reduceat((flags & QUESTION) > 0, starts, dtype=np.int64) > 1))


def unpacked(marks: Longs) -> NDArray[np.uint8]:
    """Marks as a table of ones and zeros, a column for each of MARKS."""
    octets = marks.astype("<i8")[:, None].view(np.uint8)
    return np.unpackbits(octets, axis=1, count=len(MARKS), bitorder="little")
