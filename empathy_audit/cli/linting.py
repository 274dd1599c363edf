"""What `lint` and `baseline` do with their options: settings by folder, files, one run, what is written, the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import click

from empathy_audit.batch.discover import STDIN_NAME, Input, discover
from empathy_audit.batch.lint.baseline import load_baseline
from empathy_audit.batch.lint.cache import FOLDER
from empathy_audit.batch.lint.run import Options, Run
from empathy_audit.batch.lint.waiving import Waivers
from empathy_audit.cli import exits, options
from empathy_audit.cli.files import Output
from empathy_audit.cli.lint_files import WAIVERS, by_folder, is_ours, named
from empathy_audit.cli.output import paired, refuse_inputs
from empathy_audit.model.audit import SEVERITIES, Failure
from empathy_audit.model.lint import LintBatch
from empathy_audit.reports.base import View
from empathy_audit.reports.lint import LINT_REPORTS, LintReport
from empathy_audit.reports.lint.base import OWN, failures
from empathy_audit.settings import Settings, find, resolve
from empathy_audit.settings.waivers import load_waivers
from empathy_audit.version import __version__


class Target(NamedTuple):
    """One report to write; `file` None is standard output."""

    report: LintReport
    file: Path | None


@dataclass(frozen=True, slots=True)
class Job:
    """A parsed command line of `lint`."""

    settings: Settings
    given: Mapping[str, Any]
    paths: tuple[str, ...]
    targets: tuple[Target, ...]
    config: Path | None
    isolated: bool
    stdin_filename: str | None
    cache: Path | None
    changed_since: str | None
    partial: bool
    exit_zero: bool
    fix: bool
    diff: bool
    statistics: bool
    quiet: bool
    as_of: date

    def inputs(self) -> tuple[Input | Failure, ...]:
        """The files to look at: without waivers, baselines, settings and what did not change."""
        found = discover(self.paths, exclude=self.settings.exclude, stdin_name=self.stdin_filename or STDIN_NAME)
        ours = {path.resolve() for path in (self._waivers, self._baseline) if path is not None}
        here = str(Path.cwd())
        kept = tuple(named(i, here) for i in found if isinstance(i, Failure) or i.path is None or not is_ours(i, ours))
        if self.changed_since is None:
            return kept
        from empathy_audit.batch.lint.changed import changed_since, only_changed

        return only_changed(kept, changed_since(self.changed_since, Path.cwd()))

    def watched(self) -> Iterable[Path]:
        """Every file whose change asks for another look."""
        own = [self._waivers, self._baseline, self.config or (None if self.isolated else find(Path.cwd()))]
        rubric = Path(self.settings.rubric)
        return [i.path for i in self.inputs() if isinstance(i, Input) and i.path] + [
            path for path in (*own, rubric) if path is not None and path.is_file()
        ]

    def batch(self, *, with_baseline: bool = True) -> LintBatch:
        """Everything that is found."""
        return self._run(self.inputs(), with_baseline=with_baseline)[0]

    def run(self) -> int:
        """Judge, mend if asked to, write, and tell the exit code."""
        inputs = self.inputs()
        refuse_inputs([t.file for t in self.targets], [i.path for i in inputs if isinstance(i, Input)])
        batch, skipped = self._run(inputs)
        if (self.fix or self.diff) and self._mend(inputs, batch):
            batch, skipped = self._run(inputs)
        self._write(batch)
        self._remark(batch, skipped, inputs)
        nothing = not batch.files and not batch.failures and self.changed_since is None
        trouble = bool(failures(batch)) or nothing
        return exits.code(wanting=_wanting(batch, self.settings), trouble=trouble, exit_zero=self.exit_zero)

    @property
    def _waivers(self) -> Path | None:
        if self.settings.waivers is not None:
            return Path(self.settings.waivers)
        return Path(WAIVERS) if Path(WAIVERS).is_file() else None

    @property
    def _baseline(self) -> Path | None:
        return Path(self.settings.baseline) if self.settings.baseline is not None else None

    def _run(self, inputs: Sequence[Input | Failure], *, with_baseline: bool = True) -> tuple[LintBatch, list[str]]:
        waivers, baseline = self._waivers, self._baseline if with_baseline else None
        run = Run(
            Options(
                settings_of=by_folder(self),
                tool_version=__version__,
                cache=self.cache,
                baseline=load_baseline(baseline) if baseline is not None else None,
                baseline_name=baseline.as_posix() if baseline is not None else "",
                waivers=Waivers(load_waivers(waivers) if waivers is not None else (), self.as_of),
                whole=self.changed_since is None and not self.partial,
            )
        )
        batch = run.lint(inputs)
        if batch.rubrics:
            self._refuse_unknown({*batch.why, *OWN}, inputs)
        return batch, run.skipped

    def _refuse_unknown(self, known: set[str], inputs: Sequence[Input | Failure]) -> None:
        """A code that is misspelt would switch off everything, or nothing, without a word."""
        settings_of = by_folder(self)
        for key in ("select", "ignore"):
            given = {code for i in inputs if isinstance(i, Input) for code in getattr(settings_of(i.path), key)}
            for code in sorted(given - known):
                raise click.UsageError(f"{key}: no finding has the code {code}; {options.nearest(code, sorted(known))}")

    def _mend(self, inputs: Sequence[Input | Failure], batch: LintBatch) -> bool:
        """Put the rewrites in, or show them; whether a file was changed."""
        from empathy_audit.batch.lint.fixing import diff, fixed, write

        paths = {i.name: i.path for i in inputs if isinstance(i, Input) and i.path is not None}
        changed = False
        for file in batch.files:
            path = paths.get(file.name)
            if path is None or not any(f.edit is not None and f.edit.safe for f in file.findings):
                continue
            data = path.read_bytes()
            made = fixed(file, data, self.settings.input_format)
            if made.refused and not self.quiet:
                exits.remark(
                    f"{file.name}: {made.refused} of the rewrites not put in: the file's own signs are in their way"
                )
            if self.diff:
                click.echo(diff(file.name, data, made.data), nl=False)
            elif made.data != data:
                write(path, made.data)
                changed = True
                if not self.quiet:
                    exits.remark(f"{file.name}: {made.applied} mended")
        return changed

    def _write(self, batch: LintBatch) -> None:
        if self.diff:
            return
        if self.statistics:
            click.echo(_statistics(batch), nl=False)
            return
        for report, file in self.targets:
            view = options.view_of_stdout(self.settings) if file is None else View()
            with Output(file) as output:
                output.write(report.render(batch, view))

    def _remark(self, batch: LintBatch, skipped: list[str], inputs: Sequence[Input | Failure]) -> None:
        for failure in failures(batch):
            exits.complain(f"{failure.source}: {failure.message}")
        if skipped and not self.quiet:
            from empathy_audit.reports.wording import plural

            exits.remark(f"{plural(len(skipped), 'file')} skipped: no macros ({', '.join(skipped[:5])})")
        if not inputs and self.changed_since is not None and not self.quiet:
            exits.remark(f"no file changed since {self.changed_since}")
        if not batch.files and not failures(batch) and self.changed_since is None:
            exits.complain("nothing to check: no macro was found; see `empathy-audit formats` for what can be read")


def job(given: dict[str, Any], paths: tuple[str, ...], order: Sequence[tuple[str, str]]) -> Job:
    """The command line made ready.

    Raises:
        SettingsError, click.UsageError: it cannot be.
    """
    config, isolated = given.pop("config", None), given.pop("isolated", False)
    own = {
        name: given.pop(name, default)
        for name, default in (("stdin_filename", None), ("changed_since", None), ("partial", False), ("exit_zero", False), ("fix", False), ("diff", False), ("statistics", False), ("quiet", False))
    }  # fmt: skip
    cache, no_cache = given.pop("cache_dir", None), given.pop("no_cache", False)
    as_of = given.pop("as_of", None)
    if own["fix"] and own["diff"]:
        raise click.UsageError("--fix and --diff exclude each other; keep one of them")
    settings = resolve(given, start=Path.cwd(), config=config, isolated=isolated)
    if "fail-on" not in settings.origins:
        settings = replace(settings, fail_on="warning")
    return Job(
        settings=settings,
        given=given,
        paths=paths,
        targets=_targets(order, settings),
        config=config,
        isolated=isolated,
        cache=None if no_cache else Path(cache or FOLDER),
        as_of=as_of.date() if as_of is not None else date.today(),
        **own,
    )


def _targets(order: Sequence[tuple[str, str]], settings: Settings) -> tuple[Target, ...]:
    names = [report.name for report in LINT_REPORTS]
    default = settings.output_format if settings.output_format in names else "full"
    pairs = paired(order, default, LINT_REPORTS)
    return tuple(Target(report, Path(file) if file is not None else None) for report, file in pairs)


def _wanting(batch: LintBatch, settings: Settings) -> bool:
    """Whether the bars are missed. With --max-warnings, warnings count only when there are more than that."""
    levels = Counter(finding.severity for _, finding in batch.findings)
    if settings.max_warnings is not None and levels["warning"] > settings.max_warnings:
        return True
    if settings.fail_on == "never":
        return False
    failing = SEVERITIES[SEVERITIES.index(settings.fail_on) :]
    if settings.max_warnings is not None:
        failing = tuple(level for level in failing if level != "warning")
    return any(levels[level] for level in failing)


def _statistics(batch: LintBatch) -> str:
    counts = Counter((finding.code, finding.severity) for _, finding in batch.findings)
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    width = max((len(str(count)) for count in counts.values()), default=1)
    return "".join(f"{count:>{width}}  {severity:<10}  {code}\n" for (code, severity), count in order)
