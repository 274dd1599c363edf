"""What a macro's text falls into besides plain words: the values, conditions and comments of every placeholder syntax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from empathy_audit.model.macro import MacroProblem

TokenRole = Literal["value", "open", "else", "close", "drop", "comment", "markup"]
Family = Literal["tags", "bars", "go", "icu", ""]

UNBALANCED = "unbalanced-placeholder"


@dataclass(frozen=True, slots=True)
class Token:
    """Code points `[start, end)` of a text that no customer sees as they are.

    `expression` is what stands between the delimiters. `word` names a block (`if`, `unless`, `each`, `case`) where one
    opens or closes; `family` is the syntax of that block, for only its own kind closes it.
    """

    start: int
    end: int
    role: TokenRole
    expression: str = ""
    word: str = ""
    family: Family = ""


def never_closed(start: int, end: int, opener: str, closer: str) -> MacroProblem:
    """The problem of an opening sign without its closing one."""
    message = f"the placeholder is opened by {opener} and never closed; expected {closer}"
    return MacroProblem(UNBALANCED, start, end, message, f"close it with {closer}, or take {opener} out")


def never_opened(start: int, end: int, closer: str, opener: str) -> MacroProblem:
    """The problem of a closing sign without its opening one."""
    message = f"{closer} closes a placeholder that was never opened; expected {opener} before it"
    return MacroProblem(UNBALANCED, start, end, message, f"open it with {opener}, or take {closer} out")


def uneven(start: int, end: int, opener: str, found: str, closer: str) -> MacroProblem:
    """The problem of an opening sign that another one closes."""
    message = f"the placeholder is opened by {opener} and closed by {found}; expected {closer}"
    return MacroProblem(UNBALANCED, start, end, message, f"write as many braces on both sides: {opener}name{closer}")
