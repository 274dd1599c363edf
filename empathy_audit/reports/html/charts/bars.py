"""Pictures of the batch: figures with their intervals, where opportunities are missed, most frequent findings."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from empathy_audit.model.figures import Estimate, FindingFigure, Part
from empathy_audit.reports.html.charts.vega import AXIS, TEXT, ceiling, picture, shortened
from empathy_audit.reports.visible import visible
from empathy_audit.reports.wording import figure, spaced

WIDTH = 424
_ROW = 24
_NAME = 184
_LETTERS = 25
_FOOT = 22
FINDINGS = 10


def intervals(vega: ModuleType, title: str, rows: Sequence[tuple[str, Estimate]]) -> str:
    """A point and its interval for each row, on a scale of 0..100; "not enough data" where there is no interval."""
    height = len(rows) * _ROW + _FOOT
    values = [
        {"at": at, "name": shortened(visible(name), _LETTERS), "v": e.value, "low": e.low, "high": e.high}
        for at, (name, e) in enumerate(rows)
    ]
    return picture(
        vega,
        f"{title}, 0 to 100, with 95 % intervals: " + "; ".join(f"{visible(name)} {said(e)}" for name, e in rows),
        WIDTH,
        height,
        data=[
            {"name": "rows", "values": values},
            {"name": "enough", "source": "rows", "transform": [{"type": "filter", "expr": "datum.low !== null"}]},
            {"name": "lacking", "source": "rows", "transform": [{"type": "filter", "expr": "datum.low === null"}]},
        ],
        scales=[
            {"name": "x", "domain": [0, 100], "range": [_NAME, WIDTH - 14]},
            _bands(len(rows), height - _FOOT),
        ],
        axes=[{**AXIS, "scale": "x", "orient": "bottom", "offset": -_FOOT, "values": [0, 25, 50, 75, 100], "grid": True}],
        marks=[
            _names("rows"),
            _mark("rule", "enough", x=_x("low"), x2=_x("high"), y=_MIDDLE, stroke={"value": "var(--bar)"}, strokeWidth={"value": 6}, strokeCap={"value": "round"}),
            _mark("symbol", "enough", x=_x("v"), y=_MIDDLE, size={"value": 90}, fill={"value": "var(--accent)"}),
            _mark("text", "lacking", x={"value": _NAME + 6}, y=_MIDDLE, baseline={"value": "middle"}, text={"value": "not enough data"}, fontStyle={"value": "italic"}, **TEXT),
        ],
    )  # fmt: skip


def said(estimate: Estimate) -> str:
    """A score with its interval, in words."""
    if not estimate.enough:
        return "not enough data"
    return f"{figure(estimate.value)} ({figure(estimate.low)} to {figure(estimate.high)})"


def places(vega: ModuleType, parts: Sequence[Part], names: Sequence[str]) -> str:
    """The share of opportunities missed in each part of the conversation, with its interval."""
    height, left, top = 210, 46, 24
    values = [
        {
            "name": name, "share": p.missed.value if p.missed.enough else None, "low": p.missed.low, "high": p.missed.high,
            "text": f"{p.opportunities.missed} of {p.opportunities.counted}",
        }
        for name, p in zip(names, parts, strict=True)
    ]  # fmt: skip
    label = "; ".join(f"{v['name']} {v['text']}" for v in values)
    x = {"scale": "x", "field": "name", "band": 0.5}
    return picture(
        vega,
        f"Opportunities missed, by part of the conversation: {label}",
        WIDTH,
        height,
        data=[
            {"name": "parts", "values": values},
            {"name": "enough", "source": "parts", "transform": [{"type": "filter", "expr": "datum.low !== null"}]},
        ],
        scales=[
            {"name": "x", "type": "band", "domain": list(names), "range": [left, WIDTH], "padding": 0.35},
            {"name": "y", "domain": [0, 1], "range": [height - _FOOT, top]},
        ],
        axes=[
            {**AXIS, "scale": "x", "orient": "bottom", "offset": -_FOOT},
            {**AXIS, "scale": "y", "orient": "left", "offset": -left, "values": [0, 0.5, 1], "format": ".0%", "grid": True},
        ],
        marks=[
            _mark("rect", "enough", x={"scale": "x", "field": "name"}, width={"scale": "x", "band": 1}, y={"scale": "y", "field": "share"}, y2={"scale": "y", "value": 0}, fill={"value": "var(--missed-soft)"}, stroke={"value": "var(--missed)"}, strokeWidth={"value": 1.5}),
            _mark("rule", "enough", x=x, y={"scale": "y", "field": "low"}, y2={"scale": "y", "field": "high"}, stroke={"value": "var(--ink)"}, strokeWidth={"value": 1.5}),
            _mark("text", "parts", x=x, y={"value": 12}, align={"value": "center"}, baseline={"value": "middle"}, text={"field": "text"}, **TEXT),
        ],
    )  # fmt: skip


def frequent(vega: ModuleType, findings: Sequence[FindingFigure]) -> str:
    """How often each kind of finding came, most frequent first."""
    shown = findings[:FINDINGS]
    height, name = len(shown) * _ROW + _FOOT, 180
    values = [{"at": at, "name": shortened(spaced(visible(f.code)), 28), "v": f.count} for at, f in enumerate(shown)]
    most = ceiling(max((f.count for f in shown), default=0))
    return picture(
        vega,
        "Most frequent findings: " + "; ".join(f"{spaced(visible(f.code))} {f.count}" for f in shown),
        WIDTH,
        height,
        data=[{"name": "rows", "values": values}],
        scales=[{"name": "x", "domain": [0, most], "range": [name, WIDTH - 44]}, _bands(len(shown), height - _FOOT)],
        axes=[{**AXIS, "scale": "x", "orient": "bottom", "offset": -_FOOT, "tickCount": 4, "format": "~s", "grid": True}],
        marks=[
            _names("rows", name),
            _mark("rect", "rows", x={"scale": "x", "value": 0}, x2=_x("v"), y={"scale": "y", "field": "at"}, height={"scale": "y", "band": 1}, fill={"value": "var(--bar)"}),
            _mark("text", "rows", x={**_x("v"), "offset": 6}, y=_MIDDLE, baseline={"value": "middle"}, text={"field": "v"}, **TEXT),
        ],
    )  # fmt: skip


_MIDDLE: dict[str, Any] = {"scale": "y", "field": "at", "band": 0.5}


def _bands(rows: int, height: int) -> dict[str, Any]:
    return {"name": "y", "type": "band", "domain": list(range(rows)), "range": [0, height], "padding": 0.3}


def _x(field: str) -> dict[str, Any]:
    return {"scale": "x", "field": field}


def _names(of: str, width: int = _NAME) -> dict[str, Any]:
    text = {**TEXT, "fill": {"value": "var(--ink)"}}
    return _mark("text", of, x={"value": width - 10}, y=_MIDDLE, align={"value": "right"}, baseline={"value": "middle"}, text={"field": "name"}, **text)  # fmt: skip


def _mark(kind: str, of: str, **encode: Any) -> dict[str, Any]:
    return {"type": kind, "from": {"data": of}, "encode": {"enter": encode}}
