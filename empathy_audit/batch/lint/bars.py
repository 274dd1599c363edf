"""Whether what was found is more than a project lets pass."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from empathy_audit.model.audit import SEVERITIES, Severity
from empathy_audit.model.lint import LintBatch


def wanting(batch: LintBatch, fail_on: Severity | Literal["never"], max_warnings: int | None) -> bool:
    """Whether the bars are missed. With `max_warnings`, warnings count only when there are more than that."""
    levels = Counter(finding.severity for _, finding in batch.findings)
    if max_warnings is not None and levels["warning"] > max_warnings:
        return True
    if fail_on == "never":
        return False
    failing = SEVERITIES[SEVERITIES.index(fail_on) :]
    return any(levels[level] for level in failing if level != "warning" or max_warnings is None)
