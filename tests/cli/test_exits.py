from __future__ import annotations

from collections.abc import Callable

import click
import pytest
from empathy_audit.cli import exits
from empathy_audit.errors import InputError, MissingPackageError, RubricError


@pytest.mark.parametrize(
    ("wanting", "trouble", "exit_zero", "code"),
    [
        (False, False, False, 0),
        (True, False, False, 1),
        (False, True, False, 2),
        (True, True, False, 2),
        (True, False, True, 0),
        (False, True, True, 2),
        (True, True, True, 2),
    ],
)
def test_trouble_outweighs_wanting_and_cannot_be_forgiven(
    wanting: bool, trouble: bool, exit_zero: bool, code: int
) -> None:
    assert exits.code(wanting=wanting, trouble=trouble, exit_zero=exit_zero) == code


def raising(error: BaseException) -> Callable[[], object]:
    def command() -> object:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (click.UsageError("no such thing"), 2, "Error: no such thing\n"),
        (click.Abort(), 130, "interrupted\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (InputError("is broken; mend it", "a.json:3"), 2, "error: a.json:3: is broken; mend it\n"),
        (RubricError(("r.yaml:1:1: a", "r.yaml:2:1: b")), 2, "error: r.yaml:1:1: a\nerror: r.yaml:2:1: b\n"),
        (MissingPackageError("needs x; pip install x"), 2, "error: needs x; pip install x\n"),
        (PermissionError(13, "Permission denied", "out.json"), 2, "error: out.json: Permission denied\n"),
        (
            ValueError("a\nb \x1b[31m"),
            2,
            "error: internal error: ValueError: a b \\x1b[31m; run again with EMPATHY_AUDIT_DEBUG=1 for the traceback, "
            "and please report it\n",
        ),
    ],
)
def test_what_goes_wrong_is_told_in_a_line(
    error: BaseException, code: int, told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EMPATHY_AUDIT_DEBUG", raising=False)
    assert exits.guarded(raising(error)) == code
    assert capsys.readouterr() == ("", told)


def test_a_traceback_is_there_for_who_asks(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPATHY_AUDIT_DEBUG", "1")
    assert exits.guarded(raising(ValueError("x"))) == 2
    assert capsys.readouterr().err.startswith("Traceback (most recent call last):\n")


@pytest.mark.parametrize(("result", "code"), [(None, 0), (0, 0), (1, 1), (2, 2)])
def test_a_command_gives_its_code(result: object, code: int) -> None:
    assert exits.guarded(lambda: result) == code
