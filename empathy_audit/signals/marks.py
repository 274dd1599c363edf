"""Marks of a segment: what its structure and its place in the conversation show, whatever its words are.

Structure travels between domains better than words do: how long a segment is, how it opens and ends, whether it speaks of "you", and how many
of the customer's own words come back in it. A mark is a bit; those of a whole conversation are made at once.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from empathy_audit.signals.stream import (
    ASKING,
    CONTENT,
    ECHO,
    EXCLAIMS,
    FLAGS_SHIFT,
    MARK_BIT,
    MARKS,
    ME,
    OPENS,
    QUESTION,
    SIGN,
    YOU,
    Stream,
)

Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]
_SIZES = np.array([3, 6, 10, 16, 28])


def marks_of(stream: Stream) -> Longs:
    """The marks of each segment as bits: those that the stream noted of its context, and those that its own tokens show."""
    marks = np.array(stream.marks, dtype=np.int64)
    flags = np.array(stream.codes, dtype=np.int64) >> FLAGS_SHIFT
    starts, sizes = np.array(stream.starts), np.array(stream.sizes)
    ends = starts + sizes
    agents = np.array(stream.agents)

    def mark(name: str, where: Bools) -> None:
        marks[where] |= MARK_BIT[name]

    marks |= np.int64(1) << np.searchsorted(_SIZES, sizes, side="right")
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
    return marks


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


def unpacked(marks: Longs) -> NDArray[np.float64]:
    """Marks as a table of ones and zeros, a column for each of MARKS."""
    return ((marks[:, None] >> np.arange(len(MARKS))) & 1).astype(np.float64)
