"""A run over many files: from the cache or not, what is found is the same; one that is broken sinks no other."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from empathy_audit.batch.discover import Input
from empathy_audit.batch.lint import run as module
from empathy_audit.batch.lint.baseline import Baseline
from empathy_audit.batch.lint.run import FolderSettings, Options, Run, settled
from empathy_audit.batch.lint.waiving import Waivers
from empathy_audit.errors import RubricError
from empathy_audit.model.audit import Failure
from empathy_audit.model.lint import Allowed, LintBatch
from empathy_audit.readers.base import UnknownFormat
from empathy_audit.reports.base import View
from empathy_audit.reports.lint import LINT_REPORTS
from empathy_audit.settings.waivers import Waiver

from tests.batch.lint.build import RUBRIC, finding, linted_file

WALL = "macros:\n  - id: a\n    text: As per our policy, kindly wait.\n"
SMALL = RUBRIC.with_name("small.yaml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(RUBRIC, tmp_path)
    shutil.copy(SMALL, tmp_path)
    (tmp_path / "a.yaml").write_text(WALL)
    (tmp_path / "b.txt").write_text("Please calm down.")
    (tmp_path / "c.bin").write_bytes(b"\0\1\2")
    return tmp_path


def run(
    *names: str, named: bool = True, settings: FolderSettings | None = None, **options: Any
) -> tuple[LintBatch, Run]:
    held = settings or FolderSettings("lint.yaml")
    one = Run(Options(**{"settings_of": lambda path: held, "tool_version": "1", "cache": Path("cache")} | options))
    inputs: list[Input | Failure] = [Input(name, Path(name) if name != "-" else None, named) for name in names]
    return one.lint(inputs), one


def told(batch: LintBatch) -> list[tuple[str, str, str]]:
    return [(name, found.code, found.macro) for name, found in batch.findings]


def reports(batch: LintBatch) -> list[str]:
    return [report.render(batch, View()) for report in LINT_REPORTS]


# --- broken files -------------------------------------------------------------------------------------------------------


def test_whatever_is_wrong_with_a_file_the_others_are_judged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100)
    (folder / "large.txt").write_text("x" * 101)
    (folder / "folder").mkdir()
    (folder / "broken.yaml").write_text("macros: [\n")
    (folder / "empty.yaml").write_text("")
    (folder / "nul.yaml").write_text("macros:\n  - id: a\n    text: a\0b\n")
    batch, _ = run("none.txt", "folder", "large.txt", "broken.yaml", "empty.yaml", "nul.yaml", "c.bin", "a.yaml")
    assert told(batch) == [("a.yaml", "policy-wall", "a"), ("a.yaml", "stiff-words", "a")]
    kinds = Counter(
        f.source.split(":")[0] for f in (*batch.failures, *(f for file in batch.files for f in file.failures))
    )
    assert set(kinds) == {"none.txt", "folder", "large.txt", "broken.yaml", "empty.yaml", "nul.yaml", "c.bin"}


def test_a_reader_that_breaks_is_a_failure_of_its_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from empathy_audit.batch.lint import judging

    really = judging.read_macros

    def breaks(source: Any, **more: Any) -> Any:
        if source.name == "b.txt":
            raise RecursionError("too\ndeep")
        return really(source, **more)

    monkeypatch.setattr(judging, "read_macros", breaks)
    for _ in range(2):  # it is not remembered
        batch, _ = run("b.txt", "a.yaml")
        message = "could not be read: RecursionError: too deep; this is a defect of the tool"
        assert batch.failures == (Failure("b.txt", "internal", message),)
        assert len(told(batch)) == 2
    monkeypatch.undo()
    os.chdir(folder)
    assert run("b.txt")[0].failures == ()


def test_nobodys_file_is_skipped_in_a_folder_and_a_failure_where_it_is_named(folder: Path) -> None:
    for _ in range(2):  # and again from the cache
        batch, one = run("c.bin", "a.yaml", named=False)
        assert (one.skipped, batch.failures) == (["c.bin"], ())
        batch, one = run("c.bin", named=True)
        assert (one.skipped, [failure.kind for failure in batch.failures]) == ([], ["unrecognised"])


def test_a_rubric_or_a_format_that_is_not_there_ends_it(folder: Path) -> None:
    with pytest.raises(RubricError, match=r"none\.yaml"):
        run("a.yaml", settings=FolderSettings("none.yaml"))
    with pytest.raises(UnknownFormat, match="zendeks"):
        run("a.yaml", settings=FolderSettings("lint.yaml", "zendeks"))


# --- the cache ----------------------------------------------------------------------------------------------------------


def test_a_warm_run_is_a_cold_run_byte_for_byte_and_loads_no_rubric(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "broken.yaml").write_text("macros:\n  - id: x\n    text: ''\n  - id: ü\n    text: Calm down.\n")
    names = ("a.yaml", "b.txt", "broken.yaml", "c.bin")
    without, _ = run(*names, cache=None)
    cold, _ = run(*names)

    def refuses(*_: Any) -> Any:
        raise AssertionError("nothing is judged anew")

    monkeypatch.setattr(Run, "_linter", refuses)
    warm, _ = run(*names)
    assert without == cold == warm
    assert reports(without) == reports(cold) == reports(warm)


@pytest.mark.parametrize("broken", [b"", b"{}", b"\0" * 100, b'{"files": 3}'])
def test_a_broken_cache_is_none(folder: Path, broken: bytes) -> None:
    cold, _ = run("a.yaml", "b.txt")
    for path in (folder / "cache").glob("*.json"):
        path.write_bytes(broken)
    assert run("a.yaml", "b.txt")[0] == cold
    assert run("a.yaml", "b.txt")[0] == cold


def test_a_changed_file_rubric_base_or_tool_is_judged_anew(folder: Path) -> None:
    def found() -> list[str]:
        return [f.message for _, f in run("a.yaml", "b.txt")[0].findings]

    before = found()
    assert "tells the customer how to feel" in before
    small, lint = folder / "small.yaml", folder / "lint.yaml"
    small.write_text(small.read_text().replace("tells the customer how to feel", "says how to feel"))
    assert "says how to feel" in found()
    lint.write_text(lint.read_text().replace("puts a policy first", "hides behind a policy"))
    assert "hides behind a policy: “As per our policy”" in found()
    (folder / "a.yaml").write_text(WALL.replace("As per our policy, ", ""))
    assert found() == ["says it stiffly: “kindly”", "says how to feel"]


def test_what_another_version_found_is_not_served(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("a.yaml")
    made: list[str] = []
    really = Run._linter
    monkeypatch.setattr(Run, "_linter", lambda self, *rest: made.append("x") or really(self, *rest))
    run("a.yaml", tool_version="1")
    assert made == []
    assert run("a.yaml", tool_version="2")[0].tool_version == "2"
    assert made == ["x"]


def test_a_rubric_that_only_the_loader_understands_is_not_cached(folder: Path) -> None:
    lint = folder / "lint.yaml"
    lint.write_text(lint.read_text().replace("extends: small.yaml", "'extends': small.yaml"))
    assert len(told(run("a.yaml", "b.txt")[0])) == 3
    assert not (folder / "cache").exists()


def test_a_file_read_as_another_format_is_another(folder: Path) -> None:
    assert [file.format for file in run("a.yaml")[0].files] == ["macros"]
    assert [file.format for file in run("a.yaml", settings=FolderSettings("lint.yaml", "text"))[0].files] == ["text"]
    assert [file.format for file in run("a.yaml")[0].files] == ["macros"]


# --- what counts ----------------------------------------------------------------------------------------------------------


def test_standard_input_has_a_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WALL.encode())))
    one = Run(Options(lambda path: FolderSettings("lint.yaml"), "1"))
    assert told(one.lint([Input("x.yaml", None)])) == [("x.yaml", "policy-wall", "a"), ("x.yaml", "stiff-words", "a")]


def test_two_rubrics_are_both_named_once(folder: Path) -> None:
    by_name = {
        "a.yaml": FolderSettings("lint.yaml"),
        "b.txt": FolderSettings("./lint.yaml"),
        "d.txt": FolderSettings("small.yaml"),
    }
    (folder / "d.txt").write_text("As per our policy, calm down.")
    batch, _ = run("a.yaml", "b.txt", "d.txt", settings_of=lambda path: by_name[path.name])
    assert [rubric.id for rubric in batch.rubrics] == ["lint-small", "small"]
    assert told(batch)[2:] == [("b.txt", "calm-down", "b"), ("d.txt", "calm-down", "d")]
    assert {"policy-wall", "calm-down"} <= set(batch.why)


def options(settings: FolderSettings | None = None, **more: Any) -> Options:
    return Options(lambda path: settings or FolderSettings(), "1", **more)


def judged(
    *codes: str, settings: FolderSettings | None = None, allowed: tuple[Allowed, ...] = (), **more: Any
) -> LintBatch:
    file = linted_file(*(finding(code) for code in codes), allowed=allowed)
    return settled([(file, settings or FolderSettings())], options(**more))


def codes(batch: LintBatch) -> tuple[list[str], list[str]]:
    return [f.code for file in batch.files for f in file.findings], [note.code for _, note in batch.notes]


def test_select_and_ignore() -> None:
    assert codes(judged("a", "b", settings=FolderSettings(select=("a",)))) == (["a"], [])
    assert codes(judged("a", "b", settings=FolderSettings(ignore=("a",)))) == (["b"], [])
    assert codes(judged("a", "b", settings=FolderSettings(select=("a",), ignore=("a",)))) == ([], [])


def test_a_baseline_hides_what_is_known_and_fails_for_what_is_gone() -> None:
    known = Baseline.of([finding("a"), finding("gone"), finding("gone")])
    batch = judged("a", "b", baseline=known, baseline_name="known.json")
    assert codes(batch) == (["b"], ["left-over-baseline"])
    ((name, note),) = batch.notes
    assert (batch.known, name, note.severity, note.message) == (
        1, "known.json", "error", "2 of the known gone are not there any more",
    )  # fmt: skip


def test_what_a_part_of_the_files_or_of_the_codes_leaves_open_is_not_left_over() -> None:
    known = Baseline.of([finding("a"), finding("b")])
    assert codes(judged("a", baseline=known, whole=False)) == ([], [])
    assert codes(judged("a", "b", baseline=known, settings=FolderSettings(select=("a",)))) == ([], [])
    assert codes(judged("a", baseline=known, settings=FolderSettings(select=("a",)))) == ([], ["left-over-baseline"])


def waivers(*codes: str) -> Waivers:
    return Waivers([Waiver(code, "legal", "m", None, None, "waivers.yaml", 2) for code in codes], date(2026, 1, 1))


def test_waivers_come_first_and_are_not_unused_where_a_code_does_not_count() -> None:
    batch = judged("a", "b", waivers=waivers("a"), baseline=Baseline.of([finding("b")]))
    assert (codes(batch), batch.waived, batch.known) == (([], []), 1, 1)
    assert codes(judged("a", "b", waivers=waivers("a"), settings=FolderSettings(select=("b",)))) == (["b"], [])
    assert codes(judged("a", waivers=waivers("b"))) == (["a"], ["unused-waiver"])
    assert codes(judged("a", waivers=waivers("b"), whole=False)) == (["a"], [])


def test_what_could_not_be_judged_leaves_no_waiver_unused_and_no_entry_over(folder: Path) -> None:
    known = Baseline.of([finding("gone")])
    batch, _ = run("a.yaml", waivers=waivers("b"), baseline=known)
    assert codes(batch)[1] == ["unused-waiver", "left-over-baseline"]
    (folder / "half.yaml").write_text("macros:\n  - id: x\n    text: ''\n")
    for broken in ("none.txt", "half.yaml"):
        batch, _ = run("a.yaml", broken, waivers=waivers("b"), baseline=known)
        assert codes(batch)[1] == []


def test_findings_of_one_fingerprint_are_told_apart_by_their_order() -> None:
    twice = linted_file(finding(), replace(finding(), message="second"))
    batch = settled([(twice, FolderSettings())], options(baseline=Baseline.of([finding()])))
    assert [f.message for file in batch.files for f in file.findings] == ["second"]


def test_the_cache_is_json_below_its_seal(folder: Path) -> None:
    run("a.yaml")
    (path,) = (folder / "cache").glob("lint-*.json")
    assert set(json.loads(path.read_bytes().partition(b"\n")[2])) == {"key", "judge", "files"}
