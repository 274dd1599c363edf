"""One file of macros: read, judged, and every finding brought to its place in the file."""

from __future__ import annotations

from empathy_audit.batch.lint.comments import allowed_in
from empathy_audit.linting import Linter
from empathy_audit.macros import read_macros
from empathy_audit.model.audit import Failure
from empathy_audit.model.lint import Edit, LintedFile, LintedMacro, LintFinding, Span
from empathy_audit.model.macro import Fix, Macro, MacroFinding
from empathy_audit.readers.base import Source
from empathy_audit.readers.decoding import LINE_END


def lint_file(name: str, data: bytes, linter: Linter, format: str | None = None) -> LintedFile:  # noqa: A002
    """Everything in the bytes of one file. A macro whose judging breaks is a Failure, and the others are judged.

    Raises:
        Unrecognised: no reader of macros knows it (Broken: it is plain what it was meant to be).
        UnknownFormat: no reader is called `format`.
        TranscriptError: it is too large.
    """
    reading = read_macros(Source(name, data=data), format=format)
    macros: list[LintedMacro] = []
    findings: list[LintFinding] = []
    failures: list[Failure] = []
    lines: list[str] | None = None
    for item in reading:
        if isinstance(item, Failure):
            failures.append(item)
            continue
        try:
            result = linter.lint(item)
        except Exception as error:
            what = " ".join(f"{type(error).__name__}: {error}".split())
            message = f"{item.id} could not be judged: {what}; this is a defect of the tool"
            failures.append(Failure(_at(name, item), "internal", message))
            continue
        end_line, _ = item.place(max(0, len(item.original) - 1))
        macros.append(LintedMacro(item.id, item.title, item.place(0)[0], end_line, result.situation, result.unjudged))
        for found in result.findings:
            if found.fix is not None and lines is None:
                lines = LINE_END.split(reading.text)
            findings.append(_finding(item, found, lines or []))
    allowed = allowed_in(reading.text)
    return LintedFile(
        name, reading.format, tuple(macros), tuple(findings), tuple(failures), allowed, dict(reading.left_out)
    )


def _at(name: str, macro: Macro) -> str:
    line, column = macro.place(0)
    return f"{name}:{line}:{column}"


def _finding(macro: Macro, found: MacroFinding, lines: list[str]) -> LintFinding:
    span = Span(found.line, found.column, found.end_line, found.end_column)
    edit = _edit(macro, found.fix, lines) if found.fix is not None else None
    return LintFinding(
        found.code,
        found.severity,
        found.confidence,
        macro.id,
        found.message,
        found.suggestion,
        span,
        found.fingerprint,
        edit,
    )


def _edit(macro: Macro, fix: Fix, lines: list[str]) -> Edit | None:
    """The fix in the file, where its words stand there on one line as they are; words with escapes among them are left."""
    line, column = macro.place(fix.start)
    last_line, last_column = macro.place(max(fix.start, fix.end - 1))
    words = macro.original[fix.start : fix.end]
    in_file = lines[line - 1][column - 1 : last_column] if line == last_line and line <= len(lines) else None
    if in_file != words:
        return None
    return Edit(Span(line, column, line, last_column + 1), words, fix.text, fix.safe)
