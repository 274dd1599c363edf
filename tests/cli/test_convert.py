from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from empathy_audit import load
from empathy_audit.cli import group

from tests.cli.conftest import Run

TEXT = "Dana: Hello, this is Dana.\nAnn: I am furious.\nDana: That must be upsetting.\nAnn: It is.\n"


def test_what_cannot_be_read_is_told_and_the_rest_written(run: Run, here: Path) -> None:
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    code, out, err = run("convert", "none.txt", "a.txt", "--agent", "Dana")
    assert (code, err) == (2, "error: none.txt: no such file or folder; check the path\n")
    (line,) = out.splitlines()
    assert [(t["role"], t["speaker"], t["text"]) for t in json.loads(line)["turns"]] == [
        ("agent", "Dana", "Hello, this is Dana."),
        ("customer", "Ann", "I am furious."),
        ("agent", "Dana", "That must be upsetting."),
        ("customer", "Ann", "It is."),
    ]


def test_nothing_to_convert_is_trouble(run: Run, here: Path) -> None:
    (here / "d").mkdir()
    (here / "d" / "x.bin").write_bytes(bytes(range(256)))
    code, out, err = run("convert", "d")
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("error: nothing to convert: no transcript was found")


def test_what_was_written_reads_back_the_same(run: Run, here: Path) -> None:
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    assert run("convert", "a.txt", "two.jsonl", "--agent", "Dana", "-o", "all.jsonl") == (0, "", "")
    assert run("convert", "all.jsonl", "-o", "again.jsonl") == (0, "", "")
    assert (here / "all.jsonl").read_bytes() == (here / "again.jsonl").read_bytes()
    assert [t.id for t in load("all.jsonl")] == ["a.txt:1", "met", "missed"]


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("Customer: My parcel is late.\nAgent: Where is it now?\n", encoding="utf-8")
    before = chat.read_bytes()
    for command in ("convert", "score"):
        result = CliRunner().invoke(group, [command, str(chat), "-o", str(chat)])
        assert (result.exit_code, chat.read_bytes()) == (2, before)
        assert "is an input too" in result.output
