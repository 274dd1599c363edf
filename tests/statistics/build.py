"""Short words for the tests of the statistics."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from empathy_audit.model.audit import AgentScore, Audit, Finding, OutcomeCounts
from empathy_audit.statistics.cases import Case, case

from tests.build import audit, opportunity


def cases(audits: Iterable[Audit]) -> tuple[Case, ...]:
    """The cases of audits."""
    return tuple(case(audit) for audit in audits)


def talk(
    number: int | str,
    score: float,
    *,
    agent: str = "Dana",
    day: str | None = "2026-03-02",
    outcome: str = "met",
    findings: Sequence[Finding] = (),
) -> Audit:
    """A conversation of two turns with one opportunity."""
    return audit(
        "customer: I am furious.",
        f"agent {agent}: Hm.",
        id=f"c-{number}",
        source=f"{number}.json",
        started_at=f"{day}T09:00:00Z" if day else None,
        overall=score,
        principles={"validation": score},
        opportunities={0: opportunity("explicit", "anger", 0.8, "furious", outcome=outcome, answered_by=1)},
        responses={1: (0, 3, "ack" if outcome == "met" else "ignore")},
        agents=[AgentScore(agent, score, {"validation": score}, OutcomeCounts(**{outcome: 1}))],
        findings=findings,
    )


def team() -> list[Audit]:
    """Three agents: one well below the others, two alike; one with two conversations."""
    chance = random.Random(1)
    low = [talk(f"a{at}", 20.0 + chance.randint(0, 10), agent="Al", outcome="missed") for at in range(20)]
    high = [talk(f"{name}{at}", 75.0 + chance.randint(0, 20), agent=name) for name in ("Bo", "Cy") for at in range(20)]
    new = [talk(f"d{at}", 100.0, agent="Di", day=None) for at in range(2)]
    return [*low, *high, *new]
