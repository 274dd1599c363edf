"""A macro's text → the texts that a customer may get of it, each with the way back to what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from empathy_audit.macros.conditions import MOST_BRANCHES, Condition, Copy, Node, tree, ways
from empathy_audit.macros.kinds import Meaning, meaning_of, stand_in
from empathy_audit.macros.placeholders import scan
from empathy_audit.macros.tokens import Token
from empathy_audit.model.macro import Branch, MacroProblem, Placeholder, PlaceholderKind, Stretch

_PIECES_BEFORE, _SEEN_BEFORE = 3, 48
"""Pieces before a placeholder, and characters of each, that its stand-in may depend on."""


class Understood(NamedTuple):
    """What a text holds besides its words."""

    branches: tuple[Branch, ...]
    placeholders: tuple[Placeholder, ...]
    problems: tuple[MacroProblem, ...]


def understand(original: str) -> Understood:
    """The branches, placeholders and problems of a macro's text. Takes any text in linear time, and never raises."""
    tokens, problems = scan(original)
    nodes, more = tree(tokens, len(original))
    meanings = {token: meaning_of(token.expression) for token in tokens if token.role == "value"}
    branches = [_branch(original, nodes, dict(way), meanings) for way in ways(nodes)]
    if len(branches) < MOST_BRANCHES:  # with as many, not each way is there, and one more may be missed
        branches = [branch for branch in branches if not _contradicts_itself(branch)] or branches
    different: dict[str, Branch] = {}
    for branch in branches:
        different.setdefault(branch.text, branch)
    return Understood(
        tuple(different.values()),
        tuple(
            Placeholder(t.start, t.end, _kind(t, meanings), original[t.start : t.end])
            for t in tokens
            if t.role != "markup"
        ),
        tuple(sorted((*problems, *more), key=lambda problem: (problem.start, problem.end))),
    )


def _contradicts_itself(branch: Branch) -> bool:
    """Whether one condition of several that ask the same was decided otherwise than another."""
    decided = frozenset(branch.when)
    return any(f"not {when}" in decided for when in decided)


def _kind(token: Token, meanings: Mapping[Token, Meaning]) -> PlaceholderKind:
    if token.role == "value":
        return meanings[token].kind
    if token.role == "drop" and not token.expression:
        return "text"  # what is left of a broken one
    return "comment" if token.role == "comment" else "condition"


class _Text:
    """A text that grows piece by piece, and where each piece is from."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.stretches: list[Stretch] = []
        self.length = 0

    @property
    def end(self) -> str:
        """The last characters so far, enough of them for a stand-in to fit."""
        return "".join(piece[-_SEEN_BEFORE:] for piece in self.pieces[-_PIECES_BEFORE:])

    def add(self, piece: str, start: int, end: int, *, stands_in: bool = False) -> None:
        """Append what stands for `[start, end)` of the original."""
        self.pieces.append(piece)
        self.stretches.append(Stretch(self.length, start, end, stands_in))
        self.length += len(piece)


def _branch(
    original: str, nodes: Sequence[Node], taken: Mapping[int, int], meanings: Mapping[Token, Meaning]
) -> Branch:
    text, when = _Text(), []

    def show(shown: Sequence[Node]) -> None:
        for node in shown:
            if isinstance(node, Copy):
                text.add(original[node.start : node.end], node.start, node.end)
            elif isinstance(node, Condition):
                arm = node.arms[taken[node.number]]
                if len(node.arms) > 1:
                    when.append(arm.when)
                show(arm.nodes)
            else:
                text.add(stand_in(meanings[node], text.end), node.start, node.end, stands_in=True)

    show(nodes)
    return Branch("".join(text.pieces), tuple(text.stretches) or (Stretch(0, 0, 0),), tuple(when))
