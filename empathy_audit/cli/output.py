"""Where reports go: which format to which file."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

import click

from empathy_audit.batch.discover import is_url
from empathy_audit.batch.verdict import Verdict
from empathy_audit.cli.files import Output, OutputFolder
from empathy_audit.cli.options import nearest
from empathy_audit.errors import InputError
from empathy_audit.model.audit import Batch, Failure
from empathy_audit.reports import REPORTS, Choices, Report, View
from empathy_audit.reports.jsonl import JSONL

STDOUT = "-"
FORMAT_PARAMETER = "output_formats"
FILE_PARAMETER = "output_files"
ARGUMENTS = "arguments"
_RESULT = b'{"schema_version"'


def refuse_inputs(
    outputs: Sequence[Path | None], inputs: Sequence[Path | None], *, replace_results: bool = True
) -> None:
    """Refuses to write a result over a file that it is made from.

    An earlier result in a folder of transcripts may be replaced, unless results are what is read.

    Raises:
        click.UsageError: an output file is one of the inputs.
    """
    written = [path for path in outputs if path is not None]
    read = {path.resolve() for path in inputs if path is not None} if written else set()
    for path in written:
        if path.resolve() in read and not (replace_results and _is_result(path)):
            raise click.UsageError(f"{path} is an input too; give --output-file another name.")


def refuse_urls(outputs: Sequence[str | None], inputs: Sequence[str | None]) -> None:
    """The same for URLs. click.UsageError."""
    for url in outputs:
        if url is not None and url in inputs:
            raise click.UsageError(f"{url} is an input too; give --output-file another name.")


def _is_result(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_RESULT)) == _RESULT
    except OSError:
        return False


class Target(NamedTuple):
    """One report to write: to a `file` or a `url`, or to standard output; `folder` says that it is a folder of files."""

    report: Report
    file: Path | None
    folder: bool = False
    url: str | None = None

    @property
    def to_stdout(self) -> bool:
        """Whether it goes to standard output."""
        return self.file is None and self.url is None

    @property
    def lines(self) -> bool:
        """Whether it is of JSON lines, one an outcome."""
        return self.report.name == JSONL.name and not self.folder


class OrderedCommand(click.Command):
    """A command that keeps the order in which -f and -o were typed, which click throws away."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse once for the order alone, then as always."""
        ctx.meta[ARGUMENTS] = tuple(args)
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[FORMAT_PARAMETER] = [p.name for p in order if p.name in (FORMAT_PARAMETER, FILE_PARAMETER)]
        return super().parse_args(ctx, args)


def typed_arguments(ctx: click.Context) -> tuple[str, ...]:
    """All that was typed after the command's name."""
    arguments: tuple[str, ...] = ctx.meta[ARGUMENTS]
    return arguments


def typed(ctx: click.Context, formats: Sequence[str], files: Sequence[str]) -> list[tuple[str, str]]:
    """The -f and -o as they were typed: ("-f", name) and ("-o", file)."""
    names, paths = iter(formats), iter(files)
    return [
        ("-f", next(names)) if parameter == FORMAT_PARAMETER else ("-o", next(paths))
        for parameter in ctx.meta[FORMAT_PARAMETER]
    ]


def pair(given: Sequence[tuple[str, str]], default: str, choices: Choices | None = None) -> tuple[Target, ...]:
    """Which report goes where, each format with the `choices` that it has.

    Each -o takes the nearest -f before it that has none, else its suffix's format; one -f without -o goes to stdout;
    without either the `default` does. An -o that ends in `/`, or is a folder, is written as one. A usage error for two
    reports to one place, and for choices that no format of the run has.
    """
    targets = chosen([_target(*one) for one in paired(given, default, REPORTS)], choices or Choices())
    return tuple(targets)


class Named(Protocol):
    """What has a name and may be chosen by a suffix: a report of any registry."""

    @property
    def name(self) -> str:
        """What -f calls it."""
        ...

    @property
    def suffix(self) -> str:
        """The suffix of -o that chooses it, or nothing."""
        ...


Kind = TypeVar("Kind", bound=Named)


def paired(given: Sequence[tuple[str, str]], default: str, reports: Sequence[Kind]) -> list[tuple[Kind, str | None]]:
    """Which report of a registry goes to which file, None being standard output. A usage error for two to one place."""
    waiting: list[str] = []
    found: list[tuple[Kind, str | None]] = []
    for option, value in given:
        if option == "-f":
            waiting.append(value)
        else:
            report = _named(waiting.pop(), reports) if waiting else _by_suffix(value, reports)
            found.append((report, None if value == STDOUT else value))
    if not given:
        waiting.append(default)
    found += [(_named(name, reports), None) for name in waiting]
    places = [str(Path(file)) if file is not None else "standard output" for _, file in found]
    for place in places:
        if places.count(place) > 1:
            raise click.UsageError(f"two reports would go to {place}; give each -f an -o of its own")
    return found


def chosen(targets: Sequence[Target], choices: Choices) -> list[Target]:
    """The targets with the choices in those formats that have them. A usage error where none has, or they do not fit."""
    if choices == Choices():
        return list(targets)
    able = [target for target in targets if target.report.choose]
    if not able:
        formats = ", ".join(report.name for report in REPORTS if report.choose)
        option = "--rows" if choices.rows else "--partition-by"
        raise click.UsageError(f"{option} is for the formats {formats}; add one of them with -f")
    if choices.partition_by and not any(target.folder for target in able):
        raise click.UsageError("--partition-by splits a folder; give -f parquet -o FOLDER/")
    try:
        return [
            target._replace(report=target.report.choose(choices)) if target.report.choose else target
            for target in targets
        ]
    except InputError as error:
        raise click.UsageError(str(error)) from error


def _target(report: Report, value: str | None) -> Target:
    if value is None:
        return Target(report, None)
    url = is_url(value)
    folder = value.endswith(("/", os.sep)) or (not url and Path(value).is_dir())
    if folder and report.folder is None:
        able = ", ".join(r.name for r in REPORTS if r.folder)
        raise click.UsageError(f"-o {value} is a folder, and {report.name} is one file; folders are for {able}")
    return Target(report, None, folder, value) if url else Target(report, Path(value), folder)


def _named(name: str, reports: Sequence[Kind]) -> Kind:
    found = next((report for report in reports if report.name == name), None)
    if found is None:
        raise click.UsageError(f"no output format {name}; {nearest(name, [r.name for r in reports])}")
    return found


def _by_suffix(file: str, reports: Sequence[Kind]) -> Kind:
    suffix = "" if file == STDOUT else Path(file).suffix.lower()
    found = next((report for report in reports if suffix and report.suffix == suffix), None)
    if found is None:
        known = ", ".join(f"{r.suffix} ({r.name})" for r in reports if r.suffix)
        raise click.UsageError(
            f"-o {file}: this name tells no format; put -f FORMAT before it, or end it in one of {known}"
        )
    return found


class Writers:
    """All reports of a run: those written line by line now, the others from the whole batch in the end.

    Raises:
        MissingPackageError: when it is entered: a format's extra is not installed. Better now than after the judging.
        click.UsageError: a format that is no text would go to a terminal.
    """

    def __init__(self, targets: Sequence[Target], view: View, terminal: View) -> None:
        self._targets = targets
        self._view = view
        self._terminal = terminal
        self._stack = ExitStack()
        self._open: list[tuple[Report, Output, View]] = []
        self._folders: list[tuple[Report, OutputFolder]] = []

    @property
    def collects(self) -> bool:
        """Whether some report needs every audit at once."""
        return any(t.folder or (t.report.line is None and t.report.conversations) for t in self._targets)

    @property
    def wants_lines(self) -> bool:
        """Whether some report is made of lines of JSON."""
        return any(target.lines for target in self._targets)

    @property
    def wants_audits(self) -> bool:
        """Whether some report needs more of an outcome than that line."""
        return self.collects or self.wants_figures or any(t.report.line and not t.lines for t in self._targets)

    @property
    def wants_figures(self) -> bool:
        """Whether some report draws from the figures of the batch."""
        return any(target.report.figures for target in self._targets)

    @property
    def streams_to_stdout(self) -> bool:
        """Whether lines go to standard output while the batch runs."""
        return any(target.report.line is not None and target.to_stdout for target in self._targets)

    def __enter__(self) -> Writers:
        for target in self._targets:
            report = target.report
            report.check()
            if report.binary and target.to_stdout and sys.stdout.isatty():
                raise click.UsageError(f"{report.name} is not text for a terminal; give -o FILE after it")
        try:
            for report, path, folder, url in self._targets:
                file = path if url is None else self._uploaded(url, folder)
                if folder and file is not None:
                    self._folders.append((report, self._stack.enter_context(OutputFolder(file))))
                    continue
                view = self._terminal if file is None else self._view
                self._open.append((report, self._stack.enter_context(Output(file)), view))
            for report, output, _ in self._open:
                if report.line is not None:
                    output.write(report.head)
        except BaseException:
            self._stack.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def _uploaded(self, url: str, folder: bool) -> Path:
        from empathy_audit.cli.remote_output import Upload

        return self._stack.enter_context(Upload(url, folder))

    def add(self, outcome: Verdict | Failure) -> None:
        """Write one outcome to the reports that take them as they come."""
        for report, output, _ in self._open:
            if report.line is None:
                continue
            if isinstance(outcome, Failure):
                output.write(report.line(outcome))
            else:
                output.write(outcome.line if report.name == JSONL.name else report.line(outcome.audit))

    def finish(self, batch: Batch) -> None:
        """Write the reports that needed the whole batch."""
        for report, output, view in self._open:
            if report.line is None:
                output.write(report.render(batch, view))
        for report, folder in self._folders:
            if report.folder is not None:
                folder.write(report.folder(batch, self._view))
