"""Where reports go: which format to which file, and files that are whole or not there at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, NamedTuple

import click

from empathy_audit.cli.options import nearest
from empathy_audit.errors import InputError
from empathy_audit.model.audit import Audit, Batch, Failure
from empathy_audit.reports import REPORTS, Report, View, report_for_suffix

STDOUT = "-"
FORMAT_PARAMETER = "output_formats"
FILE_PARAMETER = "output_files"
_RESULT = b'{"schema_version"'


def refuse_inputs(outputs: Sequence[Path | None], inputs: Sequence[Path | None]) -> None:
    """Refuses to write a result over a transcript that it is made from; an earlier result in the same folder may be replaced.

    Raises:
        click.UsageError: an output file is one of the inputs.
    """
    read = {path.resolve() for path in inputs if path is not None}
    for path in outputs:
        if path is not None and path.resolve() in read and not _is_result(path):
            raise click.UsageError(f"{path} is an input too; give --output-file another name.")


def _is_result(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_RESULT)) == _RESULT
    except OSError:
        return False


class Target(NamedTuple):
    """One report to write. `file` None is standard output."""

    report: Report
    file: Path | None


class OrderedCommand(click.Command):
    """A command that keeps the order in which -f and -o were typed, which click throws away."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse once for the order alone, then as always."""
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[FORMAT_PARAMETER] = [p.name for p in order if p.name in (FORMAT_PARAMETER, FILE_PARAMETER)]
        return super().parse_args(ctx, args)


def typed(ctx: click.Context, formats: Sequence[str], files: Sequence[str]) -> list[tuple[str, str]]:
    """The -f and -o as they were typed: ("-f", name) and ("-o", file)."""
    names, paths = iter(formats), iter(files)
    return [
        ("-f", next(names)) if parameter == FORMAT_PARAMETER else ("-o", next(paths))
        for parameter in ctx.meta[FORMAT_PARAMETER]
    ]


def pair(given: Sequence[tuple[str, str]], default: str) -> tuple[Target, ...]:
    """Which report goes where.

    Each -o takes the nearest -f before it that has none, else its suffix's format; one -f without -o goes to stdout;
    without either the `default` does. A usage error for two reports to one place.
    """
    waiting: list[str] = []
    targets: list[Target] = []
    for option, value in given:
        if option == "-f":
            waiting.append(value)
        else:
            report = _named(waiting.pop()) if waiting else _by_suffix(value)
            targets.append(Target(report, None if value == STDOUT else Path(value)))
    if not given:
        waiting.append(default)
    targets += [Target(_named(name), None) for name in waiting]
    places = [str(target.file) if target.file else "standard output" for target in targets]
    for place in places:
        if places.count(place) > 1:
            raise click.UsageError(f"two reports would go to {place}; give each -f an -o of its own")
    return tuple(targets)


def _named(name: str) -> Report:
    found = next((report for report in REPORTS if report.name == name), None)
    if found is None:
        raise click.UsageError(f"no output format {name}; {nearest(name, [r.name for r in REPORTS])}")
    return found


def _by_suffix(file: str) -> Report:
    found = None if file == STDOUT else report_for_suffix(Path(file).suffix)
    if found is None:
        known = ", ".join(f"{r.suffix} ({r.name})" for r in REPORTS if r.suffix)
        raise click.UsageError(
            f"-o {file}: this name tells no format; put -f FORMAT before it, or end it in one of {known}"
        )
    return found


class Output:
    r"""An open text file that appears under its name only when it was written to the end; or standard output.

    Always UTF-8 with "\n", whatever the locale. A lone surrogate is written as `\udXXX`, which JSON reads back.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._temporary: str | None = None
        if file is None:
            self._stream: IO[bytes] = sys.stdout.buffer
        elif file.exists() and not file.is_file():
            self._stream = file.open("wb")  # a device or a pipe: nothing to rename over
        elif not file.parent.is_dir():
            raise InputError(f"there is no folder {file.parent} to write to; make it first", str(file))
        else:
            handle, self._temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
            self._stream = os.fdopen(handle, "wb")

    def write(self, text: str) -> None:
        """Write some of the text; standard output shows it at once."""
        if text:
            self._stream.write(text.encode("utf-8", "backslashreplace"))
        if self._file is None:
            self._stream.flush()

    def __enter__(self) -> Output:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._file is None:
            return
        self._stream.close()
        if self._temporary is None:
            return
        temporary = Path(self._temporary)
        if kind is not None:
            temporary.unlink(missing_ok=True)
            return
        umask = os.umask(0)  # a temporary file is its owner's alone; the result gets what any new file would get
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(self._file.resolve())


class Writers:
    """All reports of a run: those written line by line now, the others from the whole batch in the end."""

    def __init__(self, targets: Sequence[Target], view: View, terminal: View) -> None:
        self._targets = targets
        self._view = view
        self._terminal = terminal
        self._stack = ExitStack()
        self._open: list[tuple[Target, Output]] = []

    @property
    def collects(self) -> bool:
        """Whether some report needs every audit at once."""
        return any(target.report.line is None for target in self._targets)

    @property
    def streams_to_stdout(self) -> bool:
        """Whether lines go to standard output while the batch runs."""
        return any(target.report.line is not None and target.file is None for target in self._targets)

    def __enter__(self) -> Writers:
        try:
            for target in self._targets:
                self._open.append((target, self._stack.enter_context(Output(target.file))))
        except BaseException:
            self._stack.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def add(self, outcome: Audit | Failure) -> None:
        """Write one outcome to the reports that take them as they come."""
        for target, output in self._open:
            if (line := target.report.line) is not None:
                output.write(line(outcome))

    def finish(self, batch: Batch) -> None:
        """Write the reports that needed the whole batch."""
        for target, output in self._open:
            if target.report.line is None:
                output.write(target.report.render(batch, self._terminal if target.file is None else self._view))
