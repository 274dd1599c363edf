"""`score --store`: the options, and a run on its way into the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

import click

from empathy_audit.batch.verdict import Verdict
from empathy_audit.cli import exits
from empathy_audit.cli.files import folder_of
from empathy_audit.cli.options import stacked
from empathy_audit.model.audit import Failure, RubricStamp
from empathy_audit.store import MODES, WAIT, Mode, Run, Spool, check
from empathy_audit.version import __version__

STORE_WAIT = click.option(
    "--store-wait",
    type=click.FloatRange(0, 1_000_000),
    default=WAIT,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for a store that another process has open.",
)
STORE = stacked(
    click.option(
        "--store",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Keep the results in this DuckDB file, with those of earlier runs; see docs/store.md.",
    ),
    click.option(
        "--store-mode",
        type=click.Choice(MODES),
        help="Earlier results of a conversation that is judged again: kept as versions, or replaced.  [default: version]",
    ),
    STORE_WAIT,
)


class Asked(NamedTuple):
    """The store that was asked for, and how to write to it."""

    path: Path
    mode: Mode
    wait: float
    redacted: str
    quiet: bool

    def check(self, inputs: Sequence[Path | None], outputs: Sequence[Path | None]) -> None:
        """Make sure before judging that the run can be kept.

        Raises:
            click.UsageError: the store is an input or another output.
            MissingPackageError, StoreError: as `store.check` does.
        """
        other = {path.resolve() for path in outputs if path is not None}
        if self.path.resolve() in other | {path.resolve() for path in inputs if path is not None}:
            raise click.UsageError(
                f"--store {self.path} is an input or an --output-file too; give it a file of its own"
            )
        folder_of(self.path)
        check(self.path, self.wait, self.tell)

    def tell(self, message: str) -> None:
        """A remark on standard error, unless it is to be quiet."""
        if not self.quiet:
            exits.remark(message)


class Given(NamedTuple):
    """The options of this module, as they were given."""

    store: Path | None
    store_mode: Mode | None
    store_wait: float


def taken(given: dict[str, Any]) -> Given:
    """The options of this module, taken out of all that were given. A usage error for a mode without a store."""
    found = Given(**{name: given.pop(name) for name in Given._fields})
    if found.store is None and found.store_mode is not None:
        raise click.UsageError("--store-mode says what becomes of results in a store; give --store FILE with it")
    return found


def asked(given: Given, redacted: str, quiet: bool) -> Asked | None:
    """The store that was asked for, if one was."""
    if given.store is None:
        return None
    return Asked(given.store, given.store_mode or MODES[0], given.store_wait, redacted, quiet)


class Keeping:
    """A run that is to be kept in a store, if one was asked for: nothing of it is there before `keep`."""

    def __init__(self, asked: Asked | None, rubric: RubricStamp) -> None:
        self._asked = asked
        self._rubric = rubric
        self._spool: Spool | None = None

    def __enter__(self) -> Keeping:
        if self._asked is not None:
            self._spool = Spool(self._asked.path.parent)
            self._began = _now()
        return self

    def __exit__(self, *_: object) -> None:
        if self._spool is not None:
            self._spool.close()

    @property
    def wanted(self) -> bool:
        """Whether there is a store to keep the run in; verdicts then need their lines and audits."""
        return self._asked is not None

    def add(self, outcome: Verdict | Failure) -> None:
        """Take one outcome, masked as it is written elsewhere."""
        if self._spool is None:
            return
        if isinstance(outcome, Failure):
            self._spool.add(outcome, "")
        else:
            self._spool.add(outcome.audit, outcome.line.decode())

    def keep(self) -> None:
        """Write the run into the store, if there is anything to write. Raises StoreError."""
        asked, spool = self._asked, self._spool
        if asked is None or spool is None or not (spool.audits or spool.failures):
            return
        run = Run(self._began, _now(), __version__, self._rubric, asked.mode, asked.redacted)
        number = spool.keep(asked.path, run, asked.wait, asked.tell)
        asked.tell(f"kept in {asked.path} as run {number}")


def _now() -> datetime:
    return datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)
