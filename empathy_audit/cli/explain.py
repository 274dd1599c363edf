"""`empathy-audit explain`: the reasoning behind one turn."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from empathy_audit.cli import exits, options
from empathy_audit.cli.options import settings_of
from empathy_audit.errors import TranscriptError
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript
from empathy_audit.redaction import Redactor

EPILOG = """\b
Example:
  empathy-audit explain calls.jsonl --id c-17 --turn 4

\b
Turns are counted from 0, as in every report. FILE may be `-` for standard input.
"""

SHOWN = 5


@click.command("explain", epilog=EPILOG, short_help="Show how one turn was judged: words, guards, arithmetic.")
@click.argument("file", metavar="FILE")
@click.option("--id", "id_", metavar="ID", help="Which conversation, where the file holds several.")
@click.option("--turn", required=True, type=click.IntRange(0), metavar="N", help="Which turn, counted from 0.")
@options.RUBRIC
@options.SIGNALS
@options.READING
@options.STDIN_FILENAME
@options.REDACT
@options.CONFIGURATION
@options.COLOR
def command(
    file: str,
    id_: str | None,
    turn: int,
    agents: tuple[str, ...],
    customers: tuple[str, ...],
    stdin_filename: str | None,
    config: Path | None,
    isolated: bool,
    **given: Any,
) -> int:
    """Show how one turn of FILE was judged: what fired on which words, what was dropped, what each was worth."""
    settings = settings_of(given, config, isolated)
    from empathy_audit.batch.discover import STDIN_NAME, discover
    from empathy_audit.batch.reading import read_inputs

    rubric, signals = options.judging_by(settings)
    inputs = discover([file], stdin_name=stdin_filename or STDIN_NAME)
    redactor = options.redactor_of(settings)
    transcript = choose(read_inputs(inputs, options.how_to_read(settings, agents, customers)), file, id_, redactor)
    from empathy_audit.audit import Auditor
    from empathy_audit.reports.explanation import explanation

    audit = redactor.audit(Auditor(rubric, signals).audit(transcript, explain=True))
    options.write(explanation(audit, turn, options.view_of_stdout(settings)))
    return exits.OK


def choose(
    items: Iterable[Transcript | Failure], file: str, id_: str | None, redactor: Redactor | None = None
) -> Transcript:
    """The conversation of that id, or the only one; else a usage error lists what there is, as `redactor` lets it be told."""
    redactor = redactor or Redactor(on=False)
    found: list[Transcript] = []
    failures: list[Failure] = []
    for item in items:
        if isinstance(item, Failure):
            failures.append(redactor.failure(item))
        elif id_ in (None, item.id):
            found.append(item)
    if len(found) == 1:
        return found[0]
    if failures:
        raise TranscriptError(failures[0].message, failures[0].source)
    if not found:
        raise click.UsageError(
            f"{redactor.path(file)}: no conversation {redactor.path(id_) if id_ else 'in it'}; see the ids with `empathy-audit convert`"
        )
    file = redactor.path(file)
    ids = ", ".join(redactor.path(transcript.id) for transcript in found[:SHOWN])
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    raise click.UsageError(f"{file} holds {len(found)} conversations; choose one with --id: {ids}{more}")
