"""Tokens → a tree of what is shown and what is decided, and the ways in which its conditions can go.

A block that is closed by the wrong sign, or not at all, is a problem with a place; its text is then shown always.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Union

from empathy_audit.macros.tokens import UNBALANCED, Token
from empathy_audit.model.macro import MacroProblem

MOST_BRANCHES = 16
DEEPEST = 10

_ONCE = frozenset(("for", "each", "with", "range", "tablerow", "block", "define", "capture", "ifchanged"))
"""Blocks whose text is shown, once as well as many times."""

Node = Union["Copy", Token, "Condition"]
Way = tuple[tuple[int, int], ...]
"""Decisions: the number of a condition and the arm that is taken, outermost first."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Code points `[start, end)` of the text as they are."""

    start: int
    end: int


@dataclass(slots=True)
class Arm:
    """What is shown when `when` holds."""

    when: str
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Condition:
    """Arms of which one is shown. `number` tells conditions of a text apart."""

    number: int
    opened: Token
    arms: list[Arm]
    has_else: bool = False
    begun: bool = False

    @property
    def inverse(self) -> bool:
        """Whether its text is shown when what it names does not hold."""
        return self.opened.word == "unless" or self.opened.word[:1] == "^"

    def otherwise(self) -> str:
        """What holds when none of the arms is shown."""
        if len(self.arms) > 1:
            return "otherwise"
        return self.opened.expression if self.inverse else f"not {self.arms[0].when}"


def tree(tokens: Iterable[Token], length: int) -> tuple[list[Node], list[MacroProblem]]:
    """The text as nodes, of which every code point outside of tokens is a part, and what is wrong with its blocks."""
    builder = _Builder()
    for token in tokens:
        builder.take(token)
    return builder.finish(length), builder.problems


class _Builder:
    def __init__(self) -> None:
        self.problems: list[MacroProblem] = []
        self._top: list[Node] = []
        self._open: list[Condition] = []
        self._too_deep: list[Token] = []
        self._at = 0
        self._number = 0

    def take(self, token: Token) -> None:
        """One token, in the order of the text."""
        self._copy(token.start)
        self._at = token.end
        if token.role == "value":
            self._nodes().append(token)
        elif token.role == "open":
            self._begin(token)
        elif token.role == "else" and not self._too_deep:
            self._turn(token)
        elif token.role == "close":
            self._end(token)

    def finish(self, length: int) -> list[Node]:
        """The nodes of the whole text, blocks that are still open included."""
        self._copy(length)
        while self._open:
            self._give_up()
        return self._top

    def _nodes(self) -> list[Node]:
        return self._open[-1].arms[-1].nodes if self._open else self._top

    def _copy(self, end: int) -> None:
        if end > self._at:
            self._nodes().append(Copy(self._at, end))

    def _begin(self, token: Token) -> None:
        if self._too_deep or len(self._open) >= DEEPEST:
            if not self._too_deep:
                self._wrong(token, f"a condition inside {DEEPEST} others; expected fewer", "split the macro up")
            self._too_deep.append(token)
            return
        self._number += 1
        begun = Condition(self._number, token, [Arm(token.expression)])
        if begun.inverse:
            begun.arms[0].when = f"not {token.expression}"
        self._open.append(begun)

    def _turn(self, token: Token) -> None:
        top = self._open[-1] if self._open else None
        if top is None or not _turns(token, top.opened) or top.has_else:
            message = "an else outside of any condition, or after its last else; expected an opening if before it"
            self._wrong(token, message, "open a condition, or take it out")
        elif top.opened.word == "case" and token.word == "when":
            if not top.begun:  # only blanks stand before the first `when`
                top.arms.clear()
            top.begun = True
            top.arms.append(Arm(f"{top.opened.expression} is {token.expression}"))
        else:
            top.has_else = not token.expression
            top.arms.append(Arm(token.expression or top.otherwise()))

    def _end(self, token: Token) -> None:
        if self._too_deep:
            self._too_deep.pop()
            return
        depth = next((n for n in reversed(range(len(self._open))) if _closes(token, self._open[n].opened)), None)
        if depth is None:
            word = f"the end of {token.word}" if token.word else "an end"
            self._wrong(
                token, f"{word} where none is open; expected its beginning before it", "open it, or take it out"
            )
            return
        while len(self._open) > depth + 1:
            self._give_up()
        closed = self._open.pop()
        if closed.opened.word not in _ONCE and closed.opened.family != "icu" and not closed.has_else:
            closed.arms.append(Arm(closed.otherwise()))
        self._nodes().append(closed)

    def _give_up(self) -> None:
        """The innermost block is never closed: what stands in it is shown."""
        block = self._open.pop()
        word = block.opened.word or "the condition"
        self._wrong(
            block.opened, f"{word} is opened here and never closed; expected its end", "close it, or take it out"
        )
        for arm in block.arms:
            self._nodes().extend(arm.nodes)

    def _wrong(self, token: Token, message: str, suggestion: str) -> None:
        self.problems.append(MacroProblem(UNBALANCED, token.start, token.end, message, suggestion))


def _turns(token: Token, opened: Token) -> bool:
    return token.family == opened.family or {token.family, opened.family} <= {"bars", "go"}


def _closes(token: Token, opened: Token) -> bool:
    if token.family != opened.family:
        return False
    return token.family == "go" or token.word.lstrip("#^") == opened.word.lstrip("#^")


def ways(nodes: Sequence[Node]) -> list[Way]:
    """How the conditions can go, at most `MOST_BRANCHES` ways; in the first, every condition holds.

    All of them when there are few; else each arm of each condition at least once, as far as the number allows.
    """
    found: list[list[Way]] = [_ways_of(node) for node in nodes if isinstance(node, Condition)]
    total = 1
    for several in found:
        total = min(total * len(several), MOST_BRANCHES + 1)
    return _all(found) if total <= MOST_BRANCHES else _some(found)


def _ways_of(condition: Condition) -> list[Way]:
    inner = [[((condition.number, n), *way) for way in ways(arm.nodes)] for n, arm in enumerate(condition.arms)]
    several = [way for each in inner for way in each]
    if len(several) <= MOST_BRANCHES:
        return several
    first = [each[0] for each in inner]
    return list(dict.fromkeys((several[0], *first, *several)))[:MOST_BRANCHES]


def _all(found: Sequence[Sequence[Way]]) -> list[Way]:
    several: list[Way] = [()]
    for each in found:
        several = [before + way for before in several for way in each]
    return several


def _some(found: Sequence[Sequence[Way]]) -> list[Way]:
    """Every condition's n-th way at once, for each n; then, one condition after another, only that one otherwise."""
    rows = [[each[min(n, len(each) - 1)] for each in found] for n in range(max(map(len, found)))]
    for index, each in enumerate(found):
        for way in each[1:]:
            if len(rows) >= MOST_BRANCHES:
                break
            rows.append([way if index == other else several[0] for other, several in enumerate(found)])
    joined = (tuple(decision for way in row for decision in way) for row in rows)
    return list(dict.fromkeys(joined))[:MOST_BRANCHES]
