"""A macro as it is judged: each branch with what was found in it, stand-ins left out of evidence and of words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from empathy_audit.judgement.tagging import Entries, TaggedTurn, tag_turn
from empathy_audit.language.text import WORD
from empathy_audit.model.audit import Evidence
from empathy_audit.model.macro import Branch, Macro
from empathy_audit.model.macro_rules import MacroPart
from empathy_audit.model.reading import Reads, TurnReading
from empathy_audit.model.transcript import Transcript, Turn

# What titles and tags put between words: "Billing::Refund_declined", "billing/refund-declined".
_BETWEEN = re.compile(r"[_:/>|\\#\-–—.]+")
# The end of a line within a sentence, as where an editor has wrapped it: what follows goes on in lower case.
_WRAPPED = re.compile(r"(?<=[^\s.!?:;])\n(?=[a-z])")
_SENTENCE = re.compile(r"[^.!?:\n]+")


@dataclass(frozen=True)
class SeenBranch:
    """A branch, its segments, and the places of each entry and tag that stand on words of its own.

    `has_blank`: a placeholder for any words is a sentence of its own, and not the last one, where names are signed.
    """

    branch: Branch
    segments: tuple[tuple[int, int], ...]
    by_entry: Mapping[str, tuple[Evidence, ...]]
    by_tag: Mapping[str, tuple[Evidence, ...]]
    has_blank: bool

    @cached_property
    def words(self) -> tuple[tuple[int, int], ...]:
        """The places of the words that no placeholder fills in."""
        return tuple(_own_words(self.branch.text, _filled(self.branch)))

    @property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where signs and line ends divide the text."""
        return tuple(match.span() for match in _SENTENCE.finditer(self.branch.text))

    def words_in(self, start: int, end: int) -> list[str]:
        """The text's own words between two places."""
        first, last = bisect_left(self.words, (start, start)), bisect_left(self.words, (end, end))
        return [self.branch.text[a:b] for a, b in self.words[first:last] if b <= end]

    def segments_at(self, places: Sequence[Evidence]) -> tuple[tuple[int, int], ...]:
        """The segments that some of the places meet, each once, in order."""
        ends = [end for _, end in self.segments]
        numbers: set[int] = set()
        for at in places:
            number = bisect_right(ends, at.start)
            while number < len(ends) and self.segments[number][0] < at.end:
                numbers.add(number)
                number += 1
        return tuple(self.segments[number] for number in sorted(numbers))

    def places(self, name: str) -> tuple[Evidence, ...]:
        """The places of an entry or a tag, in order."""
        found = (*self.by_entry.get(name, ()), *self.by_tag.get(name, ()))
        return tuple(sorted(set(found)))


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in a macro: the words of its small parts by entry, and its branches."""

    parts: Mapping[MacroPart, Mapping[str, str]]
    branches: tuple[SeenBranch, ...]


def see(macro: Macro, reader: Reads, entries: Entries) -> Seen:
    """Read all of a macro at once."""
    small: dict[MacroPart, str] = {
        "title": _BETWEEN.sub(" ", macro.title),
        "tags": ". ".join(_BETWEEN.sub(" ", tag) for tag in macro.tags),
        "emotion": macro.emotion or "",
    }
    branches = [_unwrapped(branch) for branch in macro.branches]
    texts = [*small.values(), *(branch.text for branch in branches)]
    # Turns of one agent: each is read by itself, and no customer is there to be echoed.
    readings = reader.read(Transcript(macro.id, tuple(Turn("agent", text) for text in texts)))
    parts: dict[MacroPart, Mapping[str, str]] = {
        part: _words_found(text, tag_turn(reading, entries))
        for (part, text), reading in zip(small.items(), readings, strict=False)
    }
    of_branches = readings[len(small) :]
    free = frozenset(placeholder.start for placeholder in macro.placeholders if placeholder.kind == "text")
    return Seen(parts, tuple(_branch(b, r, entries, free) for b, r in zip(branches, of_branches, strict=True)))


def _unwrapped(branch: Branch) -> Branch:
    """The branch with wrapped lines joined by a blank each, so that every place stays where it is."""
    text = _WRAPPED.sub(" ", branch.text)
    return branch if text == branch.text else replace(branch, text=text)


def _words_found(text: str, tagged: TaggedTurn) -> Mapping[str, str]:
    return {tag.marker: text[tag.evidence[0].start : tag.evidence[0].end].strip() for tag in tagged.tags}


def _branch(branch: Branch, reading: TurnReading, entries: Entries, free: frozenset[int]) -> SeenBranch:
    filled = _filled(branch)
    by_entry: dict[str, tuple[Evidence, ...]] = {}
    by_tag: dict[str, tuple[Evidence, ...]] = {}
    for tag in tag_turn(reading, entries).tags:
        own = tuple(e for e in tag.evidence if _has_own_words(branch.text, e, filled))
        if own:
            by_entry[tag.marker] = own
            by_tag[tag.tag] = (*by_tag.get(tag.tag, ()), *own)
    return SeenBranch(branch, reading.segments, by_entry, by_tag, _has_blank(branch, free))


def _has_blank(branch: Branch, free: frozenset[int]) -> bool:
    blanks = [s.start for s in branch.stretches if s.stand_in and s.original_start in free]
    if not blanks:
        return False
    filled = _filled(branch)
    sentences = [m.span() for m in _SENTENCE.finditer(branch.text) if not m[0].isspace()]
    return any(
        bisect_left(blanks, start) < bisect_left(blanks, end)
        and not _has_own_words(branch.text, Evidence(start, end), filled)
        for start, end in sentences[:-1]
    )


def _filled(branch: Branch) -> bytes:
    """A byte for each code point, 1 where a placeholder fills it in."""
    mask = bytearray(len(branch.text))
    for start, end in branch.stand_ins():
        mask[start:end] = b"\1" * (end - start)
    return bytes(mask)


def _own_words(text: str, filled: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        if not any(filled[match.start() : match.end()]):
            yield match.span()


def _has_own_words(text: str, evidence: Evidence, filled: bytes) -> bool:
    """Whether something of the words, or of the signs where there are none, stands in the macro itself."""
    if WORD.search(text, evidence.start, evidence.end) is None:
        return not any(filled[evidence.start : evidence.end])
    return next(_own_words(text, filled, evidence.start, evidence.end), None) is not None
