"""`empathy-audit trends`: how agents, weeks and the like did, from a store of kept results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from empathy_audit.cli import exits, options
from empathy_audit.cli.batch_options import selection_of
from empathy_audit.cli.rubrics_at_hand import at_hand
from empathy_audit.cli.storing import STORE_WAIT
from empathy_audit.errors import InputError
from empathy_audit.model.audit import RubricStamp
from empathy_audit.model.trends import DIMENSIONS, Dimension, Trends

if TYPE_CHECKING:
    from empathy_audit.batch.selection import Selection
    from empathy_audit.settings import Settings
    from empathy_audit.statistics import Trending
    from empathy_audit.store import Entry, Judged

FORMATS = "table", "csv", "json"

EPILOG = """\b
Examples:
  empathy-audit trends audits.duckdb
  empathy-audit trends audits.duckdb --by agent,week --since 2026-03-01
  empathy-audit trends audits.duckdb --by principle,month -f csv > principles.csv

\b
STORE is a file that `score --store` has written. A conversation that was judged
several times counts once, by its newest result.

\b
Exit codes: 0 fine, 2 the store cannot be read, or holds nothing of what was asked for.
"""


class Asked(NamedTuple):
    """What is to be counted, and by what."""

    by: tuple[Dimension, ...]
    selection: Selection
    rubric: str | None
    mixed: bool


def dimensions(value: str) -> tuple[Dimension, ...]:
    """Names of dimensions, with commas between them."""
    words = [word.strip() for word in value.split(",")]
    found = tuple(one for word in words for one in DIMENSIONS if one == word)
    if len(found) < len(words):
        wrong = next(word for word in words if word not in DIMENSIONS)
        raise click.BadParameter(f"{wrong!r} is nothing to group by; {options.nearest(wrong, DIMENSIONS)}")
    if len(set(found)) < len(found):
        raise click.BadParameter("each can stand once")
    return found


@click.command("trends", epilog=EPILOG, short_help="Show how agents and weeks did, from a store of results.")
@click.argument("store", metavar="STORE", type=click.Path(path_type=Path))
@click.option(
    "--by",
    type=dimensions,
    default="week",
    metavar="NAME,...",
    help=f"What to group by: {', '.join(DIMENSIONS)}.  [default: week]",
)
@click.option("--since", metavar="DATE", help="Count conversations that started on this day or later.")
@click.option("--until", metavar="DATE", help="Count conversations that started on this day or earlier.")
@click.option("--rubric", metavar="NAME[@VERSION]|HASH", help="Count what this rubric has judged.")
@click.option("--mixed-rubrics", is_flag=True, help="Take results of different rubrics together.")
@click.option(
    "-f", "--output-format", "format_", type=click.Choice(FORMATS), default=FORMATS[0], help="What to write.  [default: table]"
)  # fmt: skip
@STORE_WAIT
@options.CONFIGURATION
@options.COLOR
@options.QUIET
@click.option("-v", "--verbose", count=True, help="Leave nothing out of the table.")
def command(
    store: Path,
    by: tuple[Dimension, ...],
    since: str | None,
    until: str | None,
    rubric: str | None,
    mixed_rubrics: bool,
    format_: str,
    store_wait: float,
    config: Path | None,
    isolated: bool,
    color: str | None,
    quiet: bool,
    verbose: int,
) -> int:
    """Show how agents, weeks and the like did, from a store that `score --store` has written."""
    from empathy_audit.store import entries

    settings = options.settings_of({"color": color}, config, isolated)
    asked = Asked(by, selection_of(None, since, until), rubric, mixed_rubrics)
    tell: Callable[[str], None] = (lambda _: None) if quiet else exits.remark
    wanted = (lambda _: True) if rubric is None else (lambda stamp: _is_named(stamp, rubric))
    counting = Counting(asked, str(store))
    for entry in entries(store, agents="agent" in by, rubric=wanted, wait=store_wait, told=tell):
        counting.add(entry)
    trends = counting.trends(settings)
    if not trends.groups:
        exits.complain(f"{store}: nothing to count: {counting.why_nothing()}")
        return exits.TROUBLE
    options.write(_written(trends, format_, settings, verbose))
    return exits.OK


class Counting:
    """Takes entries of a store one by one and makes trends of them.

    Raises:
        InputError: from `add`: results of another rubric, and that is not allowed.
    """

    def __init__(self, asked: Asked, place: str) -> None:
        from empathy_audit.statistics import Trending

        self._asked = asked
        self._place = place
        self._trending: Trending = Trending(asked.by)
        self._judged: dict[Judged, None] = {}
        self._left_out = 0

    def add(self, entry: Entry) -> None:
        """Count an entry, unless it lies outside of the time that was asked for."""
        from empathy_audit.statistics import Member

        if self._asked.selection.outside(entry.started_at):
            self._left_out += 1
            return
        if entry.judged not in self._judged:
            self._judged[entry.judged] = None
            self._check_rubrics()
        self._trending.add(_known(entry), Member(entry.overall, entry.principles, entry.opportunities))

    @property
    def rubrics(self) -> tuple[RubricStamp, ...]:
        """Those that judged, by name."""
        found = {judged.rubric for judged in self._judged}
        return tuple(sorted(found, key=lambda stamp: (stamp.id, stamp.version, stamp.hash)))

    def _check_rubrics(self) -> None:
        from empathy_audit.batch.results import named

        if len(self.rubrics) > 1 and not self._asked.mixed:
            several = " and ".join(map(named, self.rubrics))
            raise InputError(
                f"holds results of {several}, whose scores do not compare; choose one with --rubric NAME@VERSION, judge the "
                "transcripts again by one, or give --mixed-rubrics",
                self._place,
            )

    def trends(self, settings: Settings) -> Trends:
        """The trends so far."""
        from empathy_audit.statistics.figures import DEFAULT_MINIMUM

        rubrics = self.rubrics
        rubric = at_hand(rubrics[0], settings) if len(rubrics) == 1 else None
        minimum = rubric.scoring.minimum_conversations if rubric else DEFAULT_MINIMUM
        return Trends(self._asked.by, self._trending.groups(minimum), minimum, rubrics, tuple(self._notes()))

    def _notes(self) -> list[str]:
        notes = []
        if len(self.rubrics) > 1:
            notes.append("Judged by different rubrics, whose scores do not compare.")
        if (versions := len({judged.tool_version for judged in self._judged})) > 1:
            notes.append(f"Judged by {versions} versions of empathy-audit, which may judge differently.")
        if len({judged.signals for judged in self._judged}) > 1:
            notes.append("Judged by different signals, so that scores do not compare.")
        return notes

    def why_nothing(self) -> str:
        """What to say of a store in which nothing was found."""
        if self._left_out:
            return f"all of {self._left_out:,} results lie outside of the time that was asked for"
        if self._asked.rubric is not None:
            return f"no result is of the rubric {self._asked.rubric}; leave --rubric out to see which there are"
        return "it holds no results of that kind; judge some with `empathy-audit score PATH --store FILE`"


def _known(entry: Entry) -> dict[Dimension, str | None]:
    return {
        "agent": entry.agent,
        "channel": entry.channel,
        "language": entry.language,
        "day": entry.day,
        "week": entry.week,
        "month": entry.day and entry.day[:7],
    }


def _is_named(stamp: RubricStamp, wanted: str) -> bool:
    """Whether it is the rubric NAME, NAME@VERSION, or one whose hash begins so."""
    digits = stamp.hash.removeprefix("sha256:")
    return wanted in (stamp.id, f"{stamp.id}@{stamp.version}") or (len(wanted) >= 8 and digits.startswith(wanted))


def _written(trends: Trends, format_: str, settings: Settings, verbose: int) -> str:
    if format_ == "table":
        from empathy_audit.reports.terminal.trends import page

        return page(trends, options.view_of_stdout(settings, verbose))
    from empathy_audit.reports.trends import csv_of, json_of

    return csv_of(trends) if format_ == "csv" else json_of(trends)
