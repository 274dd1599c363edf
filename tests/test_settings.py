"""Project configuration: which file holds, what it may say, where each value came from."""

from __future__ import annotations

import importlib
from dataclasses import fields
from pathlib import Path

import pytest
from empathy_audit.errors import SettingsError
from empathy_audit.settings import KEYS, Settings, find, load, resolve, show


def write(folder: Path, text: str, name: str = "empathy-audit.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("fail_under: 60\n", 1, "unknown key fail_under; did you mean fail-under?"),
        ("jobs: 2\nrubrics: x\n", 2, "unknown key rubrics; did you mean rubric?"),
        ("fail-under: abc\n", 1, "fail-under is 'abc'; a number from 0 to 100 was expected"),
        ("fail-under: 101\n", 1, "fail-under is 101; a number from 0 to 100 was expected"),
        ("fail-under-mean: true\n", 1, "fail-under-mean is True; a number from 0 to 100 was expected"),
        ("fail-on: often\n", 1, "fail-on is 'often'; one of never, suggestion, warning, error was expected"),
        ("max-missed: -1\n", 1, "max-missed is -1; a whole number, 0 or more was expected"),
        ("jobs: 0\n", 1, "jobs is 0; a whole number, 1 or more, or auto was expected"),
        ("color: red\n", 1, "color is 'red'; one of auto, always, never was expected"),
        ("rubric: ''\n", 1, "rubric is ''; a text was expected"),
        ("signals: on\n", 1, "signals is True; a file that `train-signals` wrote, or off, was expected"),
        ("signals: ''\n", 1, "signals is ''; a file that `train-signals` wrote, or off, was expected"),
        ("agents: [1]\n", 1, "agents is [1]; a list of texts was expected"),
        ("agents:\n  - {a: b}\n", 1, "a nested value; a single value or a flat list was expected"),
        ("a: &a [x]\nb: [*a, *a]\n", 1, "unknown key a; "),
        ("agents: &a [*a]\n", 1, "a nested value; a single value or a flat list was expected"),
        ("jobs: 2\njobs: 3\n", 2, "jobs is given twice; keep one (the other is at {file}:1)"),
        ("- jobs\n", 1, "a list of `key: value` lines was expected"),
        ("jobs: [\n", 2, "is no YAML: expected the node content, but found '<stream end>'"),
        (
            "extends: none.yaml\n",
            1,
            "extends none.yaml: there is no such file; a path relative to this file was expected",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    file = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load(file)
    assert str(caught.value).startswith(f"{file}:{line}: {message.format(file=file)}")


@pytest.mark.parametrize("text", ["\0", "jobs: !!python/object:os.system 1\n", "[" * 3000])
def test_what_is_no_yaml_is_a_settings_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError):
        load(write(tmp_path, text))


def test_a_file_that_is_no_utf8_says_so(tmp_path: Path) -> None:
    file = tmp_path / "empathy-audit.yaml"
    file.write_bytes(b"agents: [\xff]")
    with pytest.raises(SettingsError, match="is not UTF-8 text; save it as UTF-8"):
        load(file)


def test_a_circle_of_extends_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "extends: b.yaml\n", "a.yaml")
    write(tmp_path, "extends: a.yaml\n", "b.yaml")
    with pytest.raises(SettingsError, match="extends itself"):
        load(tmp_path / "a.yaml")


def test_two_files_in_one_folder_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "jobs: 2\n")
    write(tmp_path, "[tool.empathy-audit]\njobs = 3\n", "pyproject.toml")
    with pytest.raises(SettingsError, match=r"empathy-audit\.yaml and pyproject\.toml both configure"):
        find(tmp_path)


def test_config_and_isolated_exclude_each_other(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--config and --isolated"):
        resolve({}, start=tmp_path, config=write(tmp_path, ""), isolated=True)


# --- pyproject.toml ---------------------------------------------------------------------------------------------------


def test_a_table_of_pyproject_is_read_with_its_lines(tmp_path: Path) -> None:
    pytest.importorskip("tomllib")
    text = '[project]\nname = "x"\n[tool.empathy-audit]\nrubric = "r/ours.yaml"\nfail-under = 60\n'
    file = write(tmp_path, text, "pyproject.toml")
    assert load(file) == {
        "rubric": (str(tmp_path / "r/ours.yaml"), f"{file}:4"),
        "fail-under": (60.0, f"{file}:5"),
    }


def test_a_mistake_in_pyproject_is_told_with_its_line(tmp_path: Path) -> None:
    pytest.importorskip("tomllib")
    file = write(tmp_path, "[tool.empathy-audit]\njbs = 2\n", "pyproject.toml")
    with pytest.raises(SettingsError) as caught:
        load(file)
    assert str(caught.value) == f"{file}:2: unknown key jbs; did you mean jobs?"


@pytest.mark.parametrize("text", ["[tool.ruff]\n", "this is no TOML [[", "# [tool.empathy-audit] was here\n"])
def test_a_pyproject_of_other_tools_is_no_business_of_ours(tmp_path: Path, text: str) -> None:
    write(tmp_path, text, "pyproject.toml")
    file = write(tmp_path, "jobs: 2\n")
    assert find(tmp_path) == file


def test_without_a_toml_reader_the_way_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name)

    file = write(tmp_path, "[tool.empathy-audit]\n", "pyproject.toml")
    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(SettingsError, match="pip install tomli"):
        load(file)


# --- which file holds -------------------------------------------------------------------------------------------------


def test_the_closest_file_holds_alone(tmp_path: Path) -> None:
    write(tmp_path, "jobs: 2\nfail-under: 10\n")
    near = write(tmp_path / "a", "fail-under: 60\n", ".empathy-audit.yaml")
    inner = tmp_path / "a" / "b"
    inner.mkdir()
    found = resolve({}, start=inner)
    assert (found.fail_under, found.jobs) == (60.0, 1)
    assert dict(found.origins) == {"fail-under": f"{near}:1"}


def test_extends_lies_underneath_and_paths_are_relative_to_their_file(tmp_path: Path) -> None:
    base = write(tmp_path, "rubric: rubrics/team.yaml\nagents: Dana\nfail-under: 10\n", "team/base.yaml")
    file = write(tmp_path, "extends: team/base.yaml\nfail-under: 60\n")
    assert load(file) == {
        "rubric": (str(tmp_path / "team/rubrics/team.yaml"), f"{base}:1"),
        "agents": (("Dana",), f"{base}:2"),
        "fail-under": (60.0, f"{file}:2"),
    }


@pytest.mark.parametrize(
    ("text", "signals"),
    [("signals: off", "off"), ("signals: 'off'", "off"), ("signals: a.signals", "{here}/a.signals")],
)
def test_signals_are_a_file_beside_the_settings_or_off(tmp_path: Path, text: str, signals: str) -> None:
    file = write(tmp_path, text)
    assert load(file) == {"signals": (signals.format(here=tmp_path), f"{file}:1")}


def test_an_option_beats_the_file_and_the_file_the_default(tmp_path: Path) -> None:
    file = write(tmp_path, "jobs: auto\nfail-under: 60\nrubric: empathy@1\n")
    found = resolve({"fail_under": 0.0, "jobs": None, "exclude": ()}, start=tmp_path)
    assert found == Settings(
        rubric="empathy@1",
        fail_under=0.0,
        jobs="auto",
        origins={"jobs": f"{file}:1", "fail-under": "option", "rubric": f"{file}:3"},
    )


def test_isolated_reads_no_file(tmp_path: Path) -> None:
    write(tmp_path, "this is: [broken\n")
    assert resolve({}, start=tmp_path, isolated=True) == Settings()


def test_a_config_file_replaces_the_search(tmp_path: Path) -> None:
    write(tmp_path, "jobs: 2\n")
    other = write(tmp_path, "jobs: 3\n", "other.yaml")
    assert resolve({}, start=tmp_path, config=other).jobs == 3


def test_an_empty_file_sets_nothing(tmp_path: Path) -> None:
    write(tmp_path, "# nothing yet\n")
    assert resolve({}, start=tmp_path) == Settings()


# --- telling ----------------------------------------------------------------------------------------------------------


def test_every_setting_is_shown_with_where_it_came_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "agents: [Dana, Bo]\n")
    monkeypatch.chdir(tmp_path)
    assert show(resolve({"fail_under": 60.0}, start=tmp_path)) == (
        'rubric: "empathy"  # default\n'
        "signals: null  # default\n"
        "input-format: null  # default\n"
        "mapping: null  # default\n"
        'agents: ["Dana", "Bo"]  # empathy-audit.yaml:1\n'
        "customers: []  # default\n"
        "exclude: []  # default\n"
        'output-format: "full"  # default\n'
        "fail-under: 60.0  # option\n"
        "fail-under-mean: null  # default\n"
        'fail-on: "never"  # default\n'
        "max-missed: null  # default\n"
        "jobs: 1  # default\n"
        'color: "auto"  # default\n'
        'redact: "off"  # default\n'
        "select: []  # default\n"
        "ignore: []  # default\n"
        "max-warnings: null  # default\n"
        "baseline: null  # default\n"
        "waivers: null  # default\n"
    )


def test_every_setting_has_a_key() -> None:
    assert [key.replace("-", "_") for key in KEYS] == [f.name for f in fields(Settings) if f.name != "origins"]
