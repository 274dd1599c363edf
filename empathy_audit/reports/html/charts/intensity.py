"""The customer's emotional intensity through a conversation, with the agent's replies on it by colour and shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from empathy_audit.model.audit import Audit, Opportunity, Outcome
from empathy_audit.reports.html.charts.vega import TEXT, stacked
from empathy_audit.reports.wording import feeling

WIDTH, HEIGHT = 520, 150
_LEFT, _TOP, _BOTTOM = 46, 14, 124
_APART = 26
"""Pixels between turn numbers at least."""
_WIDEST = 20
_HALVES = {
    "met": "M0,-1A1,1,0,0,1,0,1A1,1,0,0,1,0,-1Z",
    "delayed": "M0,-1A1,1,0,0,1,0,1Z",
    "partial": "M0,-1A1,1,0,0,0,0,1Z",
}
_SIZE = 160


class _Cue(NamedTuple):
    turn: int
    found: Opportunity


def intensities(vega: ModuleType, audits: Sequence[Audit]) -> list[str]:
    """A picture of each; empty for a conversation in which the customer shows nothing."""
    shown = [(audit, cues) for audit in audits if (cues := _cues(audit))]
    if not shown:
        return [""] * len(audits)
    rows = [row for number, (audit, cues) in enumerate(shown) for row in _rows(number, audit, cues)]
    drawn = iter(stacked(vega, [_label(cues) for _, cues in shown], WIDTH, HEIGHT, **_spec(rows)))
    able = {id(audit) for audit, _ in shown}
    return [next(drawn) if id(audit) in able else "" for audit in audits]


def _cues(audit: Audit) -> list[_Cue]:
    return [
        _Cue(at, judged.opportunity)
        for at, judged in enumerate(audit.turns)
        if judged.opportunity is not None and judged.turn.spoken
    ]


def _label(cues: Iterable[_Cue]) -> str:
    parts = [
        f"turn {cue.turn} {feeling(cue.found)} {cue.found.intensity * 100:.0f} %"
        + (f", {cue.found.outcome}" if cue.found.outcome else "")
        for cue in cues
    ]
    return "The customer’s emotional intensity by turn: " + "; ".join(parts)


def _rows(number: int, audit: Audit, cues: Sequence[_Cue]) -> Iterator[dict[str, Any]]:
    """Everything that is drawn, each with what it is, its picture, and where: x 0..1, y 0..1, `top` in pixels."""
    size = len(audit.turns)
    common = {"chart": number, "top": number * HEIGHT}
    for y, text in ((0, "none"), (0.5, "half"), (1, "strong")):
        yield {**common, "is": "grid", "y": y, "text": text}
    wide = min(_WIDEST, max(2.0, (WIDTH - _LEFT) / size * 0.8))
    last = -_APART * 1.0
    for turn, found in cues:
        x = (turn + 0.5) / size
        pleasant = found.pleasant
        yield {
            **common, "is": "bar", "x": x, "y": found.intensity, "wide": wide,
            "fill": "var(--pleasant)" if pleasant else "var(--bar)",
        }  # fmt: skip
        if pleasant:
            yield {**common, "is": "plus", "x": x, "y": found.intensity}
        if found.outcome is not None:
            yield from _reply(common, x, found, size, found.outcome)
        if (x - last / (WIDTH - _LEFT)) * (WIDTH - _LEFT) >= _APART:
            last = x * (WIDTH - _LEFT)
            yield {**common, "is": "turn", "x": x, "text": str(turn)}


def _reply(
    common: dict[str, Any], x: float, found: Opportunity, size: int, outcome: Outcome
) -> Iterator[dict[str, Any]]:
    if found.pleasant:
        return
    at = x if found.answered_by is None else (found.answered_by + 0.5) / size
    place = {**common, "x": at, "y": found.intensity, "color": f"var(--{outcome})"}
    if at != x:
        yield {**place, "is": "link", "from": x}
    yield {**place, "is": "ring", "small": outcome == "open"}
    if outcome in _HALVES:
        yield {**place, "is": "half", "shape": _HALVES[outcome]}


def _spec(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    kinds = ("grid", "bar", "plus", "link", "ring", "half", "turn")
    return {
        "data": [{"name": kind, "values": [row for row in rows if row["is"] == kind]} for kind in kinds],
        "scales": [
            {"name": "x", "domain": [0, 1], "range": [_LEFT, WIDTH]},
            {"name": "y", "domain": [0, 1], "range": [_BOTTOM, _TOP]},
        ],
        "marks": [
            _mark("rule", "grid", x={"value": _LEFT}, x2={"value": WIDTH}, y=_Y, stroke={"value": "var(--line)"}),
            _mark("text", "grid", x={"value": _LEFT - 6}, y=_Y, align={"value": "right"}, baseline={"value": "middle"}, text={"field": "text"}, **TEXT),
            _mark("rect", "bar", xc=_X, width={"field": "wide"}, y=_Y, y2=_at(0), fill={"field": "fill"}),
            _mark("text", "plus", x=_X, y=_Y, dy={"value": -3}, align={"value": "center"}, text={"value": "+"}, fill={"value": "var(--ink)"}, fontSize={"value": 14}),
            _mark("rule", "link", x={"scale": "x", "field": "from"}, x2=_X, y=_Y, stroke={"field": "color"}, strokeWidth={"value": 1.5}),
            _mark(
                "symbol", "ring", x=_X, y=_Y, size={"signal": f"datum.small ? 30 : {_SIZE}"}, fill={"value": "var(--card)"},
                stroke={"field": "color"}, strokeWidth={"value": 2.5},
            ),
            _mark("symbol", "half", x=_X, y=_Y, size={"value": _SIZE}, shape={"field": "shape"}, fill={"field": "color"}),
            _mark("text", "turn", x=_X, y={**_at(0), "round": True}, dy={"value": 16}, align={"value": "center"}, text={"field": "text"}, **TEXT),
        ],
    }  # fmt: skip


def _at(y: float) -> dict[str, Any]:
    return {"scale": "y", "value": y, "offset": {"field": "top"}}


_X: dict[str, Any] = {"scale": "x", "field": "x"}
_Y: dict[str, Any] = {"scale": "y", "field": "y", "offset": {"field": "top"}}


def _mark(kind: str, of: str, **encode: Any) -> dict[str, Any]:
    """Marks with the number of their picture as their description."""
    return {"type": kind, "from": {"data": of}, "encode": {"enter": {"description": {"field": "chart"}, **encode}}}
