from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import MET, Run, native


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("none.json", "--turn", "0"), "error: none.json: no such file or folder; check the path\n"),
        (("two.jsonl",), "Missing option '--turn'"),
        (("two.jsonl", "--turn", "-1"), "-1 is not in the range x>=0"),
        (("two.jsonl", "--turn", "0"), "two.jsonl holds 2 conversations; choose one with --id: met, missed\n"),
        (("two.jsonl", "--turn", "0", "--id", "m"), "two.jsonl: no conversation m; see the ids with"),
        (("two.jsonl", "--turn", "2", "--id", "met"), "there is no turn 2; turns count from 0 to 1"),
    ],
)
def test_what_cannot_be_explained_is_told(run: Run, arguments: tuple[str, ...], told: str) -> None:
    code, out, err = run("explain", *arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_of_many_conversations_a_few_are_named(run: Run, here: Path) -> None:
    (here / "many.jsonl").write_text("".join(native(f"n{n}", *MET) for n in range(9)), encoding="utf-8")
    assert (
        "holds 9 conversations; choose one with --id: n0, n1, n2, n3, n4 and 4 more"
        in run("explain", "many.jsonl", "--turn", "0").err
    )


def test_a_turn_is_explained_and_a_broken_neighbour_is_no_matter(run: Run, here: Path) -> None:
    (here / "some.jsonl").write_text("{broken\n" + native("met", *MET), encoding="utf-8")
    code, out, err = run("explain", "some.jsonl", "--turn", "1")
    assert (code, err) == (0, "")
    for told in ("That must be upsetting", "names-the-feeling", "met", "100.0"):
        assert told in out
