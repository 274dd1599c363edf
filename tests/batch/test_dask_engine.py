"""Dask's workers: gone, dying, of another version, and then the same outcomes as one process gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="distributed is not installed: pip install 'empathy-audit[dask]'")

from empathy_audit.batch import dask_engine
from empathy_audit.batch.dask_engine import Cluster, judge_on_dask
from empathy_audit.batch.judging import Bench, Judge
from empathy_audit.batch.verdict import Verdict
from empathy_audit.batch.workers import CHUNKS_PER_JOB
from empathy_audit.errors import InputError, MissingPackageError
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript

from tests.batch import clusters
from tests.batch.fakes import RUBRIC, make_hostile, make_nothing
from tests.build import transcript

pytestmark = pytest.mark.filterwarnings("default")

BENCH = Bench(RUBRIC, None, make_hostile)
Item = Transcript | Failure


def items(count: int, turns: int = 40) -> list[Item]:
    found: list[Item] = [transcript(*["customer: a"] * (n % turns + 1), id=f"n{n}") for n in range(count)]
    found[count // 3] = Failure("half.jsonl:7", "malformed", "broken")
    found[count // 2] = transcript("customer: defect", id="defect")
    return found


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[clusters.Cluster]:
    with clusters.cluster(tmp_path_factory.mktemp("two")) as found:
        yield found


def test_trouble_that_no_transcript_could_escape_is_raised(two: clusters.Cluster) -> None:
    with pytest.raises(MissingPackageError, match="r needs a model"):
        list(judge_on_dask(items(3), Bench(RUBRIC, None, make_nothing), Cluster(two.address)))


def test_workers_of_another_version_are_refused(two: clusters.Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_engine, "__version__", "99.0.0")
    with pytest.raises(InputError, match=r"a worker has empathy-audit .*, and this is 99\.0\.0"):
        list(judge_on_dask(items(3), BENCH, Cluster(two.address)))


def test_a_cluster_without_workers_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_engine, "PATIENCE", 0.2)
    monkeypatch.setattr(dask_engine, "_LOOK", 0.1)
    with (
        clusters.cluster(tmp_path, workers=0) as empty,
        pytest.raises(InputError, match=r"no workers for 0\.2 seconds"),
    ):
        list(judge_on_dask(items(3), BENCH, Cluster(empty.address)))


def test_two_workers_give_what_one_process_gives(two: clusters.Cluster) -> None:
    batch = items(400)
    assert list(judge_on_dask(batch, BENCH, Cluster(two.address))) == list(map(Judge(BENCH), batch))


def test_few_chunks_are_under_way(two: clusters.Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []

    def watched() -> Iterator[Item]:
        for number in range(3000):
            taken.append(number)
            yield transcript("customer: a", id=f"n{number}")

    monkeypatch.setattr(dask_engine, "chunks", lambda given: ((item,) for item in given))
    found = judge_on_dask(watched(), BENCH, Cluster(two.address))
    for done in range(1, 200):
        next(found)
        assert len(taken) <= done + 2 * CHUNKS_PER_JOB
    found.close()  # type: ignore[attr-defined]


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    batch = items(1500)
    for number in range(0, 1500, 100):
        batch[number] = transcript("customer: slow", id=f"slow{number}")
    with clusters.cluster(tmp_path) as found:
        outcomes = []
        for outcome in judge_on_dask(batch, BENCH, Cluster(found.address)):
            outcomes.append(outcome)
            if len(outcomes) == 300:
                found.workers[0].kill()
                found.workers[0].wait()
        assert found.workers[1].poll() is None
    assert outcomes == list(map(Judge(BENCH), batch))


@pytest.mark.slow
def test_the_conversation_that_kills_workers_is_the_only_failure(tmp_path: Path) -> None:
    batch = items(60)
    batch[20] = transcript("customer: exit", id="n20")
    expected: list[Verdict | Failure] = [Judge(BENCH)(item) for n, item in enumerate(batch) if n != 20]
    with clusters.cluster(tmp_path, nanny=True) as found:
        outcomes = list(judge_on_dask(batch, BENCH, Cluster(found.address)))
    died = outcomes.pop(20)
    assert isinstance(died, Failure)
    assert (died.kind, died.message.split(" could")[0]) == ("died", "n20")
    assert outcomes == expected


@pytest.mark.slow
def test_a_scheduler_that_goes_away_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_engine, "chunks", lambda given: ((item,) for item in given))
    with clusters.cluster(tmp_path) as found:
        batch = [transcript("customer: slow", id=f"n{n}") for n in range(2000)]
        outcomes = judge_on_dask(batch, BENCH, Cluster(found.address))
        next(outcomes)
        found.scheduler.kill()
        with pytest.raises(InputError, match="the connection to the scheduler was lost"):
            list(outcomes)
