"""Short words for the tests of the statistics."""

from __future__ import annotations

from collections.abc import Iterable

from empathy_audit.model.audit import Audit
from empathy_audit.statistics.cases import Case, case


def cases(audits: Iterable[Audit]) -> tuple[Case, ...]:
    """The cases of audits."""
    return tuple(case(audit) for audit in audits)
