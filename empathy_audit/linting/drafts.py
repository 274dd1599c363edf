"""A finding before it has its place in the file and its fingerprint; and how drafts of several branches become findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from empathy_audit.judgement.findings import digest
from empathy_audit.model.audit import SEVERITIES, Severity
from empathy_audit.model.macro import Fix, Macro, MacroFinding


@dataclass(frozen=True, slots=True)
class Draft:
    """Something found, at code points `[start, end)` of the original; without a place it is about the whole macro.

    `words` are what the fingerprint is made over: the exact words, or nothing where the finding is that something is missing.
    """

    code: str
    severity: Severity
    confidence: float
    message: str
    suggestion: str
    place: tuple[int, int] | None = None
    words: str = ""
    fix: Fix | None = None


def settle(macro: Macro, drafts: Iterable[Draft]) -> tuple[MacroFinding, ...]:
    """The findings in the order of their places, the graver first; what two branches share is told once."""
    first: dict[tuple[str, tuple[int, int] | None], Draft] = {}
    for draft in drafts:
        first.setdefault((draft.code, draft.place), draft)
    opening = _first_line(macro.original)
    placed = [(draft.place or opening, draft) for draft in first.values()]
    placed.sort(key=lambda p: (p[0][0], -SEVERITIES.index(p[1].severity), p[0][1], p[1].code))
    counts: dict[tuple[str, str], int] = {}
    findings = []
    for place, draft in placed:
        words = " ".join(draft.words.split())
        occurrence = counts.get((draft.code, words), 0)
        counts[draft.code, words] = occurrence + 1
        findings.append(_finding(macro, draft, place, digest(draft.code, macro.id, words, str(occurrence))))
    return tuple(findings)


def _finding(macro: Macro, draft: Draft, place: tuple[int, int], fingerprint: str) -> MacroFinding:
    start, end = place
    line, column = macro.place(start)
    # The end is told from the last code point: what follows it may stand on another line.
    end_line, last_column = macro.place(max(start, end - 1))
    return MacroFinding(
        code=draft.code,
        severity=draft.severity,
        confidence=round(draft.confidence, 3),
        message=draft.message,
        suggestion=draft.suggestion,
        start=start,
        end=end,
        line=line,
        column=column,
        end_line=end_line,
        end_column=last_column + (1 if end > start else 0),
        fingerprint=fingerprint,
        fix=draft.fix,
    )


def _first_line(text: str) -> tuple[int, int]:
    """The first line with something in it: where the reader of a macro begins."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    line = text[start : len(text) if end < 0 else end].rstrip()
    return start, start + len(line)
