"""Reports of `lint`. One module a format; `LINT_REPORTS` is the registry."""

from __future__ import annotations

from empathy_audit.reports.lint import concise, full, junit, quality, results, scanning, workflow
from empathy_audit.reports.lint.base import LintReport

__all__ = ["LINT_REPORTS", "LintReport"]

LINT_REPORTS: tuple[LintReport, ...] = (
    full.FULL,
    concise.CONCISE,
    results.JSON,
    workflow.GITHUB,
    quality.GITLAB,
    scanning.SARIF,
    junit.JUNIT,
)
