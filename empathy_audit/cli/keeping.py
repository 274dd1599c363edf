"""What outlives an interruption: where the ledger of a run is kept, what it depends on, and how to go on."""

from __future__ import annotations

import hashlib
import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from empathy_audit.cli import exits
from empathy_audit.cli.files import folder_of, sweep
from empathy_audit.cli.output import Target, typed_arguments
from empathy_audit.model.audit import Failure
from empathy_audit.settings import Settings
from empathy_audit.version import __version__

if TYPE_CHECKING:
    from empathy_audit.batch.discover import Input
    from empathy_audit.batch.ledger import Ledger
    from empathy_audit.model.rubric import Rubric


def kept_beside(targets: Sequence[Target]) -> Target | None:
    """The file beside which the ledger is kept: the first of JSON lines, else the first of all; None without a file.

    A device or a pipe is no file; it has no neighbours.
    """
    files = [t for t in targets if t.file is not None and (t.folder or t.file.is_file() or not t.file.exists())]
    return next((t for t in files if t.lines), files[0] if files else None)


def open_ledger(kept: Target, targets: Sequence[Target], settings: Mapping[str, str], resume: bool | None) -> Ledger:
    """The ledger beside the target that is kept, which is written by it if it is of JSON lines. Raises as Ledger does.

    What an interrupted run had begun of the other targets is removed.
    """
    from empathy_audit.batch.ledger import Ledger

    path = kept.file
    assert path is not None  # noqa: S101 - kept_beside gives files
    folder_of(path)
    ledger = Ledger(path, settings, resume=resume, lines=kept.lines)
    if ledger.follows:
        for target in targets:
            if target.file is not None:
                sweep(target.file)
    return ledger


def without(targets: Sequence[Target], kept: Target | None) -> list[Target]:
    """The targets that the ledger does not write itself."""
    return [target for target in targets if target is not kept or not target.lines]


def depends_on(
    settings: Settings,
    rubric: Rubric,
    inputs: Sequence[Input | Failure],
    who: tuple[tuple[str, ...], tuple[str, ...]],
    chosen: Mapping[str, str],
) -> dict[str, str]:
    """By name, all that the results depend on beside what stands in the inputs; values are told when they differ."""
    stamp = rubric.stamp
    agents, customers = who
    told = {
        "the version of empathy-audit": __version__,
        "the rubric": f"{stamp.id} {stamp.version} ({stamp.hash.removeprefix('sha256:')[:16]})",
        "--signals": _file(settings.signals),
        "the list of inputs": _digest(f"{_label(item)}\0{_size(item)}" for item in inputs),
        "--input-format": settings.input_format or "",
        "--mapping": _file(settings.mapping),
        "--agent": ", ".join((*agents, *settings.agents)),
        "--customer": ", ".join((*customers, *settings.customers)),
        "--redact": settings.redact,
        **chosen,
    }
    return {name: value for name, value in told.items() if value}


def _label(item: Input | Failure) -> str:
    return f"{item.source}\0{item.kind}" if isinstance(item, Failure) else item.name


def _size(item: Input | Failure) -> int:
    return 0 if isinstance(item, Failure) else item.size


def _digest(parts: Iterable[str]) -> str:
    digest, count = hashlib.sha256(), 0
    for count, part in enumerate(parts, 1):  # noqa: B007 - the last number is the count
        digest.update(part.encode("utf-8", "surrogatepass") + b"\n")
    return f"{count} file{'s'[: count != 1]} ({digest.hexdigest()[:16]})"


def _file(name: str | None) -> str:
    """A file that the results depend on, by what stands in it; a word such as `off` stays what it is."""
    if name is None or not Path(name).is_file():
        return name or ""
    return f"{Path(name).name} ({hashlib.sha256(Path(name).read_bytes()).hexdigest()[:16]})"


def tell_how_to_go_on(ctx: click.Context, error: BaseException, ledger: Ledger | None, done: int) -> None:
    """After an interruption: how far the run came, and the command line that goes on."""
    if ledger is not None and ledger.done_safely:
        arguments = [word for word in typed_arguments(ctx) if word not in ("--resume", "--restart")]
        line = _quoted([*ctx.command_path.split(), "--resume", *arguments])
        exits.remark(f"stopped after {done:,} conversations; {ledger.done_safely:,} of them are kept, go on with")
        exits.remark(f"  {line}")
    elif isinstance(error, KeyboardInterrupt) and done:
        exits.remark(f"stopped after {done:,} conversations; nothing of it is kept without -o FILE")


def _quoted(words: Sequence[str]) -> str:
    if sys.platform == "win32":  # pragma: no cover
        import subprocess

        return subprocess.list2cmdline(words)
    return shlex.join(words)
