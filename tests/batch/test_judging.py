"""What a conversation may cost: its own result, and nobody else's."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

import pytest
from empathy_audit.audit import Auditor
from empathy_audit.batch.discover import discover
from empathy_audit.batch.judging import Bench, Judge
from empathy_audit.batch.run import Options, run
from empathy_audit.batch.verdict import Verdict
from empathy_audit.model.audit import Failure
from empathy_audit.rubric import load

from tests.batch.fakes import RUBRIC, Hostile, make_hostile
from tests.batch.test_run import native
from tests.build import transcript

MADE: list[Hostile] = []


def counted(rubric: object, signals: object) -> Hostile:
    MADE.append(Hostile())
    return MADE[-1]


def judge(limit: float) -> Judge:
    MADE.clear()
    return Judge(Bench(RUBRIC, None, counted, limit))


def test_what_never_ends_is_ended_and_the_next_one_judged_by_a_new_judge() -> None:
    judged = judge(0.2)
    failure = judged(transcript("customer: loop", id="endless"))
    assert isinstance(failure, Failure)
    assert failure.kind == "time-limit"
    assert failure.message == (
        "endless was not judged within 0.2 seconds of processor time; split it, or raise --time-limit"
    )
    assert isinstance(judged(transcript("customer: a")), Verdict)
    assert isinstance(judged(transcript("customer: b")), Verdict)
    assert len(MADE) == 2
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_within_the_limit_nothing_changes() -> None:
    judged = judge(30)
    assert isinstance(judged(transcript("customer: slow")), Verdict)
    assert len(MADE) == 1


def test_a_result_that_comes_too_late_is_none_where_no_alarm_is_to_be_had() -> None:
    found: list[object] = []
    judged = judge(0.1)
    thread = threading.Thread(target=lambda: found.append(judged(transcript("customer: slow"))))
    thread.start()
    thread.join()
    assert isinstance(found[0], Failure)
    assert found[0].kind == "time-limit"


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_time_limit_costs_one_conversation_whatever_the_number_of_jobs(tmp_path: Path, jobs: int) -> None:
    lines = [native("loop" if n == 3 else "a", id=f"n{n}") for n in range(8)]
    (tmp_path / "some.jsonl").write_text("".join(lines), encoding="utf-8")
    options = Options(jobs=jobs, time_limit=0.3)
    kinds = [
        o.kind if isinstance(o, Failure) else o.id
        for o in run(discover([str(tmp_path / "some.jsonl")]), RUBRIC, options, make=make_hostile)
    ]
    assert kinds == [*(f"n{n}" for n in range(3)), "time-limit", *(f"n{n}" for n in range(4, 8))]


@pytest.mark.parametrize(("jobs", "death"), [(2, "exit"), (3, "segfault")])
def test_a_worker_that_dies_costs_the_conversation_that_killed_it(tmp_path: Path, death: str, jobs: int) -> None:
    lines = [native(death if n in (50, 1200) else "a", id=f"n{n}") for n in range(1500)]
    (tmp_path / "some.jsonl").write_text("".join(lines), encoding="utf-8")
    found = list(run(discover([str(tmp_path / "some.jsonl")]), RUBRIC, Options(jobs=jobs), make=make_hostile))
    assert len(found) == 1500
    failures = {n: o for n, o in enumerate(found) if isinstance(o, Failure)}
    assert {n: (f.kind, f.source) for n, f in failures.items()} == {
        50: ("died", "some.jsonl:51"),
        1200: ("died", "some.jsonl:1201"),
    }
    assert [o.id for o in found if isinstance(o, Verdict)] == [f"n{n}" for n in range(1500) if n not in failures]


def test_too_many_matches_are_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[Auditor.__module__], "MOST_MATCHES", 20)
    judged = Judge(Bench(load("empathy"), None, Auditor))
    few = transcript("customer: I am furious.", "agent: I am sorry to hear that.", id="few")
    many = transcript(*["customer: I am furious.", "agent: I am sorry to hear that."] * 9, id="many")
    assert isinstance(judged(few), Verdict)
    failure = judged(many)
    assert isinstance(failure, Failure)
    assert failure.kind == "too-large"
    assert failure.message.startswith("many could not be judged: ")
    assert failure.message.endswith(" matches of the rubric; expected at most 20; split the conversation")
