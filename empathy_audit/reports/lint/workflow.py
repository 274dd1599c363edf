"""Annotations of GitHub Actions; what that format asks for is told in reports/github.py."""

from __future__ import annotations

from empathy_audit.model.audit import SEVERITIES
from empathy_audit.model.lint import LintBatch, LintFinding
from empathy_audit.reports.base import View
from empathy_audit.reports.github import LEVELS, annotation, not_shown
from empathy_audit.reports.lint.base import LintReport, failures, located, told
from empathy_audit.reports.locations import Location


def render(batch: LintBatch, view: View) -> str:
    """One command a line, failures and the gravest first; nothing where nothing was found."""
    found = sorted(told(batch), key=lambda pair: (-SEVERITIES.index(pair[1].severity), -pair[1].confidence))
    broken = failures(batch)
    lines = [annotation("error", Location(*located(f)), f.kind, f"{f.source}: {f.message}") for f in broken]
    lines += [_finding(name, finding) for name, finding in found]
    levels = [*("error" for _ in broken), *(LEVELS[finding.severity] for _, finding in found)]
    return "".join(f"{line}\n" for line in (*lines, *not_shown(levels)))


def _finding(name: str, finding: LintFinding) -> str:
    span = finding.span
    where = Location(name, span.line, span.column, span.end_line, span.end_column)
    text = finding.message + (f"\n{finding.suggestion}" if finding.suggestion else "")
    return annotation(LEVELS[finding.severity], where, finding.code, text)


GITHUB = LintReport("github", "", "annotations of GitHub Actions, the gravest first: it shows ten a level", render)
