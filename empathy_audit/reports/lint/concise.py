"""One line a finding, for grep, editors and pre-commit: `file:line:column: code message`; failures in the same shape."""

from __future__ import annotations

from empathy_audit.model.lint import LintBatch
from empathy_audit.reports.base import View
from empathy_audit.reports.lint.base import LintReport, failures, told
from empathy_audit.reports.visible import visible


def render(batch: LintBatch, view: View) -> str:
    """The lines; none where nothing was found."""
    lines = [f"{name}:{f.span.line}:{f.span.column}: {f.code} {f.message}" for name, f in told(batch)]
    lines += [f"{failure.source}: {failure.kind} {failure.message}" for failure in failures(batch)]
    return "".join(f"{visible(line)}\n" for line in lines)


CONCISE = LintReport("concise", "", "one line for each finding: file:line:column: code message", render)
