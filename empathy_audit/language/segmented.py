"""A turn as the patterns and the signals see it, and what a signal is to the language room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from empathy_audit.language.text import fold, segments
from empathy_audit.model.transcript import Role, Transcript


class SegmentedTurn(NamedTuple):
    """A turn with its folded text and where it divides."""

    role: Role
    text: str
    folded: str
    segments: tuple[tuple[int, int], ...]


class Learned(NamedTuple):
    """What signals say of one turn.

    `rows`: for each segment a probability 0..1 for each label. `sure`: those that reach what was asked, as `(segment, number of what was
    asked, probability)` in this order.
    """

    rows: Sequence[Sequence[float]]
    sure: Sequence[tuple[int, int, float]]


NOTHING_LEARNED = Learned((), ())


class Signals(Protocol):
    """Learned labels: probabilities for every segment of every turn."""

    def labels(self, role: str) -> Sequence[str]:
        """The labels known for turns of a role, in the order of a turn's rows."""
        ...

    def learned(
        self,
        turns: Sequence[SegmentedTurn | None],
        fired: Sequence[Sequence[Sequence[str]]],
        conversations: Sequence[int],
        asked: Mapping[str, Sequence[tuple[int, float]]],
    ) -> Sequence[Learned]:
        """What is learned of each turn of several conversations; nothing of turns that are None.

        `fired`: for each turn, for each segment, the entries whose rules hit; `~` before the name of one that a guard dropped.
        `conversations`: the places in `turns` where one begins. `asked`: for a role the labels that are asked for, by number, with the least
        probability at which each counts.
        """
        ...


def segmented(role: Role, text: str) -> SegmentedTurn:
    """One turn, folded and divided."""
    folded = fold(text)
    return SegmentedTurn(role, text, folded, segments(folded))


def segmented_turns(transcript: Transcript) -> list[SegmentedTurn | None]:
    """The turns of a conversation; None for those that are not spoken between customer and agent."""
    return [segmented(turn.role, turn.text) if turn.spoken else None for turn in transcript.turns]
