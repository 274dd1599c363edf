"""What can go wrong, as a small tree.

    EmpathyAuditError
    ├── InputError          what the user gave cannot be used; carries place, expectation and remedy
    │   ├── TranscriptError     a transcript file, or one conversation in it
    │   ├── RubricError         one or many mistakes in a rubric, all told at once
    │   ├── MappingError        one or many mistakes in a mapping file, all told at once
    │   ├── SettingsError       a project configuration file or an option
    │   └── StoreError          a store of kept results that cannot be read or written
    └── MissingPackageError an optional package or model is not installed

Trouble in one transcript becomes a `Failure` value (model/audit.py) and the batch goes on; an exception ends the command with exit code 2.
Exceptions travel between processes, so each one is rebuilt from its arguments alone.
"""

from __future__ import annotations


class EmpathyAuditError(Exception):
    """Anything this tool raises on purpose."""


class InputError(EmpathyAuditError):
    """What the user gave cannot be used.

    `message` is one line: what is wrong; what was expected; what to do. `place` is `file`, `file:line`, `file:line:column` or
    `file#/json/pointer`, 1-based where it counts.
    """

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message, place)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class TranscriptError(InputError):
    """A transcript that cannot be read."""


class SettingsError(InputError):
    """A configuration file or an option that cannot be used."""


class StoreError(InputError):
    """A store of kept results that cannot be read or written."""


class ProblemsError(InputError):
    """A file that cannot be used, with every mistake found in it (`problems`, one line each)."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.args = (problems,)
        self.problems = problems


class RubricError(ProblemsError):
    """A rubric that cannot be used."""


class MappingError(ProblemsError):
    """A mapping file that cannot be used."""


class MissingPackageError(EmpathyAuditError):
    """An optional package or model is needed and not installed; the message says what for and how to install it."""
