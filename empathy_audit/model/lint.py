"""What `lint` found in a file of macros, as it is kept in the cache and drawn by reports: places are those of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from empathy_audit.model.audit import Failure, RubricStamp, Severity
from empathy_audit.model.macro import Situation, Unjudged


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file: lines and columns are 1-based and in code points, the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Other words, `text`, for the `words` that stand at a stretch of a file, both as readers understand them.

    How they are spelled there, with which quotes escaped, is for who puts them in. `safe` ones need no reader.
    """

    span: Span
    words: str
    text: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class LintFinding:
    """Something to act on in the macro `macro` (its id). `fingerprint` outlives moves and upgrades, for baselines."""

    code: str
    severity: Severity
    confidence: float
    macro: str
    message: str
    suggestion: str
    span: Span
    fingerprint: str
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class LintedMacro:
    """A macro that was looked at: what it was taken to be for, and why it was not judged if it was not."""

    id: str
    title: str
    line: int
    end_line: int
    situation: Situation | None = None
    unjudged: Unjudged | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """A comment in a file that waives findings of one code: `empathy-audit: allow CODE because REASON`, at `line` (1-based)."""

    code: str
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class LintedFile:
    """All of one file; it depends on the file's name and bytes, the rubric and the tool alone. `format` is the reader's name."""

    name: str
    format: str
    macros: tuple[LintedMacro, ...] = ()
    findings: tuple[LintFinding, ...] = ()
    failures: tuple[Failure, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LintBatch:
    """What reports of `lint` draw: files with the findings that count, after settings, waivers and the baseline.

    `waived` and `known` count findings that a waiver or the baseline answers for. `notes` are findings about the run
    itself: waivers that nothing needs, entries of the baseline that are left over. `rubrics` are those that judged.
    `why` tells by code what a finding is about.
    """

    files: tuple[LintedFile, ...]
    failures: tuple[Failure, ...] = ()
    notes: tuple[tuple[str, LintFinding], ...] = ()
    waived: int = 0
    known: int = 0
    rubrics: tuple[RubricStamp, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)
    tool_version: str = ""

    @property
    def findings(self) -> tuple[tuple[str, LintFinding], ...]:
        """Every finding with the name of its file, in the order of files and places; the run's own come last."""
        return (*((file.name, finding) for file in self.files for finding in file.findings), *self.notes)
