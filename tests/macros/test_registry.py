"""The registry is whole, and what it promises about each reader holds."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from types import ModuleType

import empathy_audit.macros as room
from empathy_audit.macros import MACRO_READERS, MacroReader


def modules() -> list[ModuleType]:
    return [
        importlib.import_module(f"empathy_audit.macros.{module.name}") for module in pkgutil.iter_modules(room.__path__)
    ]


def test_every_module_that_defines_a_reader_is_registered_once() -> None:
    defined = [value for module in modules() for value in vars(module).values() if isinstance(value, MacroReader)]
    assert sorted(reader.name for reader in defined) == sorted(reader.name for reader in MACRO_READERS)
    assert len({reader.name for reader in MACRO_READERS}) == len(MACRO_READERS)


def test_every_reader_shows_a_sample_and_says_what_stands_behind_it() -> None:
    for module in modules():
        if isinstance(getattr(module, "READER", None), MacroReader):
            samples = [line for line in (module.__doc__ or "").splitlines() if line.startswith("    ")]
            assert len(samples) >= 3, module
    assert all(reader.about and reader.verified and reader.suffixes for reader in MACRO_READERS)


def test_importing_the_room_is_cheap() -> None:
    script = (
        "import sys, empathy_audit.macros; print(sorted({'spacy', 'pydantic', 'rich', 'webvtt', 'yaml', 're2'} & "
        "set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_reading_yaml_imports_neither_spacy_nor_pydantic() -> None:
    script = (
        "import sys; from empathy_audit.macros import read_macros; from empathy_audit.readers import Source;"
        "print(len(list(read_macros(Source('a.yaml', data=b'macros: [{id: a, text: Hi}]')))),"
        "sorted({'spacy', 'pydantic', 're2', 'numpy'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "1 []"
