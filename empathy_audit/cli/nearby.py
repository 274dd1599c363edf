"""What files are called in results: by their path from the working directory, as editors and CI servers look for them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from empathy_audit.batch.discover import Input
from empathy_audit.model.audit import Failure


def nearby(path: Path) -> Path:
    """A path from the working directory where it is below it; outside of it as it was given."""
    try:
        return _straight(path.absolute()).relative_to(Path.cwd())
    except ValueError:
        return path


def _straight(path: Path) -> Path:
    """Without the detours of `a/../b`, where that leads to the same file."""
    if ".." not in path.parts:
        return path
    straight = Path(os.path.normpath(path))
    return straight if straight.exists() and straight.samefile(path) else path


def named(item: Input | Failure) -> Input | Failure:
    """The input, called by its nearby path."""
    path = path_of(item)
    if isinstance(item, Failure) or path is None:
        return item
    near = nearby(path)
    return item if near.is_absolute() else replace(item, name=near.as_posix())


def path_of(item: Input | Failure) -> Path | None:
    """The file of an input; None for standard input and what could not be found."""
    return None if isinstance(item, Failure) else item.path
