"""Packages that only some formats need, imported when a file of such a format comes."""

from __future__ import annotations

import importlib
from types import ModuleType

from empathy_audit.errors import MissingPackageError


def needed(module: str, package: str, extra: str, what: str) -> ModuleType:
    """The module of an optional package. Raises MissingPackageError that says what for and how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingPackageError(
            f"reading {what} needs the package {package}; install it with: pip install 'empathy-audit[{extra}]'"
        ) from error
