"""A text with stand-ins in it, and where each place of the original is in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from empathy_audit.redaction.spans import Span


@dataclass(frozen=True, slots=True)
class Masked:
    """The masked `text`, and how it came about: `spans` of the original, in order, each with its stand-in."""

    original: str
    text: str
    spans: tuple[Span, ...]
    stand_ins: tuple[str, ...]
    _starts: tuple[int, ...]
    _shifts: tuple[int, ...]

    @classmethod
    def of(cls, original: str, spans: Sequence[Span], stand_ins: Sequence[str]) -> Masked:
        """The original with the stand-ins in place of the spans."""
        parts: list[str] = []
        shifts = [0]
        at = 0
        for span, stand_in in zip(spans, stand_ins, strict=True):
            parts += (original[at : span.start], stand_in)
            shifts.append(shifts[-1] + len(stand_in) - (span.end - span.start))
            at = span.end
        text = "".join((*parts, original[at:]))
        return cls(original, text, tuple(spans), tuple(stand_ins), tuple(s.start for s in spans), tuple(shifts))

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Where `[start, end)` of the original is in the text: a stand-in that it touches belongs to it whole."""
        return self._at(start, False), self._at(end, True)

    def _at(self, place: int, is_end: bool) -> int:
        # The last span that begins before the place; only that one can hold it.
        index = bisect_right(self._starts, place - 1) - 1
        if index < 0:
            return place
        span = self.spans[index]
        if place < span.end:
            return span.start + self._shifts[index] + (len(self.stand_ins[index]) if is_end else 0)
        return place + self._shifts[index + 1]
