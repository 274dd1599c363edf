"""The plot of the `full` report: which conversations are drawn, and what stands after them."""

from __future__ import annotations

from empathy_audit.model.audit import Batch
from empathy_audit.reports.base import View
from empathy_audit.reports.terminal.canvas import Canvas, shown, styled
from empathy_audit.reports.terminal.conversation import draw_conversation
from empathy_audit.reports.terminal.figures import draw_figures
from empathy_audit.reports.terminal.overview import draw_failures, draw_overview
from empathy_audit.reports.wording import plural
from empathy_audit.reports.worst import MANY, WORST, lowest


def page(batch: Batch, view: View) -> str:
    """Each conversation, or the lowest five of many, then the batch, what failed, notes, and who judged."""
    canvas = Canvas(view)
    drawn = batch.audits
    if len(drawn) > MANY and not view.verbose:
        drawn = tuple(lowest(drawn, WORST))
        many = plural(len(batch.audits), "conversation")
        canvas.write(
            f"The {len(drawn)} lowest of {many} in full, then the summary; -v shows every one."
            if drawn
            else f"{many}: the summary; -v shows every one."
        )
        canvas.blank()
    for audit in drawn:
        draw_conversation(canvas, audit, view.verbose)
    if len(batch.audits) > 1 or batch.summary.skipped:
        draw_overview(canvas, batch, view.verbose)
    else:
        if not batch.audits:
            canvas.write("No conversation was judged.")
            canvas.blank()
        draw_failures(canvas, batch, view.verbose)
    _end(canvas, batch)
    return canvas.text()


def summary_page(batch: Batch, view: View) -> str:
    """The batch in figures alone, what failed, notes, and who judged."""
    canvas = Canvas(view)
    if batch.figures is not None:
        draw_figures(canvas, batch, batch.figures, view.verbose)
    _end(canvas, batch)
    return canvas.text()


def _end(canvas: Canvas, batch: Batch) -> None:
    for note in batch.notes:
        canvas.write(shown(note, 600), indent=2)
    if batch.rubric:
        judge = f"{batch.tool} {batch.tool_version}".strip()
        stamp = f"{judge} · rubric {shown(batch.rubric.id, 60)} {shown(batch.rubric.version, 30)}"
        canvas.write(styled((stamp, "quiet")), indent=2)
