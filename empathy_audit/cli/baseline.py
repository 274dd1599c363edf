"""`empathy-audit baseline`: the findings that a team knows, so that `lint` tells new ones alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from empathy_audit.cli import exits, lint_options, options

if TYPE_CHECKING:
    from empathy_audit.batch.lint.baseline import Baseline
    from empathy_audit.cli.linting import Job

EPILOG = """\b
Example:
  empathy-audit baseline create macros/
  empathy-audit lint macros/ --baseline baseline.json
  empathy-audit baseline prune macros/ --baseline baseline.json
"""
DEFAULT = "baseline.json"


@click.group("baseline", epilog=EPILOG, short_help="Keep known findings, so that `lint` tells new ones.")
def command() -> None:
    """Keep the findings that are known: fingerprints and codes, no word of a macro."""


@command.command("create", epilog=EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@lint_options.LINTING
@click.option("--waivers", metavar="FILE", help="As for `lint`.")
@click.option(
    "-o", "--output-file", metavar="FILE", help="Where to.  [default: that of the settings, else baseline.json]"
)
@click.option("--force", is_flag=True, help="Write over a baseline that is there.")
@options.CONFIGURATION
@options.QUIET
def create(paths: tuple[str, ...], output_file: str | None, force: bool, **given: Any) -> int:
    """Write every finding that there is now."""
    from empathy_audit.cli.linting import job
    from empathy_audit.cli.nearby import nearby

    made = job({**given, "baseline": output_file}, paths, ())
    file = nearby(Path(made.settings.baseline or DEFAULT))
    if file.exists() and not force:
        raise click.UsageError(
            f"{file} is there already; `baseline prune` takes out what is gone, --force makes it anew"
        )
    return _write(made, file, None)


@command.command("prune", epilog=EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@lint_options.LINTING
@click.option("--waivers", metavar="FILE", help="As for `lint`.")
@click.option("--baseline", metavar="FILE", help="Which.  [default: that of the settings, else baseline.json]")
@options.CONFIGURATION
@options.QUIET
def prune(paths: tuple[str, ...], baseline: str | None, **given: Any) -> int:
    """Take out of a baseline what is not found any more; nothing new comes in."""
    from empathy_audit.batch.lint.baseline import load_baseline
    from empathy_audit.cli.linting import job
    from empathy_audit.cli.nearby import nearby

    made = job({**given, "baseline": baseline}, paths, ())
    file = nearby(Path(made.settings.baseline or DEFAULT))
    return _write(made, file, load_baseline(file))


def _write(made: Job, file: Path, known: Baseline | None) -> int:
    """Write what is found, of that which was `known` where something was."""
    from empathy_audit.batch.lint.baseline import Baseline
    from empathy_audit.cli.files import Output
    from empathy_audit.reports.lint.base import failures
    from empathy_audit.reports.wording import plural

    batch = made.batch_without_baseline(file)
    for failure in failures(batch):
        exits.complain(f"{failure.source}: {failure.message}")
    if failures(batch) or not batch.files:
        why = "what could not be judged" if failures(batch) else "no macro was found, so everything"
        exits.complain(f"{file} is not written: {why} would be missing in it")
        return exits.TROUBLE
    found = Baseline.of(finding for each in batch.files for finding in each.findings)
    kept = found if known is None else known.pruned(found)
    with Output(file) as output:
        output.write(kept.text())
    if not made.quiet:
        gone = 0 if known is None else known.counts.total() - kept.counts.total()
        told = f"; {gone} taken out" if known is not None else ""
        exits.remark(f"{file}: {plural(kept.counts.total(), 'known finding')}{told}")
    return exits.OK
