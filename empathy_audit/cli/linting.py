"""What `lint` and `baseline` do with their options: settings by folder, files, one run, what is written, the exit code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import click

from empathy_audit.batch.discover import STDIN, STDIN_NAME, Input, discover
from empathy_audit.batch.lint.bars import wanting
from empathy_audit.batch.lint.baseline import load_baseline
from empathy_audit.batch.lint.cache import FOLDER
from empathy_audit.batch.lint.run import Options, Run
from empathy_audit.batch.lint.waiving import Waivers
from empathy_audit.cli import exits, options
from empathy_audit.cli.by_folder import ByFolder
from empathy_audit.cli.files import Output
from empathy_audit.cli.mending import Mended, mend
from empathy_audit.cli.nearby import named, nearby, path_of
from empathy_audit.cli.output import paired, refuse_inputs
from empathy_audit.errors import SettingsError
from empathy_audit.model.audit import Failure
from empathy_audit.model.lint import LintBatch
from empathy_audit.reports.base import View
from empathy_audit.reports.lint import LINT_REPORTS, LintReport
from empathy_audit.reports.lint.base import by_code, failures, known_codes
from empathy_audit.settings import Settings, find, resolve
from empathy_audit.settings.waivers import load_waivers
from empathy_audit.version import __version__

WAIVERS = "waivers.yaml"


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
        if self.changed_since is None:
            return self._every()
        from empathy_audit.batch.lint.changed import changed_since, only_changed

        return only_changed(self._every(), changed_since(self.changed_since, Path.cwd()))

    def watched(self) -> Iterable[Path]:
        """Every file whose change asks for another look."""
        from empathy_audit.batch.lint.key import rubric_files

        macros = [path for item in self._every() if (path := path_of(item)) is not None]
        own = [self._waivers, self._baseline, self.config or (None if self.isolated else find(Path.cwd()))]
        folders = self._by_folder()
        if not folders.alone:
            own += [folders.file(path) for path in macros]
        rubrics = set()
        for path in (None, *macros):
            with suppress(SettingsError):  # told by the run
                rubrics.add(folders(path).rubric)
        read = [path for rubric in sorted(rubrics) for path, _ in rubric_files(rubric) or [(Path(rubric), b"")]]
        return dict.fromkeys((*macros, *(path for path in own if path is not None), *read))

    def batch_without_baseline(self, file: Path) -> LintBatch:
        """Everything that is found, known or not; `file`, the baseline that is to be written, is no input."""
        inputs = [item for item in self.inputs() if (path := path_of(item)) is None or path.resolve() != file.resolve()]
        return self._run(inputs, with_baseline=False)[0]

    def run(self) -> int:
        """Judge, mend if asked to, write, and tell the exit code."""
        inputs = self.inputs()
        refuse_inputs([t.file for t in self.targets], [path_of(item) for item in inputs])
        batch, skipped = self._run(inputs)
        mended = Mended(changed=False, trouble=False)
        if self.fix or self.diff:
            mended = mend(inputs, batch, show=self.diff, quiet=self.quiet)
            if mended.changed:
                batch, skipped = self._run(inputs)
        self._write(batch)
        self._remark(batch, skipped, inputs)
        nothing = not batch.files and not batch.failures and self.changed_since is None
        trouble = mended.trouble or bool(failures(batch)) or nothing or self._unknown_codes(batch, inputs)
        return exits.code(
            wanting=wanting(batch, self.settings.fail_on, self.settings.max_warnings),
            trouble=trouble,
            exit_zero=self.exit_zero,
        )

    def _every(self) -> tuple[Input | Failure, ...]:
        found = discover(self.paths, exclude=self.settings.exclude, stdin_name=self.stdin_filename or STDIN_NAME)
        ours = {path.resolve() for path in (self._waivers, self._baseline) if path is not None}
        return tuple(named(i) for i in found if isinstance(i, Failure) or i.path is None or not _is_ours(i, ours))

    def _by_folder(self) -> ByFolder:
        return ByFolder(self.settings, self.given, alone=self.isolated or self.config is not None)

    def _unknown_codes(self, batch: LintBatch, inputs: Sequence[Input | Failure]) -> bool:
        """Whether somebody selects what nothing is called: it would let everything through. A needless ignore does no harm."""
        if not batch.why:
            return False
        known, settings_of = known_codes(batch), self._by_folder()
        held = {settings_of(path_of(item)) for item in inputs if isinstance(item, Input)}
        wrong: dict[str, set[str]] = {"select": set(), "ignore": set()}
        for settings in held:
            wrong["select"].update(code for code in settings.select if code not in known)
            wrong["ignore"].update(code for code in settings.ignore if code not in known)
        for key, codes in wrong.items():
            for code in sorted(codes):
                tell = exits.complain if key == "select" else exits.remark
                tell(f"--{key} {code}: no finding is called so; {options.nearest(code, known)}")
        return bool(wrong["select"])

    @property
    def _waivers(self) -> Path | None:
        if self.settings.waivers is not None:
            return nearby(Path(self.settings.waivers))
        return Path(WAIVERS) if Path(WAIVERS).is_file() else None

    @property
    def _baseline(self) -> Path | None:
        return nearby(Path(self.settings.baseline)) if self.settings.baseline is not None else None

    def _run(self, inputs: Sequence[Input | Failure], *, with_baseline: bool = True) -> tuple[LintBatch, list[str]]:
        waivers, baseline = self._waivers, self._baseline if with_baseline else None
        run = Run(
            Options(
                settings_of=self._by_folder(),
                tool_version=__version__,
                cache=self.cache,
                baseline=load_baseline(baseline) if baseline is not None else None,
                baseline_name=baseline.as_posix() if baseline is not None else "",
                waivers=Waivers(load_waivers(waivers) if waivers is not None else (), self.as_of),
                whole=self.changed_since is None and not self.partial,
            )
        )
        return run.lint(inputs), run.skipped

    def _write(self, batch: LintBatch) -> None:
        if self.diff:
            return
        if self.statistics:
            options.write(by_code(batch))
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
    _refuse_together(own, paths, order)
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


def _refuse_together(own: Mapping[str, Any], paths: Sequence[str], order: Sequence[tuple[str, str]]) -> None:
    if own["fix"] and own["diff"]:
        raise click.UsageError("--fix and --diff exclude each other; keep one of them")
    for option in ("fix", "diff"):
        if own[option] and STDIN in paths:
            raise click.UsageError(f"--{option} is for files; standard input (-) cannot be mended")
    for option in ("diff", "statistics"):
        if own[option] and order:
            raise click.UsageError(f"--{option} writes no report; leave out {order[0][0]}, or run it by itself")


def _targets(order: Sequence[tuple[str, str]], settings: Settings) -> tuple[Target, ...]:
    names = [report.name for report in LINT_REPORTS]
    default = settings.output_format if settings.output_format in names else "full"
    pairs = paired(order, default, LINT_REPORTS)
    return tuple(Target(report, Path(file) if file is not None else None) for report, file in pairs)


def _is_ours(item: Input, ours: set[Path]) -> bool:
    from empathy_audit.settings import FILES

    assert item.path is not None  # noqa: S101 - asked for above
    return (
        item.path.name in FILES
        or (item.path.name == WAIVERS and not item.named)
        or (item.path.name in {path.name for path in ours} and item.path.resolve() in ours)
    )
