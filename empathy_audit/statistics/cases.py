"""What the figures take from an audit: a few numbers, so that a batch of any size can be held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from empathy_audit.model.audit import AgentScore, Audit, Finding, Kind, Outcome, OutcomeCounts
from empathy_audit.weeks import week_of


@dataclass(frozen=True, slots=True)
class Moment:
    """An opportunity that counts.

    `turn` is the customer's; `at` is where it stands, 0 at the first spoken turn and below 1 at the last. `treated` is what the answer
    did instead of acknowledging it at once: a reply class, or `late`; None where it was met.
    """

    turn: int
    at: float
    kind: Kind
    outcome: Outcome
    treated: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """Counter-empathic words: the finding's `code` and turn, and the number of the agent's block, which is charged once."""

    code: str
    turn: int
    block: int


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation. `words` are the findings about what an agent said, rather than about what was left unsaid."""

    source: str
    id: str
    week: str | None
    overall: float | None
    reason: str | None
    principles: Mapping[str, float | None]
    opportunities: OutcomeCounts
    agents: tuple[AgentScore, ...]
    moments: tuple[Moment, ...]
    findings: tuple[Finding, ...]
    words: tuple[Words, ...]


def case(audit: Audit) -> Case:
    """The case of an audit."""
    transcript, scores = audit.transcript, audit.scores
    return Case(
        transcript.source,
        transcript.id,
        week_of(transcript.started_at),
        scores.overall,
        scores.reason,
        scores.principles,
        scores.opportunities,
        scores.agents,
        _moments(audit),
        audit.findings,
        _words(audit) if audit.findings else (),
    )


def _moments(audit: Audit) -> tuple[Moment, ...]:
    replies = {j.response.to: j.response.reply for j in audit.turns if j.response is not None}
    spoken = [index for index, judged in enumerate(audit.turns) if judged.turn.spoken]
    moments = []
    for rank, index in enumerate(spoken):
        found = audit.turns[index].opportunity
        if found is None or found.outcome is None or not found.counted:
            continue
        treated = (
            None if found.outcome == "met" else "late" if found.outcome == "delayed" else replies.get(index, "ignore")
        )
        moments.append(Moment(index, rank / len(spoken), found.kind, found.outcome, treated))
    return tuple(moments)


def _words(audit: Audit) -> tuple[Words, ...]:
    block, before, blocks = 0, None, {}
    for index, judged in enumerate(audit.turns):
        if not judged.turn.spoken:
            continue
        who = judged.turn.role, judged.turn.speaker if judged.turn.role == "agent" else None
        block += who != before
        before, blocks[index] = who, block
    found = ((f.code, f.turn) for f in audit.findings if audit.turns[f.turn].turn.role == "agent")
    return tuple(Words(code, turn, blocks.get(turn, 0)) for code, turn in found)
