"""Features of a segment: its words, runs of word classes, and a few marks of structure and context.

Structure travels between domains better than words do: how long a segment is, how it opens and ends, whether it speaks of "you", and how many
of the customer's own words come back in it. A feature is one integer, its kind in the high bits, ids of words or classes in the low ones; whole
conversations are turned into arrays of them at once. `describe` turns one back into words for explanations.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from empathy_audit.signals.lexicon import CLASSES
from empathy_audit.signals.stream import (
    ASKING,
    CONTENT,
    ECHO,
    ECHOED,
    EXCLAIMS,
    MARK_BIT,
    MARKS,
    ME,
    OPENS,
    QUESTION,
    SIGN,
    YOU,
    Stream,
)

WORD, PAIR, TRIPLE, CLASS, CLASS_PAIR, CLASS_TRIPLE, CLASS_GAP, MARK, OPENER, OPENER_PAIR, RULE = range(1, 12)
KIND = 57
WIDE, NARROW = 19, 9
_START, _END = 1, 2
Longs = NDArray[np.int64]


class Features(NamedTuple):
    """Features of many segments. `runs[k, i]`: the k-th feature at token i; `openers[k, s]` and `marks[s]` (a bit for each of MARKS) by segment.

    `starts` are the segments' first tokens; `valid[k, i]` is False where a run reaches over the end of its segment.
    """

    runs: Longs
    valid: NDArray[np.bool_]
    starts: Longs
    openers: Longs
    marks: Longs


def features_of(stream: Stream) -> Features:
    """The features of every segment of a stream that holds at least one."""
    codes = np.array(stream.codes, dtype=np.int64)
    starts = np.array(stream.starts, dtype=np.int64)
    words = codes & ((1 << WIDE) - 1)
    flags = codes >> 28
    classes = np.where(flags & ECHO, ECHOED, (codes >> WIDE) & ((1 << NARROW) - 1))
    ends = np.append(starts[1:], len(codes))
    last = np.zeros(len(codes), dtype=bool)
    last[ends - 1] = True
    before_last = np.append(last[1:], True)
    w1, w2 = _shifted(words)
    c1, c2 = _shifted(classes)
    runs = np.stack(
        [
            (WORD << KIND) | words,
            (PAIR << KIND) | (words << WIDE) | w1,
            (TRIPLE << KIND) | (words << 2 * WIDE) | (w1 << WIDE) | w2,
            (CLASS << KIND) | classes,
            (CLASS_PAIR << KIND) | (classes << NARROW) | c1,
            (CLASS_TRIPLE << KIND) | (classes << 2 * NARROW) | (c1 << NARROW) | c2,
            (CLASS_GAP << KIND) | (classes << NARROW) | c2,
        ]
    )
    single, pair, triple = np.ones_like(last), ~last, ~(last | before_last)
    valid = np.stack([single, pair, triple, single, pair, triple, triple])
    return Features(runs, valid, starts, _openers(words, flags, starts, ends), _marks(stream, flags, starts, ends))


def _shifted(values: Longs) -> tuple[Longs, Longs]:
    """The values one and two places on, zeros at the end."""
    one, two = np.zeros_like(values), np.zeros_like(values)
    one[:-1] = values[1:]
    two[:-2] = values[2:]
    return one, two


def _openers(words: Longs, flags: Longs, starts: Longs, ends: Longs) -> Longs:
    """The first word of each segment that is no filler, alone and with the word after it; 0 where there is none."""
    opening = np.append(np.flatnonzero(flags & OPENS), len(words))
    first = opening[np.searchsorted(opening, starts)]
    found = first < ends
    at = np.where(found, first, 0)
    word, after = words[at], words[np.minimum(at + 1, len(words) - 1)]
    single = (OPENER << KIND) | word
    return np.stack([np.where(found, single, 0), np.where(found, (OPENER_PAIR << KIND) | (word << WIDE) | after, 0)])


def _marks(stream: Stream, flags: Longs, starts: Longs, ends: Longs) -> Longs:
    """The marks of each segment: those that the stream noted of its context, and those that its own tokens show."""
    marks = np.array(stream.marks, dtype=np.int64)
    every = np.bitwise_or.reduceat(flags, starts)
    size = ends - starts - 2
    marks |= np.int64(1) << np.searchsorted(np.array([3, 6, 10, 16, 28]), size, side="right")
    asks, you, me = (every & QUESTION) > 0, (every & YOU) > 0, (every & ME) > 0

    def mark(name: str, where: NDArray[np.bool_]) -> None:
        marks[where] |= MARK_BIT[name]

    mark("asks", asks)
    mark("you and I", you & me)
    mark("you", you & ~me)
    mark("I", me & ~you)
    mark("nobody", ~(you | me))
    mark("you, asking", you & asks)
    mark("you, telling", you & ~asks)
    mark("unsigned", (flags[ends - 2] & SIGN) == 0)
    opening = np.append(np.flatnonzero(flags & OPENS), len(flags))
    first = opening[np.searchsorted(opening, starts)]
    asking = (first < ends) & ((flags[np.minimum(first, len(flags) - 1)] & ASKING) > 0)
    mark("opens asking", asking & ~asks)
    mark("opens asking, marked", asking & asks)
    if stream.role == "agent":
        _agent_marks(mark, flags, starts, asks, you, me)
    else:
        exclaims = np.add.reduceat((flags & EXCLAIMS) > 0, starts, dtype=np.int64)
        for count, name in ((1, "exclaims"), (2, "exclaims twice")):
            mark(name, exclaims == count)
        mark("exclaims more", exclaims > 2)
        mark("questions", np.add.reduceat((flags & QUESTION) > 0, starts, dtype=np.int64) > 1)
    return marks


def _agent_marks(
    mark: object, flags: Longs, starts: Longs, asks: NDArray[np.bool_], you: NDArray[np.bool_], me: NDArray[np.bool_]
) -> None:
    assert callable(mark)  # noqa: S101 - a closure of _marks
    echoes = np.add.reduceat((flags & ECHO) > 0, starts, dtype=np.int64)
    content = np.add.reduceat((flags & CONTENT) > 0, starts, dtype=np.int64)
    share = np.minimum(4 * echoes // np.maximum(content, 1), 3)
    for count in range(5):
        mark(f"echoes {count}", np.minimum(echoes, 4) == count)
    for quarter in range(4):
        mark(f"echo share {quarter}/4", (content > 0) & (share == quarter))
    tells = you & ~asks
    for count in range(4):
        mark(f"speaks of you, echoes {count}", tells & (np.minimum(echoes, 3) == count))
    mark("you only", tells & ~me)


def rule_feature(number: int) -> int:
    """The feature that says that a rubric entry's rules hit the segment; `number` is its place in the list kept with the weights."""
    return (RULE << KIND) | number


def keys_of(features: Features) -> tuple[Longs, Longs]:
    """`(segment, feature)` pairs of everything that is in the features, marks too; for training and explanations."""
    count = features.runs.shape[1]
    segment_of = np.repeat(np.arange(len(features.starts)), np.diff(np.append(features.starts, count)))
    segments = [np.broadcast_to(segment_of, features.runs.shape)[features.valid]]
    keys = [features.runs[features.valid]]
    for opener in features.openers:
        segments.append(np.flatnonzero(opener))
        keys.append(opener[opener != 0])
    bits = (features.marks[:, None] >> np.arange(len(MARKS))) & 1
    where, which = np.nonzero(bits)
    return np.concatenate([*segments, where]), np.concatenate([*keys, (MARK << KIND) | which])


def describe(feature: int, words: Sequence[str], rules: Sequence[str] = ()) -> str:
    """A feature in words, as explanations and the model card show it."""
    kind, low = feature >> KIND, feature & ((1 << KIND) - 1)

    def word(shift: int) -> str:
        return words[(low >> shift * WIDE) & ((1 << WIDE) - 1)]

    def name(shift: int) -> str:
        number = (low >> shift * NARROW) & ((1 << NARROW) - 1)
        return "ECHO" if number == ECHOED else CLASSES[number]

    if kind == MARK:
        return f"[{MARKS[low]}]"
    if kind == RULE:
        return f"rule {rules[low]}"
    if kind in (WORD, PAIR, TRIPLE):
        return f'"{" ".join(word(s) for s in range(kind - WORD, -1, -1))}"'
    if kind in (OPENER, OPENER_PAIR):
        return f'opens "{" ".join(word(s) for s in range(kind - OPENER, -1, -1))}"'
    if kind == CLASS_GAP:
        return f"{name(1)} .. {name(0)}"
    return " ".join(name(s) for s in range(kind - CLASS, -1, -1))
