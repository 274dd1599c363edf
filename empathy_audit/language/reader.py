"""Reads a conversation for a rubric: segments every spoken turn and finds the entries in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from empathy_audit.language import echo, pipeline
from empathy_audit.language.guards import GUARDS, Around
from empathy_audit.language.patterns import Expressions, Found, Structures, of_kind
from empathy_audit.language.text import count_words, fold, segments
from empathy_audit.model.reading import Hit, TurnReading
from empathy_audit.model.rubric import Dependency, Echo, Entry, Pattern, Phrases, Regex, Rubric, SignalUse, Tokens
from empathy_audit.model.transcript import Transcript

_EMPTY = TurnReading((), 0, ())


class SegmentedTurn(NamedTuple):
    """A turn as a signal sees it."""

    role: str
    text: str
    folded: str
    segments: tuple[tuple[int, int], ...]


class Signals(Protocol):
    """Learned labels: probabilities for every segment of every turn."""

    def labels(self, role: str) -> Sequence[str]:
        """The labels known for turns of a role, in the order of `probabilities`."""
        ...

    def probabilities(self, turns: Sequence[SegmentedTurn | None]) -> Sequence[Sequence[Sequence[float]]]:
        """For each turn, for each of its segments, a probability 0..1 for each label of its role; empty for turns that are None."""
        ...


class _Literal:
    """Phrases and regexes of several entries: those over folded segments, over original segments and over whole folded turns."""

    def __init__(self, patterns: Sequence[tuple[int, Phrases | Regex]], rubric: Rubric) -> None:
        def some(case: bool, across: bool) -> Expressions | None:
            chosen = [(n, p) for n, p in patterns if p.case == case and (isinstance(p, Regex) and p.across) == across]
            return Expressions(chosen, rubric.words, case=case) if chosen else None

        self.folded, self.original = some(False, False), some(True, False)
        self.turn_folded, self.turn_original = some(False, True), some(True, True)
        self.across = self.turn_folded is not None or self.turn_original is not None

    def in_segment(self, part: SegmentedTurn, start: int, end: int) -> list[Found]:
        """What occurs in one segment, places counted from its start."""
        found = self.folded.find(part.folded[start:end]) if self.folded is not None else []
        return found + self.original.find(part.text[start:end]) if self.original is not None else found

    def in_turn(self, part: SegmentedTurn) -> list[Found]:
        """What occurs across the turn, places counted from its start."""
        found = self.turn_folded.find(part.folded) if self.turn_folded is not None else []
        return found + self.turn_original.find(part.text) if self.turn_original is not None else found


class _Guards:
    """The `unless` of one entry: named guards, and patterns whose presence in the segment (or, `across`, the turn) drops the hit."""

    def __init__(self, unless: tuple[str | Pattern, ...], rubric: Rubric, labels: Sequence[str]) -> None:
        self.named = tuple((name, GUARDS[name]) for name in unless if isinstance(name, str))
        self.literal = _Literal([(n, p) for n, p in enumerate(unless) if isinstance(p, Phrases | Regex)], rubric)
        self.signals = tuple(
            (labels.index(p.signal), p) for p in unless if isinstance(p, SignalUse) and p.signal in labels
        )

    def drops(
        self, part: SegmentedTurn, segment: tuple[int, int], start: int, end: int, learned: Sequence[float]
    ) -> str | None:
        """The name of the first guard that speaks against the hit, else None."""
        if self.named:
            around = Around(part.folded, *segment, start, end)
            for name, guard in self.named:
                if guard(around):
                    return name
        if self.literal.in_segment(part, *segment) or (self.literal.across and self.literal.in_turn(part)):
            return "pattern"
        if learned:
            for column, use in self.signals:
                if learned[column] >= use.at_least:
                    return f"signal {use.signal}"
        return None


class _Side:
    """The entries that are looked for on one side of the conversation, compiled."""

    def __init__(self, entries: Sequence[Entry], rubric: Rubric, labels: Sequence[str]) -> None:
        self.entries = tuple(entries)
        self.literal = _Literal(of_kind(entries, (Phrases, Regex)), rubric)
        self.echoes: list[tuple[int, Echo]] = of_kind(entries, (Echo,))
        uses: list[tuple[int, SignalUse]] = of_kind(entries, (SignalUse,))
        self.signals = [(labels.index(use.signal), entry, use.at_least) for entry, use in uses if use.signal in labels]
        structures = of_kind(entries, (Tokens, Dependency))
        self.structures = Structures(structures, pipeline.build(rubric.language, entries)) if structures else None
        self.guards = tuple(_Guards(entry.unless, rubric, labels) if entry.unless else None for entry in entries)

    def read(self, part: SegmentedTurn, heard: frozenset[str], learned: Sequence[Sequence[float]]) -> TurnReading:
        """The hits in one turn; `heard` are the stems of the customer's last block, `learned` the probabilities by segment."""
        hits: list[Hit] = []
        for number, segment in enumerate(part.segments):
            row = learned[number] if learned else ()
            start = segment[0]
            for found in self.literal.in_segment(part, *segment):
                hits.append(
                    self._hit(part, number, found.entry, found.kind, start + found.start, start + found.end, row)
                )
            if heard:
                for entry, pattern in self.echoes:
                    for a, b in _echoed(part, segment, heard, pattern):
                        hits.append(self._hit(part, number, entry, "echo", a, b, row))
            if row:
                for column, entry, at_least in self.signals:
                    if row[column] >= at_least:
                        hits.append(self._hit(part, number, entry, "signal", *segment, row, row[column]))
        whole = self.literal.in_turn(part) if self.literal.across else []
        if self.structures is not None:
            whole += self.structures.find(part.text)
        for found in whole:
            number = next((n for n, (_, b) in enumerate(part.segments) if found.start < b), len(part.segments) - 1)
            hits.append(
                self._hit(
                    part, number, found.entry, found.kind, found.start, found.end, learned[number] if learned else ()
                )
            )
        return TurnReading(part.segments, count_words(part.text), tuple(hits))

    def _hit(
        self,
        part: SegmentedTurn,
        segment: int,
        entry: int,
        kind: str,
        start: int,
        end: int,
        learned: Sequence[float],
        probability: float | None = None,
    ) -> Hit:
        # Phrases may take in a space beside a sign; evidence never begins or ends with one.
        while start < end and part.text[start].isspace():
            start += 1
        while end > start and part.text[end - 1].isspace():
            end -= 1
        guards = self.guards[entry]
        dropped = guards.drops(part, part.segments[segment], start, end, learned) if guards is not None else None
        return Hit(self.entries[entry].id, kind, start, end, segment, probability, dropped)


def _echoed(
    part: SegmentedTurn, segment: tuple[int, int], heard: frozenset[str], pattern: Echo
) -> tuple[tuple[int, int], ...]:
    spans = echo.echoes(part.folded, *segment, heard)
    if len(spans) < pattern.words or (
        pattern.about_customer and not echo.speaks_of_customer(part.folded[slice(*segment)])
    ):
        return ()
    return spans


class Reader:
    """Compiled once a rubric; `read` is a pure function of the conversation.

    Raises:
        MissingPackageError: a pattern needs a spaCy model that is not installed.
    """

    def __init__(self, rubric: Rubric, signals: Signals | None = None) -> None:
        agent = (*rubric.markers, *rubric.counter, *rubric.replies)
        self._agent = _Side(agent, rubric, signals.labels("agent") if signals is not None else ())
        self._customer = _Side(rubric.cues, rubric, signals.labels("customer") if signals is not None else ())
        self._signals = signals

    def read(self, transcript: Transcript) -> list[TurnReading]:
        """One reading for each turn, in order; turns that are not spoken between customer and agent have no hits."""
        parts: list[SegmentedTurn | None] = []
        for turn in transcript.turns:
            if turn.spoken:
                folded = fold(turn.text)
                parts.append(SegmentedTurn(turn.role, turn.text, folded, segments(folded)))
            else:
                parts.append(None)
        learned = self._signals.probabilities(parts) if self._signals is not None else ()
        readings: list[TurnReading] = []
        heard, since_agent = frozenset[str](), ""
        for number, part in enumerate(parts):
            row = learned[number] if learned else ()
            if part is None or not part.segments:
                readings.append(_EMPTY)
            elif part.role == "customer":
                since_agent = f"{since_agent} {part.folded}"
                readings.append(self._customer.read(part, frozenset(), row))
            else:
                if since_agent:
                    heard, since_agent = echo.content_stems(since_agent) if self._agent.echoes else frozenset(), ""
                readings.append(self._agent.read(part, heard, row))
        return readings
