"""The reasoning behind an audit as steps: what fired on which words, what was dropped and why, and what it came to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from empathy_audit.judgement.episodes import Course, Episode
from empathy_audit.judgement.scoring import steps as score_steps
from empathy_audit.judgement.scoring import tally
from empathy_audit.judgement.tagging import Entries
from empathy_audit.model.audit import Evidence, Step
from empathy_audit.model.reading import Hit, TurnReading
from empathy_audit.model.rubric import Rubric

_BETTER = {
    "ack": "nothing: this is the answer that was hoped for",
    "ask": "naming the feeling or the event before the question would make it met",
    "solve": "naming the feeling or the event before the solution would make it met",
    "ignore": "any answer to what the customer said would make it partial; naming the feeling or the event would make it met",
    "dismiss": "leaving the counter-empathic words out and naming the feeling or the event would make it met",
}


def explain(course: Course, readings: Sequence[TurnReading], rubric: Rubric, entries: Entries) -> tuple[Step, ...]:
    """All steps, turn by turn, then those of the scores."""
    lines: list[Step] = []
    by_turn = {e.turn: e for e in course.episodes}
    by_answer: dict[int, list[Episode]] = {}
    for episode in course.episodes:
        if episode.answer is not None:
            by_answer.setdefault(episode.answer.turns[0], []).append(episode)
    for index, reading in enumerate(readings):
        lines += _hits(index, reading.hits, course, entries)
        if index in by_turn:
            lines.append(_opportunity(by_turn[index]))
        elif (sensed := course.sensed[index]) is not None:
            lines.append(
                Step(
                    index,
                    "opportunity",
                    "none",
                    f"{sensed.kind}, {sensed.emotion}, intensity {sensed.intensity:g}: another turn of the block is stronger and stands for it",
                    sensed.evidence,
                )
            )
        lines += [_reply(e, index) for e in by_answer.get(index, ())]
    return (*lines, *score_steps(tally(course, entries, readings), rubric))


def _hits(index: int, hits: Sequence[Hit], course: Course, entries: Entries) -> Iterator[Step]:
    yielded = dict(course.tagged[index].dropped) if course.tagged[index].dropped else {}
    for hit in hits:
        evidence = (Evidence(hit.start, hit.end),)
        reason = hit.dropped or yielded.get(hit)
        if reason is not None:
            yield Step(index, "dropped", hit.entry, f"by {hit.kind}, dropped: {reason}", evidence)
        elif hit.kind == "signal":
            yield Step(
                index, "signal", hit.entry, f"{_worth(hit, entries)}, probability {hit.probability:.2f}", evidence
            )
        else:
            yield Step(index, "hit", hit.entry, f"by {hit.kind}: {_worth(hit, entries)}", evidence)


def _worth(hit: Hit, entries: Entries) -> str:
    if (marker := entries.markers.get(hit.entry)) is not None:
        return f"tag {marker.tag}, confidence {marker.confidence:g}"
    if (cue := entries.cues.get(hit.entry)) is not None:
        return f"{cue.kind} cue of {cue.emotion or 'a concern'}, intensity {cue.intensity:g}" + (
            "" if cue.opens else ", strengthens others only"
        )
    if (counter := entries.counter.get(hit.entry)) is not None:
        return f"counter-empathy, costs {counter.points:g} points"
    return f"read as {entries.replies[hit.entry].aspect}"


def _opportunity(episode: Episode) -> Step:
    opportunity = episode.opportunity
    text = f"{opportunity.kind}, {opportunity.emotion}, intensity {opportunity.intensity:g}: {episode.outcome}"
    if episode.treatment is not None:
        text += f"; {_BETTER[episode.treatment.reply]}" if episode.outcome not in ("met", "delayed") else ""
    if episode.rule.pleasant:
        text += "; joy and gratitude never cost anything"
    return Step(episode.turn, "opportunity", episode.rule.id, text, opportunity.evidence)


def _reply(episode: Episode, index: int) -> Step:
    treatment = episode.treatment
    assert treatment is not None  # noqa: S101 - an answered episode has one
    return Step(
        index,
        "reply",
        treatment.reply,
        f"answers turn {episode.turn}: level {treatment.level}, {treatment.why}; outcome {episode.outcome}",
    )
