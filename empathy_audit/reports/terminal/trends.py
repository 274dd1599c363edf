"""Trends for people: a table a group with a scale on each line, and the course over time as a row of bars.

    ── By agent and week ───────────────────────────────────────────────────
      Dana  ▅▆·▇
        2026-W10   34 conversations  52.1  48.0–56.3  ░░░░░░░░░▒█▒░░░░░░░░  21% missed
        ...

A bar is a score of 0 to 100 from low to high; a dot stands where there is not enough data for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from empathy_audit.model.trends import IN_TIME, Dimension, Trend, Trends
from empathy_audit.reports import figures_wording as words
from empathy_audit.reports.base import View
from empathy_audit.reports.curve import BARS
from empathy_audit.reports.terminal.canvas import Canvas, shown, styled
from empathy_audit.reports.terminal.figures import strip
from empathy_audit.reports.wording import plural

MOST = 20
"""Groups, and lines of one, that are listed without `-v`."""


def page(trends: Trends, view: View) -> str:
    """The whole page, no line wider than `view.width` (20 at least)."""
    canvas = Canvas(view)
    canvas.rule(f"By {' and '.join(trends.by)}")
    groups = [(key, list(lines)) for key, lines in groupby(trends.groups, lambda one: one.key[:-1])]
    able = [(key, lines) for key, lines in groups if view.verbose or not key or any(one.score.enough for one in lines)]
    listed = able if view.verbose else able[:MOST]
    for key, lines in listed:
        _draw(canvas, trends, key, lines, view.verbose)
    if len(listed) < len(able):
        canvas.write(styled((f"{len(listed)} of {len(able):,} groups; -v shows all", "quiet")), indent=2)
    if len(able) < len(groups):
        few = plural(len(groups) - len(able), "group")
        canvas.write(styled((f"{words.FEW.capitalize()} on any line of {few}; -v shows them", "quiet")), indent=2)
    for note in (_rest(trends), *trends.notes):
        canvas.write(styled((shown(note, 600), "quiet")), indent=2)
    return canvas.text()


def _draw(canvas: Canvas, trends: Trends, key: Sequence[str], lines: Sequence[Trend], verbose: int) -> None:
    in_time = trends.by[-1] in IN_TIME
    cut = lines if verbose or len(lines) <= MOST else lines[-MOST:] if in_time else lines[:MOST]
    dated = [one for one in cut if one.key[-1]]
    notes = [_course(dated)] if in_time and not canvas.plain and len(dated) > 1 else []
    if len(cut) < len(lines):
        notes.append(f"{'the latest ' if in_time else ''}{len(cut)} of {len(lines):,}; -v shows all")
    if key or notes:
        title = " · ".join(map(_name, trends.by, key)) or ("Score over time" if in_time else "Score")
        canvas.heading(title, "  ".join(notes))
    rows = [["", "conv.", "score", "95%", *([] if canvas.narrow or canvas.plain else [""]), "missed"]]
    rows += [_row(canvas, one, trends.by[-1]) for one in cut]
    align = "lrrlr" if canvas.narrow or canvas.plain else "lrrllr"
    if all(one.missed is None for one in cut):
        rows, align = [row[:-1] for row in rows], align[:-1]
    canvas.rows(rows, align=align, indent=4 if key else 2)
    canvas.blank()


def _row(canvas: Canvas, one: Trend, dimension: Dimension) -> list[str]:
    drawn = [] if canvas.narrow or canvas.plain else [strip(one.score)]
    missed = words.percent(one.missed) if one.missed is not None else ""
    return [
        _name(dimension, one.key[-1]),
        f"{one.conversations:,}",
        words.score(one.score),
        words.scores_between(one.score),
        *drawn,
        missed,
    ]


def _course(lines: Sequence[Trend]) -> str:
    """A bar a line, from the first to the last."""
    return "".join(_bar(one.score.value) if one.score.enough else "·" for one in lines)


def _bar(score: float | None) -> str:
    return BARS[min(len(BARS) - 1, int((score or 0) / 100 * len(BARS)))]


def _name(dimension: Dimension, value: str) -> str:
    return shown(value, 40) or ("undated" if dimension in IN_TIME else f"no {dimension}")


def _rest(trends: Trends) -> str:
    few = plural(trends.minimum, "conversation")
    judged = ", ".join(f"{stamp.id} {stamp.version}" for stamp in trends.rubrics)
    return f"Means of conversations with their 95% intervals; below {few} it says {words.FEW}. Rubric {judged}."
