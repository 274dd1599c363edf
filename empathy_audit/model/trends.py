"""How groups of conversations did, by agent, week and the like, as frozen values that the reports of `trends` draw from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from empathy_audit.model.audit import RubricStamp
from empathy_audit.model.figures import Estimate

Dimension = Literal["agent", "channel", "language", "day", "week", "month", "principle"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
IN_TIME: tuple[Dimension, ...] = ("day", "week", "month")
"""Those that stand in the order of time: days as 2026-03-02, ISO weeks as 2026-W10, months as 2026-03."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A group of conversations.

    `key` says which, by the dimensions in their order; an empty text where conversations do not say. `conversations` counts
    those with a part in it. `score` is their mean score 0..100, or that of the principle in the key; `met` and `missed` are
    shares 0..1 of the opportunities that count, None beside a principle, which they are not of.
    """

    key: tuple[str, ...]
    conversations: int
    score: Estimate
    met: Estimate | None
    missed: Estimate | None


@dataclass(frozen=True, slots=True)
class Trends:
    """Groups in the order of their keys. `minimum`: conversations below which there is not enough data for a figure.

    `rubrics` are those that judged. `notes` are for whoever reads the figures.
    """

    by: tuple[Dimension, ...]
    groups: tuple[Trend, ...]
    minimum: int
    rubrics: tuple[RubricStamp, ...] = ()
    notes: tuple[str, ...] = ()
