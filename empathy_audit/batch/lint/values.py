"""Linted files as JSON values and back, for the cache and for `-f json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from empathy_audit.model.audit import Failure
from empathy_audit.model.lint import Allowed, Edit, LintedFile, LintedMacro, LintFinding, Span
from empathy_audit.model.macro import Situation


def to_values(file: LintedFile) -> dict[str, Any]:
    """The file as JSON takes it."""
    return asdict(file)


def from_values(values: dict[str, Any]) -> LintedFile:
    """What `to_values` made. Raises KeyError, TypeError or ValueError for anything else."""
    return LintedFile(
        name=values["name"],
        format=values["format"],
        macros=tuple(map(_macro, values["macros"])),
        findings=tuple(map(_finding, values["findings"])),
        failures=tuple(Failure(**failure) for failure in values["failures"]),
        allowed=tuple(Allowed(**allowed) for allowed in values["allowed"]),
        left_out=dict(values["left_out"]),
    )


def _macro(values: dict[str, Any]) -> LintedMacro:
    situation = values["situation"]
    return LintedMacro(**{**values, "situation": situation and Situation(**situation)})


def _finding(values: dict[str, Any]) -> LintFinding:
    edit = values["edit"]
    made = edit and Edit(Span(**edit["span"]), edit["words"], edit["text"], edit["safe"])
    return LintFinding(**{**values, "span": Span(**values["span"]), "edit": made})
