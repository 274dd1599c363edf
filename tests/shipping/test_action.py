"""The GitHub Action: its steps run in a shell as the runner runs them, in a team's repository."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from empathy_audit.version import __version__

from tests.shipping.repositories import BAD, GOOD, ROOT, git, lending, project, repository

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = ACTION["runs"]["steps"]
SCRIPTS = sorted((ROOT / "action").glob("*.sh"))
slow = pytest.mark.slow  # what installs the tool
_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")


class Ran(NamedTuple):
    code: int
    out: str


class Runner(NamedTuple):
    """What a runner of GitHub has: the action's files, a folder for a job, and an environment."""

    action: Path
    temp: Path
    environment: dict[str, str]

    def run(self, workspace: Path, steps: slice = slice(None), **given: str) -> Ran:
        """Run the steps until one fails, with inputs as a workflow gives them (`fail_on` for `fail-on`)."""
        inputs = {name: str(about.get("default", "")) for name, about in ACTION["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        assert set(inputs) == set(ACTION["inputs"])
        told = ""
        for step in STEPS[steps]:
            script = self.temp / "step.sh"
            script.write_text(self._filled(step["run"], inputs))
            variables = {name: self._filled(value, inputs) for name, value in step.get("env", {}).items()}
            ended = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
                cwd=workspace, env=self.environment | variables, text=True, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            told += ended.stdout
            if ended.returncode != 0:
                return Ran(ended.returncode, told)
        return Ran(0, told)

    def _filled(self, text: str, inputs: dict[str, str]) -> str:
        known = {f"inputs.{name}": value for name, value in inputs.items()} | {"github.action_path": str(self.action)}
        return _EXPRESSION.sub(lambda found: known[found[1]], text)


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    temp = tmp_path_factory.mktemp("runner temp")
    environment = lending(temp) | {"RUNNER_TEMP": str(temp), "GITHUB_ACTIONS": "true", "CI": "true"}
    made = Runner(project(tmp_path_factory.mktemp("action")), temp, environment)
    ran = made.run(temp, slice(0, 1), paths="-")
    assert (ran.code, f"empathy-audit {__version__}" in ran.out) == (0, True), ran.out
    return made


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "bad.yaml").write_text(BAD)
    (tmp_path / "good ones").mkdir()
    (tmp_path / "good ones" / "good.yaml").write_text(GOOD)
    repository(tmp_path)
    return tmp_path


@slow
def test_a_bad_macro_fails_the_job_and_is_annotated_where_it_stands(runner: Runner, workspace: Path) -> None:
    ran = runner.run(workspace, paths="macros")
    assert ran.code == 1
    assert re.search(
        r"^::warning file=macros/bad\.yaml,line=5,col=\d+,endColumn=\d+,title=policy-wall::", ran.out, re.MULTILINE
    )
    assert re.search(r"^::error file=macros/bad\.yaml,line=5,.*title=blames-the-customer::", ran.out, re.MULTILINE)


@slow
def test_good_ones_pass_without_a_word(runner: Runner, workspace: Path) -> None:
    ran = runner.run(workspace, paths="\n  good ones\n", rubric="empathy@1")
    assert (ran.code, "::" in ran.out) == (0, False), ran.out


@slow
def test_inputs_are_heeded(runner: Runner, workspace: Path) -> None:
    assert runner.run(workspace, paths="macros", fail_on="never").code == 0
    assert (
        runner.run(workspace, paths="macros", args="--select 'policy-wall' --ignore stiff-words").out.count("::warning")
        == 1
    )
    assert runner.run(workspace, paths="macros", args="--select policy-wall", max_warnings="1").code == 0
    assert runner.run(workspace, paths="macros", args="--select policy-wall", max_warnings="0").code == 1
    ran = runner.run(workspace, paths="macros", rubric="empathy@99")
    assert (ran.code, "empathy@99" in ran.out) == (2, True)


@slow
def test_only_what_changed(runner: Runner, workspace: Path) -> None:
    assert runner.run(workspace, paths="macros\ngood ones", changed_since="HEAD").code == 0
    (workspace / "macros" / "new.yaml").write_text(BAD.replace("refund-no", "new"))
    ran = runner.run(workspace, paths="macros", changed_since="HEAD")
    assert (ran.code, "macros/new.yaml" in ran.out, "macros/bad.yaml" in ran.out) == (1, True, False)
    ran = runner.run(workspace, paths="macros", changed_since="origin/main")
    assert (ran.code, "fetch-depth" in ran.out) == (2, True)


@slow
def test_what_is_known_passes(runner: Runner, workspace: Path) -> None:
    tool = runner.temp / "empathy-audit" / "bin" / "empathy-audit"
    subprocess.run([tool, "baseline", "create", "macros"], cwd=workspace, env=runner.environment, check=True)
    assert runner.run(workspace, paths="macros", baseline="baseline.json").code == 0


@slow
def test_sarif_is_written_beside_the_annotations(runner: Runner, workspace: Path) -> None:
    ran = runner.run(workspace, paths="macros", sarif_file="out.sarif")
    results = json.loads((workspace / "out.sarif").read_text())["runs"][0]["results"]
    assert (ran.code, len(results)) == (1, ran.out.count("title="))
    assert len(results) > 2


# --- what the action brings --------------------------------------------------------------------------------------


@slow
@pytest.mark.parametrize("version", [__version__, __version__.rpartition(".")[0], __version__.partition(".")[0]])
def test_the_version_that_it_brings_will_do(runner: Runner, workspace: Path, version: str) -> None:
    assert runner.run(workspace, slice(0, 1), paths="-", version=version).code == 0


@slow
@pytest.mark.parametrize("version", ["99", f"{__version__}0", "*", "x\n::error::forged"])
def test_another_one_is_refused(runner: Runner, workspace: Path, version: str) -> None:
    ran = runner.run(workspace, slice(0, 1), paths="-", version=version)
    assert (ran.code, __version__ in ran.out) == (2, True)
    assert ran.out.count("\n::") + ran.out.startswith("::") == 1


@slow
def test_a_python_that_is_too_old_or_missing_is_told(runner: Runner, workspace: Path) -> None:
    ran = runner.run(workspace, slice(0, 1), paths="-", python="no-such-python")
    assert (ran.code, "setup-python" in ran.out) == (2, True)


# --- nothing that is given becomes a command ---------------------------------------------------------------------

HOSTILE = ["$(touch pwned)", "`touch pwned`", "; touch pwned", "' ; touch pwned ; '", '" ; touch pwned ; "', "&& touch pwned", "| touch pwned", "${IFS}touch${IFS}pwned", "\ntouch pwned\n", "> pwned"]  # fmt: skip


@slow
@pytest.mark.parametrize("name", sorted(set(ACTION["inputs"]) - {"python"}))
@pytest.mark.parametrize("value", ["".join(HOSTILE), "--fix"])
def test_no_input_becomes_a_command(runner: Runner, workspace: Path, name: str, value: str) -> None:
    before = git(workspace, "status", "--porcelain")
    runner.run(workspace, **({"paths": "macros", "args": "--no-cache"} | {name.replace("-", "_"): value}))
    left = [line for line in git(workspace, "status", "--porcelain").splitlines() if line not in before.splitlines()]
    hidden = {workspace / "pwned", runner.temp / "pwned", runner.action / "pwned"}
    assert {path for path in hidden if path.exists()} == set()
    # An input that names a file to write may write exactly that one; --fix is an option of `args` alone.
    assert name == "sarif-file" or left == [] or (name, value) == ("args", "--fix")


def test_nothing_is_written_into_a_script() -> None:
    assert [step["name"] for step in STEPS if "${{" in step["run"]] == []
    given = {found[1] for step in STEPS for value in step["env"].values() for found in _EXPRESSION.finditer(value)}
    assert given == {f"inputs.{name}" for name in ACTION["inputs"]} | {"github.action_path"}
    for script in SCRIPTS:
        assert "eval" not in script.read_text()


def test_scripts_are_sound() -> None:
    assert [path.name for path in SCRIPTS] == ["install.sh", "lint.sh"]
    for script in SCRIPTS:
        subprocess.run(["bash", "-n", script], check=True)
    if shutil.which("shellcheck"):
        ended = subprocess.run(["shellcheck", *SCRIPTS], capture_output=True, text=True)
        assert ended.returncode == 0, ended.stdout
