"""Conversations judged by the rubric for tests, boiled down to what a test compares."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_audit.audit import Auditor
from empathy_audit.judgement.blocks import Block
from empathy_audit.judgement.episodes import Episode
from empathy_audit.judgement.replies import Treatment
from empathy_audit.judgement.scoring import Reply, Tally
from empathy_audit.model.audit import Audit, Kind, Opportunity, Outcome
from empathy_audit.model.rubric import Rubric

from tests.build import transcript
from tests.rubrics import DESK, RULES

DESK_AUDITOR = Auditor(DESK)


def judge(*lines: str, by: Rubric | None = None, **fields: str) -> Audit:
    """The audit of a conversation from lines."""
    auditor = DESK_AUDITOR if by is None else Auditor(by)
    return auditor.audit(transcript(*lines, **fields))


def opportunities(audit: Audit) -> list[tuple[int, str, str | None, str | None, int | None]]:
    """(turn, kind, emotion, outcome, answered_by) of every turn that shows something."""
    return [
        (at, o.kind, o.emotion, o.outcome, o.answered_by)
        for at, judged in enumerate(audit.turns)
        if (o := judged.opportunity) is not None
    ]


def responses(audit: Audit) -> list[tuple[int, int, str, int]]:
    """(turn, to, reply class, level)."""
    return [(at, r.to, r.reply, r.level) for at, judged in enumerate(audit.turns) if (r := judged.response) is not None]


def tags(audit: Audit) -> list[tuple[int, str, str, list[str]]]:
    """(turn, tag, marker, words)."""
    return [
        (at, tag.tag, tag.marker, [judged.turn.text[e.start : e.end] for e in tag.evidence])
        for at, judged in enumerate(audit.turns)
        for tag in judged.tags
    ]


def findings(audit: Audit) -> list[tuple[str, str, int, int | None]]:
    """(code, severity, turn, reply_turn)."""
    return [(f.code, f.severity, f.turn, f.reply_turn) for f in audit.findings]


def episode(outcome: Outcome, kind: Kind = "explicit", *, pleasant: bool = False, agent: str | None = None) -> Episode:
    """One opportunity with its outcome, for the arithmetic alone."""
    opened = Opportunity(kind, "joy" if pleasant else "anger", 0.5, ())
    rule = next(r for r in RULES if r.pleasant == pleasant and (pleasant or r.kind == kind))
    answer = None if outcome == "open" else Block("agent", (1,), agent)
    treatment = None if answer is None else Treatment("ack", 3, "")
    return Episode(0, opened, rule, Block("customer", (0,)), answer, treatment, outcome, False)


def used(*principles: str, points: float = 0.0) -> Reply:
    """An agent block that used these principles."""
    return Reply(Block("agent", (1,)), frozenset(), frozenset(principles), points)


def tally(
    episodes: Sequence[Episode] = (), replies: Sequence[Reply] = (), points: float = 0.0, words: int = 100
) -> Tally:
    """What is counted, as values."""
    return Tally(tuple(episodes), tuple(replies), points, words)
