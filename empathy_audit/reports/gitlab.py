"""GitLab's code quality report, the artifact `codequality` that merge requests show.

    [{"description": "shown anger was ...", "check_name": "emotion-missed", "fingerprint": "...", "severity": "critical",
      "location": {"path": "chats/broadband.txt", "lines": {"begin": 48}}}]

GitLab takes entries with the same fingerprint for one and wants a path from the repository's root and a line; a finding
whose line is not known stands on the first. A failure is an entry of severity `blocker`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from empathy_audit.model.audit import Batch, Failure, Finding, Severity
from empathy_audit.reports.base import Report, View
from empathy_audit.reports.json_result import dumps
from empathy_audit.reports.locations import Location, location_of_failure, locations
from empathy_audit.reports.visible import harmless
from empathy_audit.reports.wording import advised

SEVERITIES: Mapping[Severity, str] = {"error": "critical", "warning": "major", "suggestion": "info"}


def render(batch: Batch, view: View) -> str:
    """The list, an entry a line."""
    locate = locations(batch, view.originals)
    entries = [failure_entry(failure, location_of_failure(failure, view.originals)) for failure in batch.failures]
    entries += [_finding(finding, locate(audit, finding)) for audit in batch.audits for finding in audit.findings]
    return document(entries)


def document(entries: Sequence[dict[str, Any]]) -> str:
    """The list, an entry a line; of two entries with one fingerprint the second gets another."""
    seen: Counter[str] = Counter()
    for one in entries:
        print_ = one["fingerprint"]
        if seen[print_]:
            one["fingerprint"] = hashlib.sha256(f"{print_}:{seen[print_]}".encode()).hexdigest()
        seen[print_] += 1
    return "[\n " + ",\n ".join(map(dumps, entries)) + "\n]\n" if entries else "[]\n"


def _finding(finding: Finding, where: Location) -> dict[str, Any]:
    return entry(advised(finding), finding.code, finding.fingerprint, SEVERITIES[finding.severity], where)


def failure_entry(failure: Failure, where: Location) -> dict[str, Any]:
    """A failure, which blocks."""
    print_ = hashlib.sha256(f"{failure.kind}\0{failure.source}".encode("utf-8", "surrogatepass")).hexdigest()
    return entry(f"{failure.source}: {failure.message}", failure.kind, print_, "blocker", where)


def entry(text: str, code: str, print_: str, severity: str, where: Location) -> dict[str, Any]:
    """One entry; `severity` is a word of GitLab's."""
    lines = {"begin": where.line or 1}
    if where.end_line is not None:
        lines["end"] = where.end_line
    return {
        "description": harmless(text),
        "check_name": code,
        "fingerprint": print_,
        "severity": severity,
        "location": {"path": where.file.replace("\\", "/"), "lines": lines},
    }


GITLAB = Report(
    name="gitlab",
    suffix="",
    about="GitLab's code quality report, for merge requests",
    render=render,
)
