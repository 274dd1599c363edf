"""Hits of an agent turn → tags, with what each marker implies and yields to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from empathy_audit.model.audit import Evidence, Tag
from empathy_audit.model.reading import Hit, TurnReading
from empathy_audit.model.rubric import COUNTER_TAG, Aspect, Counter, Cue, Marker, ReplyMark, Rubric

_NONE: frozenset[str] = frozenset()
_NO_ASPECT: frozenset[Aspect] = frozenset()


@dataclass(frozen=True, slots=True)
class Entries:
    """A rubric's entries by id, so that a hit finds what it is worth."""

    markers: Mapping[str, Marker]
    cues: Mapping[str, Cue]
    counter: Mapping[str, Counter]
    replies: Mapping[str, ReplyMark]
    aspects: Mapping[str, frozenset[Aspect]]
    """The aspect that a hit of a reply mark stands for, as a set of one."""
    brings: Mapping[str, frozenset[str]]
    """The tags that a hit of a marker, or of counter-empathic words, stands for."""
    yields: Mapping[str, tuple[str, ...]]
    """The tags that a marker yields to; markers that yield to none are left out."""
    principles: Mapping[str, str | None]
    """Tag → the principle that it speaks for."""
    skills: Mapping[str, str]
    """Tag → the principle that its use is scored for; tags of none are left out."""

    @classmethod
    def of(cls, rubric: Rubric) -> Entries:
        """The entries of a rubric."""
        return cls(
            markers={m.id: m for m in rubric.markers},
            cues={c.id: c for c in rubric.cues},
            counter={c.id: c for c in rubric.counter},
            replies={r.id: r for r in rubric.replies},
            aspects={r.id: frozenset((r.aspect,)) for r in rubric.replies},
            brings={c.id: frozenset((COUNTER_TAG,)) for c in rubric.counter}
            | {m.id: frozenset((m.tag, *m.implies)) for m in rubric.markers},
            yields={m.id: m.yields_to for m in rubric.markers if m.yields_to},
            principles={m.tag: m.principle for m in reversed(rubric.markers)},
            skills={m.tag: m.principle for m in reversed(rubric.markers) if m.principle},
        )


class TaggedTurn(NamedTuple):
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
    size = len(reading.segments)
    found, aspects = [_NONE] * size, [_NO_ASPECT] * size
    if not reading.hits:
        return TaggedTurn((), tuple(found), tuple(aspects), ()) if size else EMPTY
    live: list[Hit] = []
    dropped: list[tuple[Hit, str]] = []
    for hit in reading.hits:
        if hit.dropped is not None:
            dropped.append((hit, hit.dropped))
        elif (aspect := entries.aspects.get(hit.entry)) is not None:
            aspects[hit.segment] |= aspect
        else:
            live.append(hit)
            found[hit.segment] |= entries.brings[hit.entry]
    kept = live
    if not entries.yields.keys().isdisjoint([hit.entry for hit in live]):
        kept = _unyielding(live, found, entries, dropped)
        if len(kept) < len(live):
            found = [_NONE] * size
            for hit in kept:
                found[hit.segment] |= entries.brings[hit.entry]
    return TaggedTurn(_tags(kept, entries), tuple(found), tuple(aspects), tuple(dropped))


def _unyielding(
    live: Sequence[Hit], found: Sequence[frozenset[str]], entries: Entries, dropped: list[tuple[Hit, str]]
) -> list[Hit]:
    """The hits whose segment holds none of the tags that they yield to; the others are `dropped`."""
    kept = []
    for hit in live:
        stronger = next((t for t in entries.yields.get(hit.entry, ()) if t in found[hit.segment]), None)
        if stronger is None:
            kept.append(hit)
        else:
            dropped.append((hit, f"yields to {stronger}"))
    return kept


def _tags(kept: Sequence[Hit], entries: Entries) -> tuple[Tag, ...]:
    if not kept:
        return ()
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
    if len(tags) > 1:
        # Pairs of numbers are compared by far quicker than evidence is.
        tags.sort(key=lambda t: ([(e.start, e.end) for e in t.evidence], t.tag, t.marker))
    return tuple(tags)


def merge(spans: Iterable[tuple[int, int]]) -> tuple[Evidence, ...]:
    """Spans in order, overlapping or touching ones joined."""
    ordered = sorted(spans)
    if len(ordered) == 1:
        return (Evidence(*ordered[0]),)
    merged: list[tuple[int, int]] = []
    for start, end in ordered:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple([Evidence(start, end) for start, end in merged])
