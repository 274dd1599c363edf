"""Which bars a result misses. Pure: scores come rounded to 3 decimals, and null passes every bar."""

from __future__ import annotations

from dataclasses import dataclass

from empathy_audit.batch.summary import Scored
from empathy_audit.model.audit import SEVERITIES, Severity, Summary


@dataclass(frozen=True, slots=True)
class Bars:
    """What is demanded; None demands nothing. All but `fail_under_mean` hold for each conversation.

    Scores are 0..100 and pass when equal to the bar; `fail_on` is the mildest severity that fails; `max_missed` is how
    many missed opportunities still pass.
    """

    fail_under: float | None = None
    fail_under_mean: float | None = None
    fail_on: Severity | None = None
    max_missed: int | None = None


def missed_by(one: Scored, bars: Bars) -> tuple[str, ...]:
    """Why this conversation is found wanting, one line a bar; empty when it passes."""
    scores = one.scores
    if scores.overall is None:
        return ()
    reasons = []
    if bars.fail_under is not None and scores.overall < bars.fail_under:
        reasons.append(f"score {scores.overall:g} is under {bars.fail_under:g} (fail-under)")
    if bars.max_missed is not None and scores.opportunities.missed > bars.max_missed:
        reasons.append(f"{scores.opportunities.missed} missed opportunities, {bars.max_missed} allowed (max-missed)")
    if bars.fail_on is not None:
        severe = SEVERITIES[SEVERITIES.index(bars.fail_on) :]
        count = sum(severity in severe for severity in one.severities)
        if count:
            reasons.append(f"{count} finding{'s'[: count > 1]} of severity {' or '.join(severe)} (fail-on)")
    return tuple(reasons)


def missed_by_mean(summary: Summary, bars: Bars) -> tuple[str, ...]:
    """Why the batch as a whole is found wanting; empty when it passes."""
    if bars.fail_under_mean is None or summary.mean is None or summary.mean >= bars.fail_under_mean:
        return ()
    return (f"mean score {summary.mean:g} is under {bars.fail_under_mean:g} (fail-under-mean)",)
