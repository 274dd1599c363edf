"""`empathy-audit score`: the main job."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from empathy_audit.cli import exits, options, storing
from empathy_audit.cli.batch_options import BATCH, how_to_run, taken
from empathy_audit.cli.interruption import once
from empathy_audit.cli.keeping import depends_on, kept_beside, open_ledger, tell_how_to_go_on, without
from empathy_audit.cli.options import settings_of
from empathy_audit.cli.output import OrderedCommand, Target, pair, refuse_inputs, refuse_urls, typed
from empathy_audit.cli.remarks import Remarks
from empathy_audit.reports import Choices, View
from empathy_audit.settings import Settings, show

if TYPE_CHECKING:
    from empathy_audit.batch.bars import Bars
    from empathy_audit.cli.judging import Job
    from empathy_audit.reports.base import Partition, Rows

EPILOG = """\b
Examples:
  empathy-audit score transcripts/
  empathy-audit score "calls/**/*.vtt" --agent Dana -f jsonl > results.jsonl
  empathy-audit score transcripts/ -f full -f json -o results.json --fail-under 60
  cat chat.txt | empathy-audit score - --stdin-filename chat.txt

\b
Where reports go: each -o takes the nearest -f before it that has none, else its
suffix's format; one -f without -o goes to standard output; with -o alone standard
output stays empty. The default is `full`, in a terminal and in a pipe alike.
-o FOLDER/ writes a folder of files, for the formats that are made of several.

\b
Bars hold for each conversation, except --fail-under-mean; a conversation without
a score passes them all.
Exit codes: 0 judged and fine, 1 a bar was missed, 2 something could not be judged.
"""

SCORE = click.FloatRange(0, 100)


@click.command(
    "score",
    cls=OrderedCommand,
    epilog=EPILOG,
    short_help="Judge transcripts and report what was met and missed.",
)
@click.argument("paths", nargs=-1, metavar="PATH...")
@options.RUBRIC
@options.SIGNALS
@options.READING
@options.EXCLUDE
@options.STDIN_FILENAME
@options.outputs("full")
@click.option("--fail-under", type=SCORE, metavar="SCORE", help="Bar: the score of each conversation.")
@click.option("--fail-under-mean", type=SCORE, metavar="SCORE", help="Bar: the mean score of all conversations.")
@click.option(
    "--fail-on",
    type=click.Choice(["never", "suggestion", "warning", "error"]),
    help="Bar: a finding at least this severe.  [default: never]",
)
@click.option(
    "--max-missed", type=click.IntRange(0), metavar="N", help="Bar: at most N missed opportunities a conversation."
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 where a bar was missed; what could not be judged stays 2.")
@BATCH
@storing.STORE
@options.REDACT
@options.CONFIGURATION
@click.option("--show-settings", is_flag=True, help="Print every setting and where it came from, and stop.")
@options.COLOR
@options.QUIET
@options.VERBOSE
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    stdin_filename: str | None,
    output_formats: tuple[str, ...],
    output_files: tuple[str, ...],
    rows: Rows | None,
    partition_by: Partition | None,
    agents: tuple[str, ...],
    customers: tuple[str, ...],
    exit_zero: bool,
    config: Path | None,
    isolated: bool,
    show_settings: bool,
    quiet: bool,
    verbose: int,
    **given: Any,
) -> int:
    """Judge transcripts: files, folders, globs, or `-` for standard input."""
    chosen, keep_in = taken(given), storing.taken(given)
    settings = settings_of(given, config, isolated)
    if show_settings:
        click.echo(show(options.with_speakers(settings, agents, customers)), nl=False)
        return exits.OK
    if not paths:
        raise click.UsageError("Missing argument 'PATH...'; give files, folders, globs, or - for standard input.")
    from empathy_audit.batch.discover import STDIN_NAME, Input, discover
    from empathy_audit.cli.judging import Job
    from empathy_audit.cli.originals import within_reach

    targets = pair(typed(ctx, output_formats, output_files), settings.output_format, Choices(rows, partition_by))
    kept = kept_beside(targets)
    if kept is None and chosen.resume is not None:
        raise click.UsageError("an interrupted run is kept beside a file; give the -o FILE that it was writing to")
    rubric, signals = options.judging_by(settings)
    inputs = discover(paths, exclude=settings.exclude, stdin_name=stdin_filename or STDIN_NAME)
    refuse_urls([target.url for target in targets], [i.url for i in inputs if isinstance(i, Input)])
    written, read = [target.file for target in targets], [i.path for i in inputs if isinstance(i, Input)]
    refuse_inputs(written, read)
    redactor = options.redactor_of(settings)
    store = storing.asked(keep_in, settings.redact, quiet)
    if store is not None:
        store.check(written, [i.path for i in inputs if isinstance(i, Input) and i.named])
    remarks = Remarks(quiet, verbose, redactor)
    if signals is not None and not rubric.uses_signals:
        remarks.unused(signals.name, rubric.id)
    originals = within_reach(inputs, redactor)
    stdout = replace(options.view_of_stdout(settings, verbose), originals=originals)
    views = View(verbose=verbose, originals=originals), stdout
    how = replace(
        how_to_run(settings, chosen, inputs),
        how=options.how_to_read(settings, agents, customers),
        debug=exits.debugging(),
        signals=signals,
    )
    job = Job(inputs, rubric, how, _bars(settings), without(targets, kept), views, remarks, store)
    depends = depends_on(settings, rubric, inputs, (agents, customers), chosen.told())
    wanting, trouble = _keeping(ctx, job, kept, depends, chosen.resume)
    return exits.code(wanting=wanting, trouble=trouble, exit_zero=exit_zero)


def _keeping(
    ctx: click.Context, job: Job, kept: Target | None, depends: Mapping[str, str], resume: bool | None
) -> tuple[bool, bool]:
    """Run the job with a ledger beside the file that is kept, if there is one; when it is interrupted, tell how to go on."""
    from empathy_audit.cli.judging import Course

    ledger = open_ledger(kept, job.targets, depends, resume) if kept is not None else None
    course = Course(job, ledger)
    try:
        with once(), ledger or nullcontext():
            return course.run()
    except BaseException as error:
        tell_how_to_go_on(ctx, error, ledger, course.done)
        raise


def _bars(settings: Settings) -> Bars:
    from empathy_audit.batch.bars import Bars

    fail_on = None if settings.fail_on == "never" else settings.fail_on
    return Bars(settings.fail_under, settings.fail_under_mean, fail_on, settings.max_missed)
