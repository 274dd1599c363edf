"""`empathy-audit baseline`: the findings that a team knows, so that `lint` tells new ones alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from empathy_audit.cli import exits, options

EPILOG = """\b
Example:
  empathy-audit baseline create macros/
  empathy-audit lint macros/ --baseline baseline.json
  empathy-audit baseline prune macros/ --baseline baseline.json
"""
DEFAULT = "baseline.json"


@click.group("baseline", epilog=EPILOG, short_help="Keep known findings, so that `lint` tells new ones alone.")
def command() -> None:
    """Keep the findings that are known: fingerprints and codes, no word of a macro."""


@command.command("create", epilog="\b\nExample:\n  empathy-audit baseline create macros/\n")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.LINTING
@click.option("--waivers", metavar="FILE", help="As for `lint`.")
@click.option(
    "-o", "--output-file", type=click.Path(path_type=Path), default=DEFAULT, show_default=True, metavar="FILE"
)
@click.option("--force", is_flag=True, help="Write over a baseline that is there.")
@options.CONFIGURATION
@options.QUIET
def create(paths: tuple[str, ...], output_file: Path, force: bool, **given: Any) -> int:
    """Write every finding that there is now."""
    if output_file.exists() and not force:
        raise click.UsageError(
            f"{output_file} is there already; `baseline prune` takes out what is gone, --force makes it anew"
        )
    return _write(paths, output_file, given, None)


@command.command("prune", epilog="\b\nExample:\n  empathy-audit baseline prune macros/ --baseline baseline.json\n")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.LINTING
@click.option("--waivers", metavar="FILE", help="As for `lint`.")
@click.option("--baseline", type=click.Path(path_type=Path), default=DEFAULT, show_default=True, metavar="FILE")
@options.CONFIGURATION
@options.QUIET
def prune(paths: tuple[str, ...], baseline: Path, **given: Any) -> int:
    """Take out of a baseline what is not found any more; nothing new comes in."""
    return _write(paths, baseline, given, baseline)


def _write(paths: tuple[str, ...], file: Path, given: dict[str, Any], old: Path | None) -> int:
    from empathy_audit.batch.lint.baseline import Baseline, load_baseline
    from empathy_audit.cli.files import Output
    from empathy_audit.cli.linting import job
    from empathy_audit.reports.lint.base import failures
    from empathy_audit.reports.wording import plural

    quiet = given["quiet"]
    known = load_baseline(old) if old is not None else None
    batch = job({**given, "baseline": file.as_posix() if old else None}, paths, ()).batch(with_baseline=False)
    for failure in failures(batch):
        exits.complain(f"{failure.source}: {failure.message}")
    if failures(batch):
        exits.complain(f"{file} is not written: what could not be judged would be missing in it")
        return exits.TROUBLE
    found = Baseline.of(finding for each in batch.files for finding in each.findings)
    kept = found if known is None else Baseline(known.counts & found.counts)
    with Output(file) as output:
        output.write(kept.text())
    if not quiet:
        gone = 0 if known is None else known.counts.total() - kept.counts.total()
        told = f"; {gone} taken out" if known is not None else ""
        exits.remark(f"{file}: {plural(kept.counts.total(), 'known finding')}{told}")
    return exits.OK
