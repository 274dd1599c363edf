"""What `lint --fix` and `lint --diff` do with the rewrites of a batch."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NamedTuple

from empathy_audit.batch.discover import Input
from empathy_audit.cli import exits, options
from empathy_audit.model.audit import Failure
from empathy_audit.model.lint import LintBatch


class Mended(NamedTuple):
    """Whether a file was changed, and whether one could not be written."""

    changed: bool
    trouble: bool


def mend(inputs: Sequence[Input | Failure], batch: LintBatch, *, show: bool, quiet: bool) -> Mended:
    """Put the safe rewrites into the files; with `show`, change nothing and write the differences to standard output."""
    from empathy_audit.batch.lint.fixing import fixed, write

    paths = {item.name: item.path for item in inputs if isinstance(item, Input)}
    changed = trouble = False
    for file in batch.files:
        path = paths.get(file.name)
        if path is None or not any(f.edit is not None and f.edit.safe for f in file.findings):
            continue
        try:
            data = path.read_bytes()
            made = fixed(file, data)
            if show:
                _show(file.name, data, made.data)
            elif made.data != data:
                write(path, made.data)
        except OSError as error:
            exits.complain(f"{file.name}: cannot be mended: {error.strerror or error}; check its permissions")
            trouble = True
            continue
        changed = changed or (made.data != data and not show)
        if not quiet:
            _tell(file.name, made.applied, made.refused, show=show)
    return Mended(changed, trouble)


def _show(name: str, before: bytes, after: bytes) -> None:
    from empathy_audit.batch.lint.showing import diff
    from empathy_audit.reports.visible import visible

    shown = diff(name, before, after)
    if sys.stdout.isatty():  # `patch` wants each byte as it is, a terminal does not
        shown = "".join(f"{visible(line)}\n" for line in shown.split("\n")[:-1])
    options.write(shown)


def _tell(name: str, applied: int, refused: int, *, show: bool) -> None:
    from empathy_audit.reports.wording import plural

    if refused:
        why = "more than its words would change, or the file is no UTF-8"
        exits.remark(f"{name}: {plural(refused, 'rewrite')} left out: {why}; mend it by hand")
    if applied and not show:
        exits.remark(f"{name}: {applied} mended")
