"""What is told of files while a batch runs. It knows no reader, so that processes that only judge load none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from empathy_audit.readers import Reading


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that no reader recognises."""

    name: str


@dataclass(frozen=True, slots=True)
class Done:
    """A file that was read to its end, with what its reading counted."""

    name: str
    reading: Reading


Watch = Callable[[Skipped | Done], None]


def ignore(event: Skipped | Done) -> None:
    """Watch nothing."""
