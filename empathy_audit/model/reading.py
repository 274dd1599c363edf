"""What the language room hands to judgement: where the words of a turn divide, and which entries were found in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from empathy_audit.model.transcript import Transcript


class Hit(NamedTuple):
    """One entry found in one segment of a turn.

    `start`/`end` are code points of the turn's text. `kind` names the pattern kind that fired. `probability` is a signal's, else None.
    `dropped` names the guard that speaks against the hit; such a hit only shows up in explanations.
    """

    entry: str
    kind: str
    start: int
    end: int
    segment: int
    probability: float | None
    dropped: str | None


class TurnReading(NamedTuple):
    """A turn as language sees it: `segments` (code points, in order) each do one thing: a question, an apology, a restatement."""

    segments: tuple[tuple[int, int], ...]
    words: int
    hits: tuple[Hit, ...]


class Reads(Protocol):
    """Anything that can read a whole conversation for a rubric; judgement knows the language room by this alone."""

    def read(self, transcript: Transcript) -> Sequence[TurnReading]:
        """One reading for each turn, in order; turns that are not spoken between customer and agent have no hits."""
        ...
