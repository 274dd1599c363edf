"""Audits → text or bytes. One module a format, and the tuple below is the registry: a format that is not in it does not exist.

Importing this room is cheap: what draws for people (`terminal`, `explanation`) loads rich when it is called.
"""

from __future__ import annotations

from empathy_audit.reports.base import PARTITIONS, ROWS, Choices, Files, Originals, Report, View
from empathy_audit.reports.concise import CONCISE
from empathy_audit.reports.csv_table import CSV
from empathy_audit.reports.github import GITHUB
from empathy_audit.reports.gitlab import GITLAB
from empathy_audit.reports.html import HTML
from empathy_audit.reports.json_document import JSON
from empathy_audit.reports.json_result import as_json
from empathy_audit.reports.jsonl import JSONL
from empathy_audit.reports.junit import JUNIT
from empathy_audit.reports.markdown import MARKDOWN
from empathy_audit.reports.parquet import PARQUET
from empathy_audit.reports.sarif import SARIF
from empathy_audit.reports.summary import SUMMARY
from empathy_audit.reports.terminal import FULL
from empathy_audit.reports.visible import visible
from empathy_audit.reports.xlsx import XLSX

__all__ = [
    "PARTITIONS",
    "REPORTS",
    "ROWS",
    "Choices",
    "Files",
    "Originals",
    "Report",
    "View",
    "as_json",
    "report",
    "report_for_suffix",
    "visible",
]

REPORTS: tuple[Report, ...] = (
    FULL,
    SUMMARY,
    CONCISE,
    MARKDOWN,
    HTML,
    JSON,
    JSONL,
    CSV,
    XLSX,
    PARQUET,
    SARIF,
    JUNIT,
    GITHUB,
    GITLAB,
)


def report(name: str) -> Report | None:
    """The format of that name."""
    return next((r for r in REPORTS if r.name == name), None)


def report_for_suffix(suffix: str) -> Report | None:
    """The format that a file suffix such as `.json` chooses, whatever its case."""
    return next((r for r in REPORTS if r.suffix and r.suffix == suffix.lower()), None)
