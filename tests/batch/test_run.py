"""Outcomes in input order, from one process or several, whatever stands in the files."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from empathy_audit.batch import grouping
from empathy_audit.batch.discover import Input, discover
from empathy_audit.batch.events import Done, Skipped
from empathy_audit.batch.judging import Bench, Judge
from empathy_audit.batch.reading import HowToRead
from empathy_audit.batch.run import Options, jobs_for, run
from empathy_audit.batch.verdict import Verdict
from empathy_audit.batch.workers import chunks
from empathy_audit.conclusion import Conclusion
from empathy_audit.errors import MissingPackageError, SettingsError
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript
from empathy_audit.readers import Source
from empathy_audit.redaction import Redactor

from tests.batch.fakes import RUBRIC, make, make_hostile, make_nothing
from tests.build import transcript


def native(*texts: str, id: str | None = None) -> str:  # noqa: A002
    turns = [{"role": ("customer", "agent")[n % 2], "text": text} for n, text in enumerate(texts)]
    return json.dumps({"turns": turns} | ({"id": id} if id else {})) + "\n"


def outcomes(*paths: str, make: object = make, watch: object = lambda event: None, **options: object) -> list[object]:
    """(id, score) of each audit and (kind, source) of each failure."""
    found = run(discover(paths), RUBRIC, Options(**options), watch=watch, make=make)  # type: ignore[arg-type]
    return [(o.id, o.scores.overall) if isinstance(o, Verdict) else (o.kind, o.source, o.message) for o in found]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.jsonl").write_text(native("a", "b", id="g1") + native("a", id="g2"), encoding="utf-8")
    (tmp_path / "junk.bin").write_bytes(bytes(range(256)) * 20)
    return tmp_path


def test_a_file_that_was_named_must_be_recognised(here: Path) -> None:
    junk, *rest = outcomes("junk.bin", "good.jsonl")
    assert junk[:2] == ("unrecognised", "junk.bin")  # type: ignore[index]
    assert rest == [("g1", 2.0), ("g2", 1.0)]


def test_a_file_in_a_folder_need_not_be(here: Path) -> None:
    events: list[object] = []
    assert outcomes(".", watch=events.append) == [("g1", 2.0), ("g2", 1.0)]
    done, skipped = events
    assert skipped == Skipped("junk.bin")
    assert isinstance(done, Done)
    assert (done.name, done.reading.format, done.reading.counts.conversations) == ("good.jsonl", "native", 2)


def test_what_is_told_of_files_comes_between_their_outcomes(here: Path) -> None:
    (here / "more.jsonl").write_text(native("a", id="m1"), encoding="utf-8")
    events: list[object] = []
    paths = discover([".", "no.jsonl"])
    for outcome in run(paths, RUBRIC, Options(), watch=lambda event: events.append(event.name), make=make):
        events.append(outcome.id if isinstance(outcome, Verdict) else outcome.source)
    assert events == ["g1", "g2", "good.jsonl", "junk.bin", "m1", "more.jsonl", "no.jsonl"]


@pytest.mark.parametrize("characters", [1, 60, 100, 10_000])
def test_groups_of_any_size_have_the_same_outcomes(
    characters: int, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "GROUP_CHARACTERS", characters)
    text = native("a", id="h1") + native("defect", "b", id="h2") + "{\n" + native("c", "d", "e", id="h3")
    (here / "some.jsonl").write_text(text, encoding="utf-8")
    found = outcomes("some.jsonl")
    assert [o[0] for o in found] == ["h1", "internal", "malformed", "h3"]  # type: ignore[index]


def test_what_reading_raises_comes_behind_what_was_read() -> None:
    def items() -> Iterator[Transcript]:
        yield transcript("customer: a")
        raise MissingPackageError("needs a package")

    found = grouping.judged(Judge(Bench(RUBRIC, None, make)), items())
    assert isinstance(next(found), Verdict)
    with pytest.raises(MissingPackageError):
        next(found)


def test_a_recognised_and_broken_file_in_a_folder_is_a_failure(here: Path) -> None:
    text = native("a", id="h1") + native("b", id="h2")[:-9] + "\n" + native("c", id="h3")
    (here / "half.jsonl").write_text(text, encoding="utf-8")
    found = outcomes(".")
    assert [o[0] for o in found] == ["g1", "g2", "h1", "malformed", "h3"]  # type: ignore[index]
    assert found[3][1].startswith("half.jsonl:2")  # type: ignore[index]


def test_a_link_to_nowhere_is_a_failure(here: Path) -> None:
    (here / "link.txt").symlink_to("nowhere")
    *_, found = outcomes(".")
    assert found[:2] == ("unreadable", "link.txt")  # type: ignore[index]


def test_a_file_that_may_not_be_read_is_a_failure(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(source: Source) -> object:
        if source.name == "locked.txt":
            raise PermissionError(13, "Permission denied")
        return real(source)

    real = Source.open
    (here / "locked.txt").touch()
    monkeypatch.setattr(Source, "open", opened)
    *rest, locked = outcomes(".")
    assert rest == [("g1", 2.0), ("g2", 1.0)]
    assert locked[:2] == ("unreadable", "locked.txt")  # type: ignore[index]
    assert "Permission denied" in locked[2]  # type: ignore[index]


def test_a_defect_in_the_judging_costs_one_conversation(here: Path) -> None:
    (here / "d.jsonl").write_text(native("a", "defect", id="d1") + native("a", id="d2"), encoding="utf-8")
    message = "d1 could not be judged: ZeroDivisionError: a b; this is a defect of the tool"
    assert outcomes("d.jsonl") == [("internal", "d.jsonl:1", message), ("d2", 1.0)]
    with pytest.raises(ZeroDivisionError):
        outcomes("d.jsonl", debug=True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_trouble_that_no_transcript_could_escape_is_raised(here: Path, jobs: int) -> None:
    with pytest.raises(MissingPackageError, match="r needs a model"):
        outcomes("good.jsonl", make=make_nothing, jobs=jobs)


def test_an_unknown_format_is_the_users_mistake(here: Path) -> None:
    with pytest.raises(SettingsError):
        outcomes("good.jsonl", how=HowToRead("wrod"))


def test_standard_input_and_pipes_are_read(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(native("a", id="s1").encode())))
    assert outcomes("-") == [("s1", 1.0)]
    read_end, write_end = os.pipe()
    os.write(write_end, native("a", "b", id="p1").encode())
    os.close(write_end)
    try:
        assert outcomes(f"/dev/fd/{read_end}") == [("p1", 2.0)]
    finally:
        os.close(read_end)


def test_a_sample_keeps_failures(here: Path) -> None:
    found = outcomes("good.jsonl", "junk.bin", sample=1)
    assert [o[0] for o in found] in (["g1", "unrecognised"], ["g2", "unrecognised"])  # type: ignore[index]


def test_every_number_of_processes_gives_the_same(here: Path) -> None:
    lines = [native(*["a"] * (n % 9 + 1), id=f"n{n}") for n in range(900)]
    lines[500] = "{broken\n"
    lines[600] = native("defect", id="n600")
    (here / "many.jsonl").write_text("".join(lines), encoding="utf-8")
    alone = outcomes(".")
    assert len(alone) == 902
    assert outcomes(".", jobs=2) == alone


def test_an_audit_comes_home_whole(here: Path) -> None:
    (here / "two.jsonl").write_text(native("a", "b", "", id="x") + native("c", id="y"), encoding="utf-8")
    alone, together = (list(run(discover(["two.jsonl"]), RUBRIC, Options(jobs=n), make=make)) for n in (1, 2))
    assert together == alone
    assert [o.audit.transcript.id for o in alone if isinstance(o, Verdict)] == ["x", "y"]


@pytest.mark.parametrize(
    "conclude", [Conclusion(Redactor(), line=True, audit=True), Conclusion(Redactor(), line=True, audit=False)]
)
def test_what_was_concluded_comes_home_as_it_was(here: Path, conclude: Conclusion) -> None:
    text = native("I am Jane Okafor", "Hello Jane Okafor", id="x") + native("c", id="jane@example.com")
    (here / "two.jsonl").write_text(text, encoding="utf-8")
    alone, together = (
        list(run(discover(["two.jsonl"]), RUBRIC, Options(jobs=n), make=make, conclude=conclude)) for n in (1, 2)
    )
    assert together == alone
    first, second = (o for o in together if isinstance(o, Verdict))
    assert b"Jane" not in first.line
    assert (first.kept is not None, "jane" in second.id) == (conclude.audit, False)


def test_a_process_that_dies_costs_one_conversation(here: Path) -> None:
    lines = [native("a", id=f"n{n}") for n in range(1000)]
    lines[100] = native("kill", id="n100")
    (here / "many.jsonl").write_text("".join(lines), encoding="utf-8")
    message = "n100 could not be judged: the process died, perhaps for want of memory; try --jobs 1"
    expected: list[object] = [(f"n{n}", 1.0) for n in range(1000)]
    expected[100] = ("died", "many.jsonl:101", message)
    assert outcomes("many.jsonl", jobs=2) == expected


@pytest.mark.skipif(os.name == "nt", reason="processes send home in another way there")
def test_so_does_one_that_dies_in_the_midst_of_what_it_sends_home(here: Path) -> None:
    lines = [native("a", id=f"n{n}") for n in range(900)]
    lines[10] = native("torn", id="n10")
    (here / "many.jsonl").write_text("".join(lines), encoding="utf-8")
    found = outcomes("many.jsonl", jobs=2, make=make_hostile)
    assert [outcome for outcome in found if outcome[0] == "died"] == [  # type: ignore[index]
        ("died", "many.jsonl:11", "n10 could not be judged: the process died, perhaps for want of memory; try --jobs 1")
    ]
    assert len(found) == 900


def test_chunks_are_cut_by_turns() -> None:
    failure = Failure("x", "y", "z")
    long, short = transcript(*["customer: a"] * 5), transcript("customer: a")
    empty = transcript()
    assert list(chunks([short, short, long, failure, empty, short, short], 3)) == [
        (short, short, long),
        (failure, empty, short),
        (short,),
    ]


def test_auto_is_worth_the_size_of_the_files(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("empathy_audit.batch.run._processors", lambda: 3)
    assert jobs_for(4, []) == 4
    assert jobs_for("auto", discover(["good.jsonl", "none"])) == 1
    monkeypatch.setattr("empathy_audit.batch.run._size", lambda path: 700_000)
    assert jobs_for("auto", [Input("a", Path("a"))]) == 1
    assert jobs_for("auto", [Input("a", Path("a"))] * 2) == 2
    assert jobs_for("auto", [Input("a", Path("a"))] * 9) == 3
