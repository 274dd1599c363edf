"""Score customer-service transcripts for empathy against a YAML rubric, with every point traceable to words.

    from empathy_audit import audit, load

    for transcript in load("chat.txt"):
        print(audit(transcript).scores.overall)

What stands in `__all__` is the public API. Each name is imported when it is first asked for, so that importing the
package is cheap.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from empathy_audit.api import audit, load, load_rubric
    from empathy_audit.audit import Auditor
    from empathy_audit.model.audit import Audit, Failure, Finding
    from empathy_audit.model.rubric import Rubric
    from empathy_audit.model.transcript import Transcript, Turn
    from empathy_audit.version import __version__

__all__ = [
    "Audit",
    "Auditor",
    "Failure",
    "Finding",
    "Rubric",
    "Transcript",
    "Turn",
    "__version__",
    "audit",
    "load",
    "load_rubric",
]

_HOMES = {
    "Audit": "model.audit",
    "Auditor": "audit",
    "Failure": "model.audit",
    "Finding": "model.audit",
    "Rubric": "model.rubric",
    "Transcript": "model.transcript",
    "Turn": "model.transcript",
    "__version__": "version",
    "audit": "api",
    "load": "api",
    "load_rubric": "api",
}


class _Package(ModuleType):
    """The package itself. `audit` is a module in here and a public function; `empathy_audit.audit` is the function."""

    def __getattr__(self, name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(f"{self.__name__}.{_HOMES[name]}"), name)
        setattr(self, name, value)
        return value

    def __setattr__(self, name: str, value: object) -> None:
        # The import system binds each submodule to its package; that of audit.py would hide the function.
        if not (name == "audit" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package
