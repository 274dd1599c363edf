"""Reads the project's pages for the tests: fenced blocks with the marks above them, and tables.

    <!-- file: chat.txt -->      the next block is a file of that name, in the folder where the page's commands run
    <!-- not run: why -->        the next block's commands are not run
    <!-- readers -->             names the table below it (or, for `blocks`, the block)

Commands are what stands behind `$ ` in a `console` block; lines under a command are what it prints, all of it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))))

_BLOCK = re.compile(
    r"(?P<marks>(?:<!--[^>]*-->\n)*)^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_MARK = re.compile(r"<!--\s*(.*?)\s*-->")


class Block(NamedTuple):
    """A fenced block, its language and the marks right above it."""

    marks: tuple[str, ...]
    language: str
    text: str

    @property
    def file(self) -> str | None:
        return next((mark.removeprefix("file: ") for mark in self.marks if mark.startswith("file: ")), None)

    @property
    def runs(self) -> bool:
        return not any(mark.startswith("not run: ") for mark in self.marks)


class Command(NamedTuple):
    """A command line and what the page says that it prints; None when the page does not say."""

    line: str
    prints: str | None


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str) -> list[Block]:
    return [
        Block(tuple(_MARK.findall(found["marks"])), found["language"], found["text"])
        for found in _BLOCK.finditer(page(name))
    ]


def commands(block: Block) -> list[Command]:
    found: list[Command] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append(Command(line[2:], None))
        else:
            found[-1] = Command(found[-1].line, (found[-1].prints or "") + line + "\n")
    return found


def table(name: str, mark: str) -> list[tuple[str, ...]]:
    """The rows of the table under `<!-- mark -->`, without its head."""
    _, _, below = page(name).partition(f"<!-- {mark} -->\n")
    lines = []
    for line in below.splitlines():
        if not line.startswith("|"):
            break
        lines.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
    assert len(lines) > 2, f"{name} has no table under <!-- {mark} -->"
    return lines[2:]


def names(cell: str) -> list[str]:
    """What stands in backquotes."""
    return re.findall(r"`([^`]+)`", cell)


def readers_table() -> str:
    """The table of formats that are read, from the registry."""
    from empathy_audit.readers import READERS

    rows = [(f"`{r.name}`", " ".join(f"`{s}`" for s in r.suffixes), r.about, r.verified) for r in READERS]
    return _table(("format", "usual suffixes", "what it is", "checked against"), rows)


def reports_table() -> str:
    """The table of formats that are written, from the registry."""
    from empathy_audit.reports import REPORTS

    rows = [(f"`{r.name}`", f"`{r.suffix}`" if r.suffix else "", r.about) for r in REPORTS]
    return _table(("format", "suffix", "what it is"), rows)


def macro_readers_table() -> str:
    """The table of formats of macros, from the registry."""
    from empathy_audit.macros import MACRO_READERS

    rows = [(f"`{r.name}`", " ".join(f"`{s}`" for s in r.suffixes), r.about, r.verified) for r in MACRO_READERS]
    return _table(("format", "usual suffixes", "what it is", "checked against"), rows)


def lint_reports_table() -> str:
    """The table of what `lint` writes, from the registry."""
    from empathy_audit.reports.lint import LINT_REPORTS

    rows = [(f"`{r.name}`", f"`{r.suffix}`" if r.suffix else "", r.about) for r in LINT_REPORTS]
    return _table(("format", "suffix", "what it is"), rows)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines).replace("|  |", "| |")
