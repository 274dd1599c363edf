"""Judging in several processes with few chunks in flight, so that memory stays flat and the order is the input's.

Each process builds its Auditor once. Chunks are counted in turns, since a conversation may have ten or ten thousand.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as Late
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any

from empathy_audit.batch import garbage
from empathy_audit.batch.grouping import judged
from empathy_audit.batch.judging import Bench, Judge
from empathy_audit.batch.quiet_start import undisturbed
from empathy_audit.batch.verdict import Verdict
from empathy_audit.model.audit import Failure, JudgedTurn
from empathy_audit.model.transcript import Transcript, Turn

CHUNK_TURNS = 400
_CLOSES_ITS_PIPE = (3, 11, 5)
"""The version of Python from which on a broken pool closes the pipe to its processes."""
CHUNKS_PER_JOB = 3
_LOOK = 1.0
"""Seconds after which one who waits for a chunk looks whether a process has died."""

Chunk = tuple[Transcript | Failure, ...]
Outcomes = list[Verdict | Failure]


@dataclass(frozen=True, slots=True)
class Crew:
    """How many processes judge, and what each of them is told."""

    bench: Bench
    jobs: int


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


def judge_in_processes(items: Iterable[Transcript | Failure], crew: Crew) -> Iterator[Verdict | Failure]:
    """One outcome an item, in their order. A process that dies costs only the conversation that killed it."""
    waiting: deque[tuple[Chunk, Future[Outcomes]]] = deque()
    pool, alone = _Pool(crew), _Pool(replace(crew, jobs=1))  # processes are started when there is something to do
    try:
        for chunk in chunks(items):
            waiting.append((chunk, pool.submit(chunk)))
            if len(waiting) >= crew.jobs * CHUNKS_PER_JOB:
                yield from _outcomes(*waiting.popleft(), pool, alone)
        while waiting:
            yield from _outcomes(*waiting.popleft(), pool, alone)
    except BaseException:
        for abandoned in (pool, alone):
            abandoned.kill()  # nobody waits any more for what is under way, which may take a while
        raise
    finally:
        pool.close()
        alone.close()


class _Pool:
    """Processes that judge chunks; started anew when one of them has died."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._killed = False
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # "spawn" is what every platform has, and does not copy a terminal's progress thread halfway through its work.
        return ProcessPoolExecutor(
            self._crew.jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self._crew.bench,),
        )

    def submit(self, chunk: Chunk) -> Future[Outcomes]:
        with undisturbed():
            try:
                return self._executor.submit(_judge_chunk, chunk)
            except BrokenProcessPool:
                self.close()
                self._executor, self._killed = self._start(), False
                return self._executor.submit(_judge_chunk, chunk)

    def outcomes(self, future: Future[Outcomes]) -> Outcomes:
        """What became of a chunk. Raises BrokenProcessPool if a process has died, and whatever the judging raised."""
        died = False
        while True:
            try:
                return future.result(_LOOK)
            except Late:
                if future.done():
                    return future.result()
                if died:
                    # The executor sees a death at once, unless that process was in the midst of sending: then it waits for
                    # the rest for ever, and nobody else can send.
                    self.kill()
                died = any(process.exitcode is not None for process in self._processes())

    def kill(self) -> None:
        # Before 3.14 an executor has no way of its own to do this.
        for process in self._processes():
            process.kill()
        self._killed = True
        # What a process was sending when it was killed never ends while somebody could still go on with it, and this
        # process holds the other end of that pipe as well.
        with suppress(Exception):
            self._executor._result_queue._writer.close()  # type: ignore[attr-defined]

    def _processes(self) -> tuple[Any, ...]:
        return tuple((getattr(self._executor, "_processes", None) or {}).values())

    def close(self) -> None:
        if self._killed or getattr(self._executor, "_broken", False):
            self._let_go()
        self._executor.shutdown(cancel_futures=True)

    def _let_go(self) -> None:
        # What was on its way to processes that are dead fills a pipe that nobody empties, and shutting down waits for it
        # for ever. Later versions of Python give that pipe up by themselves (gh-94777). It is turned into one of nothing
        # and not closed, since a thread of the queue closes it too, perhaps at this very moment.
        if sys.version_info >= _CLOSES_ITS_PIPE or os.name == "nt":
            return
        with suppress(Exception):
            place = self._executor._call_queue._reader.fileno()  # type: ignore[attr-defined]
            nothing = os.open(os.devnull, os.O_RDONLY)
            try:
                os.dup2(nothing, place, inheritable=False)
            finally:
                os.close(nothing)


def _outcomes(chunk: Chunk, future: Future[Outcomes], pool: _Pool, alone: _Pool) -> Outcomes:
    try:
        return whole(chunk, pool.outcomes(future))
    except BrokenProcessPool:
        # A process died while this chunk was under way. Whose fault it was shows when each item has one to itself.
        return [_by_itself(item, alone) for item in chunk]


def _by_itself(item: Transcript | Failure, alone: _Pool) -> Verdict | Failure:
    try:
        (outcome,) = whole((item,), alone.outcomes(alone.submit((item,))))
    except BrokenProcessPool:
        name = item.id if isinstance(item, Transcript) else item.source
        message = f"{name} could not be judged: the process died, perhaps for want of memory; try --jobs 1"
        return Failure(item.source, "died", message)
    return outcome


# An audit holds its transcript, which the parent has already. Sending it back would cost the parent as much time as
# everything else that it does, so it is taken out on the one side and put in again on the other. A transcript that was
# masked is another one, and goes home with its audit.

_NO_TURN = Turn("unknown", "")
_NO_TRANSCRIPT = Transcript("", ())


def slim(chunk: Chunk, outcomes: Iterable[Verdict | Failure]) -> Outcomes:
    """The outcomes as they are sent home: without the transcripts that stand in the chunk."""
    return [
        _with(outcome, _NO_TRANSCRIPT, repeat(_NO_TURN))
        if isinstance(outcome, Verdict) and outcome.kept is not None and outcome.kept.transcript is item
        else outcome
        for item, outcome in zip(chunk, outcomes, strict=True)
    ]


def whole(chunk: Chunk, outcomes: Outcomes) -> Outcomes:
    """The outcomes with the transcripts that they were sent home without."""
    return [
        _with(outcome, item, item.turns)
        if isinstance(outcome, Verdict)
        and isinstance(item, Transcript)
        and outcome.kept is not None
        and outcome.kept.transcript == _NO_TRANSCRIPT
        else outcome
        for item, outcome in zip(chunk, outcomes, strict=True)
    ]


def _with(verdict: Verdict, transcript: Transcript, turns: Iterable[Turn]) -> Verdict:
    audit = verdict.audit
    judged = zip(turns, audit.turns, strict=False)  # `turns` may be endless
    return replace(
        verdict,
        kept=replace(
            audit,
            transcript=transcript,
            turns=tuple(JudgedTurn(turn, j.opportunity, j.tags, j.response) for turn, j in judged),
        ),
    )


# --- inside a process -------------------------------------------------------------------------------------------------

_bench: Bench | None = None
_judge: Judge | None = None


def _begin(bench: Bench) -> None:
    # The one place with state of its own: a process keeps what it was told and the Judge that it built.
    global _bench
    _bench = bench
    garbage.look_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer, also where no mask is inherited
    atexit.register(os._exit, 0)  # all is sent home by then, and taking everything down takes a tenth of a second
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A parent that was killed tells nobody, and its children would wait for work for ever.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _judge_chunk(chunk: Chunk) -> Outcomes:
    # The Judge is built here and not in _begin: what is wrong with the rubric then comes home as its own exception.
    global _judge
    if _bench is None:
        raise RuntimeError("a process judged before it was told how")
    if _judge is None:
        _judge = Judge(_bench)
    return slim(chunk, judged(_judge, chunk))
