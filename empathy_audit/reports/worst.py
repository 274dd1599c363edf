"""Which conversations a report for people draws of many: the lowest."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_audit.model.audit import Audit

MANY = 20
"""From more conversations than this on, only the lowest are drawn one by one."""
WORST = 5


def lowest(audits: Sequence[Audit], most: int) -> list[Audit]:
    """The `most` conversations with the lowest scores, lowest first; unscored ones are none.

    Between equals the one with more missed opportunities comes first, then the earlier one.
    """
    scored = [
        (audit.scores.overall, -audit.scores.opportunities.missed, at)
        for at, audit in enumerate(audits)
        if audit.scores.overall is not None
    ]
    return [audits[at] for _, _, at in sorted(scored)[:most]]
