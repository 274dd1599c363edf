"""JUnit XML: a file is a suite, a macro a test that passes when nothing graver than a suggestion is in it."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.model.lint import LintBatch, LintedFile, LintedMacro, LintFinding
from empathy_audit.reports.base import View
from empathy_audit.reports.junit import FAILING, Case, Suite, document
from empathy_audit.reports.lint.base import LintReport, advised

_WHY = {"no-words": "it has no words", "language": "it is in another language than the rubric"}


def render(batch: LintBatch, view: View) -> str:
    """The document."""
    suites = [Suite(file.name, file.name, [*_cases(file)]) for file in batch.files]
    suites += [
        Suite(f.source, f.source, [Case("file", "error", f.kind, f.message, f"{f.source}: {f.message}\n")])
        for f in batch.failures
    ]
    suites += [Suite(name, name, [_case(finding.code, [finding])]) for name, finding in batch.notes]
    return document("empathy-audit", suites)


def _cases(file: LintedFile) -> Iterator[Case]:
    by_macro: dict[str, list[LintFinding]] = {}
    for finding in file.findings:
        by_macro.setdefault(finding.macro, []).append(finding)
    for macro in file.macros:
        found = by_macro.get(macro.id, [])
        yield _skipped(macro) if macro.unjudged and not found else _case(macro.id, found)
    for failure in file.failures:
        yield Case("file", "error", failure.kind, failure.message, f"{failure.source}: {failure.message}\n")


def _skipped(macro: LintedMacro) -> Case:
    return Case(macro.id, "skipped", message=_WHY.get(macro.unjudged or "", macro.unjudged or ""))


def _case(name: str, found: list[LintFinding]) -> Case:
    detail = "".join(f"line {f.span.line}, column {f.span.column}: {f.code}: {advised(f)}\n" for f in found)
    failing = [finding for finding in found if finding.severity in FAILING]
    if failing:
        return Case(name, "failure", failing[0].code, failing[0].message, detail)
    return Case(name, detail=detail)


JUNIT = LintReport("junit", ".xml", "JUnit XML for CI servers: a macro is a test", render)
