"""Findings that a team knows and lives with: fingerprints and counts, no word of a macro.

{"baseline_version": 1, "findings": [{"code": "policy-wall", "fingerprint": "9f2c...", "count": 1}]}
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from empathy_audit.errors import InputError
from empathy_audit.model.lint import LintFinding

VERSION = 1
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Baseline:
    """How often each finding, by code and fingerprint, was there when the baseline was made."""

    counts: Counter[Key]

    @classmethod
    def of(cls, findings: Iterable[LintFinding]) -> Baseline:
        """A baseline of these findings."""
        return cls(Counter((finding.code, finding.fingerprint) for finding in findings))

    def text(self) -> str:
        """The file: one finding a line, in a fixed order, so that a change of it reads well in a review."""
        lines = [
            json.dumps({"code": code, "fingerprint": print_, "count": count})
            for (code, print_), count in sorted(self.counts.items())
        ]
        inside = "\n  " + ",\n  ".join(lines) + "\n " if lines else ""
        return f'{{"baseline_version": {VERSION},\n "findings": [{inside}]}}\n'

    def split(self, findings: Iterable[LintFinding]) -> tuple[list[LintFinding], int, Counter[Key]]:
        """What is new, how many are known, and the entries that nothing was found for."""
        left = Counter(self.counts)
        new: list[LintFinding] = []
        known = 0
        for finding in findings:
            key = finding.code, finding.fingerprint
            if left[key] > 0:
                left[key] -= 1
                known += 1
            else:
                new.append(finding)
        return new, known, +left

    def pruned(self, found: Baseline) -> Baseline:
        """What is left of it, where only this much is found."""
        return Baseline(self.counts & found.counts)


def load_baseline(path: Path) -> Baseline:
    """The baseline in a file.

    Raises:
        InputError: it cannot be read, or is none.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}; make one with `empathy-audit baseline create`"
        raise InputError(message, str(path)) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"is no JSON: {error}; expected a baseline; make it anew", str(path)) from None
    if not isinstance(document, dict) or document.get("baseline_version") != VERSION:
        raise InputError(
            f"is no baseline of version {VERSION}; make it with `empathy-audit baseline create`", str(path)
        )
    findings = document.get("findings")
    counts: Counter[Key] = Counter()
    for at, entry in enumerate(findings if isinstance(findings, list) else [None]):
        if not _is_entry(entry):
            message = f"findings/{at} is no entry; expected code, fingerprint and count; make the baseline anew"
            raise InputError(message, str(path))
        counts[entry["code"], entry["fingerprint"]] += entry["count"]
    return Baseline(counts)


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("code"), str)
        and isinstance(entry.get("fingerprint"), str)
        and type(entry.get("count")) is int
        and entry["count"] > 0
    )
