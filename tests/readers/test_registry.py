"""The registry is whole, and what it promises about each reader holds."""

from __future__ import annotations

import importlib
import pkgutil

import empathy_audit.readers as readers
from empathy_audit.readers import READERS
from empathy_audit.readers.base import Reader


def modules() -> dict[str, object]:
    names = [m.name for m in pkgutil.iter_modules(readers.__path__)]
    return {name: importlib.import_module(f"empathy_audit.readers.{name}") for name in names}


def test_every_module_that_defines_a_reader_is_registered_once() -> None:
    defined = [value for module in modules().values() for value in vars(module).values() if isinstance(value, Reader)]
    assert sorted(r.name for r in defined) == sorted(r.name for r in READERS)
    assert len({r.name for r in READERS}) == len(READERS)


def test_every_reader_shows_a_sample_and_says_what_stands_behind_it() -> None:
    for module in modules().values():
        if isinstance(getattr(module, "READER", None), Reader):
            samples = [line for line in (module.__doc__ or "").splitlines() if line.startswith("    ")]
            assert len(samples) >= 3, module
    assert all(r.about and r.verified and r.suffixes for r in READERS)


def test_importing_the_readers_is_cheap() -> None:
    import subprocess
    import sys

    script = (
        "import sys, empathy_audit.readers; print(sorted({'spacy', 'pydantic', 'rich', 'webvtt', 'yaml'} & "
        "set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
