"""The network of the signals: two small convolutions over words, pooled over the segment, its turn, and what the other side said before.

Architecture: word, word class and echo are embedded and added; two convolutions of three tokens each (the second beside a residual path), as in
spaCy's HashEmbedCNN, never reach over the end of a turn; each segment is summed up by the largest and the mean of its values, its turn and the
last turn of the other side by their largest; a linear layer for each side reads those sums beside marks and rules that hit.

Every number in it is a small integer that float arithmetic holds exactly, whatever the order in which a machine adds: the same text gives the same
probabilities everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from empathy_audit.signals.stream import Stream
from empathy_audit.signals.tokens import CLASS_MASK, CLASS_SHIFT, ECHO, FLAGS_SHIFT, WORD_MASK

Floats = NDArray[np.float32]
Longs = NDArray[np.int64]
LARGEST = 255
"""The largest value of an activation."""
MEAN_STEPS = 8
"""A mean is counted in eighths."""
MARKED = 64
"""What a mark or a rule that is there counts as, beside values up to 255: weights of about one size lose least by rounding."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution of three tokens: `weights[offset, in, out]` int8, `bias[out]` int32; what comes out is scaled by `scale[out]`, rounded, and kept in 0..255."""

    weights: NDArray[np.int8]
    bias: NDArray[np.int32]
    scale: Floats


@dataclass(frozen=True, slots=True)
class Head:
    """The linear layer of one side: log odds of label l = `scales[l]` · (`table[:, l]` · sums + `biases[l]`).

    The rows of `table` (int16) are the pooled values (segment's largest, segment's mean, turn's largest, other side's largest), MARKS, then rules.
    """

    labels: tuple[str, ...]
    table: NDArray[np.int16]
    biases: NDArray[np.int32]
    scales: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """All numbers. `words[word id]` (row 0: unknown), `classes[class]` and `echo` int8 are the embeddings."""

    words: NDArray[np.int8]
    classes: NDArray[np.int8]
    echo: NDArray[np.int8]
    first: Layer
    second: Layer
    heads: Mapping[str, Head]

    @property
    def width(self) -> int:
        """How many values a token has after the convolutions."""
        return int(self.first.bias.shape[0])


class Pooled(NamedTuple):
    """What segments are summed up by, whole numbers: a row for each segment in `segment` and `mean`, for each turn in `turn` and `heard`."""

    segment: Floats
    mean: Floats
    turn: Floats
    heard: Floats


class Prepared:
    """A network made ready: the first convolution of a word is worked out once for each of its three places."""

    def __init__(self, network: Network) -> None:
        first, second = network.first, network.second
        kernel = first.weights.astype(np.float32)
        words, classes = network.words.astype(np.float32), network.classes.astype(np.float32)
        # An unknown word is its class alone; known words have theirs in the embedding already (training adds it). The last row is for what
        # says nothing: the stop behind a turn.
        rows = np.concatenate([words, classes, np.zeros_like(words[:1])])
        self._words, self._nothing = len(words), len(rows) - 1
        self._tables = tuple(rows @ kernel[place] for place in range(3))
        # All are whole numbers, so that it is the same whether a bias is added first or last.
        self._tables[1][...] += first.bias.astype(np.float32)
        self._echoes = tuple(network.echo.astype(np.float32) @ kernel[place] for place in range(3))
        self._scales = first.scale, second.scale
        self._kernel = second.weights.astype(np.float32)
        self._bias = second.bias.astype(np.float32)

    def pooled(self, stream: Stream) -> Pooled:
        """The sums of every segment of a stream that holds at least one."""
        return self._pooled(self._values(stream), stream)

    def without(self, stream: Stream, token: int) -> Pooled:
        """The sums as they would be if one token said nothing: it stands there as the stop behind a turn does."""
        return self._pooled(self._values(stream, token), stream)

    def _values(self, stream: Stream, silent: int | None = None) -> Floats:
        """What the convolutions make of each token; zero for stops, and for `silent`."""
        codes = stream.codes
        stops = np.append(stream.turn_starts[1:], len(codes)) - 1
        echoed = np.flatnonzero((codes >> FLAGS_SHIFT) & ECHO)
        if silent is not None:
            stops, echoed = np.append(stops, silent), echoed[echoed != silent]
        words = codes & WORD_MASK
        rows = np.where(words > 0, words, self._words + ((codes >> CLASS_SHIFT) & CLASS_MASK))
        rows[stops] = self._nothing
        # All that is as large as the tokens lies in one place and is written over: to ask for memory anew costs more than some of the sums.
        room = np.empty((4, len(codes), len(self._bias)), dtype=np.float32)
        before, one, after, two = room
        for table, echo, part in zip(self._tables, self._echoes, room[:3], strict=True):
            # Every row is there; "clip" lets numpy write straight into its place.
            table.take(rows, axis=0, out=part, mode="clip")
            part[echoed] += echo
        _activated(_around(before, one, after), self._scales[0])
        one[stops] = 0
        for kernel, part in zip(self._kernel, (before, two, after), strict=True):
            np.matmul(one, kernel, out=part)
        two += self._bias
        _activated(_around(before, two, after), self._scales[1])
        two[stops] = 0
        two += one
        return two

    def _pooled(self, values: Floats, stream: Stream) -> Pooled:
        owners, answers = stream.owners, stream.answers
        mean, largest = _joined(values, stream.starts, stream.sizes, np.add, np.maximum)
        mean *= MEAN_STEPS
        mean /= stream.sizes.astype(np.float32)[:, None]
        segments = np.bincount(owners)
        (turns,) = _joined(largest, np.cumsum(segments) - segments, segments, np.maximum)
        heard = turns.take(answers, axis=0, mode="wrap")
        heard[answers < 0] = 0
        return Pooled(largest, np.floor(mean, out=mean), turns, heard)


def _joined(values: Floats, starts: Longs, sizes: Longs, *operations: np.ufunc) -> list[Floats]:
    """What each operation makes of all rows of a piece, a row for each piece; a piece is `sizes` rows (at least one) from `starts` on.

    numpy's `reduceat` does the same a number at a time. Here the first rows of all pieces are joined with the second rows of all that have one,
    and so on; with the longest piece first, those that go on are always the first ones.
    """
    longest_first = np.argsort(-sizes, kind="stable")
    falling = -sizes[longest_first]
    going_on = np.searchsorted(falling, -np.arange(-falling[0]))
    begins = np.cumsum(going_on) - going_on
    piece = np.arange(begins[-1] + going_on[-1]) - np.repeat(begins, going_on)
    rows = values.take(starts[longest_first][piece] + np.repeat(np.arange(len(going_on)), going_on), axis=0)
    found = [rows[: len(sizes)].copy() for _ in operations]
    for begin, count in zip(begins[1:].tolist(), going_on[1:].tolist(), strict=True):
        row = rows[begin : begin + count]
        for operation, joined in zip(operations, found, strict=True):
            operation(joined[:count], row, out=joined[:count])
    in_order = np.empty_like(longest_first)
    in_order[longest_first] = np.arange(len(sizes))
    return [joined.take(in_order, axis=0) for joined in found]


def _around(before: Floats, here: Floats, after: Floats) -> Floats:
    """The sum of what the token before, the token itself and the token after add."""
    here[1:] += before[:-1]
    here[:-1] += after[1:]
    return here


def _activated(sums: Floats, scale: Floats) -> Floats:
    sums *= scale
    np.rint(sums, out=sums)
    return np.clip(sums, 0, LARGEST, out=sums)
