"""Trends for spreadsheets and programs: one row, or one object, a group.

    week,conversations,scored,score,score_low,score_high,met,met_low,met_high,missed,missed_low,missed_high
    2026-W10,34,31,52.1,48.003,56.31,0.41,0.33,0.5,0.21,0.15,0.28

Where there is not enough data, figures are empty (null) and the counts stay.
"""

from __future__ import annotations

import json

from empathy_audit.model.figures import Estimate
from empathy_audit.model.trends import Trend, Trends
from empathy_audit.reports.csv_table import written
from empathy_audit.reports.json_result import stamp_as_json

SCHEMA_VERSION = 1
_FIGURES = ("score", "met", "missed")


def csv_of(trends: Trends) -> str:
    """A header line and a line a group; cells as in `-f csv`."""
    head = [f"{name}{end}" for name in _FIGURES for end in ("", "_low", "_high")]
    lines = [written((*trends.by, "conversations", "scored", *head))]
    for one in trends.groups:
        figures = [cell for estimate in (one.score, one.met, one.missed) for cell in _cells(estimate)]
        lines.append(written((*one.key, one.conversations, one.score.n, *figures)))
    return "".join(lines)


def _cells(estimate: Estimate | None) -> tuple[float | None, float | None, float | None]:
    if estimate is None or not estimate.enough:
        return None, None, None
    return estimate.value, estimate.low, estimate.high


def json_of(trends: Trends) -> str:
    """One object, indented."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "by": list(trends.by),
        "minimum": trends.minimum,
        "rubrics": [stamp_as_json(stamp) for stamp in trends.rubrics],
        "notes": list(trends.notes),
        "groups": [_object(trends, one) for one in trends.groups],
    }
    return json.dumps(document, indent=1) + "\n"


def _object(trends: Trends, one: Trend) -> dict[str, object]:
    key: dict[str, object] = {name: value or None for name, value in zip(trends.by, one.key, strict=True)}
    figures = {name: _estimate(getattr(one, name)) for name in _FIGURES}
    return {**key, "conversations": one.conversations, **figures}


def _estimate(estimate: Estimate | None) -> dict[str, object] | None:
    if estimate is None:
        return None
    value, low, high = _cells(estimate)
    return {"value": value, "low": low, "high": high, "n": estimate.n}
