"""Reads a conversation for a rubric: segments every spoken turn and finds the entries in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from empathy_audit.language import echo, pipeline
from empathy_audit.language.guards import GUARDS, Around
from empathy_audit.language.patterns import Expressions, Structures, of_kind
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

    def probabilities(self, turns: Sequence[SegmentedTurn | None]) -> Sequence[Sequence[Mapping[str, float]]]:
        """For each turn, for each of its segments, label → probability 0..1; empty for turns that are None."""
        ...


class _Side:
    """The entries that are looked for on one side of the conversation, compiled."""

    def __init__(self, entries: Sequence[Entry], rubric: Rubric) -> None:
        self.entries = tuple(entries)
        literal = [(n, p) for n, p in of_kind(entries, (Phrases, Regex)) if not p.case]
        self.folded = Expressions(literal, rubric.words, case=False)
        self.original = Expressions(
            [(n, p) for n, p in of_kind(entries, (Phrases, Regex)) if p.case], rubric.words, case=True
        )
        self.has_case = any(p.case for _, p in of_kind(entries, (Phrases, Regex)))
        self.echoes: list[tuple[int, Echo]] = of_kind(entries, (Echo,))
        self.signals: list[tuple[int, SignalUse]] = of_kind(entries, (SignalUse,))
        structures = of_kind(entries, (Tokens, Dependency))
        self.structures = Structures(structures, pipeline.build(rubric.language, entries)) if structures else None
        self.guards = tuple(_Guards(entry.unless, rubric) for entry in entries)


class _Guards:
    """The `unless` of one entry: named guards, and patterns whose presence in the segment drops the hit."""

    def __init__(self, unless: tuple[str | Pattern, ...], rubric: Rubric) -> None:
        self.named = tuple((name, GUARDS[name]) for name in unless if isinstance(name, str))
        self.folded = Expressions(
            [(n, p) for n, p in enumerate(unless) if isinstance(p, Phrases | Regex) and not p.case],
            rubric.words,
            case=False,
        )
        self.original = Expressions(
            [(n, p) for n, p in enumerate(unless) if isinstance(p, Phrases | Regex) and p.case], rubric.words, case=True
        )
        self.signals = tuple(p for p in unless if isinstance(p, SignalUse))
        self.any = bool(unless)

    def drops(self, around: Around, original: str, probabilities: Mapping[str, float] | None) -> str | None:
        """The name of the first guard that speaks against the hit, else None."""
        for name, guard in self.named:
            if guard(around):
                return name
        if self.folded.find(around.segment) or self.original.find(original[around.segment_start : around.segment_end]):
            return "pattern"
        for use in self.signals:
            if probabilities is not None and probabilities.get(use.signal, 0.0) >= use.at_least:
                return f"signal {use.signal}"
        return None


class Reader:
    """Compiled once a rubric; `read` is a pure function of the conversation.

    Raises:
        MissingPackageError: a pattern needs a spaCy model that is not installed.
    """

    def __init__(self, rubric: Rubric, signals: Signals | None = None) -> None:
        self._agent = _Side((*rubric.markers, *rubric.counter, *rubric.replies), rubric)
        self._customer = _Side(rubric.cues, rubric)
        self._signals = signals if self._agent.signals or self._customer.signals else None

    def read(self, transcript: Transcript) -> list[TurnReading]:
        """One reading for each turn, in order; turns that are not spoken between customer and agent have no hits."""
        parts: list[SegmentedTurn | None] = []
        for turn in transcript.turns:
            if turn.spoken:
                folded = fold(turn.text)
                parts.append(SegmentedTurn(turn.role, turn.text, folded, segments(folded)))
            else:
                parts.append(None)
        learned = self._signals.probabilities(parts) if self._signals is not None else None
        readings, heard, since_agent = [], frozenset[str](), ""
        for number, part in enumerate(parts):
            if part is None:
                readings.append(_EMPTY)
                continue
            probabilities = learned[number] if learned is not None else None
            if part.role == "customer":
                since_agent = f"{since_agent} {part.folded}"
                readings.append(_read_turn(self._customer, part, frozenset(), probabilities))
            else:
                if since_agent and self._agent.echoes:
                    heard, since_agent = echo.content_stems(since_agent), ""
                readings.append(_read_turn(self._agent, part, heard, probabilities))
        return readings


def _read_turn(
    side: _Side, part: SegmentedTurn, heard: frozenset[str], probabilities: Sequence[Mapping[str, float]] | None
) -> TurnReading:
    hits: list[Hit] = []
    for number, (start, end) in enumerate(part.segments):
        segment = part.folded[start:end]
        learned = probabilities[number] if probabilities is not None else None
        for found in side.folded.find(segment):
            hits.append(
                _hit(side, part, number, found.entry, found.kind, start + found.start, start + found.end, learned)
            )
        if side.has_case:
            for found in side.original.find(part.text[start:end]):
                hits.append(
                    _hit(side, part, number, found.entry, found.kind, start + found.start, start + found.end, learned)
                )
        if heard:
            for entry, pattern in side.echoes:
                if pattern.about_customer and not echo.speaks_of_customer(segment):
                    continue
                spans = echo.echoes(part.folded, start, end, heard)
                if len(spans) >= pattern.words:
                    hits += [_hit(side, part, number, entry, "echo", a, b, learned) for a, b in spans]
        if learned is not None:
            for entry, use in side.signals:
                if (probability := learned.get(use.signal, 0.0)) >= use.at_least:
                    hits.append(_hit(side, part, number, entry, "signal", start, end, learned, probability))
    if side.structures is not None:
        for found in side.structures.find(part.text):
            number = next((n for n, (a, b) in enumerate(part.segments) if a <= found.start < b), 0)
            hits.append(
                _hit(
                    side,
                    part,
                    number,
                    found.entry,
                    found.kind,
                    found.start,
                    found.end,
                    probabilities[number] if probabilities else None,
                )
            )
    return TurnReading(part.segments, count_words(part.text), tuple(hits))


def _hit(
    side: _Side,
    part: SegmentedTurn,
    segment: int,
    entry: int,
    kind: str,
    start: int,
    end: int,
    learned: Mapping[str, float] | None,
    probability: float | None = None,
) -> Hit:
    # Phrases may take in a space beside a sign; evidence never begins or ends with one.
    while start < end and part.text[start].isspace():
        start += 1
    while end > start and part.text[end - 1].isspace():
        end -= 1
    guards = side.guards[entry]
    dropped = (
        guards.drops(Around(part.folded, *part.segments[segment], start, end), part.text, learned)
        if guards.any
        else None
    )
    return Hit(side.entries[entry].id, kind, start, end, segment, probability, dropped)
