"""Options that several commands share, and the settings that they lead to."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from empathy_audit import settings as project
from empathy_audit.settings import Settings

if TYPE_CHECKING:
    from empathy_audit.batch.reading import HowToRead
    from empathy_audit.model.rubric import Rubric
    from empathy_audit.readers import Plan
    from empathy_audit.redaction import Redactor
    from empathy_audit.reports import View

Command = TypeVar("Command", bound=Callable[..., Any])


def nearest(word: str, words: Sequence[str]) -> str:
    """What to do about a word that is none of `words`."""
    import difflib

    near = difflib.get_close_matches(word, words, n=1)
    return f"did you mean {near[0]}?" if near else f"choose from {', '.join(words)}"


# What a shell offers after -f and --input-format. The words themselves are checked where they are looked up.


def reader_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The readers whose name goes on from what was typed."""
    from empathy_audit.readers import READERS

    return [reader.name for reader in READERS if reader.name.startswith(incomplete)]


def report_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The report formats whose name goes on from what was typed."""
    from empathy_audit.reports import REPORTS

    return [report.name for report in REPORTS if report.name.startswith(incomplete)]


def stacked(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, shown in the order given."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


RUBRIC = click.option("--rubric", metavar="NAME[@VERSION]|FILE", help="The rubric to judge by.  [default: empathy]")
SIGNALS = stacked(
    click.option("--signals", metavar="FILE", help="Learned signals of your own; see `train-signals`."),
    click.option("--no-signals", is_flag=True, help="Judge by the rubric's rules alone, without any signal."),
)
COLOR = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    help="Colour; auto asks the terminal, NO_COLOR and FORCE_COLOR; never draws no bars either, for screen readers.  [default: auto]",
)
CONFIGURATION = stacked(
    click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Settings from this file instead of the closest one up the tree.",
    ),
    click.option("--isolated", is_flag=True, help="Use no settings file at all."),
)
REDACT = stacked(
    click.option(
        "--redact/--no-redact",
        "redact",
        default=None,
        help="Mask names, numbers, mail and postal addresses in all that is written; see docs/redaction.md.",
    ),
    click.option(
        "--redact-with",
        type=click.Choice(["built-in", "presidio"]),
        help="Redact, by these rules alone or by Presidio beside them.  [default: built-in]",
    ),
)
READING = stacked(
    click.option(
        "--input-format",
        metavar="NAME",
        shell_complete=reader_names,
        help="Read every file as this format instead of detecting it; see `formats`.",
    ),
    click.option(
        "--mapping",
        metavar="FILE",
        help="Read every file as this file says: where the turns of an unknown format are; see docs/transcripts.md.",
    ),
    click.option(
        "--agent", "agents", multiple=True, metavar="NAME", help="This speaker or label is an agent; repeatable."
    ),
    click.option(
        "--customer",
        "customers",
        multiple=True,
        metavar="NAME",
        help="This speaker or label is a customer; repeatable.",
    ),
)


def outputs(default: str) -> Callable[[Command], Command]:
    """What to write and where to, for a command that writes reports; `default` is the format without -f."""
    from empathy_audit.reports import PARTITIONS, ROWS

    return stacked(
        click.option(
            "-f",
            "--output-format",
            "output_formats",
            multiple=True,
            metavar="NAME",
            shell_complete=report_names,
            help=f"What to write; see `formats`.  [default: {default}]",
        ),
        click.option("-o", "--output-file", "output_files", multiple=True, metavar="FILE", help="Where to; see below."),
        click.option("--rows", type=click.Choice(ROWS), help="What a row of csv or parquet is.  [default: findings]"),
        click.option(
            "--partition-by",
            type=click.Choice(PARTITIONS),
            help="Split the tables of -f parquet -o FOLDER/ into one file each.",
        ),
    )


EXCLUDE = click.option(
    "--exclude", multiple=True, metavar="GLOB", help="Leave these files or folders out of folders; repeatable."
)
STDIN_FILENAME = click.option("--stdin-filename", metavar="NAME", help="What to call standard input (`-`) in results.")
VERBOSE = click.option("-v", "--verbose", count=True, help="Tell for each file how it was read, on stderr.")
QUIET = click.option("-q", "--quiet", is_flag=True, help="Only results and failures: no remarks on stderr.")


def settings_of(options: Mapping[str, object], config: Path | None, isolated: bool) -> Settings:
    """What holds here: the options given over the project's file over the defaults."""
    given = dict(options)
    if given.pop("no_signals", False):
        if given.get("signals") is not None:
            raise click.UsageError("--signals and --no-signals exclude each other; keep one of them")
        given["signals"] = project.OFF
    wanted, backend = given.pop("redact", None), given.pop("redact_with", None)
    if backend is not None and wanted is False:
        raise click.UsageError("--redact-with and --no-redact exclude each other; keep one of them")
    given["redact"] = project.OFF if wanted is False else backend
    settings = project.resolve(given, start=Path.cwd(), config=config, isolated=isolated)
    if wanted and settings.redact == project.OFF:
        return replace(settings, redact=project.BUILT_IN, origins={**settings.origins, "redact": "option"})
    return settings


def how_to_read(settings: Settings, agents: tuple[str, ...], customers: tuple[str, ...]) -> HowToRead:
    """The readers' part: names given as options stand before those of the project's file, which still hold."""
    from empathy_audit.batch.reading import HowToRead
    from empathy_audit.readers import Speakers

    configured = Speakers(settings.agents, settings.customers, "configuration")
    format_, mapping = settings.input_format, _mapping(settings)
    return HowToRead(None if mapping else format_, Speakers(agents, customers, "option", configured), mapping=mapping)


def _mapping(settings: Settings) -> Plan | None:
    """The mapping that holds. Beside an input format, the one that was given as an option does; both are a mistake."""
    if settings.mapping is None:
        return None
    if settings.input_format is not None:
        ours, theirs = settings.origins.get("mapping"), settings.origins.get("input-format")
        if (ours == "option") == (theirs == "option"):
            raise click.UsageError("a mapping and an input format exclude each other; keep one of them")
        if theirs == "option":
            return None
    from empathy_audit.mapping import load

    return load(Path(settings.mapping))


def redactor_of(settings: Settings) -> Redactor:
    """What masks results. MissingPackageError if what was asked for is not installed: better now than after the judging."""
    from empathy_audit.redaction import redactor

    return redactor(settings.redact)


def with_speakers(settings: Settings, agents: tuple[str, ...], customers: tuple[str, ...]) -> Settings:
    """The settings as `--show-settings` tells them, with the names given as options in front of the file's."""
    origins = dict(settings.origins)
    for key, names in (("agents", agents), ("customers", customers)):
        if names:
            origins[key] = f"option, {origins[key]}" if key in origins else "option"
    return replace(
        settings,
        agents=(*agents, *settings.agents),
        customers=(*customers, *settings.customers),
        origins=origins,
    )


def rubric_of(settings: Settings) -> Rubric:
    """The rubric that the settings name. RubricError with all that is wrong with it."""
    from empathy_audit import rubric

    return rubric.load(settings.rubric)


def judging_by(settings: Settings) -> tuple[Rubric, Path | None]:
    """What the settings judge by: their rubric, without its signals where those are off, and the signals file if they name one."""
    rubric = rubric_of(settings)
    if settings.signals == project.OFF:
        return rubric.without_signals(), None
    return rubric, Path(settings.signals) if settings.signals is not None else None


def wants_color(choice: str, stream: IO[Any]) -> bool:
    """Whether to colour what goes to `stream`: the option wins, then NO_COLOR, then FORCE_COLOR, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int:
    """The columns of standard output: only a terminal has a width of its own."""
    from empathy_audit.reports import View

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else View().width


def view_of_stdout(settings: Settings, verbose: int = 0) -> View:
    """How standard output is looked at: only a terminal has, unless told, colours; `never` is for screen readers too."""
    from empathy_audit.reports import View

    color = wants_color(settings.color, sys.stdout)
    return View(width=width(), color=color, verbose=verbose, plain=settings.color == "never")


def write(text: str) -> None:
    """A command's result on standard output: UTF-8, whatever the locale."""
    from empathy_audit.cli.files import Output

    with Output(None) as output:
        output.write(text)
