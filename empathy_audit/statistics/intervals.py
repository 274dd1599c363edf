"""Intervals that stay honest for few conversations, made the same way on every machine.

Mean scores: a Bayesian bootstrap by conversation (Rubin 1981) with one more conversation imagined at the end of the scale, 0 for the
lower and 100 for the upper end (Gaffke 2005): five conversations of 100 are no proof of perfection. Shares: Wilson's interval, with the
number of opportunities put down to what they are worth, as those of one conversation tend to end alike (the design effect; Dean and
Pagano 2015). tests/statistics/test_intervals.py measures how often they hold the truth.

Every number on the way is whole, so no processor and no library rounds another way.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from empathy_audit.model.figures import CONFIDENCE, NOTHING, Estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWS = 100_000, 2_000, 20_000
"""Random numbers to draw with, and the least and most draws: the fewer conversations, the more the ends would jump."""
SEED = 20260101
MANY = 400
"""From so many conversations on, the draws would only repeat what the normal distribution says."""
_SCALE = 100_000
"""A full score in thousandths, in which scores are whole."""
_GRAIN = 1 << 20
"""What the weights of a draw add up to. Times `_SCALE` it is still exact in a float, in which matrices are multiplied."""
_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


def mean(scores: Sequence[float], minimum: int) -> Estimate:
    """The mean of scores 0..100 with at most 3 decimals, one of each conversation; an interval from `minimum` of them on."""
    if not scores:
        return NOTHING
    whole = sorted(round(score * 1000) for score in scores)
    value = _score(sum(whole) / len(whole))
    if len(whole) < max(minimum, 1):
        return Estimate(value, None, None, len(whole))
    ends = _normal if len(whole) >= MANY else _drawn
    low, high = ends(whole)
    # Draws of few and equal scores may end beyond the mean by the last decimal.
    return Estimate(value, min(_score(low), value), max(_score(high), value), len(whole))


def share(parts: Sequence[tuple[int, int]], minimum: int) -> Estimate:
    """How many of how many: a pair of each conversation, those with nothing to count left out of `n`."""
    counted = [(part, whole) for part, whole in parts if whole]
    total = sum(whole for _, whole in counted)
    if not total:
        return NOTHING
    value = sum(part for part, _ in counted) / total
    if len(counted) < max(minimum, 1):
        return Estimate(round(value, 3), None, None, len(counted))
    low, high = _wilson(value, _worth(counted, value, total))
    return Estimate(round(value, 3), round(low, 3), round(high, 3), len(counted))


def _wilson(value: float, size: float) -> tuple[float, float]:
    square = _Z * _Z / size
    middle = (value + square / 2) / (1 + square)
    half = _Z / (1 + square) * math.sqrt(value * (1 - value) / size + square / (4 * size))
    return max(0.0, min(middle - half, value)), min(1.0, max(middle + half, value))


def _worth(counted: Sequence[tuple[int, int]], value: float, total: int) -> float:
    """How many independent opportunities would tell as much: at most `total`; where all ended alike, the conversations."""
    size = len(counted)
    if not 0 < value < 1 or size < 2:
        return size
    spread = math.fsum((part - value * whole) ** 2 for part, whole in counted) * size / (size - 1) / total**2
    return min(float(total), value * (1 - value) / spread) if spread else float(total)


def _drawn(whole: Sequence[int]) -> tuple[float, float]:
    import numpy as np

    weights = _weights(len(whole))
    tail = round(len(weights) * (1 - CONFIDENCE) / 2)
    low = np.sort(weights @ np.array([0, *whole], dtype=np.float64))[tail]
    high = np.sort(weights @ np.array([*whole, _SCALE], dtype=np.float64))[-1 - tail]
    return float(low) / _GRAIN, float(high) / _GRAIN


def _normal(whole: Sequence[int]) -> tuple[float, float]:
    """The ends that endless draws would come to."""
    ends = []
    for imagined, side in ((0, -1), (_SCALE, 1)):
        size = len(whole) + 1
        total = sum(whole) + imagined
        squares = sum(score * score for score in whole) + imagined * imagined
        deviation = math.sqrt((squares * size - total * total) / (size * size * (size + 1)))
        ends.append(min(float(_SCALE), max(0.0, total / size + side * _Z * deviation)))
    return ends[0], ends[1]


@lru_cache(maxsize=8)
def _weights(size: int) -> NDArray[Any]:
    """A row a draw: what each of `size` conversations and the imagined one weigh, whole numbers that add up to `_GRAIN`.

    The gaps between sorted random numbers. RandomState is the one generator of numpy whose numbers are promised never to change.
    """
    import numpy as np

    numbers, least, most = DRAWS
    draws = max(least, min(most, numbers // size))
    cuts = np.random.RandomState(SEED).randint(0, _GRAIN, size=(draws, size), dtype=np.int64)
    cuts.sort(axis=1)
    return np.diff(cuts, axis=1, prepend=0, append=_GRAIN).astype(np.float64)


def _score(thousandths: float) -> float:
    return round(thousandths / 1000, 3)
