"""A folder to work in with a small rubric as its setting, and the command line as a function."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from empathy_audit.cli import main

SMALL = Path(__file__).parent / "small.yaml"

MET = ("customer: I am furious about my parcel.", "agent Dana: That must be upsetting. Let me look into it for you.")
MISSED = ("customer: I am furious about my parcel.", "agent Bo: Please calm down and wait for the parcel to come.")


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def native(id_: str, *lines: str) -> str:
    """A native line from `role: text` or `role Name: text`."""
    turns = []
    for line in lines:
        label, _, text = line.partition(": ")
        role, _, speaker = label.partition(" ")
        turns.append({"role": role, "text": text} | ({"speaker": speaker} if speaker else {}))
    return json.dumps({"id": id_, "turns": turns}) + "\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in ("NO_COLOR", "FORCE_COLOR", "EMPATHY_AUDIT_DEBUG"):
        monkeypatch.delenv(variable, raising=False)
    shutil.copy(SMALL, tmp_path / "small.yaml")
    (tmp_path / "empathy-audit.yaml").write_text("rubric: small.yaml\n", encoding="utf-8")
    (tmp_path / "two.jsonl").write_text(native("met", *MET) + native("missed", *MISSED), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(here: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> Ran:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, *capfd.readouterr())

    return call
