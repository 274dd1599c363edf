"""The habits that would change most: what happens, how often, what doing otherwise would be worth, what to do instead."""

from __future__ import annotations

from empathy_audit.model.figures import Figures
from empathy_audit.reports import figures_wording as words
from empathy_audit.reports.terminal.canvas import Canvas, shown, styled

_INDENT = 4


def draw_habits(canvas: Canvas, figures: Figures) -> None:
    """The habits that would change most, greatest gain first; nothing where there is none."""
    if not figures.habits:
        return
    canvas.heading(words.HABITS)
    for number, habit in enumerate(figures.habits, 1):
        canvas.write(styled((shown(habit.problem, 300), "heading")), indent=2, lead=f"{number} ")
        for line in (f"{words.often(habit)}; {words.worth(habit)}.", shown(habit.advice, 600)):
            canvas.write(line, indent=_INDENT)
        if habit.example is not None:
            canvas.write(styled((f"Such as {shown(words.where(habit.example))}", "quiet")), indent=_INDENT)
        canvas.blank()
