"""One conversation → its audit, or the failure that stands for it: defects and too long a time cost nothing but that one."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Protocol, TypeVar

from empathy_audit.batch.verdict import Conclude, Verdict, concluded
from empathy_audit.errors import EmpathyAuditError, TranscriptError
from empathy_audit.model.audit import TOO_LARGE, Audit, Failure
from empathy_audit.model.rubric import Rubric
from empathy_audit.model.transcript import Transcript

Made = TypeVar("Made")
TIME_LIMIT = 3600.0
"""Seconds of processor time. Whatever the limits of size let pass takes minutes, so that a slow machine changes no result."""


class Audits(Protocol):
    """What judges one transcript; `audit.Auditor` is one."""

    def audit(self, transcript: Transcript) -> Audit:
        """The whole result for the transcript."""
        ...

    def audits(self, transcripts: Sequence[Transcript]) -> Sequence[Audit]:
        """What `audit` says of each, in order, at less cost."""
        ...


MakeAuditor = Callable[[Rubric, Path | None], Audits]


def make_auditor(rubric: Rubric, signals: Path | None) -> Audits:
    """The Auditor, imported here so that reading files alone loads no language."""
    from empathy_audit.audit import Auditor

    return Auditor(rubric, signals)


@dataclass(frozen=True, slots=True)
class Bench:
    """What judging takes, told to every process of a run.

    `make` builds what judges; a module's function, since it travels by name. `time_limit` is in seconds of processor
    time for one conversation. `debug`: an exception in the judging is raised instead of told as a Failure. `conclude`
    says what becomes of each audit; what it raises is raised, and what it costs counts for no limit.
    """

    rubric: Rubric
    signals: Path | None
    make: MakeAuditor
    time_limit: float = TIME_LIMIT
    debug: bool = False
    conclude: Conclude = concluded


class Judge:
    """Builds the Auditor and judges by it. Mistakes in the rubric and missing packages are raised when it is made."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._auditor: Audits | None = bench.make(bench.rubric, bench.signals)

    def __call__(self, item: Transcript | Failure) -> Verdict | Failure:
        """The verdict on a transcript, or why there is none; a failure passes through."""
        outcome = item if isinstance(item, Failure) else self._audited(item)
        return outcome if isinstance(outcome, Failure) else self._bench.conclude(outcome)

    def _audited(self, item: Transcript) -> Audit | Failure:
        try:
            return self._timed(item)
        except TranscriptError as error:
            return Failure(item.source, TOO_LARGE, f"{item.id} could not be judged: {error.message}")
        except EmpathyAuditError:
            raise
        except Exception as error:
            if self._bench.debug:
                raise
            what = " ".join(f"{type(error).__name__}: {error}".split())
            message = f"{item.id} could not be judged: {what}; this is a defect of the tool"
            return Failure(item.source, "internal", message)

    def together(self, transcripts: Sequence[Transcript]) -> Sequence[Verdict] | None:
        """The verdicts on a few conversations at once, which costs less; None where each has to be judged by itself.

        That is so when one of them is at fault, or when all of them took longer than one may take.
        """
        try:
            audits = self._within(lambda auditor: auditor.audits(transcripts))
        except Exception:
            return None
        return None if audits is None else [self._bench.conclude(audit) for audit in audits]

    def _timed(self, transcript: Transcript) -> Audit | Failure:
        limit = self._bench.time_limit
        audit = self._within(lambda auditor: auditor.audit(transcript))
        if audit is not None:
            return audit
        message = f"{transcript.id} was not judged within {limit:g} seconds of processor time; split it, or raise --time-limit"
        return Failure(transcript.source, "time-limit", message)

    def _within(self, work: Callable[[Audits], Made]) -> Made | None:
        """What is made within the limit; None for what is not, however it ends."""
        limit = self._bench.time_limit
        if self._auditor is None:
            self._auditor = self._bench.make(self._bench.rubric, self._bench.signals)
        started = time.process_time()
        try:
            with _alarm(limit):
                made = work(self._auditor)
        except _TimeIsUpError:
            _disarm()  # once more: it may have come at the very moment at which the alarm was being taken off
            self._auditor = None  # it was left in the midst of something, and another one is built for the next
            return None
        # Where there is no alarm, or somebody swallowed it, a result that came too late is none either.
        return made if time.process_time() - started <= limit else None


class _TimeIsUpError(BaseException):
    """No Exception, since whoever handles those on the way must not handle this one."""


@contextmanager
def _alarm(limit: float) -> Iterator[None]:
    """Ends what is done within by _TimeIsUpError, where the platform and the thread allow it."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    earlier = signal.signal(signal.SIGPROF, _time_is_up)
    signal.setitimer(signal.ITIMER_PROF, limit, 1.0)
    try:
        yield
    finally:
        _disarm()
        signal.signal(signal.SIGPROF, earlier)


def _disarm() -> None:
    signal.setitimer(signal.ITIMER_PROF, 0)


def _time_is_up(number: int, frame: FrameType | None) -> None:
    raise _TimeIsUpError
