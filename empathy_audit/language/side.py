"""The entries that are looked for on one side of a conversation, compiled: rules first, then what the signals add and doubt."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_audit.language import echo, pipeline
from empathy_audit.language.guards import GUARDS, Around
from empathy_audit.language.patterns import Expressions, Found, Structures, of_kind
from empathy_audit.language.segmented import SegmentedTurn
from empathy_audit.model.reading import Hit
from empathy_audit.model.rubric import (
    Dependency,
    Echo,
    Entry,
    Pattern,
    Phrases,
    Regex,
    Rubric,
    SignalUse,
    Tokens,
)


class Literal:
    """Phrases and regexes of several entries: those over folded segments, over original segments and over whole turns."""

    def __init__(self, patterns: Sequence[tuple[int, Phrases | Regex]], rubric: Rubric) -> None:
        def some(case: bool, across: bool) -> Expressions | None:
            chosen = [(n, p) for n, p in patterns if p.case == case and (isinstance(p, Regex) and p.across) == across]
            return Expressions(chosen, rubric.words, case=case) if chosen else None

        self.folded, self.original = some(False, False), some(True, False)
        self.turn_folded, self.turn_original = some(False, True), some(True, True)

    def in_segment(self, part: SegmentedTurn, start: int, end: int) -> list[Found]:
        """What occurs in one segment, places counted from its start."""
        found = self.folded.find(part.folded[start:end]) if self.folded is not None else []
        return found + self.original.find(part.text[start:end]) if self.original is not None else found

    def in_turn(self, part: SegmentedTurn) -> list[Found]:
        """What occurs across the turn, places counted from its start."""
        found = self.turn_folded.find(part.folded) if self.turn_folded is not None else []
        return found + self.turn_original.find(part.text) if self.turn_original is not None else found


class Guards:
    """The `unless` of one entry: named guards, patterns whose presence in the segment (or, `across`, the turn) drops the hit, and signals."""

    def __init__(self, unless: tuple[str | Pattern, ...], rubric: Rubric, labels: Sequence[str]) -> None:
        self.named = tuple((name, GUARDS[name]) for name in unless if isinstance(name, str))
        self.literal = Literal([(n, p) for n, p in enumerate(unless) if isinstance(p, Phrases | Regex)], rubric)
        uses = [p for p in unless if isinstance(p, SignalUse)]
        self.signals = tuple((labels.index(use.signal), use) for use in uses if use.signal in labels)

    def drops(self, part: SegmentedTurn, segment: tuple[int, int], start: int, end: int) -> str | None:
        """The name of the first guard by rule that speaks against the hit, else None."""
        if self.named:
            around = Around(part.folded, *segment, start, end)
            for name, guard in self.named:
                if guard(around):
                    return name
        return "pattern" if self.literal.in_segment(part, *segment) or self.literal.in_turn(part) else None

    def doubts(self, row: Sequence[float]) -> str | None:
        """The signal whose probability in the segment speaks against a hit, else None."""
        for column, use in self.signals:
            against = row[column] < use.below if use.below is not None else row[column] >= use.at_least
            if against:
                return f"signal {use.signal} at {row[column]:.2f}"
        return None


class Side:
    """The entries of one side, compiled."""

    def __init__(self, entries: Sequence[Entry], rubric: Rubric, labels: Sequence[str]) -> None:
        self.entries = tuple(entries)
        self.literal = Literal(of_kind(entries, (Phrases, Regex)), rubric)
        self.echoes: list[tuple[int, Echo]] = of_kind(entries, (Echo,))
        uses: list[tuple[int, SignalUse]] = of_kind(entries, (SignalUse,))
        self.signals = [(labels.index(use.signal), entry, use.at_least) for entry, use in uses if use.signal in labels]
        structures = of_kind(entries, (Tokens, Dependency))
        self.structures = Structures(structures, pipeline.build(rubric.language, entries)) if structures else None
        self.guards = tuple(Guards(entry.unless, rubric, labels) if entry.unless else None for entry in entries)
        self.doubting = {e.id: g for e, g in zip(entries, self.guards, strict=True) if g is not None and g.signals}

    def by_rules(self, part: SegmentedTurn, heard: frozenset[str]) -> list[Hit]:
        """What the rules find in one turn; `heard` are the stems of the customer's last block."""
        hits: list[Hit] = []
        for number, (start, end) in enumerate(part.segments):
            for found in self.literal.in_segment(part, start, end):
                hits.append(self._hit(part, number, found.entry, found.kind, start + found.start, start + found.end))
            if heard:
                for entry, pattern in self.echoes:
                    for a, b in _echoed(part, (start, end), heard, pattern):
                        hits.append(self._hit(part, number, entry, "echo", a, b))
        whole = self.literal.in_turn(part)
        if self.structures is not None:
            whole += self.structures.find(part.text)
        for found in whole:
            number = next((n for n, (_, b) in enumerate(part.segments) if found.start < b), len(part.segments) - 1)
            hits.append(self._hit(part, number, found.entry, found.kind, found.start, found.end))
        return hits

    def with_signals(self, part: SegmentedTurn, hits: list[Hit], learned: Sequence[Sequence[float]]) -> list[Hit]:
        """The hits of the rules, those that a signal doubts dropped, and the signals' own; `learned` is one row a segment."""
        if self.doubting:
            hits = [self._doubted(hit, learned) for hit in hits]
        for number, row in enumerate(learned):
            for column, entry, at_least in self.signals:
                if row[column] >= at_least:
                    hits.append(self._hit(part, number, entry, "signal", *part.segments[number], row[column]))
        return hits

    def _doubted(self, hit: Hit, learned: Sequence[Sequence[float]]) -> Hit:
        guards = self.doubting.get(hit.entry)
        if guards is None or hit.dropped is not None:
            return hit
        return hit._replace(dropped=guards.doubts(learned[hit.segment]))

    def _hit(
        self,
        part: SegmentedTurn,
        segment: int,
        entry: int,
        kind: str,
        start: int,
        end: int,
        probability: float | None = None,
    ) -> Hit:
        # Phrases may take in a space beside a sign; evidence never begins or ends with one.
        while start < end and part.text[start].isspace():
            start += 1
        while end > start and part.text[end - 1].isspace():
            end -= 1
        guards = self.guards[entry]
        dropped = guards.drops(part, part.segments[segment], start, end) if guards is not None else None
        return Hit(self.entries[entry].id, kind, start, end, segment, probability, dropped)


def _echoed(
    part: SegmentedTurn, segment: tuple[int, int], heard: frozenset[str], pattern: Echo
) -> tuple[tuple[int, int], ...]:
    spans = echo.echoes(part.folded, *segment, heard)
    if len(spans) < pattern.words:
        return ()
    return spans if not pattern.about_customer or echo.speaks_of_customer(part.folded[slice(*segment)]) else ()
