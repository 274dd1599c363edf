"""Cues of customer turns → opportunities: one for a block, on its strongest turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from empathy_audit.judgement.blocks import Block
from empathy_audit.judgement.tagging import merge
from empathy_audit.model.audit import PLEASANT, Opportunity
from empathy_audit.model.reading import TurnReading
from empathy_audit.model.rubric import Cue


def sense(reading: TurnReading, cues: Mapping[str, Cue]) -> Opportunity | None:
    """What one customer turn shows, or None.

    Cues add up as independent chances do, 1 - Π(1 - intensity), each cue once. Pleasant and distressed cues are weighed apart and the
    stronger side speaks, distress where they are equal; the turn is explicit when any opening cue of that side is.
    """
    hits = [h for h in reading.hits if h.dropped is None]
    if not hits:
        return None
    strengths: dict[str, float] = {}
    for hit in hits:
        entry, strength = hit.entry, cues[hit.entry].intensity
        if hit.probability is not None:
            strength *= hit.probability
        if strength > strengths.get(entry, -1.0):
            strengths[entry] = strength
    distress: list[str] = []
    pleasant: list[str] = []
    amplifiers: list[str] = []
    for entry in strengths:
        cue = cues[entry]
        side = amplifiers if not cue.opens else pleasant if cue.emotion in PLEASANT else distress
        side.append(entry)
    opening = distress or pleasant
    if distress and pleasant and _together(pleasant, strengths) > _together(distress, strengths):
        opening = pleasant
    if not opening:
        return None
    strongest = named = opening[0]
    if len(opening) > 1:
        strongest = max(opening, key=lambda e: (cues[e].kind == "explicit", strengths[e], cues[e].emotion is not None))
        named = max(
            (e for e in opening if cues[e].emotion is not None),
            key=lambda e: (cues[e].kind == "explicit", strengths[e]),
            default=strongest,
        )
    fired = [*opening, *amplifiers]
    return Opportunity(
        kind=cues[strongest].kind,
        emotion=cues[named].emotion,
        intensity=round(_together(fired, strengths), 3),
        evidence=merge([(h.start, h.end) for h in hits if h.entry in fired]),
        cues=tuple(fired),
    )


def _together(entries: Sequence[str], strengths: Mapping[str, float]) -> float:
    rest = 1.0
    for entry in entries:
        rest *= 1.0 - strengths[entry]
    return 1.0 - rest


def strongest_turn(block: Block, sensed: Sequence[Opportunity | None]) -> int | None:
    """The turn of a customer block that stands for its opportunity: distress before delight, explicit before implicit, then by intensity; the later of equals."""
    candidates = [i for i in block.turns if sensed[i] is not None]
    if len(candidates) < 2:
        return candidates[0] if candidates else None

    def strength(index: int) -> tuple[bool, bool, float, int]:
        opportunity = sensed[index]
        assert opportunity is not None  # noqa: S101 - filtered above; mypy cannot see it
        return (not opportunity.pleasant, opportunity.kind == "explicit", opportunity.intensity, index)

    return max(candidates, key=strength)
