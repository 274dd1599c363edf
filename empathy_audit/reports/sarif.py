"""SARIF 2.1.0, the interchange format of static analysis: GitHub code scanning, editors and other viewers take it.

    {"$schema": "...", "version": "2.1.0", "runs": [{
      "tool": {"driver": {"name": "empathy-audit", "rules": [{"id": "emotion-missed", ...}]}},
      "invocations": [{"executionSuccessful": false, "toolExecutionNotifications": [...the failures...]}],
      "results": [{"ruleId": "emotion-missed", "level": "error", "locations": [...], "partialFingerprints": {...}}]}]}

A result points at the words in the original file, by line and column where they can be found. Its fingerprint is the
finding's own, so that an alert that was dismissed stays so when files move. GitHub refuses a run of more than 25,000
results: the gravest stay and a notification tells how many were left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from empathy_audit.model.audit import SEVERITIES, Audit, Batch, Failure, Finding, Severity
from empathy_audit.reports.base import Report, View
from empathy_audit.reports.json_result import dumps
from empathy_audit.reports.locations import Location, location_of_failure, locations
from empathy_audit.reports.visible import harmless, visible
from empathy_audit.reports.wording import advised, plural, spaced

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
_MOST_CHARACTERS = 1024
LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "suggestion": "note"}
_GITHUB_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "suggestion": "recommendation"}
_ABOUT = (
    ("-missed", "An opportunity for empathy was missed: what the customer showed was passed over or dismissed."),
    ("-partial", "An opportunity for empathy was half met: the answer went on without acknowledging what was shown."),
)
_WORDS = "Words that work against empathy."


def render(batch: Batch, view: View) -> str:
    """The document, one result a line."""
    found = [(audit, finding) for audit in batch.audits for finding in audit.findings]
    kept = _gravest(found)
    rules = _rules(batch, [finding for _, finding in kept])
    places = {rule["id"]: index for index, rule in enumerate(rules)}
    locate = locations(batch, view.originals)
    seen: Counter[str] = Counter()
    results = [_result(audit, finding, places, locate(audit, finding), seen) for audit, finding in kept]
    notes = [notification(failure, location_of_failure(failure, view.originals)) for failure in batch.failures]
    notes += left_out(len(found) - len(kept))
    properties = {} if batch.rubric is None else {"rubric": f"{batch.rubric.id} {batch.rubric.version}"}
    return document(batch.tool, batch.tool_version, rules, notes, properties, results, not batch.failures)


def document(
    tool: str,
    version: str,
    rules: Sequence[Mapping[str, Any]],
    notes: Sequence[Mapping[str, Any]],
    properties: Mapping[str, Any],
    results: Sequence[Mapping[str, Any]],
    successful: bool,
) -> str:
    """One run, a result a line."""
    driver = {"name": tool, "semanticVersion": version or "0", "rules": rules}
    invocation = {"executionSuccessful": successful, "toolExecutionNotifications": notes}
    run = (
        ("tool", dumps({"driver": driver})),
        ("automationDetails", dumps({"id": f"{tool}/"})),
        ("invocations", dumps([invocation])),
        ("columnKind", dumps("unicodeCodePoints")),
        ("properties", dumps(properties)),
        ("results", "[\n   " + ",\n   ".join(map(dumps, results)) + "\n  ]" if results else "[]"),
    )
    inside = ",\n  ".join(f'"{key}": {value}' for key, value in run)
    return f'{{"$schema": {dumps(SCHEMA)},\n "version": "2.1.0",\n "runs": [\n  {{{inside}}}\n ]}}\n'


def _gravest(found: list[tuple[Audit, Finding]]) -> list[tuple[Audit, Finding]]:
    if len(found) <= MOST_RESULTS:
        return found
    order = sorted(range(len(found)), key=lambda at: (-SEVERITIES.index(found[at][1].severity), at))
    return [found[at] for at in sorted(order[:MOST_RESULTS])]


def _rules(batch: Batch, findings: list[Finding]) -> list[dict[str, Any]]:
    """One for each code, by name, with the gravest severity that it was given."""
    worst: dict[str, Severity] = {}
    suggestion: dict[str, str] = {}
    for finding in findings:
        graver = SEVERITIES.index(finding.severity) > SEVERITIES.index(worst.get(finding.code, "suggestion"))
        if finding.code not in worst or graver:
            worst[finding.code] = finding.severity
        suggestion.setdefault(finding.code, finding.suggestion)
    return [rule(code, worst[code], _about(code, batch.why.get(code, "")), suggestion[code]) for code in sorted(worst)]


def _about(code: str, why: str) -> str:
    about = next((text for end, text in _ABOUT if code.endswith(end)), _WORDS)
    return " ".join(part for part in (about, why) if part)


def rule(code: str, severity: Severity, full: str, suggestion: str) -> dict[str, Any]:
    """What is told of a code beside its results."""
    title = visible(spaced(code)).capitalize()
    full = full or f"{title}."
    paragraphs = [full, *([f"For example: {suggestion}"] if suggestion else [])]
    markdown = [full, *([f"**For example**\n\n> {_quoted(suggestion)}"] if suggestion else [])]
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in spaced(code).split()) or code,
        "shortDescription": {"text": _short(title)},
        "fullDescription": {"text": _short(harmless(full))},
        "help": {
            "text": harmless("\n\n".join(paragraphs)),
            "markdown": harmless(f"# {title}\n\n" + "\n\n".join(markdown)),
        },
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {"tags": ["empathy"], "problem.severity": _GITHUB_LEVELS[severity]},
    }


def _result(
    audit: Audit, finding: Finding, rules: Mapping[str, int], where: Location, seen: Counter[str]
) -> dict[str, Any]:
    seen[finding.fingerprint] += 1
    return {
        "ruleId": finding.code,
        "ruleIndex": rules[finding.code],
        "level": LEVELS[finding.severity],
        "rank": round(finding.confidence * 100, 1),
        "message": {"text": harmless(advised(finding))},
        "locations": [_location(where, audit)],
        "partialFingerprints": {
            "empathyAudit/v1": finding.fingerprint,
            # The name under which GitHub looks for one, with the occurrence after the colon as it expects it.
            "primaryLocationLineHash": f"{finding.fingerprint}:{seen[finding.fingerprint]}",
        },
        "properties": {"conversation": harmless(audit.transcript.id), "turn": finding.turn},
    }


def _location(where: Location, audit: Audit) -> dict[str, Any]:
    return {
        "physicalLocation": physical(where),
        "logicalLocations": [{"name": harmless(audit.transcript.id), "kind": "conversation"}],
    }


def physical(where: Location) -> dict[str, Any]:
    """A location in a file; GitHub shows nothing without a line."""
    region = {"startLine": where.line or 1}  # GitHub shows nothing without a line
    if where.column is not None and where.end_line is not None and where.end_column is not None:
        region |= {"startColumn": where.column, "endLine": where.end_line, "endColumn": where.end_column}
    return {"artifactLocation": {"uri": uri(where.file), "uriBaseId": "%SRCROOT%"}, "region": region}


def uri(file: str) -> str:
    """A path as a relative URI reference: percent-encoded, with `/`."""
    return quote(file.replace("\\", "/").lstrip("/").encode("utf-8", "backslashreplace"), safe="/.-_~")


def notification(failure: Failure, where: Location) -> dict[str, Any]:
    """A failure, which is no result."""
    return {
        "locations": [{"physicalLocation": physical(where)}],
        "level": "error",
        "descriptor": {"id": failure.kind},
        "message": {"text": harmless(f"{failure.source}: {failure.message}")},
    }


def left_out(count: int) -> Iterator[dict[str, Any]]:
    """A remark that so many findings are not in the run; nothing for none."""
    if count:
        text = f"{plural(count, 'finding')} of the least severity left out: a run holds {MOST_RESULTS:,} at most"
        yield {"level": "warning", "message": {"text": text}}


def _short(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + "…"


def _quoted(text: str) -> str:
    # A suggestion may quote the customer: nothing of it may become a link, an image or HTML.
    signs = "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+!|<>~" else sign for sign in text)
    return signs.replace("\n", "\n> ")


SARIF = Report(
    name="sarif",
    suffix=".sarif",
    about="SARIF 2.1.0 for code scanning: findings with line and column, rules with help",
    render=render,
)
