"""Files as they really are, through real processes: a located message, the rest judged, exit 2, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.conftest import MET, native

pytestmark = pytest.mark.usefixtures("here")


class Scored(NamedTuple):
    """What one process made of its arguments: exit code, ids judged, (kind, source) of failures, stderr."""

    code: int
    judged: list[str]
    failures: list[tuple[str, str]]
    err: str


def score(*arguments: str) -> Scored:
    ended = subprocess.run(
        [sys.executable, "-m", "empathy_audit", "score", *arguments, "-f", "jsonl"],
        capture_output=True,
        timeout=120,
        check=False,
    )
    lines = [json.loads(line) for line in ended.stdout.decode("utf-8").splitlines()]
    err = ended.stderr.decode("utf-8")
    assert "Traceback" not in err
    failures = [line["failure"] for line in lines if "failure" in line]
    for failure in failures:
        assert failure["message"].count("\n") == 0
        assert f"error: {failure['source']}: " in err
    return Scored(
        ended.returncode,
        [line["transcript"]["id"] for line in lines if "transcript" in line],
        [(failure["kind"], failure["source"]) for failure in failures],
        err,
    )


def test_every_kind_of_broken_file_is_located_and_the_rest_is_judged(here: Path) -> None:
    (here / "empty.json").write_bytes(b"")
    (here / "blank.txt").write_bytes(b" \n\n")
    (here / "junk.json").write_bytes(bytes(range(256)) * 40)
    (here / "cut.json").write_text(native("cut", *MET)[:-20], encoding="utf-8")
    (here / "wrong.json").write_text('{"id": "w", "turns": [{"role": "pilot", "text": "hi"}]}', encoding="utf-8")
    (here / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    names = ("empty.json", "blank.txt", "junk.json", "cut.json", "wrong.json", "deep.json", "none.json")
    found = score(*names, "two.jsonl")
    assert found.code == 2
    assert found.judged == ["met", "missed"]
    assert [source.split(":")[0].split("#")[0] for _, source in found.failures] == list(names)


def test_one_broken_conversation_among_a_thousand_costs_itself(here: Path) -> None:
    lines = [native(f"n{n}", "customer: Hello.", "agent: Hello.") for n in range(1000)]
    lines[617] = lines[617][:-15] + "\n"
    (here / "many.jsonl").write_text("".join(lines), encoding="utf-8")
    found = score("many.jsonl")
    assert found.code == 2
    assert found.judged == [f"n{n}" for n in range(1000) if n != 617]
    ((_, source),) = found.failures
    assert source.split(":")[:2] == ["many.jsonl", "618"]


def test_a_turn_of_50_mb_is_located_and_its_neighbours_are_judged(here: Path) -> None:
    big = native("big", "customer: Hello.", "agent: " + "word " * 10_000_000)
    (here / "big.jsonl").write_text(native("a", *MET) + big + native("b", *MET), encoding="utf-8")
    found = score("big.jsonl")
    assert (found.code, found.judged) == (2, ["a", "b"])
    ((kind, source),) = found.failures
    assert kind == "too-large"
    assert source.split(":")[:2] == ["big.jsonl", "2"]


@pytest.mark.slow
def test_a_hundred_thousand_turns_are_judged(here: Path) -> None:
    (here / "long.json").write_text(native("long", *MET * 50_000), encoding="utf-8")
    assert score("long.json", "-q") == (0, ["long"], [], "")  # on a slow machine it would tell how far it is


def test_encodings_may_be_mixed(here: Path) -> None:
    text = "Customer: I’m furious about my café order – late again.\r\nAgent: That must be upsetting.\r\n"
    codecs = {"a": "utf-8", "b": "utf-8-sig", "c": "utf-16", "d": "cp1252"}
    for name, codec in codecs.items():
        (here / f"{name}.txt").write_bytes(text.encode(codec))
    ended = subprocess.run(
        [sys.executable, "-m", "empathy_audit", "score", *(f"{name}.txt" for name in codecs), "-f", "jsonl"],
        capture_output=True,
        check=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    results = [json.loads(line) for line in ended.stdout.decode("utf-8").splitlines()]
    assert [[turn["text"] for turn in result["turns"]] for result in results] == [
        ["I’m furious about my café order – late again.", "That must be upsetting."]
    ] * 4


def test_a_loop_of_folders_is_located_and_the_rest_is_judged(here: Path) -> None:
    (here / "d" / "e").mkdir(parents=True)
    (here / "d" / "e" / "back").symlink_to("../..")
    (here / "two.jsonl").rename(here / "d" / "two.jsonl")
    found = score("d")
    assert (found.code, found.judged, found.failures) == (2, ["met", "missed"], [("loop", "d/e/back")])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_located_and_the_rest_is_judged(here: Path) -> None:
    (here / "locked.jsonl").write_text(native("a", *MET), encoding="utf-8")
    (here / "locked.jsonl").chmod(0)
    found = score("locked.jsonl", "two.jsonl")
    assert (found.code, found.judged, found.failures) == (2, ["met", "missed"], [("unreadable", "locked.jsonl")])
