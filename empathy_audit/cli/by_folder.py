"""What holds for the files of each folder: options, then the closest settings file above it, then that of the working directory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from empathy_audit.batch.lint.run import FolderSettings
from empathy_audit.settings import Settings, find, resolve

OWN_KEYS = ("rubric", "input_format", "select", "ignore")
"""What a settings file below the working directory decides for the files in its folder."""


@dataclass
class ByFolder:
    """`settings` hold in the working directory, and everywhere if they are `alone`; `given` are the options."""

    settings: Settings
    given: Mapping[str, Any]
    alone: bool = False
    _files: dict[Path, Path | None] = field(default_factory=dict)
    _known: dict[Path | None, FolderSettings] = field(default_factory=dict)

    def __call__(self, path: Path | None) -> FolderSettings:
        """What holds for a file; None is standard input.

        Raises:
            SettingsError: the settings file above it is wrong.
        """
        base = _chosen(self.settings)
        if self.alone or path is None:
            return base
        if not self._known:
            self._known[find(Path.cwd())] = base
        file = self.file(path)
        if file not in self._known:
            given = {key: self.given.get(key) for key in OWN_KEYS}
            self._known[file] = _chosen(resolve(given, start=path.parent, config=file))
        return self._known[file]

    def file(self, path: Path) -> Path | None:
        """The settings file that holds for a file."""
        folder = path.parent
        if folder not in self._files:
            self._files[folder] = find(folder)
        return self._files[folder]


def _chosen(settings: Settings) -> FolderSettings:
    return FolderSettings(settings.rubric, settings.input_format, settings.select, settings.ignore)
