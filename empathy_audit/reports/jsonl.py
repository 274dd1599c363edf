"""One JSON object a line, written as the outcomes come: results, and failures as `{"failure": {...}}`.

{"schema_version": 1, "transcript": {"id": "c-17", ...}, ..., "turns": [...], "findings": [...]}
{"failure": {"source": "broken.json", "kind": "unreadable", "message": "..."}}
"""

from __future__ import annotations

from empathy_audit.model.audit import Audit, Failure
from empathy_audit.reports.base import Report, rendered_by_line
from empathy_audit.reports.json_line import result_line
from empathy_audit.reports.json_result import dumps, failure_as_json


def line(outcome: Audit | Failure) -> str:
    """The line of one outcome."""
    if isinstance(outcome, Failure):
        return dumps({"failure": failure_as_json(outcome)}) + "\n"
    return result_line(outcome) + "\n"


JSONL = Report(
    name="jsonl",
    suffix=".jsonl",
    about="one JSON object a line for each transcript, written as they come",
    render=rendered_by_line(line),
    line=line,
)
