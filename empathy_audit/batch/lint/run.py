"""Files and settings → one batch of what was found: each file by the rubric of its folder, from the cache where it is known."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from empathy_audit.batch.discover import Input
from empathy_audit.batch.lint.baseline import Baseline
from empathy_audit.batch.lint.cache import Cache, Judge, digest, open_cache
from empathy_audit.batch.lint.key import cache_key
from empathy_audit.batch.lint.waiving import PARTIAL, Note, Waivers
from empathy_audit.errors import TranscriptError
from empathy_audit.model.audit import Failure
from empathy_audit.model.lint import LintBatch, LintedFile, LintFinding

if TYPE_CHECKING:
    from empathy_audit.linting import Linter

MOST_BYTES = 16 * 1024 * 1024
LEFT_OVER = "left-over-baseline"


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """What holds for the files of a folder. `select` empty: every code counts that is not in `ignore`."""

    rubric: str = "empathy"
    format: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def counts(self, code: str) -> bool:
        """Whether findings of that code count."""
        return code not in self.ignore and (not self.select or code in self.select)


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes. `settings_of` gives what holds for a file; `cache` is a folder, None for none.

    `whole`: every file that the baseline and the waivers speak of is looked at, so that what is left over can be told.
    """

    settings_of: Callable[[Path | None], FolderSettings]
    tool_version: str
    cache: Path | None = None
    baseline: Baseline | None = None
    baseline_name: str = ""
    waivers: Waivers | None = None
    whole: bool = True


@dataclass
class Run:
    """One run. Judges are made when the first file needs one: where everything is known, nothing heavy is imported."""

    options: Options
    skipped: list[str] = field(default_factory=list)
    _caches: dict[str, Cache] = field(default_factory=dict)
    _linters: dict[str, Linter] = field(default_factory=dict)

    def lint(self, inputs: Sequence[Input | Failure]) -> LintBatch:
        """Everything that is found, in the order of the files.

        Raises:
            RubricError, MissingPackageError, UnknownFormat: nothing could be judged.
        """
        failures: list[Failure] = []
        kept: list[tuple[LintedFile, FolderSettings]] = []
        for item in inputs:
            if isinstance(item, Failure):
                failures.append(item)
                continue
            settings = self.options.settings_of(item.path)
            found = self._file(item, settings)
            if isinstance(found, Failure):
                failures.append(found)
            elif found is not None:
                kept.append((found, settings))
        for cache in self._caches.values():
            cache.save()
        # What could not be judged may be what an entry or a waiver is for.
        broken = failures or any(file.failures for file, _ in kept)
        batch = settled(kept, replace(self.options, whole=False) if broken else self.options)
        judges = [cache.judge for cache in self._caches.values() if cache.judge is not None]
        why: dict[str, str] = {}
        for judge in judges:
            why |= judge.why
        stamps = tuple(dict.fromkeys(judge.rubric for judge in judges))
        return replace(batch, failures=tuple(failures), rubrics=stamps, why=why)

    def _file(self, item: Input, settings: FolderSettings) -> LintedFile | Failure | None:
        try:
            data = _bytes(item)
        except OSError as error:
            return Failure(item.name, "unreadable", f"cannot be read: {error.strerror or error}; check the file")
        if len(data) > MOST_BYTES:
            return Failure(
                item.name, "too-large", f"the file is larger than {MOST_BYTES:,} bytes; expected less; split it"
            )
        cache = self._cache(settings.rubric)
        content = digest(item.name, settings.format, data)
        found = cache.get(content)
        known = found if found is not None else self._judged(item, data, settings, cache)
        if isinstance(known, Failure):
            return known
        if found is None:
            cache.put(content, known)
        if not known.format:  # nobody's file, which is remembered as well
            if item.named:
                return known.failures[0]
            self.skipped.append(item.name)
            return None
        return known

    def _judged(self, item: Input, data: bytes, settings: FolderSettings, cache: Cache) -> LintedFile | Failure:
        from empathy_audit.batch.lint.judging import lint_file
        from empathy_audit.readers.base import Broken, UnknownFormat, Unrecognised

        linter = self._linter(settings.rubric, cache)
        try:
            return lint_file(item.name, data, linter, settings.format)
        except UnknownFormat:
            raise
        except Broken as error:
            return LintedFile(item.name, "broken", failures=(_failure(item, error, "malformed"),))
        except Unrecognised as error:
            return LintedFile(item.name, "", failures=(_failure(item, error, "unrecognised"),))
        except TranscriptError as error:
            return _failure(item, error, "unreadable")
        except Exception as error:  # the others are judged
            what = " ".join(f"{type(error).__name__}: {error}".split())
            return Failure(item.name, "internal", f"could not be read: {what}; this is a defect of the tool")

    def _cache(self, rubric: str) -> Cache:
        if rubric not in self._caches:
            key = cache_key(rubric, self.options.tool_version)
            folder = self.options.cache if key is not None else None
            self._caches[rubric] = open_cache(folder, key or "")
        return self._caches[rubric]

    def _linter(self, reference: str, cache: Cache) -> Linter:
        if reference not in self._linters:
            from empathy_audit.linting import Linter
            from empathy_audit.rubric import load

            rubric = load(reference)
            self._linters[reference] = Linter(rubric)
            why = rubric.why_by_code | (rubric.macros.why_by_code if rubric.macros else {})
            cache.judge = Judge(rubric.stamp, why)
        return self._linters[reference]


def settled(kept: Sequence[tuple[LintedFile, FolderSettings]], options: Options) -> LintBatch:
    """What counts after waivers, settings and the baseline have spoken, in this order.

    A finding that the settings leave out is there all the same: its waiver is not unused, its entry not left over.
    """
    files: list[LintedFile] = []
    notes: list[Note] = []
    unasked: list[LintFinding] = []
    waived = 0
    for file, settings in kept:
        left: Sequence[LintFinding] = file.findings
        if options.waivers is not None:
            left, count, remarks = options.waivers.apply(file)
            waived += count
            notes += remarks
        files.append(replace(file, findings=tuple(finding for finding in left if settings.counts(finding.code))))
        unasked += [finding for finding in left if not settings.counts(finding.code)]
    if options.waivers is not None and options.whole:
        notes += options.waivers.notes()
    known = 0
    if options.baseline is not None:
        new, known, left_over = options.baseline.split([finding for file in files for finding in file.findings])
        left_over -= Baseline.of(unasked).counts
        ids = {id(finding) for finding in new}
        files = [replace(file, findings=tuple(f for f in file.findings if id(f) in ids)) for file in files]
        if options.whole:
            notes += _left_over(left_over, options.baseline_name)
    return LintBatch(tuple(files), (), tuple(notes), waived, known, tool_version=options.tool_version)


def _left_over(left: Counter[tuple[str, str]], name: str) -> list[Note]:
    from empathy_audit.model.lint import Span

    found = []
    by_code: Counter[str] = Counter()
    for (code, _), count in left.items():
        by_code[code] += count
    for code, count in sorted(by_code.items()):
        message = f"{count} of the known {code} {'is' if count == 1 else 'are'} not there any more"
        suggestion = (
            "Take them out, so that they cannot come back unseen: `empathy-audit baseline prune` "
            f"with every file and folder that the baseline is for{PARTIAL}."
        )
        span = Span(1, 1, 1, 1)
        found.append((name, LintFinding(LEFT_OVER, "error", 1.0, "", message, suggestion, span, f"{LEFT_OVER}:{code}")))
    return found


def _bytes(item: Input) -> bytes:
    if item.path is None:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with item.path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _failure(item: Input, error: TranscriptError, kind: str) -> Failure:
    return Failure(error.place or item.name, kind, error.message)
