"""Choices by number or word inside a text, as ICU message formats write them.

    You have {count, plural, =0 {nothing} one {# parcel} other {# parcels}}.

Which brace closes which is worked out once for the whole text; each choice is then cut into planned tokens, which the
walk over the text takes as it comes by, so that what stands inside a choice is read like everything else.
"""

from __future__ import annotations

import re

from empathy_audit.macros.tokens import Token

_HEAD = re.compile(
    r"\{\s{0,9}([\w.]{1,80})\s{0,9},\s{0,9}(plural|selectordinal|select)\s{0,9},(?:\s{0,9}offset:\d{1,9})?"
)
_SHORT = re.compile(r"\{\s{0,9}([\w.]{1,80})\s{0,9},\s{0,9}(number|date|time)(?:\s{0,9},[^{}\n]{0,80})?\s{0,9}\}")
_ARM = re.compile(r"\s{0,99}(=?\w{1,40})\s{0,99}\{")
_COUNT = re.compile("#")
_DEEPEST = 8


class Plurals:
    """The choices met so far; `planned` are tokens by the place where they begin."""

    def __init__(self, text: str) -> None:
        self.planned: dict[int, Token] = {}
        self._text = text
        self._closing: dict[int, int] | None = None
        self._open: list[int] = []  # where the choices end that were met, innermost last

    def plan(self, at: int) -> Token | None:
        """The first token of the choice, or the value with a format, that begins at a brace; None for any other brace."""
        short = _SHORT.match(self._text, at)
        if short:
            return Token(at, short.end(), "value", f"{short[1]} | {short[2]}")
        head = _HEAD.match(self._text, at)
        end = self._pairs().get(at) if head else None
        while self._open and self._open[-1] <= at:
            self._open.pop()
        if head is None or end is None or len(self._open) >= _DEEPEST:
            return None
        arms = self._arms(head.end(), end)
        if not arms:
            return None
        self._open.append(end)
        tokens = self._cut(at, end, head, arms)
        self.planned.update((token.start, token) for token in tokens[1:])
        return tokens[0]

    def _arms(self, at: int, end: int) -> list[tuple[str, int, int]]:
        """Name, beginning and end of each text to choose from; none when something else stands between them."""
        found = []
        while arm := _ARM.match(self._text, at, end):
            closed = self._pairs().get(arm.end() - 1)
            if closed is None or closed >= end:
                return []
            found.append((arm[1], arm.end(), closed))
            at = closed + 1
        return [] if self._text[at:end].strip() else found

    def _cut(self, at: int, end: int, head: re.Match[str], arms: list[tuple[str, int, int]]) -> list[Token]:
        name, counted = head[1], head[2] != "select"
        tokens = [Token(at, arms[0][1], "open", f"{name} is {arms[0][0]}", "choice", "icu")]
        for number, (_, start, stop) in enumerate(arms):
            if counted:
                counts = _COUNT.finditer(self._text, start, stop)
                tokens += [Token(sign.start(), sign.end(), "value", "count") for sign in counts]
            if number + 1 < len(arms):
                other, following, _ = arms[number + 1]
                tokens.append(Token(stop, following, "else", f"{name} is {other}", "when", "icu"))
        tokens.append(Token(arms[-1][2], end + 1, "close", "", "choice", "icu"))
        return tokens

    def _pairs(self) -> dict[int, int]:
        if self._closing is None:
            self._closing, waiting = {}, []
            for brace in re.finditer(r"[{}]", self._text):
                if brace[0] == "{":
                    waiting.append(brace.start())
                elif waiting:
                    self._closing[waiting.pop()] = brace.start()
        return self._closing
