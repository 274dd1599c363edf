"""How much of what is personal is masked, and how much else: over the written conversations in `written/`.

`python -m tests.redaction.measure [--worst]` prints the table of docs/redaction.md, and with --worst what was missed and wrongly masked.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from empathy_audit.model.transcript import Role, Transcript, Turn
from empathy_audit.redaction import Redactor, redactor
from empathy_audit.redaction.conversation import redact_turns
from empathy_audit.redaction.spans import KINDS, Span

WRITTEN = Path(__file__).parent / "written"
_MARK = re.compile(r"\{(?P<kind>[A-Z]+)\|(?P<words>[^{}|]+)\}")
_LINE = re.compile(r"(?P<role>customer|agent)(?: (?P<speaker>[^:{}|]+))?: (?P<text>.+)")


@dataclass(frozen=True, slots=True)
class Written:
    """A conversation, and what is personal in each of its turns."""

    transcript: Transcript
    marks: tuple[tuple[Span, ...], ...]


@dataclass
class Count:
    """Over a half of the set: marked spans by kind, those masked whole and in part; masks that touch no mark; words that have to stay."""

    marked: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    part: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    words: int = 0
    worst: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of all marked spans that was masked whole, 0..1."""
        return self.whole.total() / self.marked.total()

    @property
    def false_per_thousand(self) -> float:
        """False masks for a thousand words that have to stay."""
        return 1000 * self.false.total() / self.words


def written(half: str) -> Iterator[Written]:
    """The conversations of `seen` or `kept`."""
    for path in sorted(WRITTEN.glob(f"{half}-*.txt")):
        for part in re.split(r"(?m)^# .*$", path.read_text(encoding="utf-8"))[1:]:
            turns, marks = zip(*(_turn(line) for line in part.strip().splitlines()), strict=True)
            yield Written(Transcript(path.stem, turns), marks)


def _turn(line: str) -> tuple[Turn, tuple[Span, ...]]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"no turn: {line}")
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(found["text"]):
        text += found["text"][at : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark["words"]), mark["kind"]))
        text += mark["words"]
        at = mark.end()
    role: Role = next(role for role in get_args(Role) if role == found["role"])
    return Turn(role, text + found["text"][at:], speaker=found["speaker"]), tuple(spans)


def measure(half: str, by: Redactor) -> Count:
    """Count what the redactor does with a half of the set."""
    count = Count()
    for one in written(half):
        redacted = redact_turns(one.transcript, by.also)
        for turn, marks, masked in zip(one.transcript.turns, one.marks, redacted.texts, strict=True):
            _add(count, turn.text, marks, masked.spans)
    return count


def _add(count: Count, text: str, marks: tuple[Span, ...], masks: tuple[Span, ...]) -> None:
    gone = {place for span in masks for place in range(span.start, span.end)}
    personal = {place for span in marks for place in range(span.start, span.end)}
    for mark in marks:
        telling = [place for place in range(mark.start, mark.end) if text[place].isalnum()]
        masked = sum(place in gone for place in telling)
        count.marked[mark.kind] += 1
        count.whole[mark.kind] += masked == len(telling)
        count.part[mark.kind] += 0 < masked < len(telling)
        if masked < len(telling):
            count.worst.append(f"missed {mark.kind} {text[mark.start : mark.end]!r} in {text!r}")
    for mask in masks:
        if personal.isdisjoint(range(mask.start, mask.end)):
            count.false[mask.kind] += 1
            count.worst.append(f"false {mask.kind} {text[mask.start : mask.end]!r} in {text!r}")
    count.words += len("".join(" " if place in personal else c for place, c in enumerate(text)).split())


def table(counts: dict[str, Count]) -> str:
    """Rows of a Markdown table: for each kind what is marked, and under each heading recall and false masks."""
    first = next(iter(counts.values()))
    lines = [
        "| kind | marked | " + " | ".join(f"{name}: whole | false" for name in counts) + " |",
        "|---|---|" + "---|---|" * len(counts),
    ]
    for kind in KINDS:
        cells = "".join(
            f" {count.whole[kind] / count.marked[kind]:.2f} | {count.false[kind]} |" for count in counts.values()
        )
        lines.append(f"| {kind} | {first.marked[kind]} |{cells}")
    every = "".join(f" **{count.recall:.2f}** | {count.false.total()} |" for count in counts.values())
    lines.append(f"| all | {first.marked.total()} |{every}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    halves = ("seen", "kept")
    backends = [name for name in ("built-in", "presidio") if name == "built-in" or "--presidio" in sys.argv]
    for half in halves:
        found = {name: measure(half, redactor(name)) for name in backends}
        print(half, table(found), sep="\n")
        for name, count in found.items():
            print(f"{name}: {count.false_per_thousand:.1f} false masks in 1,000 of {count.words} words")
            if f"--worst-{half}" in sys.argv:
                print(*count.worst, sep="\n")
