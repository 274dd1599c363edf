"""Paper of a given width, and the few strokes that the reports for people are drawn with.

The only module that knows rich.

Everything that is written is text: markup, emoji names and highlights are off, and the terminal's environment is not
looked at, so the same input gives the same characters everywhere. What comes from a transcript or a rubric goes
through `shown` or `excerpt` first.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from empathy_audit.reports.base import View
from empathy_audit.reports.quoting import Excerpt
from empathy_audit.reports.visible import visible

NARROWEST = 20
WIDEST = 120
"""Lines do not get longer than this in a wider terminal: nobody likes to read them."""

STYLES = {
    "heading": "bold",
    "quiet": "dim",
    "evidence": "bold",
    "met": "green",
    "delayed": "cyan",
    "partial": "yellow",
    "missed": "red",
    "open": "dim",
    "error": "bold red",
    "warning": "yellow",
    "suggestion": "cyan",
}


def styled(*parts: str | tuple[str, str]) -> Text:
    """One piece of text from plain strings and `(string, style name)` pairs."""
    text = Text()
    for part in parts:
        if isinstance(part, str):
            text.append(part)
        else:
            text.append(part[0], STYLES.get(part[1], ""))
    return text


def quoted(words: Excerpt) -> Text:
    """An excerpt in quotation marks, its evidence in bold."""
    text = Text(f"“{words.text}”")
    for start, end in words.marked:
        text.stylize(STYLES["evidence"], start + 1, end + 1)
    return text


def shown(text: str, cells: int = 200) -> str:
    """A name, path or message of somebody else's on one line: harmless, and cut with `…` beyond `cells` columns."""
    text = visible(" ".join(text.split()))
    if cell_len(text) <= cells:
        return text
    short = Text(text)
    short.truncate(cells, overflow="ellipsis")
    return short.plain


class Canvas:
    """Collects lines, none wider than its width, and gives them back as one string."""

    def __init__(self, view: View) -> None:
        self.plain = view.plain
        self.width = max(NARROWEST, min(view.width, WIDEST))
        self._paper = io.StringIO()
        self._console = Console(
            file=self._paper,
            width=self.width,
            height=100,
            color_system="standard" if view.color else None,
            force_terminal=view.color,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
            _environ={},
        )

    @property
    def narrow(self) -> bool:
        """Too narrow for labels in a column of their own."""
        return self.width < 60

    def meter(self, score: float) -> str:
        """A bar for a score of 0..100; nothing on a plain page."""
        if self.plain:
            return ""
        cells = 10 if self.narrow else 20
        full = max(0, min(cells, int(score / 100 * cells + 0.5)))
        return "█" * full + "░" * (cells - full)

    def blank(self) -> None:
        """An empty line."""
        self._paper.write("\n")

    def rule(self, title: str) -> None:
        """A title with a line to the right edge; the title alone on a plain page."""
        if self.plain:
            self.write(styled((shown(title, 400), "heading")))
            return
        head = styled(("── ", "quiet"), (shown(title, self.width - 6), "heading"), " ")
        head.append("─" * (self.width - head.cell_len), STYLES["quiet"])
        self._print(head)

    def heading(self, title: str, note: str = "") -> None:
        """A section's title, with a quiet note behind it."""
        self.write(styled((title, "heading"), (f"  {note}" if note else "", "quiet")), indent=2)

    def write(self, text: Text | str, *, indent: int = 0, lead: Text | str = "") -> None:
        """A paragraph `indent` columns from the left, with `lead` before its first line.

        Further lines start beneath the text. Words that are too long for a line are broken.
        """
        lead = lead if isinstance(lead, Text) else Text(lead)
        text = text if isinstance(text, Text) else Text(text)
        start = Text(" " * indent) + lead
        for line in text.wrap(self._console, max(4, self.width - start.cell_len), overflow="fold") or [Text()]:
            self._print(start + line)
            start = Text(" " * start.cell_len)

    def flow(self, parts: Sequence[str], *, gap: str = "  ", indent: int = 2, style: str = "") -> None:
        """Short parts one after the other, broken into lines only between them where they fit."""
        line = ""
        for part in parts:
            if line and indent + cell_len(line + gap + part) > self.width:
                self.write(styled((line, style)), indent=indent)
                line = part
            else:
                line += gap + part if line else part
        if line:
            self.write(styled((line, style)), indent=indent)

    def labelled(self, label: str, text: Text, *, indent: int = 0, column: int = 0) -> None:
        """A paragraph behind a label in a column of its own; on a narrow page the label leads the paragraph instead."""
        if self.narrow:
            self.write(styled((f"{label}: ", "quiet")) + text, indent=indent)
        else:
            gap = " " * max(1, column - cell_len(label))
            self.write(text, indent=indent, lead=styled((label, "quiet"), gap))

    def rows(
        self, rows: Sequence[Sequence[Text | str]], *, align: str, indent: int = 2, flexible: int = 0, gap: int = 2
    ) -> None:
        """A table without lines.

        `align` holds `l` or `r` for each column; the column `flexible` is cut with `…` until the rest fits.
        """
        cells = [[cell if isinstance(cell, Text) else Text(cell) for cell in row] for row in rows]
        widths = [max((row[at].cell_len for row in cells), default=0) for at in range(len(align))]
        over = indent + sum(widths) + gap * (len(widths) - 1) - self.width
        widths[flexible] = max(1, widths[flexible] - max(0, over))
        for row in cells:
            line = Text(" " * indent)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
                cell.truncate(width, overflow="ellipsis")
                cell.align("right" if align[at] == "r" else "left", width)
                line.append_text(cell)
                if at < len(widths) - 1:
                    line.append(" " * gap)
            line.truncate(self.width, overflow="ellipsis")
            self._print(line)

    def text(self) -> str:
        """Everything written so far."""
        return self._paper.getvalue()

    def _print(self, line: Text) -> None:
        line.rstrip()
        self._console.print(line, soft_wrap=True)
