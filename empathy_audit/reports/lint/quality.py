"""GitLab's code quality report; what that format asks for is told in reports/gitlab.py."""

from __future__ import annotations

from empathy_audit.model.lint import LintBatch
from empathy_audit.reports.base import View
from empathy_audit.reports.gitlab import SEVERITIES, document, entry, failure_entry
from empathy_audit.reports.lint.base import LintReport, advised, failures, located, told
from empathy_audit.reports.locations import Location


def render(batch: LintBatch, view: View) -> str:
    """The list, an entry a line."""
    entries = [failure_entry(failure, Location(*located(failure))) for failure in failures(batch)]
    entries += [
        entry(
            advised(f),
            f.code,
            f.fingerprint,
            SEVERITIES[f.severity],
            Location(name, f.span.line, f.span.column, f.span.end_line, f.span.end_column),
        )
        for name, f in told(batch)
    ]
    return document(entries)


GITLAB = LintReport("gitlab", "", "GitLab's code quality report, for merge requests", render)
