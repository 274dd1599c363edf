"""The rubrics that come with the tool: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder() -> Path:
    """The folder of the shipped rubrics: `empathy_audit/rubrics` of a wheel, else `rubrics` next to the package."""
    installed = _PACKAGE / "rubrics"
    return installed if installed.is_dir() else _PACKAGE.parent / "rubrics"


def shipped() -> tuple[str, ...]:
    """The names of the shipped rubrics, sorted; each is one that `load` takes."""
    return tuple(sorted(path.stem for path in folder().glob("*.yaml")))
