"""`empathy-audit lint`: scripted replies, before a customer gets one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from empathy_audit.batch.discover import STDIN
from empathy_audit.cli import exits, lint_options, options
from empathy_audit.cli.output import OrderedCommand, typed
from empathy_audit.errors import SettingsError
from empathy_audit.settings import show

if TYPE_CHECKING:
    from empathy_audit.cli.linting import Job

EPILOG = """\b
Examples:
  empathy-audit lint macros/
  empathy-audit lint macros/ --changed-since origin/main -f github
  empathy-audit lint macros/ --diff
  empathy-audit baseline create macros/ && empathy-audit lint macros/ --baseline baseline.json

\b
A finding is waived by a comment in the macro or above it,
  empathy-audit: allow CODE because REASON
or by an entry of waivers.yaml, for files that hold no comments.

\b
Exit codes: 0 fine, 1 a finding at least as severe as --fail-on, or more warnings
than --max-warnings; 2 something could not be judged.
"""


@click.command(
    "lint", cls=OrderedCommand, epilog=EPILOG, short_help="Check macros (scripted replies) before customers get them."
)
@click.argument("paths", nargs=-1, metavar="PATH...")
@lint_options.LINTING
@click.option(
    "--fail-on",
    type=click.Choice(["never", "suggestion", "warning", "error"]),
    help="Fail at a finding at least this severe.  [default: warning]",
)
@click.option(
    "--max-warnings", type=click.IntRange(0), metavar="N", help="Let warnings pass up to N in all; errors still fail."
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 where something was found; what could not be judged stays 2.")
@click.option(
    "--baseline",
    metavar="FILE",
    help="Findings that are known, as `baseline create` wrote them; left-over entries fail.",
)
@click.option(
    "--waivers", metavar="FILE", help="Waivers for files without comments.  [default: waivers.yaml, if there is one]"
)
@click.option("--changed-since", metavar="REV", help="Only files that differ from this git revision.")
@click.option(
    "--partial",
    is_flag=True,
    help="The files given are some of many, as pre-commit and editors give them: say nothing of what is left over.",
)
@click.option("--fix", is_flag=True, help="Put the safe rewrites into the files, and tell what is left.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@click.option("--statistics", is_flag=True, help="Count the findings by code instead of listing them.")
@lint_options.OUTPUTS
@options.CONFIGURATION
@click.option("--show-settings", is_flag=True, help="Print every setting and where it came from, and stop.")
@options.COLOR
@options.QUIET
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    output_formats: tuple[str, ...],
    output_files: tuple[str, ...],
    show_settings: bool,
    watch: bool,
    **given: Any,
) -> int:
    """Check macros for empathy: files, folders, globs, or `-` for standard input."""
    from empathy_audit.cli.linting import job

    order = typed(ctx, output_formats, output_files)
    made = job(dict(given), paths, order)
    if show_settings:
        click.echo(show(made.settings), nl=False)
        return exits.OK
    if not paths:
        raise click.UsageError("Missing argument 'PATH...'; give files, folders, globs, or - for standard input.")
    return _watched(lambda: job(dict(given), paths, order), made) if watch else made.run()


def _watched(again: Callable[[], Job], made: Job) -> int:
    """Run, and run anew for every change, with the settings as they then are; what is wrong with them is told and waited out."""
    from empathy_audit.batch.lint.watching import changes

    if made.fix or STDIN in made.paths:
        raise click.UsageError("--watch is for files that you edit; leave out " + ("--fix" if made.fix else "-"))
    last = exits.OK
    latest = [made]
    try:
        for _ in changes(lambda: _files(latest[0])):
            click.clear()
            code = exits.guarded(lambda: _anew(again, latest))
            if code == exits.INTERRUPTED:
                return last
            if code == exits.PIPE_CLOSED:
                return code
            last = code
            if not made.quiet:
                exits.remark("watching; Ctrl-C ends it")
    except KeyboardInterrupt:
        return last
    return last


def _files(made: Job) -> tuple[Path, ...]:
    try:
        return tuple(made.watched())
    except SettingsError:  # told by the run; what was looked at is looked at until it is mended
        return tuple(path for given in made.paths if (path := Path(given)).exists())


def _anew(again: Callable[[], Job], latest: list[Job]) -> int:
    latest[0] = again()
    return latest[0].run()
