"""Judging in several processes with few chunks in flight, so that memory stays flat and the order is the input's.

Each process builds its Auditor once. Chunks are counted in turns, since a conversation may have ten or ten thousand.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from empathy_audit.batch import garbage
from empathy_audit.batch.judging import Audits, judged
from empathy_audit.model.audit import Audit, Failure, JudgedTurn
from empathy_audit.model.rubric import Rubric
from empathy_audit.model.transcript import Transcript, Turn

CHUNK_TURNS = 400
CHUNKS_PER_JOB = 3

Chunk = tuple[Transcript | Failure, ...]
Outcomes = list[Audit | Failure]


@dataclass(frozen=True, slots=True)
class Crew:
    """What every process of a run is told. `make` builds the judge; a module's function, since it travels by name."""

    rubric: Rubric
    signals: Path | None
    jobs: int
    debug: bool
    make: Callable[[Rubric, Path | None], Audits]


def chunks(items: Iterable[Transcript | Failure], turns: int = CHUNK_TURNS) -> Iterator[Chunk]:
    """The items in order, cut where a chunk has reached `turns` turns; a failure weighs as one turn."""
    chunk: list[Transcript | Failure] = []
    weight = 0
    for item in items:
        chunk.append(item)
        weight += 1 if isinstance(item, Failure) else max(1, len(item.turns))
        if weight >= turns:
            yield tuple(chunk)
            chunk, weight = [], 0
    if chunk:
        yield tuple(chunk)


def judge_in_processes(items: Iterable[Transcript | Failure], crew: Crew) -> Iterator[Audit | Failure]:
    """One outcome an item, in their order. A process that dies costs only the conversation that killed it."""
    waiting: deque[tuple[Chunk, Future[Outcomes]]] = deque()
    pool = _Pool(crew)
    try:
        for chunk in chunks(items):
            waiting.append((chunk, pool.submit(chunk)))
            if len(waiting) >= crew.jobs * CHUNKS_PER_JOB:
                yield from _outcomes(*waiting.popleft(), crew)
        while waiting:
            yield from _outcomes(*waiting.popleft(), crew)
    finally:
        pool.close()


class _Pool:
    """Processes that judge chunks; started anew when one of them has died."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # "spawn" is what every platform has, and does not copy a terminal's progress thread halfway through its work.
        return ProcessPoolExecutor(
            self._crew.jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(self._crew,)
        )

    def submit(self, chunk: Chunk) -> Future[Outcomes]:
        try:
            return self._executor.submit(_judge_chunk, chunk)
        except BrokenProcessPool:
            self.close()
            self._executor = self._start()
            return self._executor.submit(_judge_chunk, chunk)

    def close(self) -> None:
        self._executor.shutdown(cancel_futures=True)


def _outcomes(chunk: Chunk, future: Future[Outcomes], crew: Crew) -> Outcomes:
    try:
        return _whole(chunk, future.result())
    except BrokenProcessPool:
        return _one_by_one(chunk, crew)


def _one_by_one(chunk: Chunk, crew: Crew) -> Outcomes:
    # A process died while this chunk was under way. Whose fault it was shows when each item has a process to itself.
    outcomes: Outcomes = []
    pool = _Pool(replace(crew, jobs=1))
    try:
        for item in chunk:
            try:
                outcomes += _whole((item,), pool.submit((item,)).result())
            except BrokenProcessPool:
                name = item.id if isinstance(item, Transcript) else item.source
                message = f"{name} could not be judged: the process died, perhaps for want of memory; try --jobs 1"
                outcomes.append(Failure(item.source, "died", message))
    finally:
        pool.close()
    return outcomes


# An audit holds its transcript, which the parent has already. Sending it back would cost the parent as much time as
# everything else that it does, so it is taken out on the one side and put in again on the other.

_NO_TURN = Turn("unknown", "")
_NO_TRANSCRIPT = Transcript("", ())


def _slim(outcome: Audit | Failure) -> Audit | Failure:
    return outcome if isinstance(outcome, Failure) else _with(outcome, _NO_TRANSCRIPT, repeat(_NO_TURN))


def _whole(chunk: Chunk, outcomes: Outcomes) -> Outcomes:
    return [
        _with(outcome, item, item.turns) if isinstance(outcome, Audit) and isinstance(item, Transcript) else outcome
        for item, outcome in zip(chunk, outcomes, strict=True)
    ]


def _with(audit: Audit, transcript: Transcript, turns: Iterable[Turn]) -> Audit:
    judged = zip(turns, audit.turns, strict=False)  # `turns` may be endless
    return replace(
        audit,
        transcript=transcript,
        turns=tuple(JudgedTurn(turn, j.opportunity, j.tags, j.response) for turn, j in judged),
    )


# --- inside a process -------------------------------------------------------------------------------------------------

_crew: Crew | None = None
_auditor: Audits | None = None


def _begin(crew: Crew) -> None:
    # The one place with state of its own: a process keeps what it was told and the Auditor that it built.
    global _crew
    _crew = crew
    garbage.look_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer


def _judge_chunk(chunk: Chunk) -> Outcomes:
    # The Auditor is built here and not in _begin: what is wrong with the rubric then comes home as its own exception.
    global _auditor
    if _crew is None:
        raise RuntimeError("a process judged before it was told how")
    if _auditor is None:
        _auditor = _crew.make(_crew.rubric, _crew.signals)
    return [_slim(outcome) for outcome in judged(_auditor, chunk, _crew.debug)]
