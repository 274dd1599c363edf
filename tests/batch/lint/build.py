"""A small rubric for lint, and findings, files and linted libraries in a line each."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from empathy_audit.batch.lint.judging import lint_file
from empathy_audit.linting import Linter
from empathy_audit.model.lint import Allowed, LintedFile, LintedMacro, LintFinding, Span
from empathy_audit.rubric import load

RUBRIC = Path(__file__).parents[2] / "cli" / "lint.yaml"


@cache
def linter() -> Linter:
    """The small rubric, made ready once."""
    return Linter(load(str(RUBRIC)))


def linted(content: str | bytes, name: str = "a.yaml", **options: Any) -> LintedFile:
    """What the small rubric finds in a file."""
    return lint_file(name, content.encode() if isinstance(content, str) else content, linter(), **options)


def finding(code: str = "policy-wall", macro: str = "m", line: int = 1, **fields: Any) -> LintFinding:
    """A finding at the beginning of a line."""
    given = {
        "severity": "warning",
        "confidence": 1.0,
        "message": f"is a {code}",
        "suggestion": "Mend it.",
        "span": Span(line, 1, line, 5),
        "fingerprint": f"{code}:{macro}",
    } | fields
    return LintFinding(code=code, macro=macro, **given)


def linted_file(*findings: LintFinding, name: str = "a.yaml", allowed: tuple[Allowed, ...] = ()) -> LintedFile:
    """A file with a macro for each id that the findings name, a line each in their order."""
    ids = dict.fromkeys(found.macro for found in findings)
    macros = tuple(LintedMacro(id_, id_, at, at) for at, id_ in enumerate(ids, start=1))
    return LintedFile(name, "macros", macros, findings, allowed=allowed)


def codes(file: LintedFile) -> list[str]:
    """The codes of a file's findings, in their order."""
    return [found.code for found in file.findings]
