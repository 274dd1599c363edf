"""The figures of a batch → the pictures of its overview, and the names that they and the tables share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType

from empathy_audit.model.figures import Estimate, Figures, Group
from empathy_audit.reports import figures_wording
from empathy_audit.reports.html.charts.bars import frequent, intervals, places
from empathy_audit.reports.wording import spaced

AGENTS = 15
"""Agents that a picture holds at most; the table has all."""
FIFTHS = ("first fifth", "second", "middle", "fourth", "last fifth")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (SVG) with its title and what it says of itself. `room` is the table that has its figures."""

    room: str
    title: str
    note: str
    svg: str


def pictures(vega: ModuleType, figures: Figures) -> tuple[Picture, ...]:
    """All pictures that there is something to draw for."""
    return tuple(_pictures(vega, figures))


def part_names(count: int) -> tuple[str, ...]:
    """Names of so many equal parts of a conversation."""
    return FIFTHS if count == len(FIFTHS) else tuple(f"{at + 1} of {count}" for at in range(count))


def _pictures(vega: ModuleType, figures: Figures) -> Iterator[Picture]:
    skills = [(spaced(one.id), one.score) for one in figures.principles]
    yield from _scores(vega, "skills", "Skills", "mean score of all conversations", skills)
    if figures.places:
        svg = places(vega, figures.places, part_names(len(figures.places)))
        yield Picture("places", figures_wording.PLACES, "share missed", svg)
    if figures.findings:
        yield Picture("findings", figures_wording.FINDINGS, "how often", frequent(vega, figures.findings))
    if len(figures.weeks) > 1:
        weeks = [(week.name, week.score) for week in figures.weeks[-AGENTS:]]
        yield from _scores(vega, "weeks", "Score by week", "mean score", weeks)
    if len(figures.agents) > 1:
        yield from _by_agent(vega, figures)


def _by_agent(vega: ModuleType, figures: Figures) -> Iterator[Picture]:
    drawn = chosen(figures.agents)
    more = len(figures.agents) - len(drawn)
    note = "mean score" + (f", {len(drawn)} of {len(figures.agents)} agents" if more else "")
    yield from _scores(vega, "agents", "Score by agent", note, _rows(drawn, None))
    for one in figures.principles:
        title = f"{spaced(one.id)[:1].upper()}{spaced(one.id)[1:]} by agent"
        yield from _scores(vega, "agents", title, note, _rows(drawn, one.id))


def _scores(
    vega: ModuleType, room: str, title: str, note: str, rows: Sequence[tuple[str, Estimate]]
) -> Iterator[Picture]:
    """A picture, unless there is not enough data for anybody: then the table says so alone."""
    if any(estimate.enough for _, estimate in rows):
        yield Picture(room, title, note, intervals(vega, title, rows))


def chosen(agents: Sequence[Group]) -> list[Group]:
    """The agents that a picture holds, by name: of many those with most conversations."""
    most = sorted(agents, key=lambda agent: (-agent.score.n, agent.name))[:AGENTS]
    return sorted(most, key=lambda agent: agent.name)


def _rows(agents: Sequence[Group], principle: str | None) -> list[tuple[str, Estimate]]:
    nothing = Estimate(None, None, None, 0)
    return [(agent.name, agent.principles.get(principle, nothing) if principle else agent.score) for agent in agents]
