"""A batch in figures with intervals: what would change most, then groups, places and findings."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_audit.model.audit import SEVERITIES, Batch
from empathy_audit.model.figures import Estimate, Figures, Group
from empathy_audit.reports import figures_wording as words
from empathy_audit.reports.terminal.canvas import Canvas, shown, styled
from empathy_audit.reports.terminal.habits import draw_habits
from empathy_audit.reports.terminal.overview import COLUMNS, TABLE, draw_failures, draw_unscored
from empathy_audit.reports.wording import plural, spaced, tally

STRIP = 20
"""Columns of a scale from 0 to 100."""
FINDINGS = 10
"""How many kinds of findings are listed without `-v`."""
_INDENT = 4


def draw_figures(canvas: Canvas, batch: Batch, figures: Figures, verbose: int = 0) -> None:
    """The whole page but for the stamp. Tables longer than twenty lines are cut unless `verbose`."""
    canvas.rule("Summary")
    _headline(canvas, batch, figures)
    draw_habits(canvas, figures)
    _principles(canvas, figures)
    _groups(canvas, "By agent", figures.agents, words.lowest, verbose)
    _groups(canvas, "By week", figures.weeks, words.latest, verbose)
    _places(canvas, figures)
    _findings(canvas, figures, verbose)
    draw_unscored(canvas, batch.summary.unscored)
    draw_failures(canvas, batch, verbose)
    for line in words.remarks(figures) if batch.summary.conversations else ():
        canvas.write(styled((line, "quiet")), indent=2)


def strip(estimate: Estimate, full: float = 100) -> str:
    """A scale of 0 to `full` with the interval on it and the figure in it; nothing without an interval."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return ""
    low, at, high = (min(STRIP - 1, int(end / full * STRIP)) for end in (estimate.low, estimate.value, estimate.high))
    return "".join("█" if cell == at else "▒" if low <= cell <= high else "░" for cell in range(STRIP))


def _headline(canvas: Canvas, batch: Batch, figures: Figures) -> None:
    summary, overall = batch.summary, figures.overall
    parts = [plural(summary.conversations, "conversation"), f"{summary.scored:,} scored"]
    if summary.failures:
        parts.append(plural(summary.failures, "failure"))
    if len(figures.weeks) > 1:
        parts.append(f"{shown(figures.weeks[0].name)} to {shown(figures.weeks[-1].name)}")
    canvas.flow(parts, gap=" · ")
    rows = [("Mean score", *_score(canvas, overall.score))] if overall.score.value is not None else []
    if overall.met.value is not None:
        rows += [("Met at once", *_share(canvas, overall.met)), ("Missed", *_share(canvas, overall.missed))]
    canvas.rows(rows, align="lrll")
    if overall.opportunities.counted or overall.opportunities.open:
        canvas.flow(tally(overall.opportunities))
    if summary.conversations:
        found = [plural(summary.findings.get(severity, 0), severity) for severity in reversed(SEVERITIES)]
        canvas.write(f"Findings: {', '.join(found)}", indent=2)
    canvas.blank()


def _score(canvas: Canvas, estimate: Estimate) -> tuple[str, str, str]:
    bar = "" if canvas.narrow or canvas.plain else strip(estimate)
    return words.score(estimate), words.scores_between(estimate), bar


def _share(canvas: Canvas, estimate: Estimate) -> tuple[str, str, str]:
    bar = "" if canvas.narrow or canvas.plain else strip(estimate, 1)
    return words.percent(estimate), words.percent_between(estimate), bar


def _principles(canvas: Canvas, figures: Figures) -> None:
    if not figures.principles:
        return
    canvas.heading("By principle", "score and its 95% interval")
    rows = [(spaced(shown(one.id, 60)), *_score(canvas, one.score)) for one in figures.principles]
    canvas.rows(rows, align="lrll", indent=_INDENT)
    canvas.blank()


def _groups(canvas: Canvas, title: str, groups: Sequence[Group], cut: words.Cut, verbose: int) -> None:
    if not groups:
        return
    listed, note = cut(groups, len(groups) if verbose else TABLE)
    canvas.heading(title, note and f"{note}; -v shows all")
    if not any(group.score.enough for group in groups):
        canvas.write(words.too_few(groups), indent=_INDENT)
        canvas.blank()
        return
    with_rank = any(group.rank for group in groups)
    conversations = "conversations" if canvas.width >= COLUMNS else "conv."
    rows = [["", conversations, "score", "95%", "missed", "rank"]]
    for group in listed:
        row = [shown(group.name, 40), f"{group.conversations:,}", words.score(group.score)]
        rows.append([*row, words.scores_between(group.score), words.percent(group.missed), words.rank(group)])
    if canvas.narrow:
        rows, align = [[name, score, sure] for name, _, score, sure, *_ in rows], "lrl"
    else:
        rows, align = [row if with_rank else row[:-1] for row in rows], "lrrlrr" if with_rank else "lrrlr"
    canvas.rows(rows, align=align, indent=_INDENT)
    canvas.blank()


def _places(canvas: Canvas, figures: Figures) -> None:
    if not figures.places:
        return
    canvas.heading(words.PLACES, "by its turns")
    rows = []
    for part in figures.places:
        counts = f"{part.opportunities.missed:,} of {part.opportunities.counted:,}"
        rows.append([words.part(part), *([] if canvas.narrow else [counts]), *_share(canvas, part.missed)])
    canvas.rows(rows, align="lrll" if canvas.narrow else "lrrll", indent=_INDENT)
    canvas.blank()


def _findings(canvas: Canvas, figures: Figures, verbose: int) -> None:
    if not figures.findings:
        return
    listed = figures.findings if verbose else figures.findings[:FINDINGS]
    cut = f"{len(listed)} of {len(figures.findings)}; -v shows all" if len(listed) < len(figures.findings) else ""
    canvas.heading(words.FINDINGS, cut)
    for one in listed:
        what = styled((shown(one.code, 60), "evidence"), f" {shown(one.message, 300)}")
        canvas.write(what, indent=_INDENT, lead=styled((f"{one.count:>5,} ", one.severity)))
        seen = f"{one.severity} · {plural(one.conversations, 'conversation')} · {shown(words.where(one.example))}"
        canvas.write(styled((seen, "quiet")), indent=_INDENT + 6)
    canvas.blank()
