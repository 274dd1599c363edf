"""`empathy-audit formats`: what can be read and written."""

from __future__ import annotations

from collections.abc import Sequence

import click

from empathy_audit.cli import exits, options

EPILOG = """\b
Example:
  empathy-audit formats
"""


@click.command("formats", epilog=EPILOG, short_help="List the formats that can be read and written.")
def command() -> int:
    """List the formats that can be read and written, and what the readers were checked against."""
    from empathy_audit.readers import READERS
    from empathy_audit.reports import REPORTS

    reads = [(r.name, " ".join(r.suffixes), r.about, r.verified) for r in READERS]
    writes = [(r.name, r.suffix or "-", r.about) for r in REPORTS]
    options.write(
        "Read (found by content; --input-format NAME overrides)\n"
        + table(("name", "suffixes", "what it is", "checked against"), reads)
        + "\nWritten (-f NAME, or by the suffix of -o FILE)\n"
        + table(("name", "suffix", "what it is"), writes)
    )
    return exits.OK


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns in plain text, the last one as wide as it is."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head) - 1)]
    cells = ([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]] for line in lines)
    return "".join(f"  {'  '.join(line)}".rstrip() + "\n" for line in cells)
