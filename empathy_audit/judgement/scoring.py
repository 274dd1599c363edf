"""Scores: opportunities met out of opportunities had, use of skills, and what counter-empathy costs.

Laws that hold for any rubric (tests/judgement/test_scoring.py): scores lie in 0..100; bettering one outcome never lowers one;
counter-empathy never raises one; a tag counts once a block; no evidence, no score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from empathy_audit.judgement.blocks import Block
from empathy_audit.judgement.episodes import Course, Episode
from empathy_audit.judgement.tagging import Entries
from empathy_audit.model.audit import OUTCOMES, AgentScore, OutcomeCounts, Ratios, Reason, Scores, Step
from empathy_audit.model.reading import TurnReading
from empathy_audit.model.rubric import COUNTER_TAG, Principle, Rubric
from empathy_audit.model.transcript import ROLES, Transcript

_OPEN, _CLOSED, _REFLECTION = "open-question", "closed-question", "reflective-response"


class Reply(NamedTuple):
    """An agent block that follows a customer block, with its tags, each counted once, and the points that its counter-empathic words cost."""

    block: Block
    tags: frozenset[str]
    principles: frozenset[str]
    points: float


class Tally(NamedTuple):
    """All that a score is made from."""

    episodes: tuple[Episode, ...]
    replies: tuple[Reply, ...]
    points: float
    words: int


def score(
    transcript: Transcript, readings: Sequence[TurnReading], course: Course, rubric: Rubric, entries: Entries
) -> Scores:
    """The scores of a conversation and of each named agent in it."""
    words = dict.fromkeys(ROLES, 0)
    for turn, reading in zip(transcript.turns, readings, strict=True):
        if turn.visibility == "public":
            words[turn.role] += reading.words
    everything = tally(course, entries, readings)
    missing = missing_side(transcript)
    reason = missing or lacking(everything, rubric)
    values = _values(everything, rubric)
    agents = []
    for name in transcript.agents:
        own = tally(course, entries, readings, name)
        agents.append(
            AgentScore(
                name,
                None if missing or lacking(own, rubric) else overall(own, rubric),
                principle_scores(own, rubric),
                count(own.episodes),
            )
        )
    return Scores(
        overall=None if reason else _overall(values, everything, rubric),
        reason=reason,
        principles={principle: _rounded(value) for principle, value in values.items()},
        opportunities=count(course.episodes),
        ratios=_ratios(everything, words["agent"], words["customer"]),
        agents=tuple(agents),
    )


def unjudged(rubric: Rubric, reason: Reason) -> Scores:
    """Null scores with the reason why nothing was judged."""
    return Scores(None, reason, {p.id: None for p in rubric.principles}, OutcomeCounts(), Ratios())


def missing_side(transcript: Transcript) -> Reason | None:
    """Why a conversation has nobody to judge, or nobody to judge by."""
    sides = {t.role for t in transcript.turns if t.visibility == "public" and t.text.strip()}
    if "unknown" in sides and not {"agent", "customer"} <= sides:
        return "unknown-roles"
    if "agent" not in sides:
        return "no-agent"
    return None if "customer" in sides else "no-customer"


def lacking(tally: Tally, rubric: Rubric) -> Reason | None:
    """Why there is no overall score although both sides spoke."""
    if tally.points:
        return None
    counted = sum(e.counted for e in tally.episodes)
    if not counted:
        return "no-opportunity"
    enough = counted >= rubric.scoring.minimum_opportunities and tally.words >= rubric.scoring.minimum_words
    return None if enough else "too-little-evidence"


def tally(course: Course, entries: Entries, readings: Sequence[TurnReading], agent: str | None = None) -> Tally:
    """What is counted for the conversation, or for the blocks of one agent and the opportunities that these answered."""
    skills = entries.skills
    replies, points, words, heard = [], 0.0, 0, False
    for block in course.blocks:
        if block.side == "customer":
            heard = True
            continue
        if agent is not None and block.agent != agent:
            continue
        tags = [tag for i in block.turns for tag in course.tagged[i].tags]
        names = frozenset([tag.tag for tag in tags])
        worst = 0.0
        if COUNTER_TAG in names:
            worst = max(entries.counter[tag.marker].points for tag in tags if tag.tag == COUNTER_TAG)
        points += worst
        words += sum([readings[i].words for i in block.turns])
        if heard:
            replies.append(Reply(block, names, frozenset([skills[n] for n in names if n in skills]), worst))
    episodes = course.episodes
    if agent is not None:
        episodes = tuple(e for e in episodes if e.answer is not None and e.answer.agent == agent)
    return Tally(episodes, tuple(replies), points, words)


def count(episodes: Sequence[Episode]) -> OutcomeCounts:
    """How many opportunities ended how; joy and gratitude never count."""
    outcomes = [e.outcome for e in episodes if not e.rule.pleasant]
    return OutcomeCounts(*[outcomes.count(o) for o in OUTCOMES]) if outcomes else OutcomeCounts()


def principle_scores(tally: Tally, rubric: Rubric) -> dict[str, float | None]:
    """Principle id → 0..100 or None."""
    return {principle: _rounded(value) for principle, value in _values(tally, rubric).items()}


def _values(tally: Tally, rubric: Rubric) -> dict[str, float | None]:
    outcomes, used, replies = _outcomes_score(tally, rubric), _used(tally), len(tally.replies)
    return {p.id: outcomes if p.score == "opportunities" else _use_score(p, used, replies) for p in rubric.principles}


def principle_score(principle: Principle, tally: Tally, rubric: Rubric) -> float | None:
    """0..100, or None where there was no opportunity, or no reply, to judge it by."""
    if principle.score == "opportunities":
        return _outcomes_score(tally, rubric)
    return _use_score(principle, _used(tally), len(tally.replies))


def _outcomes_score(tally: Tally, rubric: Rubric) -> float | None:
    scoring = rubric.scoring
    counted = [e for e in tally.episodes if e.counted]
    weights = [scoring.explicit_weight if e.opportunity.kind == "explicit" else 1.0 for e in counted]
    total = sum(weights)
    if not total:
        return None
    return 100 * sum([w * scoring.credits[e.outcome] for w, e in zip(weights, counted, strict=True)]) / total


def _used(tally: Tally) -> list[str]:
    """The principles that were used, each once for every reply that used it."""
    return [principle for reply in tally.replies for principle in reply.principles]


def _use_score(principle: Principle, used: list[str], replies: int) -> float | None:
    if not replies:
        return None
    return 100 * min(1.0, used.count(principle.id) / replies / principle.target)


def overall(tally: Tally, rubric: Rubric) -> float:
    """0..100: the mean of the two parts by `outcomes_share`, less the points of counter-empathy up to the cap."""
    return _overall(_values(tally, rubric), tally, rubric)


def _overall(values: Mapping[str, float | None], tally: Tally, rubric: Rubric) -> float:
    scoring = rubric.scoring
    outcomes = _mean([(p, values[p.id]) for p in rubric.principles if p.score == "opportunities"])
    skills = _mean([(p, values[p.id]) for p in rubric.principles if p.score == "use"])
    if outcomes is None:
        base = scoring.neutral
    elif skills is None:
        base = outcomes
    else:
        base = scoring.outcomes_share * outcomes + (1 - scoring.outcomes_share) * skills
    return round(min(100.0, max(0.0, base - min(tally.points, scoring.counter_cap))), 3)


def steps(tally: Tally, rubric: Rubric) -> tuple[Step, ...]:
    """The arithmetic of `overall`, one line a part, for explanations."""
    lines = []
    for principle in rubric.principles:
        value = principle_score(principle, tally, rubric)
        if principle.score == "opportunities":
            counts = count(tally.episodes)
            how = (
                f"met {counts.met}, delayed {counts.delayed}, partial {counts.partial}, missed {counts.missed}; credits "
                + ", ".join(f"{name} {credit:g}" for name, credit in rubric.scoring.credits.items())
            )
        else:
            used = sum(principle.id in r.principles for r in tally.replies)
            how = f"used in {used} of {len(tally.replies)} replies; full marks from {principle.target:.0%} on"
        shown = "not judged" if value is None else f"{round(value, 3):g}"
        lines.append(Step(None, "score", principle.id, f"{shown} (weight {principle.weight:g}): {how}"))
    if tally.points:
        lines.append(
            Step(
                None,
                "score",
                COUNTER_TAG,
                f"-{min(tally.points, rubric.scoring.counter_cap):g} points: {tally.points:g} charged, at most {rubric.scoring.counter_cap:g}",
            )
        )
    share = rubric.scoring.outcomes_share
    lines.append(
        Step(
            None,
            "score",
            "overall",
            f"{share:.0%} from how opportunities ended, {1 - share:.0%} from use of skills, less counter-empathy",
        )
    )
    return tuple(lines)


def _mean(scores: Sequence[tuple[Principle, float | None]]) -> float | None:
    judged = [(p.weight, s) for p, s in scores if s is not None]
    total = sum([w for w, _ in judged])
    return sum([w * s for w, s in judged]) / total if total else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _ratios(tally: Tally, agent_words: int, customer_words: int) -> Ratios:
    reflections = opens = closeds = asking = 0
    for reply in tally.replies:
        is_open, is_closed = _OPEN in reply.tags, _CLOSED in reply.tags
        reflections += _REFLECTION in reply.tags
        opens += is_open
        closeds += is_closed
        asking += is_open or is_closed
    total = agent_words + customer_words
    return Ratios(
        _rounded(reflections / asking) if asking else None,
        _rounded(opens / (opens + closeds)) if opens + closeds else None,
        _rounded(agent_words / total) if total else None,
    )
