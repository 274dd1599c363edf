"""SARIF 2.1.0; what that format asks for is told in reports/sarif.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from empathy_audit.model.audit import SEVERITIES, Failure, Severity
from empathy_audit.model.lint import LintBatch, LintFinding
from empathy_audit.reports.base import View
from empathy_audit.reports.lint.base import LintReport, advised, failures, located, told, why
from empathy_audit.reports.locations import Location
from empathy_audit.reports.sarif import LEVELS, MOST_RESULTS, document, left_out, notification, physical, rule
from empathy_audit.reports.visible import harmless


def render(batch: LintBatch, view: View) -> str:
    """The document, one result a line."""
    found = list(told(batch))
    order = sorted(range(len(found)), key=lambda at: (-SEVERITIES.index(found[at][1].severity), at))[:MOST_RESULTS]
    kept = [found[at] for at in sorted(order)]
    rules = _rules(batch, [finding for _, finding in kept])
    places = {made["id"]: at for at, made in enumerate(rules)}
    seen: Counter[str] = Counter()
    results = [_result(name, finding, places, seen) for name, finding in kept]
    notes = [*map(_notification, failures(batch)), *left_out(len(found) - len(kept))]
    properties = {"rubrics": [f"{rubric.id} {rubric.version}" for rubric in batch.rubrics]}
    return document("empathy-audit", batch.tool_version, rules, notes, properties, results, not failures(batch))


def _rules(batch: LintBatch, findings: list[LintFinding]) -> list[dict[str, Any]]:
    worst: dict[str, Severity] = {}
    suggestion: dict[str, str] = {}
    for finding in findings:
        worst[finding.code] = max(worst.get(finding.code, "suggestion"), finding.severity, key=SEVERITIES.index)
        suggestion.setdefault(finding.code, finding.suggestion)
    return [rule(code, worst[code], why(batch, code), suggestion[code]) for code in sorted(worst)]


def _result(name: str, finding: LintFinding, rules: Mapping[str, int], seen: Counter[str]) -> dict[str, Any]:
    seen[finding.fingerprint] += 1
    span = finding.span
    where = Location(name, span.line, span.column, span.end_line, span.end_column)
    return {
        "ruleId": finding.code,
        "ruleIndex": rules[finding.code],
        "level": LEVELS[finding.severity],
        "rank": round(finding.confidence * 100, 1),
        "message": {"text": harmless(advised(finding))},
        "locations": [
            {
                "physicalLocation": physical(where),
                "logicalLocations": [{"name": harmless(finding.macro or name), "kind": "macro"}],
            }
        ],
        "partialFingerprints": {
            "empathyAudit/v1": finding.fingerprint,
            "primaryLocationLineHash": f"{finding.fingerprint}:{seen[finding.fingerprint]}",
        },
    }


def _notification(failure: Failure) -> dict[str, Any]:
    return notification(failure, Location(*located(failure)))


SARIF = LintReport("sarif", ".sarif", "SARIF 2.1.0 for code scanning: findings with line and column", render)
