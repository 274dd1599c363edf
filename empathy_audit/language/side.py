"""The entries that are looked for on one side of a conversation, compiled: rules first, then what the signals add and doubt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from empathy_audit.language import echo, pipeline
from empathy_audit.language.guards import GUARDS, Around
from empathy_audit.language.patterns import NOTHING, Expressions, Found, Literal, Occurring, Structures, of_kind
from empathy_audit.language.segmented import Learned, SegmentedTurn
from empathy_audit.model.reading import Hit
from empathy_audit.model.rubric import (
    Dependency,
    Echo,
    Entry,
    Pattern,
    Phrases,
    Regex,
    ReplyMark,
    Rubric,
    SignalUse,
    Tokens,
)


class Sets:
    """All phrases and regexes of a side with their guards: those over folded and original segments, and over whole turns."""

    def __init__(self, entries: Sequence[Entry], rubric: Rubric) -> None:
        literals = [
            # Nothing is quoted of a reply mark, so its place is not searched for.
            Literal(n, p, guards=guards, placed=not isinstance(entry, ReplyMark))
            for n, entry in enumerate(entries)
            for guards, patterns in ((False, entry.any), (True, entry.unless))
            for p in patterns
            if isinstance(p, Phrases | Regex)
        ]

        def some(case: bool, across: bool) -> Expressions | None:
            chosen = [
                item
                for item in literals
                if item.pattern.case == case and (isinstance(item.pattern, Regex) and item.pattern.across) == across
            ]
            return Expressions(chosen, rubric.words, case=case) if chosen else None

        self._folded, self._original = some(False, False), some(True, False)
        self._turn_folded, self._turn_original = some(False, True), some(True, True)

    def in_segments(self, part: SegmentedTurn) -> list[Occurring]:
        """What occurs in each segment, places counted from its start, and the entries whose guards do."""
        return _both(self._folded, self._original, part, part.segments)

    def in_turn(self, part: SegmentedTurn) -> Occurring:
        """What occurs across the turn, places counted from its start, and the entries whose guards do."""
        if self._turn_folded is None and self._turn_original is None:
            return NOTHING
        return _both(self._turn_folded, self._turn_original, part, ((0, len(part.text)),))[0]


def _both(
    folded: Expressions | None, original: Expressions | None, part: SegmentedTurn, places: Sequence[tuple[int, int]]
) -> list[Occurring]:
    """What expressions over folded text find in each place of a turn, then those over the original."""
    found = folded.find(part.folded, places) if folded is not None else [NOTHING] * len(places)
    if original is None:
        return found
    more = original.find(part.text, places)
    if more.count(NOTHING) == len(more):
        return found
    return [
        (one if another is NOTHING else ((*one[0], *another[0]), one[1] | another[1]))
        for one, another in zip(found, more, strict=True)
    ]


class Guards:
    """The named guards and the signals in the `unless` of one entry; its patterns are searched for with all others."""

    def __init__(self, unless: tuple[str | Pattern, ...], labels: Sequence[str]) -> None:
        self.named = tuple((name, GUARDS[name]) for name in unless if isinstance(name, str))
        uses = [p for p in unless if isinstance(p, SignalUse)]
        self.signals = tuple((labels.index(use.signal), use) for use in uses if use.signal in labels)

    def drops(self, part: SegmentedTurn, segment: tuple[int, int], start: int, end: int) -> str | None:
        """The name of the first named guard that speaks against the hit, else None."""
        around = Around(part.folded, *segment, start, end)
        return next((name for name, guard in self.named if guard(around)), None)

    def doubts(self, row: Sequence[float]) -> str | None:
        """The signal whose probability in the segment speaks against a hit, else None."""
        for column, use in self.signals:
            against = row[column] < use.below if use.below is not None else row[column] >= use.at_least
            if against:
                return f"signal {use.signal} at {row[column]:.2f}"
        return None


class Ruled(NamedTuple):
    """What the rules found in a turn: the hits, and for each segment the entries that a guard's pattern keeps out of it."""

    hits: list[Hit]
    guarded: list[frozenset[int]]


class Side:
    """The entries of one side, compiled."""

    def __init__(self, entries: Sequence[Entry], rubric: Rubric, labels: Sequence[str]) -> None:
        self.sets = Sets(entries, rubric)
        self.echoes: list[tuple[int, Echo]] = of_kind(entries, (Echo,))
        uses: list[tuple[int, SignalUse]] = of_kind(entries, (SignalUse,))
        known = [(entry, use) for entry, use in uses if use.signal in labels]
        self.asked = [(labels.index(use.signal), use.at_least) for _, use in known]
        self.asking = [entry for entry, _ in known]
        structures = of_kind(entries, (Tokens, Dependency))
        self.structures = Structures(structures, pipeline.build(rubric.language, entries)) if structures else None
        guards = tuple(Guards(entry.unless, labels) if entry.unless else None for entry in entries)
        self.ids = tuple(entry.id for entry in entries)
        self.named = tuple(g if g is not None and g.named else None for g in guards)
        self.doubting = {id_: g for id_, g in zip(self.ids, guards, strict=True) if g is not None and g.signals}

    def by_rules(self, part: SegmentedTurn, heard: frozenset[str]) -> Ruled:
        """What the rules find in one turn; `heard` are the stems of the customer's last block."""
        hits: list[Hit] = []
        across, everywhere = self.sets.in_turn(part)
        guarded: list[frozenset[int]] = []
        # What the turn does not hold no segment does.
        wanted = echo.may_hold(part.folded, heard) if heard else ()
        echoes = [(entry, pattern) for entry, pattern in self.echoes if len(wanted) >= pattern.words] if wanted else ()
        for number, (inside, here) in enumerate(self.sets.in_segments(part)):
            against = here | everywhere if everywhere else here
            guarded.append(against)
            start, end = part.segments[number]
            for found in inside:
                hits.append(self._hit(part, number, found, start, against))
            for entry, pattern in echoes:
                for a, b in _echoed(part, (start, end), wanted, pattern):
                    hits.append(self._hit(part, number, Found(entry, "echo", a, b), 0, against))
        if self.structures is not None:
            across = (*across, *self.structures.find(part.text))
        for found in across:
            number = next((n for n, (_, b) in enumerate(part.segments) if found.start < b), len(part.segments) - 1)
            hits.append(self._hit(part, number, found, 0, guarded[number]))
        return Ruled(hits, guarded)

    def with_signals(self, part: SegmentedTurn, ruled: Ruled, learned: Learned) -> list[Hit]:
        """The hits of the rules, those that a signal doubts dropped, and the signals' own."""
        hits = list(ruled.hits)
        for place, hit in enumerate(ruled.hits):
            guards = self.doubting.get(hit.entry)
            if guards is not None and hit.dropped is None:
                doubt = guards.doubts(learned.rows[hit.segment])
                hits[place] = hit if doubt is None else hit._replace(dropped=doubt)
        for number, use, probability in learned.sure:
            entry, (start, end) = self.asking[use], part.segments[number]
            hits.append(self._told(part, number, entry, "signal", start, end, ruled.guarded[number], probability))
        return hits

    def _hit(self, part: SegmentedTurn, segment: int, found: Found, offset: int, guarded: frozenset[int]) -> Hit:
        start, end, text = found.start + offset, found.end + offset, part.text
        # Phrases may take in a space beside a sign; evidence never begins or ends with one.
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        entry = found.entry
        if self.named[entry] is None:  # as for most; what `_told` would say, with a call less
            return Hit(self.ids[entry], found.kind, start, end, segment, None, "pattern" if entry in guarded else None)
        return self._told(part, segment, entry, found.kind, start, end, guarded)

    def _told(
        self,
        part: SegmentedTurn,
        segment: int,
        entry: int,
        kind: str,
        start: int,
        end: int,
        guarded: frozenset[int],
        probability: float | None = None,
    ) -> Hit:
        guards = self.named[entry]
        dropped = guards.drops(part, part.segments[segment], start, end) if guards is not None else None
        if dropped is None and entry in guarded:
            dropped = "pattern"
        return Hit(self.ids[entry], kind, start, end, segment, probability, dropped)


def _echoed(
    part: SegmentedTurn, segment: tuple[int, int], wanted: Sequence[str], pattern: Echo
) -> tuple[tuple[int, int], ...]:
    # Most segments say too little of what the customer said, and to see that is quicker than to look where.
    folded = part.folded[slice(*segment)]
    if len(echo.may_hold(folded, wanted)) < pattern.words:
        return ()
    if pattern.about_customer and not echo.speaks_of_customer(folded):
        return ()
    spans = echo.echoes(part.folded, *segment, wanted)
    return spans if len(spans) >= pattern.words else ()
