"""Who is who in a conversation: names that were found once are found wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from empathy_audit.redaction.given_names import NEVER, ROLE_WORDS, TEAM_WORDS, is_sure, is_unsure
from empathy_audit.redaction.spans import LETTER, STAND_IN, Span

_WORD = re.compile(rf"{LETTER}{{1,40}}(?:['’]{LETTER}{{2,40}})?")
_STARTS = re.compile(r"(?:^|[.!?\n\"“(:]\s{0,3})$")
_MONTHS = frozenset(("april", "may", "june", "august", "january", "jan", "march", "summer", "autumn"))
_BEFORE_MONTH = re.compile(
    r"(?<!\w)(?:in|by|since|until|till|of|last|next|this|early|late|mid|before|after|during|from|\d{1,2}(?:st|nd|rd|th)?) $",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"(?<!\w)(?:thanks|thank you|hi|hello|okay|ok|hey|dear|sorry|bye|morning|afternoon|mr|mrs|ms),? $", re.IGNORECASE
)
"""Before a name in lower case that is an ordinary word as well: "thanks will", not "it will"."""
_TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "herr", "frau", "jr", "sr"]
)


def is_generic(label: str) -> bool:
    """Whether a speaker's label names a role and nobody: `Agent`, `Customer 2`, `SPEAKER_00`, or a stand-in."""
    if STAND_IN.fullmatch(label.strip()):
        return True
    words = re.findall(rf"{LETTER}{{1,60}}|\d{{1,60}}", label)
    return all(
        len(word) <= 3 if word.isdecimal() else word.casefold() in ROLE_WORDS or len(word) == 1 for word in words
    )


class People:
    """Names by their words, folded; every word leads to one person, a number from 0 in the order of their coming."""

    def __init__(self) -> None:
        self._by_word: dict[str, int] = {}
        self._caseless: dict[str, int] = {}
        self._count = 0
        self._teams: set[str] = set()

    def add(self, name: str) -> int:
        """Take note of a name; whoever has its first word, or a lone word of it, is the same person."""
        words = [w for w in (m[0].casefold() for m in _WORD.finditer(name)) if w not in _TITLES]
        kept = [w for w in words if len(w) > 1 and (len(words) == 1 or w not in ROLE_WORDS)]
        known = next((self._by_word[w] for w in kept[:1] if w in self._by_word), None)
        if known is None:
            known = self._count
            self._count += 1
        if not TEAM_WORDS.isdisjoint(words):
            self._teams.update(kept)
        for word in kept:
            if word.lower() == word.upper():
                self._caseless.setdefault(word, known)
            self._by_word.setdefault(word, known)
        return known

    def who(self, name: str) -> int | None:
        """The person of a name that was taken note of."""
        words = (m[0].casefold() for m in _WORD.finditer(name))
        return next((self._by_word[word] for word in words if word in self._by_word), None)

    def find(self, text: str) -> Iterator[Span]:
        """Every place where a known name stands."""
        if not self._by_word:
            return
        for match in _WORD.finditer(text):
            if match[0].casefold() in self._by_word and self._is_name(text, match):
                yield Span(match.start(), match.end(), "NAME")
        for word in self._caseless:
            at = text.find(word)
            while at >= 0:
                yield Span(at, at + len(word), "NAME")
                at = text.find(word, at + len(word))

    def find_loosely(self, text: str) -> Iterator[Span]:
        """Every word of a known name in whatever case: for file names and ids, which are no sentences."""
        for match in _WORD.finditer(text):
            folded = match[0].casefold()
            if folded in self._by_word and len(folded) > 2 and (folded not in self._teams or is_sure(folded)):
                yield Span(match.start(), match.end(), "NAME")

    def _is_name(self, text: str, match: re.Match[str]) -> bool:
        word, folded = match[0], match[0].casefold()
        ordinary = folded in NEVER or is_unsure(folded)
        before = text[max(0, match.start() - 16) : match.start()]
        if not word[:1].isupper() and word.lower() != word.upper():
            return len(word) > 2 and (not ordinary or _ADDRESSED.search(before) is not None)
        if not ordinary:
            return True
        if folded in _MONTHS and (
            _BEFORE_MONTH.search(before) or text[match.end() : match.end() + 2].strip()[:1].isdigit()
        ):
            return False
        return _STARTS.search(before) is None


def spread(spans: Iterable[Span], text: str) -> list[Span]:
    """Neighbouring words of names as one span: `Dana` and `Smith` are `Dana Smith`."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and 0 < span.start - out[-1].end <= 2 and text[out[-1].end : span.start] in (" ", "  ", "-", ". "):
            out[-1] = Span(out[-1].start, span.end, "NAME")
        else:
            out.append(span)
    return out
