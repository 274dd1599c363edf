"""The hook for pre-commit, run by pre-commit itself in a repository that asks for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from identify import identify

from tests.shipping.repositories import BAD, GOOD, ROOT, git, lending, project, repository

(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
slow = pytest.mark.slow  # what installs the tool
CONFIG = "repos:\n  - repo: {repo}\n    rev: {rev}\n    hooks:\n      - id: empathy-lint\n"


class Ran(NamedTuple):
    code: int
    out: str


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, Path]:
    """The project's repository, its revision, and a home for what pre-commit builds."""
    folder = project(tmp_path_factory.mktemp("project"))
    return str(folder), git(folder, "rev-parse", "HEAD").strip(), tmp_path_factory.mktemp("home")


@pytest.fixture
def team(tmp_path: Path, hooked: tuple[str, str, Path]) -> Path:
    repo, rev, _ = hooked
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "README.md").write_text("# Our macros\n\nWho changes one asks Dana.\n")
    (tmp_path / "macros" / "refunds.yaml").write_text(GOOD)
    (tmp_path / "notes.md").write_text("It's our policy. You should have known. Calm down.\n")
    (tmp_path / ".pre-commit-config.yaml").write_text(CONFIG.format(repo=repo, rev=rev))
    repository(tmp_path)
    return tmp_path


def pre_commit(folder: Path, home: Path, *arguments: str) -> Ran:
    environment = lending(home) | {"PRE_COMMIT_HOME": str(home / "pre-commit")}
    command = [sys.executable, "-m", "pre_commit", *arguments]
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return Ran(ended.returncode, ended.stdout + ended.stderr)


@slow
def test_a_good_macro_is_let_through(team: Path, hooked: tuple[str, str, Path]) -> None:
    ran = pre_commit(team, hooked[2], "run", "--all-files")
    assert (ran.code, "Passed" in ran.out) == (0, True), ran.out


@slow
def test_a_bad_macro_is_stopped_where_it_stands(team: Path, hooked: tuple[str, str, Path]) -> None:
    (team / "macros" / "refunds.yaml").write_text(BAD)
    git(team, "add", "-A")
    ran = pre_commit(team, hooked[2], "run")
    assert ran.code == 1
    assert "exit code: 1" in ran.out
    assert re.search(r"macros/refunds\.yaml\n.*^ +5:\d+ .*policy-wall", ran.out, re.MULTILINE | re.DOTALL), ran.out
    assert "notes.md" not in ran.out


@slow
def test_a_commit_of_one_file_owes_nothing_for_the_others(team: Path, hooked: tuple[str, str, Path]) -> None:
    """The baseline and the waivers speak of files that the commit does not touch."""
    (team / "macros" / "old.yaml").write_text(BAD.replace("refund-no", "old-refund"))
    (team / "macros" / "older.yaml").write_text(BAD.replace("refund-no", "older-refund"))
    (team / "waivers.yaml").write_text("".join((
        "waivers:\n",
        *(f"  - {{code: {code}, file: macros/older.yaml, reason: goes in May}}\n" for code in ("policy-wall", "blames-the-customer")),
    )))  # fmt: skip
    empathy_audit(team, "baseline", "create", "macros", "-o", "baseline.json")
    (team / "empathy-audit.yaml").write_text("baseline: baseline.json\n")
    repository(team)
    (team / "macros" / "refunds.yaml").write_text(GOOD + "  - {id: two, text: I have moved your booking to Friday.}\n")
    git(team, "add", "-A")
    ran = pre_commit(team, hooked[2], "run")
    assert ran.code == 0, ran.out


def empathy_audit(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "empathy_audit", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT)})


# --- which files it takes ----------------------------------------------------------------------------------------


def takes(name: str) -> bool:
    tags = identify.tags_from_filename(name)
    return bool(
        tags & set(HOOK["types_or"]) and re.search(HOOK["files"], name) and not re.search(HOOK["exclude"], name)
    )


@pytest.mark.parametrize(
    "name",
    ["macros/a.yaml", "support/macros/en/refund.md", "canned_responses/x.json", "Saved Replies/y.txt", "quick-texts/export.csv", "macros/x.html", "macros/x.liquid", "macros/b.tsv"],
)  # fmt: skip
def test_files_of_macros_are_taken(name: str) -> None:
    assert takes(name)


@pytest.mark.parametrize(
    "name",
    [".pre-commit-config.yaml", "README.md", "macros/README.md", "macros/waivers.yaml", "macros/baseline.json", "macros/empathy-audit.yaml", "src/macros.yaml", "api/responses/200.json", "macros/logo.png", "macros/run.py"],
)  # fmt: skip
def test_other_files_are_left(name: str) -> None:
    assert not takes(name)


def test_what_readers_read_is_taken() -> None:
    """JSON lines and .tab have no name in pre-commit's list of types."""
    from empathy_audit.macros import MACRO_READERS

    suffixes = {suffix for reader in MACRO_READERS for suffix in reader.suffixes}
    assert {suffix for suffix in suffixes if not takes(f"macros/a{suffix}")} == {".jsonl", ".tab"}
