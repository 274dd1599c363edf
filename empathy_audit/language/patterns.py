"""A rubric's patterns compiled once: all phrases and regexes of one side scanned for together; only what occurs is searched for its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from empathy_audit.language.inflection import forms
from empathy_audit.language.scan import Scan
from empathy_audit.model.rubric import Dependency, Entry, Phrases, Regex, Tokens
from empathy_audit.model.words import expand

if TYPE_CHECKING:
    from spacy.language import Language

_SHORT, _REMEMBERED = 200, 20_000


class Found(NamedTuple):
    """A pattern found: number of its entry, the kind, and where (code points of the text searched)."""

    entry: int
    kind: str
    start: int
    end: int


class Literal(NamedTuple):
    """A phrase or regex to compile: number of its entry; whether it guards the entry; whether its place is wanted."""

    entry: int
    pattern: Phrases | Regex
    guards: bool = False
    placed: bool = True


class _Use(NamedTuple):
    """A literal as what it finds is told: the expression is None where its place is not searched for."""

    entry: int
    guards: bool
    kind: str
    compiled: Any


Occurring = tuple[Sequence[Found], frozenset[int]]
"""What occurs in a text, and the entries whose guards do."""
NOTHING: Occurring = ((), frozenset())


class Expressions:
    """Phrases and regexes of many entries, and of their guards, over folded (or, for `case` patterns, original) text."""

    def __init__(self, literals: Sequence[Literal], words: Mapping[str, tuple[str, ...]], *, case: bool) -> None:
        # Text is folded before it comes here; a pattern may be written with capitals all the same.
        self._scan = Scan([expression(item.pattern, words, case=case) for item in literals], case=case)
        self._uses = [
            _Use(
                item.entry,
                item.guards,
                "phrase" if isinstance(item.pattern, Phrases) else "regex",
                self._scan.expression(number) if item.placed and not item.guards else None,
            )
            for number, item in enumerate(literals)
        ]
        # What was said lately, and what was before that: half of what is remembered each.
        self._known: dict[str, Occurring] = {}
        self._before: dict[str, Occurring] = {}

    def find(self, text: str, parts: Iterable[tuple[int, int]]) -> list[Occurring]:
        """For each part of a text the first place of every pattern that occurs, by pattern number, and the entries whose guards occur.

        Places count from the start of the part. A pattern whose place is not wanted is found in the whole part. Short ones are remembered: agents say much of what they say often.
        """
        known = self._known.get
        return [known(part := text[start:end]) or self._looked_for(part) for start, end in parts]

    def _looked_for(self, text: str) -> Occurring:
        found = self._before.get(text) or self._find(text)
        if len(text) <= _SHORT:
            if len(self._known) >= _REMEMBERED // 2:
                self._before, self._known = self._known, {}
            self._known[text] = found
        return found

    def _find(self, text: str) -> Occurring:
        try:
            data = text.encode("utf-8")
        except UnicodeEncodeError:
            # Half a surrogate pair has no encoding; one sign takes its place, so offsets stay.
            data = text.encode("utf-8", "replace")
            text = data.decode("utf-8")
        numbers = self._scan.occurring(data)
        if not numbers:
            return NOTHING
        # Where a character is a byte, places in the bytes are places in the text.
        searched = data if len(data) == len(text) else text
        found, guarded = [], []
        for number in numbers:
            entry, guards, kind, compiled = self._uses[number]
            if guards:
                guarded.append(entry)
            elif compiled is None:
                found.append(Found(entry, kind, 0, len(text)))
            else:
                match = compiled.search(searched)
                # The scan and the single expression agree by construction; an empty match is no evidence.
                if match is not None and (place := match.span())[1] > place[0]:
                    found.append(Found(entry, kind, *place))
        return tuple(found), frozenset(guarded)


def expression(pattern: Phrases | Regex, words: Mapping[str, tuple[str, ...]], *, case: bool) -> str:
    """The re2 source of a pattern: word lists expanded, phrases joined on word boundaries, folded unless `case`."""
    if isinstance(pattern, Regex):
        return expand(pattern.pattern, words, literal=False)
    alternatives = []
    for phrase in pattern.phrases:
        text = phrase if case else phrase.lower()
        if pattern.inflect:
            alternatives += [expand(p, words, literal=True) for p in _inflected(text)]
        else:
            alternatives.append(expand(text, words, literal=True))
    return (
        r"(?:^|\b|\s)(?:" + "|".join(alternatives) + r")(?:\b|$|\s)"
        if _has_signs(pattern)
        else r"\b(?:" + "|".join(alternatives) + r")\b"
    )


def _has_signs(pattern: Phrases) -> bool:
    return any(not (p[0].isalnum() or p[0] == "<") or not (p[-1].isalnum() or p[-1] in ">*") for p in pattern.phrases)


def _inflected(phrase: str) -> list[str]:
    """The phrase with every word in each of its forms; at most 64 combinations, the first ones, so that a long phrase stays bounded."""
    found = [""]
    for word in phrase.split():
        options = (word,) if word.startswith("<") or "*" in word else forms(word)
        found = [f"{head} {form}" if head else form for head in found for form in options][:64]
    return found


class Structures:
    """spaCy token and dependency patterns of several entries, over the original text."""

    def __init__(self, entries: Sequence[tuple[int, Tokens | Dependency]], nlp: Language) -> None:
        from spacy.matcher import DependencyMatcher, Matcher

        self._nlp = nlp
        self._tokens, self._dependencies = Matcher(nlp.vocab), DependencyMatcher(nlp.vocab)
        for position, (number, pattern) in enumerate(entries):
            key = f"{number}:{position}"
            if isinstance(pattern, Tokens):
                self._tokens.add(key, [[dict(t) for t in pattern.pattern]])
            else:
                self._dependencies.add(key, [[dict(t) for t in pattern.pattern]])

    def find(self, text: str) -> list[Found]:
        """Every match in the turn, in order of place then entry."""
        doc = self._nlp(text)
        found = []
        for key, start, end in self._tokens(doc) if len(self._tokens) else ():
            span = doc[start:end]
            found.append(
                Found(int(self._nlp.vocab.strings[key].split(":")[0]), "tokens", span.start_char, span.end_char)
            )
        for key, indices in self._dependencies(doc) if len(self._dependencies) else ():
            span = doc[min(indices) : max(indices) + 1]
            found.append(
                Found(int(self._nlp.vocab.strings[key].split(":")[0]), "dependency", span.start_char, span.end_char)
            )
        return sorted(found, key=lambda f: (f.start, f.end, f.entry))


def of_kind(entries: Iterable[Entry], kinds: tuple[type, ...]) -> list[tuple[int, Any]]:
    """`(number of the entry, pattern)` for the patterns of these kinds, in order."""
    return [(n, p) for n, entry in enumerate(entries) for p in entry.any if isinstance(p, kinds)]
