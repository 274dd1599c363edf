"""Packages that only some formats need, imported when a file of such a format is read or written."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from types import ModuleType

from empathy_audit.errors import MissingPackageError


@dataclass(frozen=True, slots=True)
class Extra:
    """An optional dependency: the extra's `name` in `pip install 'empathy-audit[name]'`, its `package`, the `module` to import."""

    name: str
    package: str
    module: str

    def needed(self, what: str) -> ModuleType:
        """The module. `what` is what cannot be done without it, such as `reading Excel workbooks`.

        Raises:
            MissingPackageError: it is not installed; the message says what for and how to install it.
        """
        try:
            return importlib.import_module(self.module)
        except ImportError as error:
            raise MissingPackageError(
                f"{what} needs the package {self.package}; install it with: pip install 'empathy-audit[{self.name}]'"
            ) from error

    def at_hand(self) -> ModuleType | None:
        """The module, or None where it is not installed, for what can also be done without it."""
        try:
            return importlib.import_module(self.module)
        except ImportError:
            return None


EXCEL = Extra("excel", "openpyxl", "openpyxl")
PARQUET = Extra("parquet", "pyarrow", "pyarrow.parquet")
EMAIL = Extra("email", "mail-parser-reply", "mailparser_reply")
REPORT = Extra("report", "vl-convert-python", "vl_convert")
REDACT = Extra("redact", "presidio-analyzer", "presidio_analyzer")
STORE = Extra("store", "duckdb", "duckdb")
DASK = Extra("dask", "distributed", "distributed")
CLOUD = Extra("cloud", "fsspec", "fsspec")
