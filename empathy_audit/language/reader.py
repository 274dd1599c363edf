"""Reads a conversation for a rubric: segments every spoken turn and finds the entries in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain, pairwise

from empathy_audit.language import echo
from empathy_audit.language.segmented import SegmentedTurn, Signals, segmented_turns
from empathy_audit.language.side import Ruled, Side
from empathy_audit.language.text import count_words
from empathy_audit.model.reading import Hit, TurnReading
from empathy_audit.model.rubric import Rubric
from empathy_audit.model.transcript import Transcript

_EMPTY = TurnReading((), 0, ())


class Reader:
    """Compiled once a rubric; `read` is a pure function of the conversation.

    Raises:
        MissingPackageError: a pattern needs a spaCy model that is not installed.
    """

    def __init__(self, rubric: Rubric, signals: Signals | None = None) -> None:
        agent = (*rubric.markers, *rubric.counter, *rubric.replies)
        self._agent = Side(agent, rubric, signals.labels("agent") if signals is not None else ())
        self._customer = Side(rubric.cues, rubric, signals.labels("customer") if signals is not None else ())
        self._signals = signals
        self._asked = {"agent": self._agent.asked, "customer": self._customer.asked}

    def read(self, transcript: Transcript) -> list[TurnReading]:
        """One reading for each turn, in order; turns that are not spoken between customer and agent have no hits."""
        return self.read_all((transcript,))[0]

    def read_all(self, transcripts: Sequence[Transcript]) -> list[list[TurnReading]]:
        """What `read` says of each, at less cost: signals are worked out for all of them at once."""
        conversations = [segmented_turns(transcript) for transcript in transcripts]
        ruled = [self._ruled(parts) for parts in conversations]
        begins = list(accumulate(map(len, conversations), initial=0))
        hits = self._hits([*chain(*conversations)], [*chain(*ruled)], begins[:-1])
        readings = [
            TurnReading(part.segments, count_words(part.text), tuple(found)) if part is not None else _EMPTY
            for part, found in zip(chain(*conversations), hits, strict=True)
        ]
        return [readings[start:end] for start, end in pairwise(begins)]

    def _hits(
        self, parts: Sequence[SegmentedTurn | None], ruled: Sequence[Ruled], begins: Sequence[int]
    ) -> list[list[Hit]]:
        if self._signals is None:
            return [found.hits for found in ruled]
        names = [fired(part, found.hits) for part, found in zip(parts, ruled, strict=True)]
        learned = self._signals.learned(parts, names, begins, self._asked)
        return [
            self._side(part).with_signals(part, found, said) if part is not None and said.rows else found.hits
            for part, found, said in zip(parts, ruled, learned, strict=True)
        ]

    def by_rules(self, parts: Sequence[SegmentedTurn | None]) -> list[list[Hit]]:
        """What the rules alone find in each turn, before any signal is asked."""
        return [found.hits for found in self._ruled(parts)]

    def _ruled(self, parts: Sequence[SegmentedTurn | None]) -> list[Ruled]:
        hits: list[Ruled] = []
        heard, since_agent = frozenset[str](), ""
        for part in parts:
            if part is None or not part.segments:
                hits.append(Ruled([], []))
            elif part.role == "customer":
                since_agent = f"{since_agent} {part.folded}"
                hits.append(self._customer.by_rules(part, frozenset()))
            else:
                if since_agent:
                    heard, since_agent = echo.content_stems(since_agent) if self._agent.echoes else frozenset(), ""
                hits.append(self._agent.by_rules(part, heard))
        return hits

    def _side(self, part: SegmentedTurn) -> Side:
        return self._customer if part.role == "customer" else self._agent


def fired(part: SegmentedTurn | None, hits: Sequence[Hit]) -> list[list[str]]:
    """The names of the entries that hit each segment, with `~` before those that a guard dropped."""
    if part is None:
        return []
    names: list[list[str]] = [[] for _ in part.segments]
    for hit in hits:
        names[hit.segment].append(hit.entry if hit.dropped is None else f"~{hit.entry}")
    return names
