"""What a run leaves on the disk, and what the next one makes of it, whatever happened in between."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from empathy_audit.batch import ledger as module
from empathy_audit.batch.discover import Input
from empathy_audit.batch.extent import Extent
from empathy_audit.batch.ledger import Ledger
from empathy_audit.batch.trail import Trail
from empathy_audit.errors import InputError
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript, Turn

SETTINGS = {"the rubric": "r 1.0.0", "the inputs": "2 files"}


@pytest.fixture(autouse=True)
def always_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "INTERVAL", 0.0)


def line(number: int) -> bytes:
    return json.dumps({"failure": {"source": f"é{number}", "kind": "k", "message": "m"}}).encode() + b"\n"


def opened(target: Path, resume: bool | None = None, lines: bool = True, **more: str) -> Ledger:
    return Ledger(target, SETTINGS | more, resume=resume, lines=lines)


def interrupted(target: Path, count: int = 3) -> tuple[Path, Path]:
    """The part and the journal that a run of so many outcomes leaves."""
    with suppress(KeyboardInterrupt), opened(target) as ledger:
        for number in range(count):
            ledger.add(line(number), f"t{number}")
        raise KeyboardInterrupt
    return target.with_name(f".{target.name}.part"), target.with_name(f".{target.name}.journal")


def finished(target: Path, count: int = 5) -> int:
    """Go on to so many outcomes; returns how many were kept."""
    with opened(target, resume=True) as ledger:
        kept = ledger.kept.done
        assert [o.source for o in ledger.outcomes()] == [f"é{n}" for n in range(kept)]  # type: ignore[union-attr]
        for number in range(kept, count):
            ledger.add(line(number), f"t{number}")
    assert target.read_bytes() == b"".join(line(n) for n in range(count))
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    return kept


def test_a_run_that_ends_leaves_its_file_alone(tmp_path: Path) -> None:
    target = tmp_path / "r.jsonl"
    with opened(target) as ledger:
        ledger.add(line(0), "t0")
        assert not target.exists()
        assert oct((tmp_path / ".r.jsonl.part").stat().st_mode)[-3:] == "600"
    assert target.read_bytes() == line(0)
    assert [path.name for path in tmp_path.iterdir()] == ["r.jsonl"]
    fresh = tmp_path / "fresh"
    fresh.touch()
    assert target.stat().st_mode == fresh.stat().st_mode


def test_the_lines_of_another_format_go_away(tmp_path: Path) -> None:
    with opened(tmp_path / "r.html", lines=False) as ledger:
        ledger.add(line(0), "t0")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_run_goes_on(tmp_path: Path) -> None:
    interrupted(tmp_path / "r.jsonl")
    assert finished(tmp_path / "r.jsonl") == 3


def test_a_run_that_had_done_nothing_leaves_nothing(tmp_path: Path) -> None:
    interrupted(tmp_path / "r.jsonl", 0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("part", "journal", "kept"),
    [
        (b'{"failure": {"sou', b"", 3),  # results that no mark tells of, torn
        (b"", b'{"done": 4, "by', 3),  # a torn mark
        (b"", b'{"done": 4, "bytes": 9999, "crc": 1, "trail": "t"}\n', 3),  # a mark of results that never came
        (b"\0" * 4096, b"\0" * 512, 3),  # what some file systems leave after a power cut
    ],
)
def test_what_was_not_safe_is_done_again(tmp_path: Path, part: bytes, journal: bytes, kept: int) -> None:
    paths = interrupted(tmp_path / "r.jsonl")
    for path, more in zip(paths, (part, journal), strict=True):
        path.write_bytes(path.read_bytes() + more)
    assert finished(tmp_path / "r.jsonl") == kept


def test_results_that_changed_on_the_disk_are_done_again(tmp_path: Path) -> None:
    part, _ = interrupted(tmp_path / "r.jsonl")
    data = bytearray(part.read_bytes())
    data[len(line(0)) + 5] ^= 1
    part.write_bytes(data)
    assert finished(tmp_path / "r.jsonl") == 1


@pytest.mark.parametrize("cut", ["part", "journal", "both", "empty"])
def test_where_nothing_can_be_used_it_starts_anew(tmp_path: Path, cut: str) -> None:
    part, journal = interrupted(tmp_path / "r.jsonl")
    for path, name in ((part, "part"), (journal, "journal")):
        if cut in (name, "both"):
            path.unlink()
        if cut == "empty":
            path.write_bytes(b"")
    assert finished(tmp_path / "r.jsonl") == 0


def test_a_run_that_died_between_its_file_and_its_journal_need_not_judge_again(tmp_path: Path) -> None:
    part, _ = interrupted(tmp_path / "r.jsonl", 5)
    part.rename(tmp_path / "r.jsonl")
    assert finished(tmp_path / "r.jsonl") == 5


def test_an_interrupted_run_is_neither_forgotten_nor_taken_up_unasked(tmp_path: Path) -> None:
    target = tmp_path / "r.jsonl"
    before = [path.read_bytes() for path in interrupted(target)]
    with pytest.raises(InputError, match="3 conversations far; go on with it by --resume, or start anew"):
        opened(target)
    assert [(tmp_path / name).read_bytes() for name in (".r.jsonl.part", ".r.jsonl.journal")] == before
    with opened(target, resume=False) as ledger:
        assert ledger.kept.done == 0
        ledger.add(line(7), "t")
    assert target.read_bytes() == line(7)


def test_the_journal_of_another_run_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "r.jsonl"
    interrupted(target)
    with pytest.raises(InputError) as caught:
        opened(target, resume=True, **{"the rubric": "r 1.1.0", "--where": "turns > 3"})
    assert str(caught.value) == (
        f"{target}: the interrupted run that is kept here was another one: the rubric was r 1.0.0, and is r 1.1.0; "
        "--where was not given, and is turns > 3; give what was given then, or start anew with --restart"
    )
    assert finished(target) == 3


def test_two_runs_do_not_write_to_one_file(tmp_path: Path) -> None:
    with opened(tmp_path / "r.jsonl") as ledger:
        with pytest.raises(InputError, match="another run is writing here"):
            opened(tmp_path / "r.jsonl", resume=True)
        ledger.add(line(0), "t0")
    assert (tmp_path / "r.jsonl").read_bytes() == line(0)


# --- the trail --------------------------------------------------------------------------------------------------------

ITEMS = [*(Transcript(f"c{n}", (Turn("customer", f"a{n}"),), "x") for n in range(4)), Failure("x", "k", "m")]


def test_the_trail_goes_on_where_it_was() -> None:
    whole = Trail()
    digests = [whole.leave() for _ in whole.entering(ITEMS)]
    assert len(set(digests)) == 5
    later = Trail(3, digests[2])
    assert [(item, later.leave()) for item in later.entering(ITEMS)] == list(zip(ITEMS[3:], digests[3:], strict=True))
    assert list(Trail(5, digests[4]).entering(ITEMS)) == []


@pytest.mark.parametrize(
    "items",
    [
        ITEMS[:2],
        [ITEMS[1], ITEMS[0], *ITEMS[2:]],
        [*ITEMS[:2], Transcript("c2", (Turn("agent", "a2"),), "x"), *ITEMS[3:]],
        [*ITEMS[:2], Transcript("c2", (Turn("customer", "a2"),), "x", channel="chat"), *ITEMS[3:]],
    ],
)
def test_other_conversations_than_then_are_refused(items: list[Transcript | Failure]) -> None:
    whole = Trail()
    digests = [whole.leave() for _ in whole.entering(ITEMS)]
    with pytest.raises(InputError, match="the first 3 conversations are not those of the interrupted run any more"):
        list(Trail(3, digests[2]).entering(items))


# --- how much there is --------------------------------------------------------------------------------------------


def test_how_much_there_is_is_told_by_bytes_until_it_is_known(tmp_path: Path) -> None:
    for name, size in (("a", 100), ("b", 300)):
        (tmp_path / name).write_bytes(b"x" * size)
    extent = Extent([Input("a", tmp_path / "a"), Failure("f", "k", "m"), Input("b", tmp_path / "b")])
    assert extent.total() is None
    extent.file()
    items = extent.counted(ITEMS)
    with (tmp_path / "a").open("rb") as stream:
        extent.opened(stream)
        next(items)
        assert extent.total() is None
        stream.read(50)
        next(items)
        assert extent.total() == (16, False)
    extent.file()
    assert extent.total() == (8, False)
    extent.file()
    with (tmp_path / "b").open("rb") as stream:
        extent.opened(stream)
        stream.read(60)
        next(items)
        assert extent.total() == (round(3 / 0.4), False)
    assert len(list(items)) == 2
    assert extent.total() == (5, True)
