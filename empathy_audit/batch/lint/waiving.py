"""Waivers: findings that somebody answers for, with a reason. What waives nothing, or no longer, is told."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from empathy_audit.model.lint import Allowed, LintedFile, LintFinding, Span
from empathy_audit.settings.waivers import Waiver

UNUSED = "unused-waiver"
EXPIRED = "expired-waiver"
UNREASONED = "waiver-without-reason"

_VARIANT = re.compile(r"#[0-9]+$")

Note = tuple[str, LintFinding]


@dataclass
class Waivers:
    """The waivers of a side-car file, and which of them were needed so far. `today` decides what has expired.

    Their globs are for names of files as findings show them, or as seen from the folder of the side-car file.
    """

    entries: Sequence[Waiver]
    today: date

    def __post_init__(self) -> None:
        """Nothing was needed so far."""
        self._used: set[int] = set()
        self._folders = {os.path.dirname(w.file) for w in self.entries if w.path is not None} - {""}  # noqa: PTH120 - names

    def apply(self, file: LintedFile) -> tuple[list[LintFinding], int, list[Note]]:
        """What is left of a file's findings, how many were waived, and what is wrong with the comments of the file."""
        used: set[Allowed] = set()
        left: list[LintFinding] = []
        names = {file.name, *(_from(folder, file.name) for folder in self._folders)}
        for finding in file.findings:
            comment = next((a for a in file.allowed if a.reason and _allows(a, finding, file)), None)
            entry = next((n for n, w in enumerate(self.entries) if self._holds(w) and _waives(w, finding, names)), None)
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
            place, about = (waiver.file, waiver.line), f"{waiver.macro}\0{waiver.path}"
            if not self._holds(waiver):
                message = f"the waiver of {waiver.code} expired on {waiver.until}; the findings count again"
                suggestion = "Mend them and take the waiver out, or set a new date."
                yield _note(EXPIRED, message, suggestion, *place, about)
            elif number not in self._used:
                message = f"the waiver of {waiver.code} waives nothing"
                yield _note(UNUSED, message, "Take it out, or mend its macro, file or code.", *place, about)

    def _holds(self, waiver: Waiver) -> bool:
        return waiver.until is None or self.today <= waiver.until


def _from(folder: str, name: str) -> str:
    return os.path.relpath(name, folder).replace(os.sep, "/")


def _waives(waiver: Waiver, finding: LintFinding, names: Collection[str]) -> bool:
    return (
        waiver.code == finding.code
        and (waiver.macro is None or waiver.macro == finding.macro)
        and (waiver.path is None or any(fnmatchcase(name, waiver.path) for name in names))
    )


def _allows(allowed: Allowed, finding: LintFinding, file: LintedFile) -> bool:
    """A comment speaks for the macro that it stands in, else for the next one that begins below it, with all its variants."""
    if allowed.code != finding.code:
        return False
    inside = [macro.id for macro in file.macros if macro.line <= allowed.line <= macro.end_line]
    if inside:
        return finding.macro in inside
    below = [macro for macro in file.macros if macro.line > allowed.line]
    first = min((macro.line for macro in below), default=0)
    meant = [macro.id for macro in below if macro.line == first]
    return finding.macro in meant or _VARIANT.sub("", finding.macro) in meant


def _comments(file: LintedFile, used: set[Allowed]) -> Iterator[Note]:
    for allowed in file.allowed:
        place = file.name, allowed.line
        if not allowed.reason:
            message = f"the waiver of {allowed.code} gives no reason, so it does not count"
            suggestion = f"Write `empathy-audit: allow {allowed.code} because` and the reason."
            yield _note(UNREASONED, message, suggestion, *place)
        elif allowed not in used:
            yield _note(UNUSED, f"the waiver of {allowed.code} waives nothing", "Take it out.", *place)


def _note(code: str, message: str, suggestion: str, file: str, line: int, about: str = "") -> Note:
    print_ = hashlib.sha256(f"{code}\0{message}\0{file}\0{about}".encode("utf-8", "surrogatepass")).hexdigest()
    return file, LintFinding(code, "warning", 1.0, "", message, suggestion, Span(line, 1, line, 1), print_)
