"""`empathy-audit score`: the main job."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from empathy_audit.cli import exits, options
from empathy_audit.cli.options import settings_of
from empathy_audit.cli.output import OrderedCommand, Target, Writers, pair, refuse_inputs, typed
from empathy_audit.cli.remarks import Remarks
from empathy_audit.model.audit import Audit, Batch, Failure
from empathy_audit.reports import Choices, View
from empathy_audit.settings import Settings, show
from empathy_audit.version import __version__

if TYPE_CHECKING:
    from empathy_audit.batch.bars import Bars
    from empathy_audit.batch.discover import Input
    from empathy_audit.batch.run import Options
    from empathy_audit.model.rubric import Rubric
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


def jobs(value: str) -> int | str:
    """A number of processes, or `auto`."""
    if value == "auto":
        return value
    if value.isascii() and value.isdigit() and int(value) >= 1:
        return int(value)
    raise click.BadParameter(f"{value!r} is neither a whole number, 1 or more, nor auto")


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
@click.option(
    "--jobs", type=jobs, metavar="N|auto", help="Processes; the results are the same for any number.  [default: 1]"
)
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Judge N transcripts, drawn by --seed.")
@click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="Another draw for --sample.")
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
    sample: int | None,
    seed: int,
    config: Path | None,
    isolated: bool,
    show_settings: bool,
    quiet: bool,
    verbose: int,
    **given: Any,
) -> int:
    """Judge transcripts: files, folders, globs, or `-` for standard input."""
    settings = settings_of(given, config, isolated)
    if show_settings:
        click.echo(show(options.with_speakers(settings, agents, customers)), nl=False)
        return exits.OK
    if not paths:
        raise click.UsageError("Missing argument 'PATH...'; give files, folders, globs, or - for standard input.")
    from empathy_audit.batch.discover import STDIN_NAME, Input, discover
    from empathy_audit.batch.run import Options, jobs_for
    from empathy_audit.cli.originals import within_reach

    targets = pair(typed(ctx, output_formats, output_files), settings.output_format, Choices(rows, partition_by))
    rubric, signals = options.judging_by(settings)
    inputs = discover(paths, exclude=settings.exclude, stdin_name=stdin_filename or STDIN_NAME)
    refuse_inputs([target.file for target in targets], [i.path for i in inputs if isinstance(i, Input)])
    how = Options(
        how=options.how_to_read(settings, agents, customers),
        jobs=jobs_for(settings.jobs, inputs),
        sample=sample,
        seed=seed,
        debug=exits.debugging(),
        signals=signals,
    )
    redactor = options.redactor_of(settings)
    remarks = Remarks(quiet, verbose, redactor)
    if signals is not None and not rubric.uses_signals:
        remarks.unused(signals.name, rubric.id)
    originals = within_reach(inputs, redactor)
    stdout = replace(options.view_of_stdout(settings, verbose), originals=originals)
    views = View(verbose=verbose, originals=originals), stdout
    wanting, trouble = _score(inputs, rubric, how, _bars(settings), targets, views, remarks)
    return exits.code(wanting=wanting, trouble=trouble, exit_zero=exit_zero)


def _score(
    inputs: Sequence[Input | Failure],
    rubric: Rubric,
    how: Options,
    bars: Bars,
    targets: Sequence[Target],
    views: tuple[View, View],
    remarks: Remarks,
) -> tuple[bool, bool]:
    """Judge and write. Returns whether a bar was missed, and whether something could not be judged.

    `views`: how files are looked at, and how standard output is.
    """
    from empathy_audit.batch.bars import missed_by, missed_by_mean
    from empathy_audit.batch.run import run
    from empathy_audit.batch.summary import Tally
    from empathy_audit.cli.progress import Meter
    from empathy_audit.statistics import Gathering

    tally, gathering = Tally(), Gathering()
    held: list[Audit] = []
    failures: list[Failure] = []
    wanting = False
    with Writers(targets, *views) as writers, Meter.for_stderr(_may_draw(remarks, writers)) as meter:
        remarks.meter = meter
        for judged in run(inputs, rubric, how, watch=remarks.file):
            outcome = remarks.redactor.outcome(judged)
            tally.add(outcome)
            writers.add(outcome)
            meter.conversation()
            if isinstance(outcome, Failure):
                failures.append(outcome)
                remarks.failure(outcome)
                continue
            if writers.collects:
                held.append(outcome)
            if writers.wants_figures:
                gathering.add(outcome)
            if reasons := missed_by(outcome, bars):
                wanting = True
                remarks.bar(_where(outcome), reasons)
        meter.clear()
        summary = tally.summary(len(remarks.skipped))
        writers.finish(
            Batch(
                tuple(held),
                tuple(failures),
                summary,
                tool_version=__version__,
                rubric=rubric.stamp,
                why=rubric.why_by_code,
                figures=gathering.figures(rubric) if writers.wants_figures else None,
            )
        )
    if reasons := missed_by_mean(summary, bars):
        wanting = True
        remarks.bar("all conversations", reasons)
    remarks.end()
    if not summary.conversations and not failures:
        exits.complain("nothing to judge: no transcript was found; see `empathy-audit formats` for what can be read")
        return wanting, True
    return wanting, bool(failures)


def _may_draw(remarks: Remarks, writers: Writers) -> bool:
    # Lines that stream into the same terminal are progress enough, and a drawing among them would tear both.
    return not remarks.quiet and not (writers.streams_to_stdout and sys.stdout.isatty())


def _where(audit: Audit) -> str:
    transcript = audit.transcript
    return transcript.source if transcript.source.endswith(transcript.id) else f"{transcript.source} ({transcript.id})"


def _bars(settings: Settings) -> Bars:
    from empathy_audit.batch.bars import Bars

    fail_on = None if settings.fail_on == "never" else settings.fail_on
    return Bars(settings.fail_under, settings.fail_under_mean, fail_on, settings.max_missed)
