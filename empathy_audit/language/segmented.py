"""A turn as the patterns and the signals see it, and what a signal is to the language room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from empathy_audit.language.text import fold, segments
from empathy_audit.model.transcript import Role, Transcript


class SegmentedTurn(NamedTuple):
    """A turn with its folded text and where it divides."""

    role: Role
    text: str
    folded: str
    segments: tuple[tuple[int, int], ...]


class Signals(Protocol):
    """Learned labels: probabilities for every segment of every turn."""

    def labels(self, role: str) -> Sequence[str]:
        """The labels known for turns of a role, in the order of `probabilities`."""
        ...

    def probabilities(
        self, turns: Sequence[SegmentedTurn | None], fired: Sequence[Sequence[Sequence[str]]]
    ) -> Sequence[Sequence[Sequence[float]]]:
        """For each turn, for each of its segments, a probability 0..1 for each label of its role; empty for turns that are None.

        `fired`: for each turn, for each segment, the entries whose rules hit; `~` before the name of one that a guard dropped.
        """
        ...


def segmented(role: Role, text: str) -> SegmentedTurn:
    """One turn, folded and divided."""
    folded = fold(text)
    return SegmentedTurn(role, text, folded, segments(folded))


def segmented_turns(transcript: Transcript) -> list[SegmentedTurn | None]:
    """The turns of a conversation; None for those that are not spoken between customer and agent."""
    return [segmented(turn.role, turn.text) if turn.spoken else None for turn in transcript.turns]
