"""A batch in figures, for people, in a terminal of any width: no single conversation is drawn.

    ── Summary ─────────────────────────────────────────────────────────────
      190 conversations · 178 scored
      Mean score    38.2  35.1–41.5  ░░░░░░▒█▒░░░░░░░░░░░
      ...

      What would change most
      1 Goes on to the solution without acknowledging what the customer shows
      ...

It draws what `Figures` holds: intervals stand behind figures, and where too few conversations tell, it says so.
"""

from __future__ import annotations

from empathy_audit.model.audit import Batch
from empathy_audit.reports.base import Report, View


def render(batch: Batch, view: View) -> str:
    """The whole page, no line wider than `view.width` (20 at least)."""
    from empathy_audit.reports.terminal.page import summary_page

    return summary_page(batch, view)


SUMMARY = Report(
    name="summary",
    suffix="",
    about="for people: the batch in figures with intervals, and the three habits that would change most",
    render=render,
    figures=True,
    conversations=False,
)
