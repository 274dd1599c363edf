"""`baseline create` and `prune`: what is known is not told again, and what is gone does not come back unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_lint import CALM, CALMED, STIFF, WALL, WALLED, concise, here, put

__all__ = ["here"]


def entries(file: str = "baseline.json") -> list[tuple[str, int]]:
    return [(entry["code"], entry["count"]) for entry in json.loads(Path(file).read_text())["findings"]]


# --- what cannot be done --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("create",), "Missing argument 'PATH...'"),
        (("create", "none"), "none: no such file or folder; check the path"),
        (("create", "broken.yaml", "wall.yaml"), "baseline.json is not written: what could not be judged would be missing in it"),
        (("create", "empty"), "baseline.json is not written: "),
        (("create", "others"), "baseline.json is not written: no macro was found, so everything would be missing in it"),
        (("create", "wall.yaml", "-o", "none/b.json"), "none/b.json: there is no folder none to write to; make it first"),
        (("create", "wall.yaml", "-o", "wall.yaml"), "wall.yaml is there already"),
        (("prune", "wall.yaml"), "baseline.json: cannot be read: No such file or directory; make one with `empathy-audit base"),
        (("prune", "wall.yaml", "--baseline", "wall.yaml"), "wall.yaml: is no JSON: "),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_and_writes_nothing(run: Run, arguments: tuple[str, ...], told: str) -> None:
    put("broken.yaml", "macros:\n  - id: a\n    text: ''\n")
    put("others/a.bin", b"\0")
    Path("empty").mkdir()
    code, out, err = run("baseline", *arguments)
    assert (code, out) == (2, "")
    assert told in " ".join(err.split())
    assert not Path("baseline.json").exists()
    assert Path("wall.yaml").read_text() == WALL


def test_one_that_is_there_is_made_anew_only_by_force(run: Run) -> None:
    run("baseline", "create", "wall.yaml")
    before = Path("baseline.json").read_bytes()
    code, _, err = run("baseline", "create", "calm.txt")
    assert (code, Path("baseline.json").read_bytes()) == (2, before)
    assert "baseline.json is there already; `baseline prune` takes out what is gone, --force makes it anew" in err
    assert run("baseline", "create", ".", "--force", "-q") == (0, "", "")
    assert entries() == [("calm-down", 1), ("policy-wall", 1), ("stiff-words", 1)]


# --- what is known ----------------------------------------------------------------------------------------------------------


def test_created_then_checked_nothing_is_found(run: Run) -> None:
    put("twice/a.yaml", WALL)
    assert run("baseline", "create", ".") == (0, "", "baseline.json: 5 known findings\n")
    assert entries() == [("calm-down", 1), ("policy-wall", 2), ("stiff-words", 2)]
    assert "policy, kindly" not in Path("baseline.json").read_text()
    for arguments in ((), ("--fail-on", "suggestion"), ("--max-warnings", "0")):
        assert concise(run, ".", "--baseline", "baseline.json", *arguments) == (0, "")
    out = run("lint", ".", "--baseline", "baseline.json", "-q").out
    assert out == "3 macros in 3 files: nothing found\n5 in the baseline\n"


def test_what_is_new_is_told_and_a_move_is_not_new(run: Run) -> None:
    run("baseline", "create", ".")
    Path("sub").mkdir()
    Path("wall.yaml").rename("sub/b.yaml")
    put("sub/b.yaml", "# moved\n" + WALL)
    assert concise(run, ".", "--baseline", "baseline.json") == (0, "")
    put("new.txt", CALM)
    assert concise(run, ".", "--baseline", "baseline.json") == (1, CALMED.replace("calm.txt", "new.txt"))


def test_what_is_gone_fails_until_it_is_taken_out(run: Run) -> None:
    run("baseline", "create", ".")
    put("wall.yaml", WALL.replace("As per our policy, ", ""))
    gone = "baseline.json:1:1: left-over-baseline 1 of the known policy-wall is not there any more\n"
    assert concise(run, ".", "--baseline", "baseline.json") == (1, gone)
    assert concise(run, ".", "--baseline", "baseline.json", "--fail-on", "error") == (1, gone)
    put("new.txt", "Kindly calm down.")
    assert run("baseline", "prune", ".") == (0, "", "baseline.json: 2 known findings; 1 taken out\n")
    assert entries() == [("calm-down", 1), ("stiff-words", 1)]
    code, out = concise(run, ".", "--baseline", "baseline.json")
    assert (code, out) == (
        1,
        "new.txt:1:1: stiff-words says it stiffly: “Kindly”\nnew.txt:1:8: calm-down tells the customer how to feel\n",
    )
    before = Path("baseline.json").read_bytes()
    assert run("baseline", "prune", ".") == (0, "", "baseline.json: 2 known findings; 0 taken out\n")
    assert Path("baseline.json").read_bytes() == before


def test_a_part_of_the_codes_leaves_nothing_over(run: Run) -> None:
    run("baseline", "create", ".")
    for option in ("--select", "--ignore"):
        assert concise(run, ".", "--baseline", "baseline.json", option, "policy-wall") == (0, "")


def test_what_could_not_be_judged_is_not_taken_out(run: Run) -> None:
    run("baseline", "create", ".")
    put("wall.yaml", "macros: [\n")
    before = Path("baseline.json").read_bytes()
    code, _, _ = run("baseline", "prune", ".")
    assert (code, Path("baseline.json").read_bytes()) == (2, before)
    code, out = concise(run, ".", "--baseline", "baseline.json")
    assert code == 2
    assert "left-over" not in out


def test_waived_findings_are_not_known(run: Run) -> None:
    put("waivers.yaml", "waivers:\n  - {code: policy-wall, macro: wall, reason: legal}\n")
    run("baseline", "create", ".")
    assert entries() == [("calm-down", 1), ("stiff-words", 1)]
    assert concise(run, ".", "--baseline", "baseline.json") == (0, "")


def test_the_settings_say_where_it_is(run: Run) -> None:
    put("empathy-audit.yaml", "rubric: lint.yaml\nbaseline: ci/known.json\n")
    Path("ci").mkdir()
    assert run("baseline", "create", ".") == (0, "", "ci/known.json: 3 known findings\n")
    assert concise(run, ".") == (0, "")
    put("calm.txt", "I can see why.")
    assert run("baseline", "prune", ".").code == 0
    assert entries("ci/known.json") == [("policy-wall", 1), ("stiff-words", 1)]
    assert not Path("baseline.json").exists()
    assert run("baseline", "create", ".", "-o", "other.json").code == 0


def test_one_among_the_macros_is_no_macro(run: Run) -> None:
    run("baseline", "create", ".", "-q")
    assert run("baseline", "create", ".", "--force").err == "baseline.json: 3 known findings\n"
    assert concise(run, ".", "--baseline", "baseline.json", "--changed-since", "HEAD")[0] == 2  # no repository
    assert concise(run, ".") == (1, CALMED + WALLED + STIFF)
