"""docs/macros.md is true beyond its commands (those run in test_readme.py): its tables are the registries, its snippets work."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from empathy_audit.cli import exits
from empathy_audit.macros.placeholders import scan
from empathy_audit.reports.lint.schema import lint_schema
from jsonschema import Draft202012Validator

from tests.documents import ROOT, Block, blocks, lint_reports_table, macro_readers_table, names, page, table
from tests.reports.test_gitlab import SCHEMA
from tests.shipping.repositories import BAD
from tests.test_readme import environment

PAGE = "docs/macros.md"


def snippet(mark: str) -> Block:
    (found,) = [block for block in blocks(PAGE) if mark in block.marks or block.text.startswith(f"# {mark}\n")]
    return found


def first_cells(mark: str) -> list[str]:
    return [name for row in table(PAGE, mark) for name in names(row[0])]


# --- tables ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [PAGE, "README.md"])
def test_formats(name: str) -> None:
    assert f"<!-- macro readers -->\n{macro_readers_table()}" in page(name)
    assert f"<!-- lint reports -->\n{lint_reports_table()}" in page(name)


@pytest.mark.parametrize("written", first_cells("placeholders"))
def test_placeholders_are_known(written: str) -> None:
    tokens, _ = scan(f"Yes, {written} and so on.")
    assert tokens, written
    assert (tokens[0].start, tokens[-1].end) == (5, 5 + len(written))


def test_keys_of_the_document() -> None:
    schema = lint_schema()
    file = schema["$defs"]["file"]["properties"]
    finding = file["findings"]["items"]["properties"]
    assert first_cells("lint document keys") == list(schema["properties"])
    assert first_cells("lint file keys") == list(file)
    assert first_cells("lint finding keys") == list(finding)
    inner = {*schema["properties"]["summary"]["properties"], *schema["$defs"]["macro"]["properties"]}
    assert {key for key in inner if f"`{key}`" not in page(PAGE)} == set()


def test_own_codes() -> None:
    from empathy_audit.reports.lint.base import OWN

    assert first_cells("own codes") == list(OWN)


def test_severities_of_own_codes(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "macros:\n"
        "  - {id: a, situation: nothing-known, emotion: nothing, text: 'Hi {{name, see you on Monday then.'}\n"
        "  # empathy-audit: allow policy-wall\n"
        "  # empathy-audit: allow minimises because of nothing\n"
        "  - {id: b, text: I have moved your booking to Friday.}\n"
    )
    (tmp_path / "waivers.yaml").write_text("waivers: [{code: minimises, macro: b, reason: none, until: 2020-01-01}]\n")
    baseline = {"baseline_version": 1, "findings": [{"code": "minimises", "fingerprint": "x", "count": 1}]}
    (tmp_path / "baseline.json").write_text(json.dumps(baseline))
    ran = subprocess.run(
        ["empathy-audit", "lint", "a.yaml", "-f", "json", "--baseline", "baseline.json"],
        cwd=tmp_path, capture_output=True, text=True, env=environment(),
    )  # fmt: skip
    document = json.loads(ran.stdout)
    found = {f["code"]: f["severity"] for f in (*document["files"][0]["findings"], *document["notes"])}
    said = {names(row[0])[0]: row[1] for row in table(PAGE, "own codes")}
    assert {code: severity for code, severity in found.items() if code in said} == said


def test_exit_codes() -> None:
    codes = [int(row[0]) for row in table(PAGE, "exit codes")]
    assert codes == [exits.OK, exits.WANTING, exits.TROUBLE, exits.INTERRUPTED]


def test_settings() -> None:
    from empathy_audit.cli.by_folder import OWN_KEYS
    from empathy_audit.settings import KEYS

    rows = {names(row[0])[0]: row[1] for row in table(PAGE, "lint settings")}
    assert set(rows) <= set(KEYS)
    assert {key.replace("-", "_") for key, by_folder in rows.items() if by_folder == "yes"} == set(OWN_KEYS)


def test_every_option_is_told() -> None:
    from empathy_audit.cli.lint import command

    told = page(PAGE) + page("README.md")
    options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
    assert [option for option in options if option.removeprefix("--") not in told] == []


# --- snippets ----------------------------------------------------------------------------------------------------


def test_the_pre_commit_snippet_names_the_hook() -> None:
    (repo,) = yaml.safe_load(snippet(".pre-commit-config.yaml").text)["repos"]
    (manifest,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in repo["hooks"]] == [manifest["id"]]
    kinds = re.search(r"folders called (.*?)\. The hook", page(PAGE), re.DOTALL)
    assert kinds
    assert [folder for folder in names(kinds[1]) if not re.search(manifest["files"], f"{folder}/a.yaml")] == []


def test_the_workflow_gives_inputs_that_the_action_has() -> None:
    inputs = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    assert first_cells("action inputs") == list(inputs)
    step = yaml.safe_load(snippet("workflow").text)["jobs"]["macros"]["steps"][-1]
    assert set(step["with"]) <= set(inputs)
    assert {name for name, about in inputs.items() if about.get("required")} <= set(step["with"])


def test_the_job_for_gitlab_runs_and_its_report_is_one(tmp_path: Path) -> None:
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "bad.yaml").write_text(BAD)
    job = yaml.safe_load(snippet("gitlab job").text)["macros"]
    install, *script = job["script"]
    assert install.startswith("pip install ")
    ended = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(script)], cwd=tmp_path, env=environment() | {"CI": "true"}, capture_output=True, text=True,
    )  # fmt: skip
    assert ended.returncode == exits.WANTING
    assert "macros/bad.yaml:5:" in ended.stdout
    entries = json.loads((tmp_path / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    assert list(Draft202012Validator(SCHEMA).iter_errors(entries)) == []
    assert {entry["location"]["path"] for entry in entries} == {"macros/bad.yaml"}
    assert [path for path in job["cache"]["paths"] if not (tmp_path / path).is_dir()] == []


# --- speed -------------------------------------------------------------------------------------------------------


def test_the_table_of_speed_is_as_promised() -> None:
    rows = {row[0]: float(row[1]) for row in table(PAGE, "speed")}
    spacy, cold, warm, *_ = rows.values()
    assert cold <= spacy + 2
    assert warm < 0.5
    assert all(float(row[2]) == pytest.approx(float(row[1]) / spacy, abs=0.06) for row in table(PAGE, "speed"))


def test_a_warm_run_imports_neither_spacy_nor_pydantic(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(BAD)
    program = (
        "import sys\n"
        "from empathy_audit.cli import main\n"
        "try:\n    main(['lint', '.', '-f', 'concise', '--exit-zero'])\n"
        "except SystemExit:\n    pass\n"
        "print(*sorted({'spacy', 'pydantic', 'thinc', 'numpy', 'yaml'} & set(sys.modules)))\n"
    )

    def run() -> list[str]:
        ran = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, env=environment(), capture_output=True, text=True
        )
        assert (ran.returncode, ran.stderr) == (0, "")
        return ran.stdout.splitlines()

    *cold, loaded = run()
    assert {"pydantic", "yaml"} <= set(loaded.split())
    *warm, loaded = run()
    assert (warm, loaded) == (cold, "")
    assert cold
