"""A batch in figures, counted as the outcomes come: no audit is held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Protocol

from empathy_audit.model.audit import SEVERITIES, AgentSummary, Failure, OutcomeCounts, Scores, Severity, Summary


class Scored(Protocol):
    """What figures are counted from: an audit, or its verdict."""

    @property
    def scores(self) -> Scores:
        """Its scores."""
        ...

    @property
    def severities(self) -> tuple[Severity, ...]:
        """How severe its findings are, one each."""
        ...


class Mean:
    """The mean of scores with 3 decimals, summed exactly, so that the order in which they come cannot show."""

    __slots__ = ("_count", "_thousandths")

    def __init__(self) -> None:
        self._thousandths = 0
        self._count = 0

    def add(self, score: float) -> None:
        """Count one score, 0..100."""
        self._thousandths += round(score * 1000)
        self._count += 1

    @property
    def value(self) -> float | None:
        """The mean, 0..100 with 3 decimals, or None of nothing."""
        return round(self._thousandths / self._count / 1000, 3) if self._count else None


class _Share:
    """What one agent, or the whole batch, has gathered so far."""

    __slots__ = ("conversations", "opportunities", "overall", "principles")

    def __init__(self) -> None:
        self.conversations = 0
        self.overall = Mean()
        self.principles: dict[str, Mean] = {}
        self.opportunities = OutcomeCounts()

    def add(self, overall: float | None, principles: Mapping[str, float | None], opportunities: OutcomeCounts) -> None:
        self.conversations += 1
        if overall is not None:
            self.overall.add(overall)
        for principle, score in principles.items():
            mean = self.principles.get(principle)
            if mean is None:
                mean = self.principles[principle] = Mean()
            if score is not None:
                mean.add(score)
        self.opportunities = self.opportunities + opportunities

    def means(self) -> dict[str, float | None]:
        return {principle: mean.value for principle, mean in self.principles.items()}


class Tally:
    """Takes outcomes one by one and gives the Summary so far. Conversations weigh the same in every mean."""

    def __init__(self) -> None:
        self._all = _Share()
        self._agents: dict[str, _Share] = {}
        self._findings: Counter[str] = Counter()
        self._unscored: Counter[str] = Counter()
        self._failures = 0

    def add(self, outcome: Scored | Failure) -> None:
        """Count one outcome."""
        if isinstance(outcome, Failure):
            self._failures += 1
            return
        scores = outcome.scores
        self._all.add(scores.overall, scores.principles, scores.opportunities)
        if scores.overall is None and scores.reason is not None:
            self._unscored[scores.reason] += 1
        for agent in scores.agents:
            share = self._agents.setdefault(agent.name, _Share())
            share.add(agent.overall, agent.principles, agent.opportunities)
        for severity in outcome.severities:
            self._findings[severity] += 1

    def summary(self, skipped: int = 0) -> Summary:
        """The figures so far; agents and reasons by name, findings by severity. `skipped` files are just told."""
        return Summary(
            conversations=self._all.conversations,
            scored=self._all.conversations - sum(self._unscored.values()),
            failures=self._failures,
            mean=self._all.overall.value,
            principles=self._all.means(),
            opportunities=self._all.opportunities,
            findings={severity: self._findings[severity] for severity in reversed(SEVERITIES)},
            unscored=dict(sorted(self._unscored.items())),
            agents=tuple(
                AgentSummary(name, share.conversations, share.overall.value, share.means(), share.opportunities)
                for name, share in sorted(self._agents.items())
            ),
            skipped=skipped,
        )


def summarise(outcomes: Iterable[Scored | Failure], skipped: int = 0) -> Summary:
    """The figures of all outcomes."""
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome)
    return tally.summary(skipped)
