"""Options of `lint` and `baseline`, and what a shell offers for them."""

from __future__ import annotations

import click

from empathy_audit.cli import options


def macro_reader_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The readers of macros whose name goes on from what was typed."""
    from empathy_audit.macros import MACRO_READERS

    return [reader.name for reader in MACRO_READERS if reader.name.startswith(incomplete)]


def lint_report_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The report formats of `lint` whose name goes on from what was typed."""
    from empathy_audit.reports.lint import LINT_REPORTS

    return [report.name for report in LINT_REPORTS if report.name.startswith(incomplete)]


LINTING = options.stacked(
    options.RUBRIC,
    click.option(
        "--input-format",
        metavar="NAME",
        shell_complete=macro_reader_names,
        help="Read every file as this format instead of detecting it; see `formats`.",
    ),
    click.option("--select", multiple=True, metavar="CODE", help="Only findings of this code; repeatable."),
    click.option("--ignore", multiple=True, metavar="CODE", help="No findings of this code; repeatable."),
    options.EXCLUDE,
    options.STDIN_FILENAME,
    click.option("--cache-dir", metavar="FOLDER", help="Where the cache is.  [default: .empathy-audit-cache]"),
    click.option("--no-cache", is_flag=True, help="Neither read nor write the cache."),
    click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DAY",
        help="Let waivers expire as on this day.  [default: today]",
    ),
)
OUTPUTS = options.stacked(
    click.option(
        "-f",
        "--output-format",
        "output_formats",
        multiple=True,
        metavar="NAME",
        shell_complete=lint_report_names,
        help="full, concise, json, github, gitlab, sarif or junit.  [default: full]",
    ),
    click.option(
        "-o", "--output-file", "output_files", multiple=True, metavar="FILE", help="Where to, as for `score`."
    ),
)
