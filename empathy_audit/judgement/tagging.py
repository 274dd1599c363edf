"""Hits of an agent turn → tags, with what each marker implies and yields to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    @classmethod
    def of(cls, rubric: Rubric) -> Entries:
        """The entries of a rubric."""
        return cls(
            {m.id: m for m in rubric.markers},
            {c.id: c for c in rubric.cues},
            {c.id: c for c in rubric.counter},
            {r.id: r for r in rubric.replies},
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
            found[hit.segment].update(_brings(hit, entries))
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
    final: list[set[str]] = [set() for _ in range(size)]
    for hit in kept:
        final[hit.segment].update(_brings(hit, entries))
    return TaggedTurn(
        _tags(kept, entries), tuple(map(frozenset, final)), tuple(map(frozenset, aspects)), tuple(dropped)
    )


def _brings(hit: Hit, entries: Entries) -> tuple[str, ...]:
    marker = entries.markers.get(hit.entry)
    return (marker.tag, *marker.implies) if marker is not None else (COUNTER_TAG,)


def _tags(kept: Sequence[Hit], entries: Entries) -> tuple[Tag, ...]:
    by_entry: dict[str, list[Hit]] = {}
    for hit in kept:
        by_entry.setdefault(hit.entry, []).append(hit)
    tags = []
    for entry, hits in by_entry.items():
        evidence = merge((h.start, h.end) for h in hits)
        marker = entries.markers.get(entry)
        if marker is None:
            tags.append(Tag(COUNTER_TAG, None, entry, round(entries.counter[entry].confidence, 3), evidence))
            continue
        probability = max((h.probability for h in hits if h.probability is not None), default=None)
        # Words that a rule names are at least as sure as the rule; a signal alone is as sure as it says.
        ruled = any(h.probability is None for h in hits)
        confidence = round(max(marker.confidence if ruled else 0.0, probability or 0.0), 3)
        tags.append(Tag(marker.tag, marker.principle, entry, confidence, evidence))
        tags += [Tag(tag, _principle_of(tag, entries), entry, confidence, evidence) for tag in marker.implies]
    return tuple(sorted(tags, key=lambda t: (t.evidence, t.tag, t.marker)))


def _principle_of(tag: str, entries: Entries) -> str | None:
    return next((m.principle for m in entries.markers.values() if m.tag == tag), None)


def merge(spans: object) -> tuple[Evidence, ...]:
    """Spans in order, overlapping or touching ones joined."""
    merged: list[Evidence] = []
    for start, end in sorted(spans):  # type: ignore[call-overload]
        if merged and start <= merged[-1].end:
            merged[-1] = Evidence(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Evidence(start, end))
    return tuple(merged)
