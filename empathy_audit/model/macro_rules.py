"""What a rubric says of macros: the situations that they answer, what an answer to each must hold, and what never belongs in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from empathy_audit.model.audit import Severity
from empathy_audit.model.rubric import Pattern, Place

MISSING = "missing-"
"""Starts the code of a finding that a need is not fulfilled."""

MacroPart = Literal["title", "tags", "emotion", "text"]
MACRO_PARTS: tuple[MacroPart, ...] = ("title", "tags", "emotion", "text")


@dataclass(frozen=True, slots=True)
class Sign:
    """Words in some parts of a macro by which a situation is told, and how often they are right (0..1)."""

    where: tuple[MacroPart, ...]
    any: tuple[Pattern, ...]
    unless: tuple[str | Pattern, ...] = ()
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Must:
    """What a reply to one situation must hold: a need by id, with a severity and a suggestion of its own where they differ."""

    need: str
    severity: Severity | None = None
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class MacroExample:
    """A macro in small that an entry must hit or miss."""

    text: str
    title: str = ""
    situation: str | None = None
    emotion: str | None = None
    tags: tuple[str, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class MacroExamples:
    """A situation's own proof: macros that it must and must not be told from."""

    hits: tuple[MacroExample, ...] = ()
    misses: tuple[MacroExample, ...] = ()
    known_gaps: tuple[MacroExample, ...] = ()


@dataclass(frozen=True, slots=True)
class MacroSituation:
    """What a macro may be for. `names` are other words by which macros declare it; `emotion` is what the customer most likely feels."""

    id: str
    title: str
    emotion: str | None = None
    names: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    must: tuple[Must, ...] = ()
    why: str = ""
    examples: MacroExamples = MacroExamples()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class MacroEntry:
    """What needs and checks share; see `Entry`, of which they have the words and the guards.

    `severity` and `message` are those of the finding.
    """

    id: str
    any: tuple[Pattern, ...] = ()
    unless: tuple[str | Pattern, ...] = ()
    confidence: float = 0.8
    why: str = ""
    severity: Severity = "warning"
    message: str = ""
    examples: MacroExamples = MacroExamples()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Need(MacroEntry):
    """Something that a reply may have to hold: words (`any`), or one of the rubric's `tags`. What lacks it is a finding.

    `not_within`: entries and checks inside whose words it is not found.
    `blank_may_hold`: a placeholder that is a sentence of its own may be filled with it, so that nothing is missed. `suggestions`: by emotion, `any` for the rest.
    """

    tags: tuple[str, ...] = ()
    not_within: tuple[str, ...] = ()
    blank_may_hold: bool = False
    suggestions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rewrite:
    r"""Other words for what a google-re2 expression finds; `\1` in `put` is what its first group found."""

    find: str
    put: str


@dataclass(frozen=True, slots=True)
class Density:
    """How many places, and what share of a macro's words (0..1) in their segments, make a finding of single words."""

    hits: int = 3
    share: float = 0.4


@dataclass(frozen=True, slots=True)
class ReadingEase:
    """The Flesch figure (about 0..100, higher is easier) below which a text of at least `words` words is a finding."""

    below: float = 50.0
    words: int = 30


@dataclass(frozen=True, slots=True)
class MacroCheck(MacroEntry):
    """Something that is wrong in a macro whatever it answers: words (`any`), or entries and tags of the rubric (`uses`).

    `redeemed_by`: tags, or needs, that found anywhere in the macro let it pass. `inside`: the only situations in
    which it is a mistake; `outside`: those in which it is none. `told_by`: needs
    whose lack, where it is told, says the same; `tells`: needs whose lack is not told where this is. `fix` is safe when its words may be put in without being read.
    """

    uses: tuple[str, ...] = ()
    suggestion: str = ""
    redeemed_by: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    density: Density | None = None
    reading_ease: ReadingEase | None = None
    fix: tuple[Rewrite, ...] = ()
    safe: bool = False


@dataclass(frozen=True, slots=True)
class MacroRules:
    """How macros are judged.

    `threshold`: the confidence (0..1) from which an inferred situation counts. `minimum_words`: a macro with fewer is a piece that an agent
    builds on, and nothing is missed in it.
    """

    threshold: float = 0.5
    minimum_words: int = 6
    situations: tuple[MacroSituation, ...] = ()
    needs: tuple[Need, ...] = ()
    checks: tuple[MacroCheck, ...] = ()

    @property
    def entries(self) -> tuple[MacroSituation | Need | MacroCheck, ...]:
        """Everything that has examples, in the order of the file."""
        return (*self.situations, *self.needs, *self.checks)

    @property
    def why_by_code(self) -> dict[str, str]:
        """For each code that a finding of this section may have, why the rubric looks for it."""
        return {f"{MISSING}{need.id}": need.why for need in self.needs} | {c.id: c.why for c in self.checks}
