"""Every conversation of a batch as a line of a table that can be filtered and sorted, and where each of them is to be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from empathy_audit.model.audit import Audit, OutcomeCounts
from empathy_audit.reports.html.conversation import principles_short, worst
from empathy_audit.reports.tables import principles_of

_SEVERITY = ("", "suggestion", "warning", "error")


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation: `anchor` and `page`, empty for the page at hand, None where it is in none. `order` is its place in the batch, from 1.

    `short` holds for a script the numbers of the principles that fell short with their scores, such as `0:50 3:61.25`;
    `agents` the numbers of the agents.
    """

    anchor: str
    page: str | None
    name: str
    source: str
    agents: tuple[str, ...]
    started_at: str
    score: float | None
    reason: str | None
    counts: OutcomeCounts
    findings: int
    severity: int
    severity_name: str
    short: str
    agent_numbers: str
    order: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What a listing may be filtered by."""

    agents: tuple[str, ...]
    principles: tuple[str, ...]
    dated: bool


def anchor_of(order: int) -> str:
    """What links to the conversation at that place of the batch, counted from 1, end in."""
    return f"c{order}"


def choices(audits: Sequence[Audit]) -> Choices:
    """The agents by name and the principles as in the rubric."""
    return Choices(
        tuple(sorted({name for audit in audits for name in _agents(audit)})),
        principles_of(audits),
        any(audit.transcript.started_at for audit in audits),
    )


def lines(
    audits: Sequence[Audit], places: Sequence[int], pages: Mapping[int, str | None], among: Choices
) -> Iterator[Line]:
    """The lines of the conversations at these places (from 0), in this order. `pages` tells where each is to be read."""
    numbers = {name: str(at) for at, name in enumerate(among.agents)}
    return (_line(audits[at], at + 1, pages[at], among, numbers) for at in places)


def _line(audit: Audit, order: int, page: str | None, among: Choices, numbers: Mapping[str, str]) -> Line:
    scores = audit.scores
    short = principles_short(scores.principles)
    agents = _agents(audit)
    severity = worst(audit) + 1 if audit.findings else 0
    return Line(
        anchor=anchor_of(order),
        page=page,
        name=audit.transcript.id or audit.transcript.source,
        source=audit.transcript.source,
        agents=agents,
        started_at=audit.transcript.started_at or "",
        score=scores.overall,
        reason=scores.reason,
        counts=scores.opportunities,
        findings=len(audit.findings),
        severity=severity,
        severity_name=_SEVERITY[severity],
        short=" ".join(f"{at}:{short[name]:g}" for at, name in enumerate(among.principles) if name in short),
        agent_numbers=" ".join(numbers[name] for name in agents),
        order=order,
    )


def _agents(audit: Audit) -> tuple[str, ...]:
    return tuple(agent.name for agent in audit.scores.agents) or audit.transcript.agents
