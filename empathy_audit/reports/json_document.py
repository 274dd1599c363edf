"""Everything in one JSON document: the results, the failures and the summary.

    {"schema_version": 1,
     "tool": {"name": "empathy-audit", "version": "0.1.0", "signals": null},
     "rubric": {"id": "empathy", "version": "1.0.0", "hash": "..."},
     "transcripts": [
      {"schema_version": 1, "transcript": {"id": "c-17", ...}, ...}
     ],
     "failures": [],
     "summary": {"conversations": 1, ...}}

One transcript a line: it reads in a diff, and costs what `jsonl` costs (indenting each value would cost several times
that).
"""

from __future__ import annotations

from typing import Any

from empathy_audit.model.audit import SCHEMA_VERSION, Batch, Summary
from empathy_audit.reports.base import Report, View
from empathy_audit.reports.json_line import result_line
from empathy_audit.reports.json_result import counts_as_json, dumps, failure_as_json, stamp_as_json


def render(batch: Batch, view: View) -> str:
    """The document, ending in a line break."""
    signals = batch.audits[0].signals if batch.audits else None
    tool = {"name": batch.tool, "version": batch.tool_version, "signals": signals}
    parts = (
        ("schema_version", dumps(SCHEMA_VERSION)),
        ("tool", dumps(tool)),
        ("rubric", dumps(batch.rubric and stamp_as_json(batch.rubric))),
        ("transcripts", _list(list(map(result_line, batch.audits)))),
        ("failures", _list([dumps(failure_as_json(failure)) for failure in batch.failures])),
        ("summary", dumps(summary_as_json(batch.summary))),
    )
    return "{" + ",\n ".join(f'"{key}": {value}' for key, value in parts) + "}\n"


def summary_as_json(summary: Summary) -> dict[str, Any]:
    """The figures of a batch as plain values."""
    return {
        "conversations": summary.conversations,
        "scored": summary.scored,
        "failures": summary.failures,
        "skipped": summary.skipped,
        "mean": summary.mean,
        "principles": dict(summary.principles),
        "opportunities": counts_as_json(summary.opportunities),
        "findings": dict(summary.findings),
        "unscored": dict(summary.unscored),
        "agents": [
            {
                "name": agent.name,
                "conversations": agent.conversations,
                "overall": agent.overall,
                "principles": dict(agent.principles),
                "opportunities": counts_as_json(agent.opportunities),
            }
            for agent in summary.agents
        ],
    }


def _list(lines: list[str]) -> str:
    return "[\n  " + ",\n  ".join(lines) + "\n ]" if lines else "[]"


JSON = Report(
    name="json",
    suffix=".json",
    about="one JSON document with every result, the failures and the summary",
    render=render,
)
