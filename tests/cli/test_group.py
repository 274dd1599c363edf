from __future__ import annotations

import importlib
import subprocess
import sys
import time

import click
import pytest
from empathy_audit.cli import COMMANDS, group
from empathy_audit.version import __version__

from tests.cli.conftest import Run

SLOW_TO_IMPORT = ("spacy", "pydantic", "rich", "yaml", "re2", "numpy")


def every_command() -> list[tuple[str, ...]]:
    names: list[tuple[str, ...]] = [()]
    for entry in COMMANDS:
        names.append((entry.name,))
        found = importlib.import_module(f"empathy_audit.cli.{entry.module}").command
        if isinstance(found, click.Group):
            names += [(entry.name, inner) for inner in found.commands]
    return names


def test_an_unknown_command_and_option_are_usage_errors(run: Run) -> None:
    for arguments, told in ((("scroe",), "No such command 'scroe'"), (("score", "--fial"), "No such option")):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert told in err


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == (0, f"empathy-audit, version {__version__}\n", "")


@pytest.mark.parametrize("names", every_command(), ids=" ".join)
def test_every_command_shows_an_example(run: Run, names: tuple[str, ...]) -> None:
    code, out, err = run(*names, "--help")
    assert (code, err) == (0, "")
    _, found, example = out.partition("  Example")
    assert found, out
    assert f"  empathy-audit {' '.join(names)}".rstrip() in example


def test_the_help_lists_every_command_in_its_own_words(run: Run) -> None:
    assert [entry.name for entry in COMMANDS] == group.list_commands(click.Context(group))
    for entry in COMMANDS:
        assert importlib.import_module(f"empathy_audit.cli.{entry.module}").command.short_help == entry.about
        assert entry.about in run("--help").out


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_nothing_slow(option: str) -> None:
    program = (
        "import sys\n"
        "from empathy_audit.cli import main\n"
        "try: main([sys.argv[1]])\n"
        f"finally: print(sorted(set({SLOW_TO_IMPORT!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    started = time.perf_counter()
    ended = subprocess.run([sys.executable, "-c", program, option], capture_output=True, text=True, check=True)
    assert ended.stderr == "[]\n"
    assert time.perf_counter() - started < 1.5  # 0.1 s where nothing else runs


def test_the_module_is_the_console_script() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "empathy_audit", "--version"], capture_output=True, text=True, check=True
    )
    assert ended.stdout == f"empathy-audit, version {__version__}\n"


def test_a_shell_can_ask_for_the_commands(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_EMPATHY_AUDIT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "empathy-audit score -f js")
    monkeypatch.setenv("COMP_CWORD", "3")
    assert run() == (0, "plain,json\nplain,jsonl\n", "")
