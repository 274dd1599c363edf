"""Which files `lint` looks at, what they are called, and which settings hold for each."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from empathy_audit.batch.discover import Input
from empathy_audit.batch.lint.run import FolderSettings
from empathy_audit.model.audit import Failure
from empathy_audit.settings import FILES, Settings, find, resolve

WAIVERS = "waivers.yaml"
OWN_KEYS = ("rubric", "input_format", "select", "ignore")
"""What a settings file below the working directory decides for the files in its folder."""


class Ruled(Protocol):
    """What a command line says of settings: the options given, and those that hold in the working directory."""

    @property
    def settings(self) -> Settings:
        """What holds in the working directory."""

    @property
    def given(self) -> Mapping[str, Any]:
        """The options."""

    @property
    def isolated(self) -> bool:
        """Whether settings files are left alone."""

    @property
    def config(self) -> Path | None:
        """The one settings file that holds for all."""


def by_folder(made: Ruled) -> Callable[[Path | None], FolderSettings]:
    """What holds for a file: options, then the closest settings file above it, then that of the working directory."""
    base = FolderSettings(made.settings.rubric, made.settings.input_format, made.settings.select, made.settings.ignore)
    if made.isolated or made.config is not None:
        return lambda path: base
    start = find(Path.cwd())
    known: dict[Path, FolderSettings] = {}
    by_file: dict[Path | None, FolderSettings] = {start: base}

    def settings_of(path: Path | None) -> FolderSettings:
        if path is None:
            return base
        folder = path.parent
        if folder not in known:
            file = find(folder.resolve())
            if file not in by_file:
                given = {key: made.given.get(key) for key in OWN_KEYS}
                own = resolve(given, start=folder.resolve(), config=file)
                by_file[file] = FolderSettings(own.rubric, own.input_format, own.select, own.ignore)
            known[folder] = by_file[file]
        return known[folder]

    return settings_of


def named(item: Input | Failure, here: str) -> Input | Failure:
    """Called by its path from the working directory `here`, as editors and CI look for it; `../macros/a.txt` stays so.

    An absolute path that leads elsewhere is no business of a report's readers: there the name is that within the argument.
    """
    if isinstance(item, Failure) or item.path is None:
        return item
    path = os.path.abspath(item.path)  # noqa: PTH100 - of thousands of files, Path's own way takes most of a warm run
    head = os.path.join(here, "")  # noqa: PTH118
    if path.startswith(head):
        return replace(item, name=path[len(head) :].replace(os.sep, "/"))
    return item if item.path.is_absolute() else replace(item, name=item.path.as_posix())


def is_ours(item: Input, ours: set[Path]) -> bool:
    """Whether a file is no macro but a setting, a baseline or a waiver of the project."""
    assert item.path is not None  # noqa: S101 - asked for above
    if item.path.name in FILES or (item.path.name == WAIVERS and not item.named):
        return True
    return any(path.name == item.path.name for path in ours) and item.path.resolve() in ours
