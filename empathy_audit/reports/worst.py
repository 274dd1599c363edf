"""Which conversations a report for people draws of many: the lowest."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_audit.model.audit import Audit

MANY = 20
"""From more conversations than this on, only the lowest are drawn one by one."""
WORST = 5


def lowest(audits: Sequence[Audit], most: int) -> list[Audit]:
    """The `most` conversations with the lowest scores, as `worst_first` has them; unscored ones are none."""
    scored = [audit for audit in audits if audit.scores.overall is not None]
    return [scored[at] for at in worst_first(scored)[:most]]


def worst_first(audits: Sequence[Audit]) -> list[int]:
    """Places in the batch, from 0: lowest score first, unscored ones last.

    Between equals the one with more missed opportunities comes first, then the earlier one.
    """

    def key(at: int) -> tuple[bool, float, int, int]:
        scores = audits[at].scores
        return scores.overall is None, scores.overall or 0.0, -scores.opportunities.missed, at

    return sorted(range(len(audits)), key=key)
