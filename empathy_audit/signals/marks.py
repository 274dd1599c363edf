"""Marks of a segment: what its structure and its place in the conversation show, whatever its words are.

Structure travels between domains better than words do: how long a segment is, how it opens and ends, whether it speaks of "you", and how many
of the customer's own words come back in it. A mark is a bit; those of a whole conversation are made at once.
"""

from __future__ import annotations

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


def _of_words(flags: int) -> int:
    """The marks of what a segment asks and whom it speaks of; `flags` are those of all its tokens."""
    asks, you, me = flags & QUESTION > 0, flags & YOU > 0, flags & ME > 0
    there = {
        "asks": asks,
        "you and I": you and me,
        "you": you and not me,
        "I": me and not you,
        "nobody": not (you or me),
        "you, asking": you and asks,
        "you, telling": you and not asks,
    }
    return sum(MARK_BIT[name] for name, holds in there.items() if holds)


_OF_WORDS = np.array([_of_words(flags) for flags in range((YOU | ME | QUESTION) + 1)])
"""By the flags themselves, which are the lowest bits."""


def marks_of(stream: Stream) -> Longs:
    """The marks of each segment as bits: those that its own tokens show, and those of its place in the conversation."""
    flags = stream.codes >> FLAGS_SHIFT
    starts, sizes, agents = stream.starts, stream.sizes, stream.agents
    ends = starts + sizes
    every = np.bitwise_or.reduceat(flags, starts)
    asks = (every & QUESTION) > 0
    opening = np.append(np.flatnonzero(flags & OPENS), len(flags))
    first = opening[np.searchsorted(opening, starts)]
    asking = (first < ends) & ((flags[np.minimum(first, len(flags) - 1)] & ASKING) > 0)
    asking_turn = np.logical_or.reduceat(asks | ((flags[starts] & ASKING) > 0), _firsts(stream))
    marks: Longs = np.int64(1) << np.searchsorted(_SIZES, sizes, side="right")
    marks |= _OF_WORDS[every & (YOU | ME | QUESTION)]
    marks |= _where((flags[ends - 1] & SIGN) == 0, "unsigned")
    marks |= _where(asking & ~asks, "opens asking") | _where(asking & asks, "opens asking, marked")
    marks |= np.where(agents, _of_agents(flags, starts, every), _of_customers(flags, starts))
    marks |= _of_place(stream, asks)
    marks |= _of_turns(stream, every, asking_turn)[stream.owners]
    return marks


def _where(there: Bools, name: str) -> Longs:
    """The bit of a mark at each place where it is there."""
    return np.multiply(there, MARK_BIT[name], dtype=np.int64)


def _firsts(stream: Stream) -> Longs:
    """The place of the first segment of each turn."""
    return np.flatnonzero(np.diff(stream.owners, prepend=-1))


def _of_place(stream: Stream, asks: Bools) -> Longs:
    """Where in its turn a segment stands, and how loudly it is said."""
    agents, size = stream.agents, len(stream.owners)
    first = np.diff(stream.owners, prepend=-1) > 0
    last = np.append(first[1:], True)
    marks = _chosen(~first, "later", last & ~agents, "single", "first")
    marks |= _where(agents & last, "last") | _where(agents & ~first & np.append(False, asks)[:size], "after a question")
    return marks | _where(stream.shouts, "shouts")


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


def _of_agents(flags: Longs, starts: Longs, every: Longs) -> Longs:
    """How much of what the customer said comes back."""
    echoes, content = _count(flags, ECHO, starts), _count(flags, CONTENT, starts)
    share = np.minimum(4 * echoes // np.maximum(content, 1), 3)
    tells = (every & (YOU | QUESTION)) == YOU
    # Marks that count stand in a row, so that a count moves the bit of the first.
    marks: Longs = np.int64(MARK_BIT["echoes 0"]) << np.minimum(echoes, 4)
    marks |= _where(content > 0, "echo share 0/4") << share
    marks |= _where(tells, "speaks of you, echoes 0") << np.minimum(echoes, 3)
    return marks | _where(tells & ((every & ME) == 0), "you only")


def _of_customers(flags: Longs, starts: Longs) -> Longs:
    """How loudly it is said."""
    exclaims = np.minimum(_count(flags, EXCLAIMS, starts), 3)
    marks: Longs = _where(exclaims > 0, "exclaims") << np.maximum(exclaims - 1, 0)
    return marks | _where(_count(flags, QUESTION, starts) > 1, "questions")


def _count(flags: Longs, flag: int, starts: Longs) -> Longs:
    """How many tokens of each segment have a flag."""
    counts: Longs = np.add.reduceat(flags & flag, starts) // flag
    return counts


def unpacked(marks: Longs) -> NDArray[np.uint8]:
    """Marks as a table of ones and zeros, a column for each of MARKS."""
    octets = marks.astype("<i8")[:, None].view(np.uint8)
    return np.unpackbits(octets, axis=1, count=len(MARKS), bitorder="little")
