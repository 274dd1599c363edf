"""What YAML becomes: a tree of nodes that know their place, and ways to look at it that step over mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Union

from empathy_audit.model.rubric import Place
from empathy_audit.rubric.problems import Problem

Scalar = str | int | float | bool | None
Value = Union[Scalar, "tuple[Node, ...]", "dict[str, Node]"]


class Node(NamedTuple):
    """A value with the place where it starts and, inside a mapping, the place of its key.

    Lines and columns are 1-based; those of the key are 0 when there is none.
    A tuple rather than a dataclass because a rubric has ten thousand of them.
    """

    value: Value
    file: str
    line: int
    column: int
    key_line: int = 0
    key_column: int = 0

    @property
    def place(self) -> Place:
        """Where the value starts."""
        return Place(self.file, self.line, self.column)

    @property
    def key_place(self) -> Place:
        """Where the key that leads here stands; the value's own place when there is none."""
        return Place(self.file, self.key_line, self.key_column) if self.key_line else self.place


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its tree (None when there is none to speak of) and what is wrong with it as YAML."""

    root: Node | None
    problems: tuple[Problem, ...] = ()


def mapping(node: Node | None) -> dict[str, Node]:
    """The node's fields; empty when it is no mapping."""
    return node.value if node is not None and isinstance(node.value, dict) else {}


def sequence(node: Node | None) -> tuple[Node, ...]:
    """The node's items; empty when it is no list."""
    return node.value if node is not None and isinstance(node.value, tuple) else ()


def text(node: Node | None) -> str | None:
    """The node's text; None when it is none."""
    return node.value if node is not None and isinstance(node.value, str) else None


def number(node: Node | None) -> float | None:
    """The node's number; None when it is none."""
    value = node.value if node is not None else None
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def plain(node: Node) -> Any:
    """The node as plain data: str, int, float, bool, None, list, dict."""
    value = node.value
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple) else value
