"""Waivers: findings that somebody answers for, with a reason. What waives nothing, or no longer, is told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from empathy_audit.model.audit import Severity
from empathy_audit.model.lint import Allowed, LintedFile, LintFinding, Span
from empathy_audit.settings.waivers import Waiver

UNUSED = "unused-waiver"
EXPIRED = "expired-waiver"
UNREASONED = "waiver-without-reason"

PARTIAL = "; where these files are some of many, say --partial"

Note = tuple[str, LintFinding]


@dataclass
class Waivers:
    """The waivers of a side-car file, and which of them were needed so far. `today` decides what has expired."""

    entries: Sequence[Waiver]
    today: date

    def __post_init__(self) -> None:
        """Nothing was needed so far."""
        self._used: set[int] = set()

    def apply(self, file: LintedFile) -> tuple[list[LintFinding], int, list[Note]]:
        """What is left of a file's findings, how many were waived, and what is wrong with the comments of the file."""
        used: set[Allowed] = set()
        left: list[LintFinding] = []
        for finding in file.findings:
            comment = next((a for a in file.allowed if a.reason and _allows(a, finding, file)), None)
            entry = next((n for n, w in enumerate(self.entries) if self._holds(w) and _waives(w, finding, file)), None)
            if comment is not None:
                used.add(comment)
            if entry is not None:
                self._used.add(entry)
            if comment is None and entry is None:
                left.append(finding)
        return left, len(file.findings) - len(left), list(_comments(file, used))

    def notes(self) -> Iterator[Note]:
        """What is wrong with the side-car file, when every file has been seen."""
        for number, waiver in enumerate(self.entries):
            place = waiver.file, waiver.line
            if not self._holds(waiver):
                message = f"the waiver of {waiver.code} expired on {waiver.until}; the findings count again"
                yield _note(
                    EXPIRED, "warning", message, "Mend them and take the waiver out, or set a new date.", *place
                )
            elif number not in self._used:
                message = f"the waiver of {waiver.code} waives nothing"
                yield _note(
                    UNUSED, "warning", message, f"Take it out, or mend its macro, file or code{PARTIAL}.", *place
                )

    def _holds(self, waiver: Waiver) -> bool:
        return waiver.until is None or self.today <= waiver.until


def _waives(waiver: Waiver, finding: LintFinding, file: LintedFile) -> bool:
    return (
        waiver.code == finding.code
        and (waiver.macro is None or waiver.macro == finding.macro)
        and (waiver.path is None or fnmatchcase(file.name, waiver.path))
    )


def _allows(allowed: Allowed, finding: LintFinding, file: LintedFile) -> bool:
    """A comment speaks for the macro that it stands in, else for the next one that begins below it."""
    if allowed.code != finding.code:
        return False
    inside = [macro.id for macro in file.macros if macro.line <= allowed.line <= macro.end_line]
    if inside:
        return finding.macro in inside
    below = next((macro.id for macro in file.macros if macro.line > allowed.line), None)
    return below == finding.macro


def _comments(file: LintedFile, used: set[Allowed]) -> Iterator[Note]:
    for allowed in file.allowed:
        place = file.name, allowed.line
        if not allowed.reason:
            message = f"the waiver of {allowed.code} gives no reason, so it does not count"
            suggestion = f"Write `empathy-audit: allow {allowed.code} because` and the reason."
            yield _note(UNREASONED, "warning", message, suggestion, *place)
        elif allowed not in used:
            yield _note(UNUSED, "warning", f"the waiver of {allowed.code} waives nothing", "Take it out.", *place)


def _note(code: str, severity: Severity, message: str, suggestion: str, file: str, line: int) -> Note:
    print_ = hashlib.sha256(f"{code}\0{message}\0{file}".encode("utf-8", "surrogatepass")).hexdigest()
    return file, LintFinding(code, severity, 1.0, "", message, suggestion, Span(line, 1, line, 1), print_)
