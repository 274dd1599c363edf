"""How figures with intervals are put for people, the same in every report: never a figure without how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from empathy_audit.model.figures import Estimate, Figures, Group, Habit, Part, Reference
from empathy_audit.reports.wording import NO_FIGURE, figure, plural

HABITS = "What would change most"
PLACES = "Where in the conversation opportunities are missed"
FINDINGS = "Most frequent findings"
FEW = "not enough data"

Cut = Callable[[Sequence[Group], int], tuple[tuple[Group, ...], str]]
"""Chooses which groups a table lists, and tells in a note which those are if it is not all."""


def score(estimate: Estimate) -> str:
    """A mean score with one decimal, `–` where there is not enough data."""
    return figure(estimate.value) if estimate.enough else NO_FIGURE


def scores_between(estimate: Estimate) -> str:
    """`35.1–41.5`, the interval of a mean score, or `not enough data`; empty where there is nothing at all."""
    return f"{figure(estimate.low)}–{figure(estimate.high)}" if estimate.enough else _few(estimate)


def percent(estimate: Estimate) -> str:
    """A share as `21%`, `–` where there is not enough data."""
    return f"{estimate.value:.0%}" if estimate.enough else NO_FIGURE


def percent_between(estimate: Estimate) -> str:
    """`17–26%`, the interval of a share, or `not enough data`; empty where there is nothing at all."""
    return f"{100 * (estimate.low or 0):.0f}–{estimate.high:.0%}" if estimate.enough else _few(estimate)


def _few(estimate: Estimate) -> str:
    return "" if estimate.value is None else FEW


def often(habit: Habit) -> str:
    """`154 times in 98 conversations, 55% of those with a score (48–62%)`."""
    occurred = f"{plural(habit.count, 'time')} in {plural(habit.conversations, 'conversation')}"
    if habit.kind == "skill":
        occurred = f"In {plural(habit.conversations, 'conversation')}"
    if not habit.share.enough:
        return occurred
    return f"{occurred}, {percent(habit.share)} of those with a score ({percent_between(habit.share)})"


def worth(habit: Habit) -> str:
    """What doing otherwise would be worth."""
    return f"doing otherwise everywhere would lift the mean score by {figure(habit.gain)} points"


def where(reference: Reference) -> str:
    """The turn that a reference names, with its conversation."""
    source, id_ = reference.source, reference.id
    named = source if source.endswith(id_) else id_ if id_.startswith(source) else f"{source} ({id_})"
    return f"{named}, turn {reference.turn}"


def part(place: Part) -> str:
    """`first 20%`, `20–40%`, `last 20%` of the turns."""
    if place.start <= 0:
        return f"first {place.end:.0%}"
    if place.end >= 1:
        return f"last {1 - place.start:.0%}"
    return f"{100 * place.start:.0f}–{place.end:.0%}"


def rank(group: Group) -> str:
    """The rank, `–` where there is none."""
    return NO_FIGURE if group.rank is None else str(group.rank)


def lowest(groups: Sequence[Group], most: int) -> tuple[tuple[Group, ...], str]:
    """Agents to list, with a note where some are left out: of more than `most` those with the lowest scores.

    They stay in their order, which ranks nobody.
    """
    if len(groups) <= most:
        return tuple(groups), ""
    found = sorted(groups, key=lambda g: (not g.score.enough, g.score.value or 0, g.name))[:most]
    listed = tuple(group for group in groups if group in found)
    return listed, f"{most} of {len(groups):,}, those with the lowest scores"


def latest(groups: Sequence[Group], most: int) -> tuple[tuple[Group, ...], str]:
    """Weeks to list, with a note where some are left out: of more than `most` the latest."""
    return tuple(groups[-most:]), f"the latest {most} of {len(groups):,}" if len(groups) > most else ""


def too_few(groups: Sequence[Group]) -> str:
    """What stands in place of a table in which every line would say so."""
    most = max(groups, key=lambda group: group.score.n)
    return f"{FEW} for any of {len(groups)}: none has more than {plural(most.score.n, 'conversation')} with a score"


def remarks(figures: Figures) -> list[str]:
    """What the figures rest on, a sentence each."""
    few = plural(figures.minimum, "conversation")
    lines = [
        f"Behind each figure stands its 95% interval; the unit is the conversation. Below {few} it says {FEW}.",
    ]
    if len(figures.agents) > 1:
        lines.append("An agent has a rank only where the interval of the score overlaps no other's.")
    if figures.undated and figures.weeks:
        lines.append(f"In no week for want of a date: {plural(figures.undated, 'conversation')}.")
    if figures.habits and not figures.weighed:
        lines.append(
            "The rubric that judged is not at hand, so the gains are by usual weights; --rubric FILE names it."
        )
    return lines
