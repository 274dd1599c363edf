"""The report for people, in a terminal of any width.

    ── c-17 ────────────────────────────────────────────────────────────────
      chats/broadband.txt · chat · agent Dana

      Score  62.0  ████████████░░░░░░░░
      ● 1 met  ◑ 0 delayed  ◐ 0 partial  ○ 1 missed

      Customer's intensity by turn, from ▁ low to █ high
        ▄▄ ██
        ●  ○
        0  2
      ...

`page` is the plot, `conversation` one conversation, `overview` the batch, `canvas` the only place that knows rich.
rich is loaded when a page is drawn, so that the registry can be looked at for free.
"""

from __future__ import annotations

from empathy_audit.model.audit import Batch
from empathy_audit.reports.base import Report, View


def render(batch: Batch, view: View) -> str:
    """The whole page, no line wider than `view.width` (20 at least)."""
    from empathy_audit.reports.terminal.page import page

    return page(batch, view)


FULL = Report(
    name="full",
    suffix=".txt",
    about="for people: scorecards, moments done well, missed opportunities with better wordings, a summary",
    render=render,
    figures=True,
)
