"""--redact in a terminal: every command that writes words of a conversation masks them."""

from __future__ import annotations

import getpass
import json
import platform
import zipfile
from pathlib import Path

import pytest
from empathy_audit.reports import REPORTS

from tests.cli.conftest import Run, native

PERSONAL = ("jane", "okafor", "dana smith", "40771", "example.com")
LINES = (
    "customer Jane Okafor: I'm Jane Okafor and I am furious about my parcel, order 40771-22!",
    "agent Dana Smith: Please calm down, Jane, and wait for the parcel to come. Mail jane@example.com?",
)


@pytest.fixture
def personal(here: Path) -> Path:
    (here / "jane_okafor.jsonl").write_text(native("jane@example.com", *LINES) + '{"turns": "Jane Okafor"}\n', "utf-8")
    return here


def told(path: Path) -> str:
    if path.is_dir():
        return "".join(told(file) for file in sorted(path.rglob("*")) if file.is_file())
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            return "".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    return path.read_bytes().decode("utf-8", "replace")


def leaks(text: str) -> list[str]:
    return [word for word in PERSONAL if word in text.casefold()]


# --- what goes wrong --------------------------------------------------------------------------------------------------


def test_redacting_with_something_and_not_redacting_exclude_each_other(run: Run) -> None:
    code, _, err = run("score", "two.jsonl", "--no-redact", "--redact-with", "presidio")
    assert code == 2
    assert "--redact-with and --no-redact exclude each other; keep one of them" in err


def test_failures_are_masked_too(run: Run, personal: Path) -> None:
    code, out, err = run("score", "jane_okafor.jsonl", "--redact", "-v", "-f", "concise")
    assert code == 2
    assert leaks(out + err) == []
    assert "[NAME-0].jsonl" in err


@pytest.mark.parametrize("jobs", ["2", "3"])
def test_several_processes_mask_as_one_does(run: Run, personal: Path, jobs: str) -> None:
    with (personal / "jane_okafor.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(native(f"n{n}", *LINES) for n in range(500))
    arguments = ("score", "jane_okafor.jsonl", "--redact", "--fail-under", "50", "-f", "jsonl")
    alone = run(*arguments, "-f", "csv", "-o", "alone.csv", "-f", "json", "-o", "alone.json")
    assert run(*arguments, "--jobs", jobs, "-f", "csv", "-o", "more.csv", "-f", "json", "-o", "more.json") == alone
    assert leaks(alone.out + alone.err) == []
    for suffix in ("csv", "json"):
        assert Path(f"more.{suffix}").read_bytes() == Path(f"alone.{suffix}").read_bytes()


# --- every command and format -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_no_format_holds_anything_personal(run: Run, personal: Path, name: str) -> None:
    run("score", "jane_okafor.jsonl", "--redact", "-f", name, "-o", "out")
    assert leaks(told(personal / "out")) == []


def test_the_same_without_the_option_holds_it(run: Run, personal: Path) -> None:
    run("score", "jane_okafor.jsonl", "-f", "jsonl", "-o", "out")
    assert leaks(told(personal / "out")) == list(PERSONAL)


def test_the_judgement_is_that_of_the_original_words(run: Run, personal: Path) -> None:
    plain = json.loads(run("score", "jane_okafor.jsonl", "-f", "jsonl").out.splitlines()[0])
    masked = json.loads(run("score", "jane_okafor.jsonl", "--redact", "-f", "jsonl").out.splitlines()[0])
    for key in ("principles", "opportunities", "overall", "ratios"):
        assert masked["scores"][key] == plain["scores"][key]
    assert [f["fingerprint"] for f in masked["findings"]] == [f["fingerprint"] for f in plain["findings"]]
    assert masked["turns"][0]["text"] == "I'm [NAME-1] and I am furious about my parcel, order [NUMBER-1]!"


def test_results_kept_whole_are_masked_when_they_are_drawn(run: Run, personal: Path) -> None:
    run("score", "jane_okafor.jsonl", "-o", "r.jsonl")
    masked = run("summary", "r.jsonl", "--redact", "-f", "jsonl").out
    assert leaks(masked) == []
    assert masked == run("score", "jane_okafor.jsonl", "--redact", "-f", "jsonl").out


def test_convert_and_explain_mask_as_well(run: Run, personal: Path) -> None:
    converted = run("convert", "jane_okafor.jsonl", "--redact")
    assert leaks(converted.out + converted.err) == []
    (personal / "jane_okafor.jsonl").write_text(native("jane@example.com", *LINES), "utf-8")
    explained = run("explain", "jane_okafor.jsonl", "--turn", "0", "--redact")
    assert explained.code == 0
    assert leaks(explained.out) == []


def test_a_setting_turns_it_on_and_an_option_turns_it_off(run: Run, personal: Path) -> None:
    (personal / "empathy-audit.yaml").write_text("rubric: small.yaml\nredact: built-in\n", "utf-8")
    assert leaks(run("score", "jane_okafor.jsonl", "-f", "jsonl").out) == []
    assert leaks(run("score", "jane_okafor.jsonl", "--no-redact", "-f", "jsonl").out) == list(PERSONAL)


# --- the machine ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_no_result_names_the_machine_or_who_ran_it(
    run: Run, here: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER", "somebody-special")
    monkeypatch.setenv("LOGNAME", "somebody-special")
    monkeypatch.setattr(platform, "node", lambda: "a-special-host")
    assert getpass.getuser() == "somebody-special"
    run("score", str(here / "two.jsonl"), "-f", name, "-o", "out")
    text = told(here / "out")
    assert text
    for special in ("somebody-special", "a-special-host", str(here), here.name):
        assert special not in text
