from __future__ import annotations

import json
from pathlib import Path

import pytest
from empathy_audit import load
from empathy_audit.errors import MappingError

from tests.cli.conftest import Run

MAPPING = "turns: log\ntext: msg\nrole: {path: who, values: {op: agent, usr: customer}}\n"
LOG = {"log": [{"who": "usr", "msg": "I am furious."}, {"who": "op", "msg": "That must be upsetting."}]}


@pytest.fixture
def desk(here: Path) -> Path:
    """A folder with a mapping and a document of its format."""
    (here / "desk.yaml").write_text(MAPPING, encoding="utf-8")
    (here / "desk.json").write_text(json.dumps(LOG), encoding="utf-8")
    return here


def test_all_mistakes_of_the_mapping_end_every_command(run: Run, desk: Path) -> None:
    (desk / "bad.yaml").write_text("text: a..b\nroel: c\n", encoding="utf-8")
    for command in (("convert", "desk.json"), ("score", "desk.json"), ("explain", "desk.json", "--turn", "0")):
        code, out, err = run(*command, "--mapping", "bad.yaml")
        assert (code, out) == (2, "")
        assert [line.split(": ", 2)[1] for line in err.splitlines()] == ["bad.yaml:1:1", "bad.yaml:1:7", "bad.yaml:2:1"]


def test_a_mapping_that_is_not_there(run: Run, desk: Path) -> None:
    code, _, err = run("convert", "desk.json", "--mapping", "none.yaml")
    assert (code, err) == (2, "error: none.yaml: cannot be read: No such file or directory; check the path\n")


def test_a_path_that_leads_nowhere_is_a_failure_of_the_document(run: Run, desk: Path) -> None:
    (desk / "desk.json").write_text('{"lgo": []}', encoding="utf-8")
    code, out, err = run("convert", "desk.json", "--mapping", "desk.yaml")
    message = 'nothing at "log": the record has the keys lgo; did you mean "lgo"?; correct `turns`'
    assert (code, out, err) == (2, "", f"error: desk.json: {message}\n")


def test_a_mapping_and_an_input_format_exclude_each_other(run: Run, desk: Path) -> None:
    code, _, err = run("convert", "desk.json", "--mapping", "desk.yaml", "--input-format", "native")
    assert code == 2
    assert "a mapping and an input format exclude each other; keep one of them" in err


def test_convert_score_and_explain_read_by_the_mapping(run: Run, desk: Path) -> None:
    code, out, err = run("convert", "desk.json", "--mapping", "desk.yaml")
    assert (code, err) == (0, "")
    assert [(t["role"], t["text"], t["source"]) for t in json.loads(out)["turns"]] == [
        ("customer", "I am furious.", "#/log/0"),
        ("agent", "That must be upsetting.", "#/log/1"),
    ]
    code, out, _ = run("score", "desk.json", "--mapping", "desk.yaml", "-f", "jsonl")
    assert (code, json.loads(out)["transcript"]["format"]) == (0, "mapping")
    code, out, _ = run("explain", "desk.json", "--mapping", "desk.yaml", "--turn", "1")
    assert code == 0
    assert "That must be upsetting." in out


def test_other_files_of_a_folder_are_skipped(run: Run, desk: Path) -> None:
    (desk / "all").mkdir()
    (desk / "all" / "README.md").write_text("# Exports\n\nOf Monday.\n", encoding="utf-8")
    (desk / "all" / "desk.json").write_text(json.dumps(LOG), encoding="utf-8")
    code, out, err = run("convert", "all", "--mapping", "desk.yaml")
    assert (code, len(out.splitlines())) == (0, 1)
    assert "skipped: no reader recognises it (README.md)" in err


def test_the_settings_file_may_name_it_and_options_beat_that(run: Run, desk: Path) -> None:
    folder = desk / "team"
    folder.mkdir()
    (folder / "desk.yaml").write_text(MAPPING, encoding="utf-8")
    (desk / "team.yaml").write_text("mapping: team/desk.yaml\n", encoding="utf-8")
    (desk / "chat.txt").write_text("Agent: hello there\nCustomer: late\n", encoding="utf-8")
    assert run("convert", "desk.json", "--config", "team.yaml")[0] == 0
    assert run("convert", "chat.txt", "--config", "team.yaml")[0] == 2
    assert run("convert", "chat.txt", "--config", "team.yaml", "--input-format", "text")[0] == 0
    (desk / "team.yaml").write_text("mapping: team/desk.yaml\ninput-format: text\n", encoding="utf-8")
    assert run("convert", "chat.txt", "--config", "team.yaml")[0] == 2


def test_from_python(desk: Path) -> None:
    (found,) = load("desk.json", mapping="desk.yaml")
    assert [t.role for t in found.turns] == ["customer", "agent"]
    with pytest.raises(MappingError):
        load("desk.json", mapping="none.yaml")
