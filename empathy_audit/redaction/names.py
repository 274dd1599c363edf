"""People's names: where the words around them say so, and where a given name is capitalised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_audit.redaction import name_cues as cues
from empathy_audit.redaction.given_names import is_sure, is_unsure
from empathy_audit.redaction.name_words import PARTICLES, WORD, Lower, is_name_by_list, is_unknown, name
from empathy_audit.redaction.spans import Span

_SURE_PREFIX = re.compile(r"(?<!\w)(?:saint|st\.?|king|queen|pope|hurricane|storm|project)\s$", re.IGNORECASE)
_FIRM = re.compile(
    r"['’]s (?=[A-Z])|s? (?:street|road|avenue|lane|hotel|bank|inc|ltd|airport|hospital|university|college|school|stadium)\b",
    re.IGNORECASE,
)


def names(text: str) -> Iterator[Span]:
    """Spans of the kind NAME that the text shows by itself; names known from elsewhere are `people.py`'s."""
    yield from (Span(start, end, "NAME") for start, end in _all(text))


def _all(text: str) -> Iterator[tuple[int, int]]:
    unknown = Lower.UNKNOWN if text == text.lower() else Lower.NONE
    for cue in cues.PLAIN.finditer(text):
        yield from name(text, cue.end(), Lower.ANY)
    for cue in cues.TITLE.finditer(text):
        yield from name(text, cue.end(), Lower.UNKNOWN)
    for cue in cues.GREETING.finditer(text):
        for start, end in name(text, cue.end(), Lower.LISTED | unknown):
            if (
                text[start:end] != text[start:end].lower()
                or is_sure(text[start:end].split()[0])
                or cues.GOES_ON.match(text, end)
            ):
                yield start, end
    for cue in cues.PERSON.finditer(text):
        yield from name(text, cue.end(), Lower.UNSURE | unknown)
    for cue in cues.ADDRESSED.finditer(text):
        yield from (n for n in name(text, cue.end(), Lower.LISTED | unknown) if cues.PAUSE.match(text, n[1]))
    for cue in cues.SELF.finditer(text):
        for start, end in name(text, cue.end(), Lower.LISTED | unknown):
            if is_name_by_list(text[start:end]) or cues.SELF_BEHIND.match(text, end):
                yield start, end
    for cue in cues.HERE.finditer(text):
        yield from (n for n in name(text, cue.end(), Lower.LISTED | unknown) if n[1] == cue.end(1))
    for cue in (*cues.SIGN_OFF.finditer(text), *cues.DASHED.finditer(text)):
        for start, end in name(text, cue.end(), Lower.ANY):
            if cues.ENDS.match(text, end) or end == len(text):
                yield start, end
    yield from _last_words(text)
    for cue in cues.CALLED_ON.finditer(text):
        if is_unknown(cue["it"]) or is_unsure(cue["it"]):
            yield cue.span("it")
    yield from (match.span() for match in cues.SPELLED.finditer(text))
    yield from (match.span("it") for match in cues.INITIALS.finditer(text))
    yield from (match.span() for match in cues.HANDLE.finditer(text))
    yield from _by_list(text)


def _last_words(text: str) -> Iterator[tuple[int, int]]:
    """A name behind the last full stop of a message: who wrote it."""
    found = cues.LAST_WORDS.search(text)
    if found is None:
        return
    words = found["it"].split()
    if all(len(word.strip(".")) == 1 or word in PARTICLES or _is_name(word) for word in words) or found["it"].isupper():
        yield found.span("it")


def _is_name(word: str) -> bool:
    return is_sure(word) or is_unsure(word) or is_unknown(word)


def _by_list(text: str) -> Iterator[tuple[int, int]]:
    """Capitalised given names that are nothing else, with the surname behind them."""
    for word in WORD.finditer(text):
        first = word[0].split("-")[0]
        if first[:1].isupper() and is_sure(first) and not _firm(text, word.start(), word.end()):
            yield from name(text, word.start())


def _firm(text: str, start: int, end: int) -> bool:
    # "St. Thomas" and "Thomas Street" are places.
    return bool(_SURE_PREFIX.search(text[max(0, start - 12) : start]) or _FIRM.match(text, end))
