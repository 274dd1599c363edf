"""Options of a large batch: how many processes, which conversations, how long for one, and going on after an interruption."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from empathy_audit.batch.judging import TIME_LIMIT
from empathy_audit.batch.sample import STRATA
from empathy_audit.cli.options import stacked
from empathy_audit.extras import DASK

if TYPE_CHECKING:
    from empathy_audit.batch.discover import Input
    from empathy_audit.batch.moments import Moment
    from empathy_audit.batch.run import Options
    from empathy_audit.batch.selection import Selection
    from empathy_audit.model.audit import Failure
    from empathy_audit.settings import Settings

MOST_SECONDS = 1_000_000


def jobs(value: str) -> int | str:
    """A number of processes, or `auto`."""
    if value == "auto":
        return value
    if value.isascii() and value.isdigit() and int(value) >= 1:
        return int(value)
    raise click.BadParameter(f"{value!r} is neither a whole number, 1 or more, nor auto")


BATCH = stacked(
    click.option(
        "--jobs", type=jobs, metavar="N|auto", help="Processes; the results are the same for any number.  [default: 1]"
    ),
    click.option(
        "--engine",
        type=click.Choice(["processes", "dask"]),
        default="processes",
        help="What hands the work out: processes of this machine, or Dask; see docs/scale.md.  [default: processes]",
    ),
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Dask's scheduler, tcp://host:8786; without it, --jobs workers are started here.",
    ),
    click.option(
        "--time-limit",
        type=click.FloatRange(0, MOST_SECONDS, min_open=True),
        metavar="SECONDS",
        help=f"Processor time for one conversation; beyond it, it is a failure.  [default: {TIME_LIMIT:g}]",
    ),
    click.option(
        "--resume/--restart",
        default=None,
        help="Go on with an interrupted run into the same -o FILE, or start it anew; see docs/batches.md.",
    ),
    click.option(
        "--where", metavar="EXPRESSION", help="""Judge the conversations of which this holds: 'agent == "Dana"'."""
    ),
    click.option("--since", metavar="DATE", help="Judge conversations that started on this day or later."),
    click.option("--until", metavar="DATE", help="Judge conversations that started on this day or earlier."),
    click.option("--sample", type=click.IntRange(1), metavar="N", help="Judge N transcripts, drawn by --seed."),
    click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="Another draw for --sample."),
    click.option(
        "--stratify", type=click.Choice(list(STRATA)), help="Draw as many of --sample from each agent, or each channel."
    ),
)


class Chosen(NamedTuple):
    """What was given of them, apart from `--jobs`, which is a setting."""

    engine: str
    scheduler: str | None
    time_limit: float | None
    resume: bool | None
    where: str | None
    since: str | None
    until: str | None
    sample: int | None
    seed: int
    stratify: str | None

    def selection(self) -> Selection:
        """Which conversations are judged at all. Raises as `selection_of` does."""
        return selection_of(self.where, self.since, self.until)

    def told(self) -> dict[str, str]:
        """By name, for the journal, what the results depend on."""
        drawn = {"--sample": self.sample, "--seed": self.seed, "--stratify": self.stratify} if self.sample else {}
        asked = {"--where": self.where, "--since": self.since, "--until": self.until, "--time-limit": self.time_limit}
        return {name: str(value) for name, value in (asked | drawn).items() if value is not None}


def how_to_run(settings: Settings, chosen: Chosen, inputs: Sequence[Input | Failure]) -> Options:
    """What the settings and the options say of running. Raises as `selection_of` does."""
    from empathy_audit.batch.run import Options, jobs_for

    if chosen.engine == "dask":
        DASK.needed("--engine dask")  # better told now than after the files were looked through
    return Options(
        jobs=jobs_for(settings.jobs, inputs),
        engine=chosen.engine,
        scheduler=chosen.scheduler,
        selection=chosen.selection(),
        sample=chosen.sample,
        seed=chosen.seed,
        stratify=chosen.stratify,
        time_limit=chosen.time_limit or TIME_LIMIT,
    )


def taken(given: dict[str, Any]) -> Chosen:
    """The options of this module, taken out of all that were given. A usage error for those that make no sense together."""
    chosen = Chosen(**{name: given.pop(name) for name in Chosen._fields})
    if chosen.stratify and not chosen.sample:
        raise click.UsageError("--stratify spreads a sample; give --sample N with it")
    if chosen.scheduler is not None and chosen.engine != "dask":
        raise click.UsageError("--scheduler is Dask's; give --engine dask with it")
    return chosen


def selection_of(expression: str | None, since: str | None, until: str | None) -> Selection:
    """The selection that the options describe.

    Raises:
        click.UsageError: a date is none.
        SettingsError: the expression is none.
    """
    from empathy_audit.batch.selection import Selection
    from empathy_audit.batch.where import where

    test = where(expression) if expression is not None else None
    return Selection(test, _moment("--since", since), _moment("--until", until))


def _moment(option: str, text: str | None) -> Moment | None:
    from empathy_audit.batch.moments import named

    try:
        return None if text is None else named(text)
    except ValueError as error:
        raise click.UsageError(f"{option} {text}: no date; {error}") from None
