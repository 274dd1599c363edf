"""The plot: cases of audits → the figures of a batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from empathy_audit.model.audit import SEVERITIES, Audit, Finding, OutcomeCounts
from empathy_audit.model.figures import Estimate, Figures, FindingFigure, Group, Part, PrincipleFigure, Reference
from empathy_audit.model.rubric import Rubric, Scoring
from empathy_audit.statistics.cases import Case, case
from empathy_audit.statistics.habits import CREDITS, habits
from empathy_audit.statistics.intervals import mean, share

PARTS = 5
DEFAULT_MINIMUM = Scoring(CREDITS).minimum_conversations


class Member(NamedTuple):
    """A conversation's part in a group: the whole of it, or an agent's part in it."""

    overall: float | None
    principles: Mapping[str, float | None]
    opportunities: OutcomeCounts


class Gathering:
    """Takes audits one by one, holding a few numbers of each, and gives the figures so far."""

    def __init__(self) -> None:
        self._cases: list[Case] = []

    def add(self, audit: Audit) -> None:
        """Count one audit."""
        self._cases.append(case(audit))

    def figures(self, rubric: Rubric | None = None, minimum: int | None = None) -> Figures:
        """The figures so far. `rubric`: the one that judged, if it is at hand; `minimum` beats what it says."""
        cases = self._cases
        if minimum is None:
            minimum = rubric.scoring.minimum_conversations if rubric else DEFAULT_MINIMUM
        members = [Member(c.overall, c.principles, c.opportunities) for c in cases]
        overall = group("", members, minimum)
        return Figures(
            overall=overall,
            agents=_ranked(tuple(_groups(_by_agent(cases), minimum))),
            principles=tuple(PrincipleFigure(id_, score) for id_, score in overall.principles.items()),
            weeks=tuple(_groups(_by_week(cases), minimum)),
            habits=habits(cases, rubric, minimum),
            places=_places(cases, minimum),
            findings=_findings(cases, minimum),
            minimum=minimum,
            undated=sum(c.week is None for c in cases),
            weighed=rubric is not None,
            unscored=dict(sorted(Counter(c.reason for c in cases if c.overall is None and c.reason).items())),
        )


def figures(audits: Iterable[Audit], rubric: Rubric | None = None, minimum: int | None = None) -> Figures:
    """The figures of all audits; see `Gathering.figures`."""
    gathering = Gathering()
    for audit in audits:
        gathering.add(audit)
    return gathering.figures(rubric, minimum)


def _by_agent(cases: Sequence[Case]) -> dict[str, list[Member]]:
    agents: dict[str, list[Member]] = {}
    for one in cases:
        for agent in one.agents:
            agents.setdefault(agent.name, []).append(Member(agent.overall, agent.principles, agent.opportunities))
    return agents


def _by_week(cases: Sequence[Case]) -> dict[str, list[Member]]:
    weeks: dict[str, list[Member]] = {}
    for one in cases:
        if one.week is not None:
            weeks.setdefault(one.week, []).append(Member(one.overall, one.principles, one.opportunities))
    return weeks


def _groups(members: Mapping[str, Sequence[Member]], minimum: int) -> Iterator[Group]:
    return (group(name, members[name], minimum) for name in sorted(members))


def group(name: str, members: Sequence[Member], minimum: int) -> Group:
    """What the members add up to; see `model.figures.Group`."""
    names = dict.fromkeys(name for member in members for name in member.principles)
    counts = [member.opportunities for member in members]
    met, missed = _met_and_missed(counts, minimum)
    return Group(
        name=name,
        conversations=len(members),
        score=mean([m.overall for m in members if m.overall is not None], minimum),
        principles={
            id_: mean([s for m in members if (s := m.principles.get(id_)) is not None], minimum) for id_ in names
        },
        opportunities=sum(counts, OutcomeCounts()),
        met=met,
        missed=missed,
    )


def _met_and_missed(counts: Sequence[OutcomeCounts], minimum: int) -> tuple[Estimate, Estimate]:
    return share([(c.met, c.counted) for c in counts], minimum), share([(c.missed, c.counted) for c in counts], minimum)


def _ranked(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """With a rank for each whose interval lies clear of all others'; those without an interval stand aside."""
    able = [group for group in groups if group.score.enough]
    ranks = {}
    for group in able:
        others = [other for other in able if other is not group]
        if others and not any(group.score.overlaps(other.score) for other in others):
            ranks[group.name] = 1 + sum((other.score.low or 0) > (group.score.high or 0) for other in others)
    return tuple(replace(group, rank=ranks.get(group.name)) for group in groups)


def _places(cases: Sequence[Case], minimum: int) -> tuple[Part, ...]:
    if not any(c.moments for c in cases):
        return ()
    parts = []
    for number in range(PARTS):
        start, end = number / PARTS, (number + 1) / PARTS
        inside = [Counter(m.outcome for m in c.moments if start <= m.at < end) for c in cases]
        counts = [OutcomeCounts(**{str(outcome): count for outcome, count in one.items()}) for one in inside]
        parts.append(Part(start, end, sum(counts, OutcomeCounts()), *_met_and_missed(counts, minimum)))
    return tuple(parts)


def _findings(cases: Sequence[Case], minimum: int) -> tuple[FindingFigure, ...]:
    found = [(finding, one) for one in cases for finding in one.findings]
    found.sort(key=lambda pair: (pair[0].code, -pair[0].confidence, pair[1].source, pair[1].id, pair[0].turn))
    out = []
    for code, same in groupby(found, key=lambda pair: pair[0].code):
        pairs = list(same)
        findings = [finding for finding, _ in pairs]
        inside = len({(one.source, one.id) for _, one in pairs})
        message, suggestion = _most_frequent(findings)
        best, where = pairs[0]
        out.append(
            FindingFigure(
                code,
                max((f.severity for f in findings), key=SEVERITIES.index),
                len(findings),
                inside,
                share([(1, 1)] * inside + [(0, 1)] * (len(cases) - inside), minimum),
                message,
                suggestion,
                Reference(where.source, where.id, best.turn),
            )
        )
    return tuple(sorted(out, key=lambda figure: (-figure.count, figure.code)))


def _most_frequent(findings: Sequence[Finding]) -> tuple[str, str]:
    """A message with its suggestion; of several equally frequent ones the first by the alphabet."""
    counted = Counter((finding.message, finding.suggestion) for finding in findings)
    return min(counted, key=lambda texts: (-counted[texts], texts))
