"""What build.py and macro_build.py are made of: a node of a checked tree → one value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from empathy_audit.model import rubric as model
from empathy_audit.rubric.tree import Node, mapping, plain, sequence

_Made = TypeVar("_Made")
Convert = Callable[[Node], Any]


def convert_all(node: Node | None, make: Callable[[Node], _Made]) -> tuple[_Made, ...]:
    """Every item of a list, converted."""
    return tuple(make(item) for item in sequence(node))


def given(node: Node | None, **converters: Convert) -> dict[str, Any]:
    """The fields that the file gives, converted; the others are left to the defaults."""
    fields = mapping(node)
    return {key: convert(fields[key]) for key, convert in converters.items() if key in fields}


def text(node: Node) -> str:
    """Text."""
    return str(node.value)


def text_or_none(node: Node) -> str | None:
    """Text, or None where the file says null."""
    return None if node.value is None else str(node.value)


def texts(node: Node) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(str(item.value) for item in sequence(node))


def number(node: Node) -> float:
    """A number."""
    return float(cast(float, node.value))


def count(node: Node) -> int:
    """A whole number."""
    return cast(int, node.value)


def flag(node: Node) -> bool:
    """True where the file says so."""
    return node.value is True


def pattern(node: Node) -> model.Pattern:
    """One pattern of the closed set."""
    fields = mapping(node)
    if "phrases" in fields:
        return model.Phrases(**given(node, phrases=texts, inflect=flag, case=flag))
    if "regex" in fields:
        return model.Regex(text(fields["regex"]), **given(node, case=flag, across=flag))
    if "tokens" in fields:
        return model.Tokens(tuple(plain(fields["tokens"])))
    if "dependency" in fields:
        return model.Dependency(tuple(plain(fields["dependency"])))
    if "echo" in fields:
        return model.Echo(**given(fields["echo"], words=count, about_customer=flag))
    return model.SignalUse(**given(node, signal=text, at_least=number, below=number))


def patterns(node: Node) -> tuple[model.Pattern, ...]:
    """A list of patterns."""
    return tuple(pattern(item) for item in sequence(node))


def guards(node: Node) -> tuple[str | model.Pattern, ...]:
    """Guards by name, and patterns."""
    return tuple(item.value if isinstance(item.value, str) else pattern(item) for item in sequence(node))


def wordings(node: Node) -> dict[str, tuple[str, ...]]:
    """Lists of texts by name."""
    return {name: texts(items) for name, items in mapping(node).items()}
