"""`empathy-audit formats`: what can be read and written."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from empathy_audit.cli import exits, options

if TYPE_CHECKING:
    from empathy_audit.macros import MacroReader
    from empathy_audit.readers import Reader
    from empathy_audit.reports import Report
    from empathy_audit.reports.lint import LintReport

EPILOG = """\b
Example:
  empathy-audit formats
"""

_WIDEST = 100
"""Lines of prose longer than this are hard to read, however wide the terminal."""


@click.command("formats", epilog=EPILOG, short_help="List the formats that can be read and written.")
def command() -> int:
    """List the formats that can be read and written, and what the readers were checked against.

    Transcripts are for `score` and its like, macros for `lint`.
    """
    from empathy_audit.macros import MACRO_READERS
    from empathy_audit.readers import READERS
    from empathy_audit.reports import REPORTS
    from empathy_audit.reports.lint import LINT_REPORTS

    width = min(options.width(), _WIDEST)
    options.write(
        "Read (found by content; --input-format NAME overrides)\n"
        + "".join(listed(_read(READERS), width))
        + "\nWritten (-f NAME, or by the suffix of -o FILE)\n"
        + "".join(listed(_written(REPORTS), width))
        + "\nMacros, read by lint (found by content; --input-format NAME overrides)\n"
        + "".join(listed(_read(MACRO_READERS), width))
        + "\nMacros, written by lint (-f NAME, or by the suffix of -o FILE)\n"
        + "".join(listed(_written(LINT_REPORTS), width))
    )
    return exits.OK


def _read(readers: Iterable[Reader | MacroReader]) -> list[tuple[str, list[str]]]:
    return [(r.name, [f"{r.about} ({' '.join(r.suffixes)})", f"- {r.verified}"]) for r in readers]


def _written(reports: Iterable[Report | LintReport]) -> list[tuple[str, list[str]]]:
    return [(r.name, [f"{r.about} ({r.suffix})" if r.suffix else r.about]) for r in reports]


def listed(rows: Iterable[tuple[str, Iterable[str]]], width: int) -> Iterator[str]:
    """Names in a column of their own, and beside each its texts, wrapped to `width` columns."""
    rows = list(rows)
    indent = max(len(name) for name, _ in rows) + 4
    for name, texts in rows:
        lines = [line for text in texts for line in _wrapped(text, width - indent)]
        first, *others = lines
        yield f"  {name.ljust(indent - 2)}{first}\n"
        yield from (f"{' ' * indent}{line}\n" for line in others)


def _wrapped(text: str, width: int) -> list[str]:
    follow = "  " if text.startswith("- ") else ""
    return textwrap.wrap(text, max(width, 30), subsequent_indent=follow, break_on_hyphens=False, break_long_words=False)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns in plain text, the last one as wide as it is."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head) - 1)]
    cells = ([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]] for line in lines)
    return "".join(f"  {'  '.join(line)}".rstrip() + "\n" for line in cells)
