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

from empathy_audit.signals.stream import CLASS_MASK, CLASS_SHIFT, ECHO, FLAGS_SHIFT, WORD_MASK, Stream

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
    """What a segment is summed up by: a row for each segment, a column for each value, whole numbers."""

    segment: Floats
    mean: Floats
    turn: Floats
    heard: Floats

    def together(self) -> NDArray[np.float64]:
        """All columns side by side, in the order of a head's table."""
        return np.concatenate(self, axis=1, dtype=np.float64)


class Prepared:
    """A network made ready: the first convolution of a word is worked out once for each of its three places."""

    def __init__(self, network: Network) -> None:
        width = network.width
        kernel = network.first.weights.astype(np.float32)
        words = network.words.astype(np.float32)
        # An unknown word is its class alone; known words have theirs in the embedding already (training adds it).
        rows = np.concatenate([words, network.classes.astype(np.float32)])
        self._words = len(words)
        self._tables = tuple(rows @ kernel[place] for place in range(3))
        self._echoes = tuple(network.echo.astype(np.float32) @ kernel[place] for place in range(3))
        self._first, self._second = network.first, network.second
        self._kernel = network.second.weights.astype(np.float32)
        self._width = width

    def rows(self, codes: Longs) -> Longs:
        """The row of each token in the tables."""
        words = codes & WORD_MASK
        return np.where(words > 0, words, self._words + ((codes >> CLASS_SHIFT) & CLASS_MASK))

    def pooled(self, stream: Stream) -> Pooled:
        """The sums of every segment of a stream that holds at least one."""
        return self._pooled(self._values(stream), stream)

    def without(self, stream: Stream, token: int) -> Pooled:
        """The sums as they would be if one token said nothing: it stands there as the stop behind a turn does."""
        return self._pooled(self._values(stream, token), stream)

    def _values(self, stream: Stream, silent: int | None = None) -> Floats:
        """What the convolutions make of each token; zero for stops, and for `silent`."""
        codes = np.array(stream.codes, dtype=np.int64)
        stops = np.append(np.array(stream.turn_starts[1:], dtype=np.int64), len(codes)) - 1
        if silent is not None:
            stops = np.append(stops, silent)
        rows = self.rows(codes)
        echoed = np.flatnonzero((codes >> FLAGS_SHIFT) & ECHO)
        parts = []
        for table, echo in zip(self._tables, self._echoes, strict=True):
            part = table[rows]
            part[echoed] += echo
            part[stops] = 0
            parts.append(part)
        one = _activated(_around(*parts), self._first)
        one[stops] = 0
        before, here, after = (one @ self._kernel[place] for place in range(3))
        two = _activated(_around(before, here, after), self._second)
        two[stops] = 0
        two += one
        return two

    def _pooled(self, values: Floats, stream: Stream) -> Pooled:
        starts, sizes = np.array(stream.starts), np.array(stream.sizes, dtype=np.float32)
        owners, answers = np.array(stream.owners), np.array(stream.answers)
        largest = np.maximum.reduceat(values, starts, axis=0)
        # The stop behind a turn is all zeros, so that it adds nothing to the last segment.
        mean = np.floor(MEAN_STEPS * np.add.reduceat(values, starts, axis=0) / sizes[:, None])
        turns = np.maximum.reduceat(values, np.array(stream.turn_starts), axis=0)
        heard = np.where(answers[:, None] >= 0, turns[answers], np.float32(0))
        return Pooled(largest, mean, turns[owners], heard[owners])


def _around(before: Floats, here: Floats, after: Floats) -> Floats:
    """The sum of what the token before, the token itself and the token after add."""
    here[1:] += before[:-1]
    here[:-1] += after[1:]
    return here


def _activated(sums: Floats, layer: Layer) -> Floats:
    sums += layer.bias.astype(np.float32)
    sums *= layer.scale
    np.rint(sums, out=sums)
    return np.clip(sums, 0, LARGEST, out=sums)
