"""The pages are true: their commands run, their snippets load, their tables are the registries."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from empathy_audit.cli import COMMANDS, exits
from empathy_audit.errors import EmpathyAuditError
from empathy_audit.examples import check_examples
from empathy_audit.rubric import load

from tests.documents import PAGES, ROOT, blocks, commands, names, page, readers_table, reports_table, table

EXIT_CODES = {exits.OK, exits.WANTING, exits.TROUBLE, exits.INTERRUPTED, exits.PIPE_CLOSED}


# Files that change what the commands above them print: they are there from their block on.
HELD_BACK = ("empathy-audit", "waivers")


def folder_for(name: str, folder: Path) -> Path:
    """A folder with the samples and the files that the page shows."""
    for samples in ("sample_transcripts", "sample_macros"):
        shutil.copytree(ROOT / samples, folder / samples)
    for block in blocks(name):
        if block.file and not block.file.startswith(HELD_BACK):
            (folder / block.file).parent.mkdir(parents=True, exist_ok=True)
            (folder / block.file).write_text(block.text, encoding="utf-8")
    return folder


def environment() -> dict[str, str]:
    programs = Path(sys.executable).parent
    ours = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONPATH")}
    return ours | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.parametrize("name", PAGES)
def test_the_commands_of_a_page_run_and_print_what_it_says(name: str, tmp_path: Path) -> None:
    folder = folder_for(name, tmp_path)
    wrong = []
    for block in blocks(name):
        if block.file and block.file.startswith(HELD_BACK):
            (folder / block.file).write_text(block.text, encoding="utf-8")
        if block.language != "console" or not block.runs:
            continue
        for command in commands(block):
            ended = subprocess.run(
                ["bash", "-c", f"set -o pipefail\n{command.line}"],
                cwd=folder, capture_output=True, text=True, env=environment(), stdin=subprocess.DEVNULL,
            )  # fmt: skip
            if ended.returncode != 0:
                wrong.append(f"$ {command.line}\nexit code {ended.returncode}\n{ended.stdout}{ended.stderr}")
            elif command.prints is not None and ended.stdout != command.prints:
                wrong.append(f"$ {command.line}\nprints\n{ended.stdout}and not\n{command.prints}")
    assert "\n".join(wrong) == ""


def test_a_broken_command_is_noticed(tmp_path: Path) -> None:
    ended = subprocess.run(["bash", "-c", "empathy-audit score nothing-here"], cwd=tmp_path, env=environment(), capture_output=True)  # fmt: skip
    assert ended.returncode == exits.TROUBLE


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    folder = folder_for("README.md", tmp_path)
    programs = [block.text for block in blocks("README.md") if block.language == "python"]
    assert len(programs) == 1
    ended = subprocess.run([sys.executable, "-c", programs[0]], cwd=folder, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("chat.txt:1 ")


# --- what the README promises ------------------------------------------------------------------------------------


def test_one_line_sets_up_and_runs_the_main_job_and_one_passes_the_tests() -> None:
    first, second = [b for b in blocks("README.md") if "pip install" in b.text]
    (run,), (test,) = commands(first), commands(second)
    assert run.line.endswith("empathy-audit score sample_transcripts/")
    assert test.line.endswith("pytest -q")
    assert "\n" not in run.line + test.line


def test_ci_installs_and_tests_as_the_readme_says() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (test,) = [c.line for b in blocks("README.md") if b.language == "console" for c in commands(b) if ".[dev]" in c.line]  # fmt: skip
    install, pytest_ = re.search(r"(pip install .*?) &&", test), re.search(r"python (-m pytest.*)", test)
    assert install
    assert pytest_
    assert install[1] in ci
    assert f"python {pytest_[1]}" in ci
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "http" not in ci


def test_every_command_is_shown() -> None:
    text = page("README.md") + page("docs/rubric.md") + page("docs/transcripts.md")
    assert [entry.name for entry in COMMANDS if f"empathy-audit {entry.name}" not in text] == []


def test_the_place_for_the_measured_figures_is_there() -> None:
    assert "\n## How well it agrees with people\n" in page("README.md")


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    here = (ROOT / name).parent
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", page(name))
    local = [target for target in targets if not target.startswith("http")]
    assert [target for target in local if not (here / target).exists()] == []


# --- tables ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["README.md", "docs/transcripts.md"])
def test_the_formats_that_are_read(name: str) -> None:
    assert f"<!-- readers -->\n{readers_table()}" in page(name)


def test_the_formats_that_are_written() -> None:
    assert f"<!-- reports -->\n{reports_table()}" in page("README.md")


def test_exit_codes() -> None:
    rows = re.findall(r"^\| (\d+) \| ", page("README.md"), re.MULTILINE)
    assert sorted(map(int, rows)) == sorted(EXIT_CODES)


def test_settings_shown_are_known(tmp_path: Path) -> None:
    from empathy_audit.settings import resolve

    (block,) = [b for b in blocks("README.md") if b.file == "empathy-audit.yaml"]
    (tmp_path / "empathy-audit.yaml").write_text(block.text, encoding="utf-8")
    settings = resolve({}, start=tmp_path)
    assert (settings.rubric, settings.agents, settings.fail_under) == ("empathy", ("Ravi", "Support team"), 10.0)


# --- rubrics -----------------------------------------------------------------------------------------------------


@pytest.fixture
def rubrics(tmp_path: Path) -> Path:
    return folder_for("docs/rubric.md", tmp_path)


def test_the_rubrics_shown_load_and_prove_themselves(rubrics: Path) -> None:
    shown = [b for b in blocks("docs/rubric.md") if "rubric" in b.marks]
    assert [block.file for block in shown] == ["desk.yaml", "team.yaml"]
    for block in shown:
        rubric = load(str(rubrics / str(block.file)))
        assert [o for o in check_examples(rubric) if not o.ok] == []


def test_the_extending_rubric_does_what_its_page_says(rubrics: Path) -> None:
    desk, team = load(str(rubrics / "desk.yaml")), load(str(rubrics / "team.yaml"))
    assert {e.id for e in team.entries} ^ {e.id for e in desk.entries} == {"says-lost", "asks-to-wait"}
    assert (team.principles[1].weight, team.principles[1].why) == (2.0, desk.principles[1].why)
    assert team.words["feeling"] == (*desk.words["feeling"], "gutted")
    assert team.counter[0].points == 25.0


def test_snippets_fit_into_the_rubric_shown(rubrics: Path) -> None:
    snippets = [b for b in blocks("docs/rubric.md") if any(m.startswith("in: ") for m in b.marks)]
    assert snippets
    for block in snippets:
        list_ = next(m.removeprefix("in: ") for m in block.marks if m.startswith("in: "))
        path = rubrics / "snippet.yaml"
        path.write_text(
            f"rubric: snippet\nversion: 1.0.0\nextends: desk.yaml\n{list_}:\n{block.text}", encoding="utf-8"
        )
        checked = check_examples(load(str(path)))
        assert [o for o in checked if not o.ok] == []
        assert len(checked) > len(check_examples(load(str(rubrics / "desk.yaml"))))


def test_yaml_that_is_wrong_is_noticed(rubrics: Path) -> None:
    (rubrics / "wrong.yaml").write_text((rubrics / "desk.yaml").read_text().replace("weight: 3", "wieght: 3"))
    with pytest.raises(EmpathyAuditError, match="wieght"):
        load(str(rubrics / "wrong.yaml"))


def test_closed_sets_of_the_rubric_page() -> None:
    from empathy_audit.model.rubric import ASPECTS, GUARDS
    from empathy_audit.rubric.names import PATTERN_KINDS

    def first_cells(mark: str) -> list[str]:
        return [name for row in table("docs/rubric.md", mark) for name in names(row[0])]

    assert first_cells("kinds") == list(PATTERN_KINDS)
    assert sorted(first_cells("guards")) == sorted(GUARDS)
    assert first_cells("aspects") == list(ASPECTS)


def test_options_of_the_pattern_kinds() -> None:
    from empathy_audit.rubric import pattern_schema as schema

    models: dict[str, type[schema.Strict]] = {
        "phrases": schema.PhrasesModel, "regex": schema.RegexModel, "tokens": schema.TokensModel,
        "dependency": schema.DependencyModel, "echo": schema.EchoSettings, "signal": schema.SignalModel,
    }  # fmt: skip
    for row in table("docs/rubric.md", "kinds"):
        (kind,) = names(row[0])
        assert set(names(row[2])) - {"case: true"} == set(models[kind].model_fields) - {kind}, kind


def test_every_key_of_a_rubric_stands_on_its_page() -> None:
    from empathy_audit.rubric.schema import SHAPES

    keys = {key for model in SHAPES.values() for key in model.model_fields}
    text = page("docs/rubric.md")
    assert {key for key in keys if not re.search(rf"\b{key}\b", text)} == set()


# --- judgement ---------------------------------------------------------------------------------------------------


def test_emotions_replies_levels_and_tags() -> None:
    from typing import get_args

    from empathy_audit.model.audit import PLEASANT, Reply
    from empathy_audit.model.rubric import COUNTER_TAG, EMOTIONS

    emotions = {names(row[0])[0]: row[1] for row in table("docs/judgement.md", "emotions")}
    assert tuple(emotions) == EMOTIONS
    assert tuple(e for e, counted in emotions.items() if counted != "yes") == PLEASANT
    assert tuple(names(row[0])[0] for row in table("docs/judgement.md", "replies")) == get_args(Reply)
    assert [row[0] for row in table("docs/judgement.md", "levels")] == list("012345")
    given = {tag for marker in load("empathy").markers for tag in (marker.tag, *marker.implies)}
    assert {names(row[0])[0] for row in table("docs/judgement.md", "tags")} == {*given, COUNTER_TAG}


def test_what_a_reply_class_leads_to() -> None:
    from empathy_audit.judgement.episodes import _OUTCOME

    rows = {names(row[0])[0]: row[2] for row in table("docs/judgement.md", "replies")}
    assert rows == dict(_OUTCOME)


# --- transcripts and results -------------------------------------------------------------------------------------


def test_keys_of_the_native_format() -> None:
    from empathy_audit.readers.native import _KEYS, _TURN_KEYS

    rows = table("docs/transcripts.md", "native keys")
    of = {key: row[1] for row in rows for key in names(row[0])}
    assert {key for key, whose in of.items() if whose == "conversation"} == set(_KEYS)
    assert {key for key, whose in of.items() if whose == "turn"} == set(_TURN_KEYS)


def test_keys_of_a_mapping() -> None:
    from empathy_audit.mapping.check import KEYS, OPTIONS

    assert {key for row in table("docs/transcripts.md", "mapping keys") for key in names(row[0])} == set(KEYS)
    text = page("docs/transcripts.md")
    options = {option for several in OPTIONS.values() for option in several}
    assert {option for option in options if not re.search(rf"`[^`]*\b{option}\b", text)} == set()


def test_limits_of_the_readers() -> None:
    from empathy_audit.readers import Limits

    limits, text = Limits(), page("docs/transcripts.md")
    for figure in (
        f"{limits.turn_characters:,} characters",
        f"{limits.turns:,}",
        f"{limits.characters:,} characters",
        f"{limits.file_bytes >> 20} MB",
    ):
        assert re.search(figure.replace(" ", r"\s"), text), figure


def test_what_the_page_of_batches_promises() -> None:
    from empathy_audit.audit import MOST_MATCHES
    from empathy_audit.batch.fields import FIELDS, OPERATORS
    from empathy_audit.batch.judging import TIME_LIMIT
    from empathy_audit.batch.sample import STRATA
    from empathy_audit.readers import Limits

    limits, text = Limits(), page("docs/batches.md")
    told = (
        f"{limits.turn_characters:,} characters in a turn, {limits.characters:,} characters or {limits.turns:,} turns in a "
        f"conversation, {MOST_MATCHES:,} matches"
    )
    assert told in text
    assert f"`--time-limit` seconds ({TIME_LIMIT:g})" in text
    fields = {name for row in table("docs/batches.md", "where fields") for name in names(row[0])}
    assert fields == {*FIELDS, "meta.KEY", 'meta["any key"]'}
    assert {operator for operator in OPERATORS if f"`{operator}`" not in text} == set()
    assert (
        " or ".join(f"`{('--stratify ' if n == 0 else '') + name}`" for n, name in enumerate(STRATA)).replace(
            "agent` or", "agent` (who speaks first) or"
        )
        in text
    )


def test_keys_of_the_results() -> None:
    from empathy_audit.reports.result_schema import document_schema

    schema = document_schema()
    result = schema["$defs"]["result"]["properties"]
    assert [names(row[0])[0] for row in table("docs/results.md", "result keys")] == list(result)
    assert [names(row[0])[0] for row in table("docs/results.md", "document keys")] == list(schema["properties"])
    text = page("docs/results.md")
    inner = {
        key
        for part in ("transcript", "scores", "findings", "turns", "rubric", "tool")
        for key in _properties(result[part], schema)
    }
    assert {key for key in inner if f"`{key}`" not in text} == set()


def _properties(node: object, schema: dict) -> set[str]:  # type: ignore[type-arg]
    """Every key below a node, references followed; principles and outcomes are names of their own."""
    if isinstance(node, list):
        return {key for item in node for key in _properties(item, schema)}
    if not isinstance(node, dict):
        return set()
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return set() if name == "counts" else _properties(schema["$defs"][name], schema)
    found = set(node.get("properties", {})) if node.get("type") == "object" else set()
    if found == {"reflections_per_question", "open_question_share", "agent_word_share"}:
        return set()  # docs/scores.md tells them
    below = [*node.get("properties", {}).values(), node.get("items"), *node.get("oneOf", ()), *node.get("anyOf", ())]
    return found | _properties(below, schema)
