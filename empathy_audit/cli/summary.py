"""`empathy-audit summary`: any report from stored results, without judging again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from empathy_audit.cli import exits, options
from empathy_audit.cli.options import settings_of
from empathy_audit.cli.output import OrderedCommand, Target, Writers, pair, refuse_inputs, typed
from empathy_audit.cli.remarks import Remarks
from empathy_audit.cli.rubrics_at_hand import at_hand
from empathy_audit.model.audit import Audit, Batch, Failure
from empathy_audit.reports import Choices, View
from empathy_audit.settings import Settings
from empathy_audit.version import __version__

if TYPE_CHECKING:
    from empathy_audit.batch.discover import Input
    from empathy_audit.batch.results import Judges
    from empathy_audit.model.rubric import Rubric
    from empathy_audit.reports.base import Partition, Rows

FORMAT = "summary"

EPILOG = """\b
Examples:
  empathy-audit summary results.jsonl
  empathy-audit summary week-*.jsonl -f markdown
  empathy-audit score chats/ -f jsonl | empathy-audit summary - -f full -o report.txt
  empathy-audit summary results.jsonl --originals chats/ -f sarif

\b
RESULTS are files that `score` wrote as jsonl, json or --store, folders and globs of them,
or - for standard input. A result that stands twice is counted once. Reports go where
`score` would write them: see its --help.

\b
Exit codes: 0 fine, 2 a failure stands in the results, or some could not be read.
"""


@click.command(
    "summary",
    cls=OrderedCommand,
    epilog=EPILOG,
    short_help="Draw any report from stored results, without judging again.",
)
@click.argument("paths", nargs=-1, metavar="RESULTS...", required=True)
@options.outputs(FORMAT)
@click.option("--mixed-rubrics", is_flag=True, help="Take results of different rubrics together.")
@click.option(
    "--rubric",
    metavar="NAME[@VERSION]|FILE",
    help="The rubric that judged, for its minimum and weights.  [default: found by name]",
)
@click.option(
    "--originals",
    multiple=True,
    metavar="PATH",
    help="What was given to `score`, for the formats that point into the files; repeatable.",
)
@options.REDACT
@options.CONFIGURATION
@options.COLOR
@options.QUIET
@click.option("-v", "--verbose", count=True, help="Leave nothing out of the reports for people.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    output_formats: tuple[str, ...],
    output_files: tuple[str, ...],
    rows: Rows | None,
    partition_by: Partition | None,
    mixed_rubrics: bool,
    rubric: str | None,
    originals: tuple[str, ...],
    config: Path | None,
    isolated: bool,
    quiet: bool,
    verbose: int,
    **given: Any,
) -> int:
    """Draw any report from results that `score` has written, without judging again."""
    from empathy_audit.batch.discover import Input, discover
    from empathy_audit.batch.results import Judges
    from empathy_audit.cli.originals import within_reach

    settings = settings_of(given | {"rubric": rubric}, config, isolated)
    targets = pair(typed(ctx, output_formats, output_files), FORMAT, Choices(rows, partition_by))
    inputs, files = discover(paths), discover(originals)
    for missing in files:
        if isinstance(missing, Failure):
            raise click.UsageError(f"--originals {missing.source}: {missing.message}")
    read = [item.path for item in (*inputs, *files) if isinstance(item, Input)]
    refuse_inputs([target.file for target in targets], read, replace_results=False)
    redactor = options.redactor_of(settings)
    reach = within_reach(files, redactor)
    stdout = replace(options.view_of_stdout(settings, verbose), originals=reach)
    views = View(verbose=verbose, originals=reach), stdout
    remarks = Remarks(quiet, verbose, redactor)
    drawn = _draw(inputs, Judges(mixed_rubrics), settings, rubric, targets, views, remarks)
    return exits.code(wanting=False, trouble=not drawn)


def _draw(
    inputs: Sequence[Input | Failure],
    judges: Judges,
    settings: Settings,
    wanted: str | None,
    targets: Sequence[Target],
    views: tuple[View, View],
    remarks: Remarks,
) -> bool:
    """Read and write; whether there was something to read and no failure in it."""
    from empathy_audit.batch.results import read_results
    from empathy_audit.batch.summary import Tally
    from empathy_audit.conclusion import Conclusion
    from empathy_audit.statistics import Gathering
    from empathy_audit.stored import Header

    tally, gathering = Tally(), Gathering()
    held: list[Audit] = []
    failures: list[Failure] = []
    skipped = 0
    with Writers(targets, *views) as writers:
        conclude = Conclusion(remarks.redactor, line=writers.wants_lines, audit=writers.wants_audits)
        for item in read_results(inputs, remarks.skipped.append):
            value = item.value
            if isinstance(value, Header):
                judges.header(value, item.place)
                skipped += value.skipped
                continue
            if isinstance(value, Audit) and not judges.is_new(value, item.place):
                continue
            outcome = remarks.redactor.failure(value) if isinstance(value, Failure) else conclude(value)
            if isinstance(outcome, Failure):
                failures.append(outcome)
                remarks.failure(outcome)
            else:
                if writers.wants_figures:
                    gathering.add(outcome.audit)
                if writers.collects:
                    held.append(outcome.audit)
            tally.add(outcome)
            writers.add(outcome)
        rubric = _rubric_of(judges, settings, wanted)
        summary = tally.summary(skipped)
        writers.finish(
            Batch(
                tuple(held),
                tuple(failures),
                summary,
                tool_version=_version(judges),
                rubric=judges.stamp,
                notes=_notes(judges),
                why=rubric.why_by_code if rubric else {},
                figures=gathering.figures(rubric) if writers.wants_figures else None,
            )
        )
    remarks.results(judges.again, len(judges.versions), len(judges.signals))
    remarks.end("it holds no results", "they hold no results")
    if not summary.conversations and not failures:
        exits.complain("nothing to draw: no result was found; write some with `empathy-audit score PATH -f jsonl`")
        return False
    return not failures


def _rubric_of(judges: Judges, settings: Settings, wanted: str | None) -> Rubric | None:
    """The rubric that judged, if it is the one of the settings or a shipped one.

    Raises:
        click.UsageError: the one that was asked for is another one.
    """
    from empathy_audit import rubric

    stamp = judges.stamp
    if stamp is None:
        return None
    if wanted is not None:
        found = rubric.load(settings.rubric)
        if found.hash != stamp.hash:
            raise click.UsageError(f"--rubric {wanted} is not the one that judged these results; leave the option out")
        return found
    return at_hand(stamp, settings)


def _version(judges: Judges) -> str:
    versions = [version or __version__ for version in judges.versions]
    return versions[0] if len(versions) == 1 else __version__


def _notes(judges: Judges) -> tuple[str, ...]:
    from empathy_audit.batch.results import named

    if len(judges.stamps) < 2:
        return ()
    rubrics = ", ".join(named(stamp) for stamp in judges.stamps.values())
    return (f"Judged by different rubrics, whose scores do not compare: {rubrics}",)
