"""The command line: parse, call, write. Commands are imported when they are called, so that `--help` is quick."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import NamedTuple

import click

from empathy_audit.batch import garbage
from empathy_audit.cli import exits
from empathy_audit.version import __version__

NAME = "empathy-audit"
# The matrices of the signals are small: threads would wait for each other longer than they work, and --jobs uses the cores better.
# It must be said before numpy is imported; whoever has set it keeps it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class Entry(NamedTuple):
    """A command of the group: its name, its module's folder name in this room, and its line in the help."""

    name: str
    module: str
    about: str


COMMANDS: tuple[Entry, ...] = (
    Entry("score", "score", "Judge transcripts and report what was met and missed."),
    Entry("summary", "summary", "Draw any report from stored results, without judging again."),
    Entry("lint", "lint", "Check macros (scripted replies) before customers get them."),
    Entry("baseline", "baseline", "Keep known findings, so that `lint` tells new ones."),
    Entry("trends", "trends", "Show how agents and weeks did, from a store of results."),
    Entry("explain", "explain", "Show how one turn was judged: words, guards, arithmetic."),
    Entry("rubric", "rubric", "List, show, check, test and start rubrics."),
    Entry("formats", "formats", "List the formats that can be read and written."),
    Entry("convert", "convert", "Write transcripts of any format as native JSONL."),
    Entry("train-signals", "train_signals", "Learn signals from labelled conversations."),
)

EPILOG = """\b
Example:
  empathy-audit score transcripts/ --fail-under 60

\b
Exit codes: 0 judged and fine, 1 a bar was missed, 2 something could not be judged.

\b
Completion in the shell (bash; zsh and fish alike):
  eval "$(_EMPATHY_AUDIT_COMPLETE=bash_source empathy-audit)"
"""


class LazyGroup(click.Group):
    """A group that knows its commands by the table above and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return [entry.name for entry in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module; each holds a `command`."""
        entry = next((entry for entry in COMMANDS if entry.name == cmd_name), None)
        if entry is None:
            return None
        found = importlib.import_module(f"{__name__}.{entry.module}").command
        assert isinstance(found, click.Command)  # noqa: S101
        return found

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; `| head` is no reason to complain."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise exits.PipeClosed from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(entry.name, entry.about) for entry in COMMANDS])


@click.group(NAME, cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name=NAME)
def group() -> None:
    """Score customer-service transcripts for empathy against a YAML rubric, with every point traceable to words."""


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script: runs the command line (`sys.argv` unless given) and exits with its code."""
    garbage.look_seldom()
    sys.exit(exits.guarded(lambda: group.main(arguments, prog_name=NAME, standalone_mode=False)))
