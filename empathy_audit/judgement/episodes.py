"""Follows a conversation block by block: which opportunity each customer block opened, and which agent block answered it how."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from empathy_audit.judgement.blocks import Block, divide
from empathy_audit.judgement.opportunities import sense, strongest_turn
from empathy_audit.judgement.replies import Treatment, is_hold, treat
from empathy_audit.judgement.tagging import EMPTY, Entries, TaggedTurn, tag_turn
from empathy_audit.model.audit import Opportunity, Outcome, Reply
from empathy_audit.model.reading import TurnReading
from empathy_audit.model.rubric import OpportunityRule, Rubric
from empathy_audit.model.transcript import Transcript

_OUTCOME: Mapping[Reply, Outcome] = {
    "ack": "met",
    "ask": "partial",
    "solve": "partial",
    "ignore": "missed",
    "dismiss": "missed",
}


class Episode(NamedTuple):
    """One opportunity and what came of it.

    `turn` is the customer turn it sits on, `customer` and `answer` are the blocks; `answer` and `treatment` are None while it is open.
    `repeated`: the customer block before showed distress too, and that was not acknowledged.
    """

    turn: int
    opportunity: Opportunity
    rule: OpportunityRule
    customer: Block
    answer: Block | None
    treatment: Treatment | None
    outcome: Outcome
    repeated: bool

    @property
    def counted(self) -> bool:
        """Whether a score may rest on it: answered, and not joy or gratitude."""
        return self.outcome != "open" and not self.rule.pleasant


class Course(NamedTuple):
    """A conversation with everything that was sensed in it; the sequences run parallel to its turns."""

    blocks: tuple[Block, ...]
    sensed: tuple[Opportunity | None, ...]
    tagged: tuple[TaggedTurn, ...]
    episodes: tuple[Episode, ...]


def follow(transcript: Transcript, readings: Sequence[TurnReading], rubric: Rubric, entries: Entries) -> Course:
    """The course of a conversation."""
    sensed: list[Opportunity | None] = []
    tagged: list[TaggedTurn] = []
    for turn, reading in zip(transcript.turns, readings, strict=True):
        sensed.append(sense(reading, entries.cues) if turn.role == "customer" else None)
        tagged.append(tag_turn(reading, entries) if turn.role == "agent" else EMPTY)
    blocks = divide(transcript.turns)
    return Course(blocks, tuple(sensed), tuple(tagged), _episodes(blocks, sensed, tagged, rubric))


def _episodes(
    blocks: Sequence[Block], sensed: Sequence[Opportunity | None], tagged: Sequence[TaggedTurn], rubric: Rubric
) -> tuple[Episode, ...]:
    episodes: list[Episode] = []
    agents = [number for number, block in enumerate(blocks) if block.side == "agent"]
    treatments: dict[tuple[int, bool], Treatment] = {}

    def treatment_of(number: int, glad: bool) -> Treatment:
        if (number, glad) not in treatments:
            treatments[number, glad] = treat([tagged[i] for i in blocks[number].turns], gladness_counts=glad)
        return treatments[number, glad]

    unanswered = False
    for number, block in enumerate(blocks):
        if block.side != "customer":
            continue
        turn = strongest_turn(block, sensed)
        opportunity = sensed[turn] if turn is not None else None
        rule = rule_for(opportunity, rubric) if opportunity is not None else None
        if turn is None or opportunity is None or rule is None:
            continue
        later = agents[bisect_right(agents, number) :][: rule.window + 1]
        answers = _answers(later, blocks, tagged, rule.window)
        if not answers:
            episodes.append(
                Episode(turn, opportunity, rule, block, None, None, "open", unanswered and not rule.pleasant)
            )
            continue
        glad = rule.pleasant or opportunity.kind == "implicit" or opportunity.emotion is None
        first = treatment_of(answers[0], glad)
        outcome = _OUTCOME[first.reply]
        if outcome != "met" and any(treatment_of(n, glad).reply == "ack" for n in answers[1:]):
            outcome = "delayed"
        episodes.append(
            Episode(
                turn, opportunity, rule, block, blocks[answers[0]], first, outcome, unanswered and not rule.pleasant
            )
        )
        if not rule.pleasant:
            unanswered = outcome in ("missed", "partial")
    return tuple(episodes)


def rule_for(opportunity: Opportunity, rubric: Rubric) -> OpportunityRule | None:
    """What the rubric asks for after an opportunity of this kind; None when it has no rule for it, and then nothing is opened."""
    pleasant = opportunity.pleasant
    for rule in rubric.opportunities:
        if rule.pleasant == pleasant and (pleasant or rule.kind == opportunity.kind):
            return rule
    return None


def _answers(later: list[int], blocks: Sequence[Block], tagged: Sequence[TaggedTurn], window: int) -> list[int]:
    """Those of the agent blocks after a customer block that may answer it; a pure hold is skipped once, unless nothing follows it."""
    if len(later) > 1 and is_hold([tagged[i] for i in blocks[later[0]].turns]):
        later = later[1:]
    return later[:window]
