"""Hits of an agent turn → tags, with what each marker implies and yields to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from empathy_audit.model.audit import Evidence, Tag
from empathy_audit.model.reading import Hit, TurnReading
from empathy_audit.model.rubric import COUNTER_TAG, Aspect, Counter, Cue, Marker, ReplyMark, Rubric

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Entries:
    """A rubric's entries by id, so that a hit finds what it is worth."""

    markers: Mapping[str, Marker]
    cues: Mapping[str, Cue]
    counter: Mapping[str, Counter]
    replies: Mapping[str, ReplyMark]
    brings: Mapping[str, tuple[str, ...]]
    """The tags that a hit of a marker, or of counter-empathic words, stands for."""
    principles: Mapping[str, str | None]
    """Tag → the principle that it speaks for."""

    @classmethod
    def of(cls, rubric: Rubric) -> Entries:
        """The entries of a rubric."""
        return cls(
            markers={m.id: m for m in rubric.markers},
            cues={c.id: c for c in rubric.cues},
            counter={c.id: c for c in rubric.counter},
            replies={r.id: r for r in rubric.replies},
            brings={c.id: (COUNTER_TAG,) for c in rubric.counter} | {m.id: (m.tag, *m.implies) for m in rubric.markers},
            principles={m.tag: m.principle for m in reversed(rubric.markers)},
        )


@dataclass(frozen=True, slots=True)
class TaggedTurn:
    """What was found in an agent turn: its tags, which tags and aspects each segment carries, and the hits that were dropped and why."""

    tags: tuple[Tag, ...]
    segment_tags: tuple[frozenset[str], ...]
    segment_aspects: tuple[frozenset[Aspect], ...]
    dropped: tuple[tuple[Hit, str], ...]


EMPTY = TaggedTurn((), (), (), ())


def tag_turn(reading: TurnReading, entries: Entries) -> TaggedTurn:
    """The tags of one agent turn, in the order in which their words stand.

    One tag for each marker that fired, with all its places; a marker whose `yields_to` tag stands in the same segment is dropped there.
    """
    if not reading.hits:
        if not reading.segments:
            return EMPTY
        none: tuple[frozenset[str], ...] = (frozenset(),) * len(reading.segments)
        return TaggedTurn((), none, (frozenset(),) * len(reading.segments), ())
    size = len(reading.segments)
    aspects: list[set[Aspect]] = [set() for _ in range(size)]
    found: list[set[str]] = [set() for _ in range(size)]
    live: list[Hit] = []
    dropped: list[tuple[Hit, str]] = []
    for hit in reading.hits:
        if hit.dropped is not None:
            dropped.append((hit, hit.dropped))
        elif (mark := entries.replies.get(hit.entry)) is not None:
            aspects[hit.segment].add(mark.aspect)
        else:
            live.append(hit)
            found[hit.segment].update(entries.brings[hit.entry])
    kept = []
    for hit in live:
        marker = entries.markers.get(hit.entry)
        stronger = (
            next((t for t in marker.yields_to if t in found[hit.segment]), None)
            if marker is not None and marker.yields_to
            else None
        )
        if stronger is None:
            kept.append(hit)
        else:
            dropped.append((hit, f"yields to {stronger}"))
    if len(kept) < len(live):
        found = [set() for _ in range(size)]
        for hit in kept:
            found[hit.segment].update(entries.brings[hit.entry])
    return TaggedTurn(
        _tags(kept, entries), tuple(map(frozenset, found)), tuple(map(frozenset, aspects)), tuple(dropped)
    )


def _tags(kept: Sequence[Hit], entries: Entries) -> tuple[Tag, ...]:
    by_entry: dict[str, list[Hit]] = {}
    for hit in kept:
        by_entry.setdefault(hit.entry, []).append(hit)
    tags = []
    for entry, hits in by_entry.items():
        evidence = merge([(h.start, h.end) for h in hits])
        marker = entries.markers.get(entry)
        if marker is None:
            tags.append(Tag(COUNTER_TAG, None, entry, round(entries.counter[entry].confidence, 3), evidence))
            continue
        probabilities = [h.probability for h in hits if h.probability is not None]
        # Words that a rule names are at least as sure as the rule; a signal alone is as sure as it says.
        ruled = len(probabilities) < len(hits)
        confidence = round(max(marker.confidence if ruled else 0.0, *probabilities, 0.0), 3)
        tags.append(Tag(marker.tag, marker.principle, entry, confidence, evidence))
        tags += [Tag(tag, entries.principles.get(tag), entry, confidence, evidence) for tag in marker.implies]
    # Pairs of numbers are compared by far quicker than evidence is.
    tags.sort(key=lambda t: ([(e.start, e.end) for e in t.evidence], t.tag, t.marker))
    return tuple(tags)


def merge(spans: Iterable[tuple[int, int]]) -> tuple[Evidence, ...]:
    """Spans in order, overlapping or touching ones joined."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(Evidence(start, end) for start, end in merged)
