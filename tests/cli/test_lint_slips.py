"""Slips of whoever uses `lint` for the first time: each is told with what to do."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

COLD = "Calm down. It is our policy, and you should have read it.\n"


@pytest.fixture
def macros(here: Path) -> Path:
    (here / "empathy-audit.yaml").unlink()
    (here / "macros").mkdir()
    (here / "macros" / "no.txt").write_text(COLD)
    return here / "macros"


@pytest.mark.parametrize(("option", "expected"), [("--select", 2), ("--ignore", 1)])
def test_a_code_that_is_misspelt_switches_nothing_off_silently(
    run: Run, macros: Path, option: str, expected: int
) -> None:
    for _ in ("judged", "from the cache"):
        code, _, err = run("lint", "macros", option, "polcy-wall")
        assert (code, "did you mean policy-wall?" in err) == (expected, True)
    assert run("lint", "macros", option, "policy-wall").code == 1


def test_so_it_is_in_the_settings_of_a_folder(run: Run, macros: Path) -> None:
    (macros / "empathy-audit.yaml").write_text("select: [policy-wal]\n")
    assert run("lint", "macros").code == 2
    (macros / "empathy-audit.yaml").write_text("ignore: [policy-wal]\n")
    assert "did you mean policy-wall?" in run("lint", "macros").err
    (macros / "empathy-audit.yaml").write_text("ignore: [policy-wall, unused-waiver]\n")
    assert "policy-wall" not in run("lint", "macros", "-f", "concise").out


def test_words_on_standard_input_are_a_macro(run: Run, macros: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(COLD.encode())))
    code, out, err = run("lint", "-", "-f", "concise")
    assert (code, err) == (1, "")
    assert out.startswith("<stdin>:1:1: tells-how-to-feel ")


def test_json_on_standard_input_that_is_nobodys_is_a_failure(
    run: Run, macros: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"a": 1}')))
    assert run("lint", "-").code == 2


def test_what_could_not_be_judged_is_not_called_fine(run: Run, macros: Path) -> None:
    assert run("lint", "nowhere").out.splitlines()[-1] == "0 macros in 0 files: 1 failure"
    (macros / "no.txt").write_text("I have moved your booking to Friday.\n")
    assert (
        run("lint", "macros", "nowhere").out.splitlines()[-1]
        == "1 macro in 1 file: 1 failure; nothing found in the rest"
    )


def test_some_of_many_files_owe_nothing_for_the_others(run: Run, macros: Path) -> None:
    (macros / "other.txt").write_text("It is our policy.\n")
    (macros.parent / "waivers.yaml").write_text(
        "waivers: [{code: tells-how-to-feel, macro: no, reason: mine}]\n".replace("no,", "'no',")
    )
    assert run("baseline", "create", "macros").code == 0
    whole = ("lint", "macros", "--baseline", "baseline.json")
    assert run(*whole).code == 0
    some = ("lint", "macros/other.txt", "--baseline", "baseline.json")
    code, out, _ = run(*some)
    assert (code, "left-over-baseline" in out, "unused-waiver" in out, "--partial" in out) == (1, True, True, True)
    assert run(*some, "--partial").code == 0


def test_a_code_of_a_finding_is_shown_as_it_is_printed(run: Run, macros: Path) -> None:
    code, out, _ = run("rubric", "show", "missing-acknowledgement", "--rubric", "empathy")
    assert (code, out.startswith("acknowledgement (need)")) == (0, True)


def test_a_file_is_called_as_one_finds_it_from_here(run: Run, macros: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def called(argument: str) -> str:
        return run("lint", argument, "-f", "concise", "--no-cache").out.split(":")[0]

    assert called("macros") == called(str(macros)) == called("macros/../macros") == "macros/no.txt"
    (macros.parent / "elsewhere").mkdir()
    monkeypatch.chdir(macros.parent / "elsewhere")
    assert called("../macros") == "../macros/no.txt"
    assert called(str(macros)) == "no.txt"
