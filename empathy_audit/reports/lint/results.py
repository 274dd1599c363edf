"""The JSON document of `lint`: every macro, every finding, every failure. It is described in docs/macros.md."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from empathy_audit.model.lint import LintBatch, LintedFile, LintFinding
from empathy_audit.reports.base import View
from empathy_audit.reports.lint.base import LintReport

SCHEMA_VERSION = 1


def render(batch: LintBatch, view: View) -> str:
    """The document, indented by one."""
    findings = [finding for _, finding in batch.findings]
    document = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "empathy-audit", "version": batch.tool_version},
        "rubrics": [asdict(rubric) for rubric in batch.rubrics],
        "files": [_file(file) for file in batch.files],
        "notes": [{"file": name, **_finding(finding)} for name, finding in batch.notes],
        "failures": [asdict(failure) for failure in batch.failures],
        "summary": {
            "files": len(batch.files),
            "macros": sum(len(file.macros) for file in batch.files),
            **{f"{level}s": sum(f.severity == level for f in findings) for level in ("error", "warning", "suggestion")},
            "waived": batch.waived,
            "known": batch.known,
            "failures": len(batch.failures) + sum(len(file.failures) for file in batch.files),
        },
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _file(file: LintedFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "format": file.format,
        "macros": [asdict(macro) for macro in file.macros],
        "findings": [_finding(finding) for finding in file.findings],
        "failures": [asdict(failure) for failure in file.failures],
        "left_out": dict(file.left_out),
    }


def _finding(finding: LintFinding) -> dict[str, Any]:
    edit = finding.edit
    return {
        "code": finding.code,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "macro": finding.macro or None,
        **asdict(finding.span),
        "message": finding.message,
        "suggestion": finding.suggestion,
        "fix": None
        if edit is None
        else {**asdict(edit.span), "words": edit.words, "text": edit.text, "safe": edit.safe},
        "fingerprint": finding.fingerprint,
    }


JSON = LintReport("json", ".json", "one JSON document with every macro, finding and failure", render)
