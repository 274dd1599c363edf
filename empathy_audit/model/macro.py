"""A macro (a scripted reply that agents send by a shortcut) as it was read, and what was found in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from empathy_audit.model.audit import Severity

Unjudged = Literal["no-words", "language"]
PlaceholderKind = Literal["name", "number", "date", "money", "link", "text", "condition", "comment"]


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A run of places in a macro's file; line and column are 1-based, in code points.

    Code point `offset` of the macro's original stands there, and each one after it a column further, up to the next spot.
    """

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Code points `[start, end)` of a macro's original that the help desk fills in or leaves out."""

    start: int
    end: int
    kind: PlaceholderKind
    source: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """From code point `start` of a branch on stands what is `[original_start, original_end)` of the original.

    `stand_in` stretches stand for a placeholder: whatever touches one covers it whole. Others were copied, one to one.
    """

    start: int
    original_start: int
    original_end: int
    stand_in: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A text as a customer may get it: placeholders filled by stand-ins, conditions decided one way.

    `when` names the decisions, outermost first; it is empty where nothing had to be decided.
    """

    text: str
    stretches: tuple[Stretch, ...]
    when: tuple[str, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where `[start, end)` of the text stands in the original."""
        if not self.stretches:
            return 0, 0
        first, last = self._stretch(start), self._stretch(max(start, end - 1))
        left = first.original_start if first.stand_in else first.original_start + start - first.start
        right = last.original_end if last.stand_in else last.original_start + end - last.start
        return left, max(left, right)

    def stand_ins(self) -> tuple[tuple[int, int], ...]:
        """The ranges of the text that stand for placeholders, in order."""
        if not self.stretches:
            return ()
        ends = (*(stretch.start for stretch in self.stretches[1:]), len(self.text))
        return tuple((s.start, end) for s, end in zip(self.stretches, ends, strict=True) if s.stand_in)

    def _stretch(self, place: int) -> Stretch:
        return self.stretches[max(0, bisect_right(self.stretches, place, key=attrgetter("start")) - 1)]


@dataclass(frozen=True, slots=True)
class MacroProblem:
    """Something wrong with how a macro is written, at code points `[start, end)` of its original: an unbalanced placeholder."""

    code: str
    start: int
    end: int
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Macro:
    """One text of one macro. A macro with variants, or with texts for two channels, is several of these, told apart by `id`.

    `original` is the text without the file's own escapes and markup, placeholders and conditions as they were written;
    `spots` lead from it back to the file. `source` is the file's name as it was given, `pointer` the place of the text
    within it (a JSON pointer, a row), empty when the file is the text. `branches` are at most 16, the first with every
    condition true.
    """

    id: str
    title: str
    original: str
    spots: tuple[Spot, ...]
    branches: tuple[Branch, ...]
    placeholders: tuple[Placeholder, ...] = ()
    problems: tuple[MacroProblem, ...] = ()
    situation: str | None = None
    emotion: str | None = None
    channel: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    source: str = ""
    pointer: str = ""
    format: str = ""

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column (1-based) in the file of a code point of the original."""
        if not self.spots:
            return 1, 1
        spot = self.spots[max(0, bisect_right(self.spots, offset, key=attrgetter("offset")) - 1)]
        return spot.line, spot.column + max(0, offset - spot.offset)


@dataclass(frozen=True, slots=True)
class Situation:
    """What a macro answers: an id of the rubric's `macros:` section, how sure that is (0..1, 1 when declared), and why."""

    id: str
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Other words for code points `[start, end)` of a macro's original. `safe` ones may be put in without being read."""

    start: int
    end: int
    text: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class MacroFinding:
    """Something to act on, at code points `[start, end)` of the original and at its place in the file (1-based, end exclusive).

    `confidence` is 0..1. `fingerprint` is a sha256 over code, macro id, the words and their occurrence: it outlives moves.
    """

    code: str
    severity: Severity
    confidence: float
    message: str
    suggestion: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    fingerprint: str
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class MacroResult:
    """What was found in one macro; findings in the order of their places.

    `unjudged` says why nothing but a problem of how it is written could be found; None where it was judged.
    """

    macro: Macro
    situation: Situation | None
    findings: tuple[MacroFinding, ...]
    unjudged: Unjudged | None = None
