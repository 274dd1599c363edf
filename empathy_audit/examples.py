"""Runs the examples that a rubric carries: what each entry says it hits and misses, held against what it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from empathy_audit.audit import Auditor
from empathy_audit.linting import Linter
from empathy_audit.model.macro import Branch, Macro, Spot, Stretch
from empathy_audit.model.macro_rules import MacroExample
from empathy_audit.model.rubric import Cue, Entry, Example, Place, Rubric
from empathy_audit.model.transcript import Transcript, Turn

ExampleList = Literal["hits", "misses", "known_gaps"]


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """One example and whether the entry did what the rubric says of it; `message` says what it did instead."""

    entry: str
    list: ExampleList
    text: str
    ok: bool
    message: str
    place: Place


def check_examples(rubric: Rubric, signals: Path | None = None) -> tuple[ExampleOutcome, ...]:
    """Every example of every entry, in the rubric's order.

    An entry is judged with its guards and with the rest of the rubric around it, as in an audit. A known gap is a text that the entry gets
    wrong today; one that comes right must be moved to the hits. Entries of `macros:` come last; those of a need are texts that fulfil it. `signals` is a weights file instead of the shipped one.
    """
    auditor = Auditor(rubric, signals)
    conversations = (outcome for entry in rubric.entries for outcome in _of_entry(entry, auditor))
    return (*conversations, *_of_macros(rubric))


def _of_entry(entry: Entry, auditor: Auditor) -> Iterator[ExampleOutcome]:
    for name, examples in (
        ("hits", entry.examples.hits),
        ("misses", entry.examples.misses),
        ("known_gaps", entry.examples.known_gaps),
    ):
        for example in examples:
            fired = entry.id in auditor.entries_in(_conversation(entry, example))
            ok, message = _verdict(name, fired)  # type: ignore[arg-type]
            yield ExampleOutcome(entry.id, name, example.text, ok, message, example.place)  # type: ignore[arg-type]


def _of_macros(rubric: Rubric) -> Iterator[ExampleOutcome]:
    if rubric.macros is None:
        return
    linter = Linter(rubric)
    for entry in rubric.macros.entries:
        lists: tuple[tuple[ExampleList, tuple[MacroExample, ...]], ...] = (
            ("hits", entry.examples.hits),
            ("misses", entry.examples.misses),
            ("known_gaps", entry.examples.known_gaps),
        )
        for name, examples in lists:
            for example in examples:
                ok, message = _verdict(name, entry.id in linter.entries_in(_macro(example)))
                yield ExampleOutcome(entry.id, name, example.text, ok, message, example.place)


def _macro(example: MacroExample) -> Macro:
    """An example's macro: one branch, nothing to fill in."""
    text = example.text
    whole = Branch(text, (Stretch(0, 0, len(text)),))
    return Macro(
        "example",
        example.title,
        text,
        (Spot(0, 1, 1),),
        (whole,),
        situation=example.situation,
        emotion=example.emotion,
        tags=example.tags,
    )


def _verdict(name: ExampleList, fired: bool) -> tuple[bool, str]:
    if name == "hits":
        return fired, "" if fired else "does not hit"
    if name == "misses":
        return not fired, "hits, and should not" if fired else ""
    return not fired, "hits now: move it to the hits" if fired else ""


def _conversation(entry: Entry, example: Example) -> Transcript:
    if isinstance(entry, Cue):
        return Transcript("example", (Turn("customer", example.text),))
    before = () if example.customer is None else (Turn("customer", example.customer),)
    return Transcript("example", (*before, Turn("agent", example.text)))
