"""Waivers: findings that somebody answers for, with a reason. What waives nothing, or no longer, is told."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from empathy_audit.model.lint import Allowed, LintedFile, LintedMacro, LintFinding, Span
from empathy_audit.settings.waivers import Waiver

UNUSED = "unused-waiver"
EXPIRED = "expired-waiver"
UNREASONED = "waiver-without-reason"

_VARIANT = re.compile(r"#[0-9]+$")
PARTIAL = "; where these files are some of many, say --partial"

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
        comments = _Comments.of(file)
        names = {file.name, *(_from(folder, file.name) for folder in self._folders)}
        for finding in file.findings:
            comment = comments.waiving(finding)
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
                yield _note(UNUSED, message, f"Take it out, or mend its macro, file or code{PARTIAL}.", *place, about)

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


@dataclass(frozen=True, slots=True)
class _Comments:
    """The comments of a file, by the macros and codes that they speak for."""

    by_macro: Mapping[tuple[str, str], Allowed]

    @classmethod
    def of(cls, file: LintedFile) -> _Comments:
        found: dict[tuple[str, str], Allowed] = {}
        for allowed in file.allowed:
            if allowed.reason:
                for id_ in _meant(allowed.line, file.macros):
                    found.setdefault((id_, allowed.code), allowed)
        return cls(found)

    def waiving(self, finding: LintFinding) -> Allowed | None:
        """The comment that waives a finding."""
        return self.by_macro.get((finding.macro, finding.code))


def _meant(line: int, macros: Sequence[LintedMacro]) -> list[str]:
    """The macro that a comment at that line stands in, else the next one that begins below it, with all its variants."""
    inside = [macro.id for macro in macros if macro.line <= line <= macro.end_line]
    if inside:
        return inside
    below = [macro for macro in macros if macro.line > line]
    first = min((macro.line for macro in below), default=0)
    found = [macro.id for macro in below if macro.line == first]
    return [*found, *(macro.id for macro in below if macro.line > first and _VARIANT.sub("", macro.id) in found)]


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
