"""What is to be masked in a text: spans with a kind, and the stand-ins that take their place, `[NAME-1]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

KINDS: tuple[str, ...] = (
    "SECRET",
    "URL",
    "EMAIL",
    "CARD",
    "ACCOUNT",
    "ADDRESS",
    "DATE",
    "PHONE",
    "POSTCODE",
    "IP",
    "NAME",
    "NUMBER",
)
"""Of two readings of the same words, the kind that stands first here names them."""
AGENT = "AGENT"
"""The kind of an agent's name, which has the same stand-in in every conversation."""

FILLER = "\u2189"
"""Stands for every character that is masked already. It is part of a word and neither letter, digit nor sign, so that nothing is found across
or right beside a stand-in: what was not found in a text is not found in the masked text either."""
LETTER = f"[^\\W\\d_{FILLER}]"
"""Any letter of any script, as a regular expression."""

STAND_IN = re.compile(rf"\[(?P<kind>{'|'.join((*KINDS, AGENT))})-(?P<number>[0-9a-f]{{1,8}})\]")


class Span(NamedTuple):
    """Code points `[start, end)` of a text, and what they hold (one of KINDS)."""

    start: int
    end: int
    kind: str


Finder = Callable[[str], Iterable[Span]]


def opaque(text: str) -> str:
    """The text with its stand-ins filled in; every other character stays where it is."""
    return STAND_IN.sub(lambda found: FILLER * len(found[0]), text)


def filled(text: str, spans: Iterable[Span]) -> str:
    """The text with the spans filled in; the spans are in order and do not overlap."""
    parts: list[str] = []
    at = 0
    for start, end, _ in spans:
        parts += (text[at:start], FILLER * (end - start))
        at = end
    return "".join((*parts, text[at:]))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order; those that overlap become one, named by the longest of them. Empty ones go."""
    out: list[Span] = []
    longest = (0, 0)
    for span in sorted(s for s in spans if s.start < s.end):
        weight = (span.end - span.start, -KINDS.index(span.kind))
        if out and span.start < out[-1].end:
            last = out[-1]
            out[-1] = Span(last.start, max(last.end, span.end), span.kind if weight > longest else last.kind)
            longest = max(longest, weight)
        else:
            out.append(span)
            longest = weight
    return out


class Pattern(NamedTuple):
    """A kind and the expression that finds it: the group `it` where there is one, else all of the match.

    `valid` may refuse what the expression found, or some of it: it gives the text that is meant, or "".
    """

    kind: str
    expression: re.Pattern[str]
    valid: Callable[[str], str] | None = None


def pattern(kind: str, expression: str, valid: Callable[[str], str] | None = None, *, case: bool = False) -> Pattern:
    """A pattern, case folded unless `case`. Every repetition in it is bounded, so that a search takes linear time."""
    return Pattern(kind, re.compile(expression, 0 if case else re.IGNORECASE), valid)


def found(patterns: Sequence[Pattern], text: str) -> Iterator[Span]:
    """What each pattern finds; overlaps are left to `merged`."""
    for kind, expression, valid in patterns:
        group: str | int = "it" if "it" in expression.groupindex else 0
        for match in expression.finditer(text):
            start, end = match.span(group)
            if valid is not None:
                end = start + len(valid(text[start:end]))
            if start < end:
                yield Span(start, end, kind)
