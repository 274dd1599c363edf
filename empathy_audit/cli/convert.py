"""`empathy-audit convert`: any format → native JSONL."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from empathy_audit.cli import exits, options
from empathy_audit.cli.options import settings_of
from empathy_audit.model.audit import Failure

EPILOG = """\b
Examples:
  empathy-audit convert calls.vtt --agent Dana > calls.jsonl
  empathy-audit convert exports/ -o transcripts.jsonl
"""


@click.command("convert", epilog=EPILOG, short_help="Write transcripts of any format as native JSONL.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.READING
@options.EXCLUDE
@options.STDIN_FILENAME
@click.option(
    "-o", "--output-file", type=click.Path(path_type=Path), metavar="FILE", help="Write there, not to stdout."
)
@options.REDACT
@options.CONFIGURATION
@options.QUIET
@options.VERBOSE
def command(
    paths: tuple[str, ...],
    agents: tuple[str, ...],
    customers: tuple[str, ...],
    stdin_filename: str | None,
    output_file: Path | None,
    config: Path | None,
    isolated: bool,
    quiet: bool,
    verbose: int,
    **given: Any,
) -> int:
    """Write transcripts of any format as native JSONL, one conversation a line, to read, keep or score later."""
    settings = settings_of(given, config, isolated)
    from empathy_audit.batch.discover import STDIN_NAME, Input, discover
    from empathy_audit.batch.reading import read_inputs
    from empathy_audit.cli.files import Output
    from empathy_audit.cli.output import refuse_inputs
    from empathy_audit.cli.remarks import Remarks
    from empathy_audit.readers import write_native

    inputs = discover(paths, exclude=settings.exclude, stdin_name=stdin_filename or STDIN_NAME)
    refuse_inputs([output_file], [i.path for i in inputs if isinstance(i, Input)])
    how = options.how_to_read(settings, agents, customers)
    redactor = options.redactor_of(settings)
    remarks = Remarks(quiet, verbose, redactor)
    written = failed = 0
    with Output(None if output_file in (None, Path("-")) else output_file) as output:
        for item in read_inputs(inputs, how, remarks.file):
            if isinstance(item, Failure):
                failed += 1
                remarks.failure(redactor.failure(item))
            else:
                written += 1
                output.write(json.dumps(write_native(redactor.transcript(item)), ensure_ascii=False) + "\n")
    remarks.end()
    if not written and not failed:
        exits.complain("nothing to convert: no transcript was found; see `empathy-audit formats` for what can be read")
    return exits.code(wanting=False, trouble=bool(failed) or not written)
