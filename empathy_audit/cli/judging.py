"""The run of `score`: judge, keep, write, and count what was found wanting."""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from empathy_audit.batch.bars import Bars, missed_by, missed_by_mean
from empathy_audit.batch.discover import Input
from empathy_audit.batch.extent import Extent
from empathy_audit.batch.run import Options, Track, run
from empathy_audit.batch.summary import Tally
from empathy_audit.batch.trail import Trail
from empathy_audit.batch.verdict import Verdict
from empathy_audit.cli import exits
from empathy_audit.cli.files import encoded
from empathy_audit.cli.output import Target, Writers
from empathy_audit.cli.progress import Meter
from empathy_audit.cli.remarks import Remarks
from empathy_audit.cli.storing import Asked, Keeping
from empathy_audit.conclusion import Conclusion
from empathy_audit.model.audit import Audit, Batch, Failure
from empathy_audit.redaction import Redactor
from empathy_audit.reports import View
from empathy_audit.reports.jsonl import line
from empathy_audit.statistics import Gathering
from empathy_audit.version import __version__

if TYPE_CHECKING:
    from empathy_audit.batch.ledger import Ledger
    from empathy_audit.model.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be judged, by what, and where results go. `views`: how files are looked at, and how standard output is.

    `store`: where the run is to be kept beside that.
    """

    inputs: Sequence[Input | Failure]
    rubric: Rubric
    how: Options
    bars: Bars
    targets: Sequence[Target]
    views: tuple[View, View]
    remarks: Remarks
    store: Asked | None = None


class Course:
    """A job under way: `done` counts its outcomes, those that an interrupted run has left among them."""

    def __init__(self, job: Job, ledger: Ledger | None) -> None:
        self._job = job
        self._ledger = ledger
        kept = ledger.kept if ledger is not None else None
        trail = Trail(kept.done, kept.trail) if kept is not None else Trail()
        self._track = Track(Extent(job.inputs), trail)
        self._tally, self._gathering = Tally(), Gathering()
        self._held: list[Audit] = []
        self._failures: list[Failure] = []
        self._keeping = Keeping(job.store, job.rubric.stamp)
        self._wanting = False
        self.done = 0

    def run(self) -> tuple[bool, bool]:
        """Judge and write. Returns whether a bar was missed, and whether something could not be judged."""
        job, remarks = self._job, self._job.remarks
        with ExitStack() as stack:
            writers = stack.enter_context(Writers(job.targets, *job.views))
            keeping = stack.enter_context(self._keeping)
            shown = _may_show(remarks, writers)
            remarks.meter = meter = stack.enter_context(Meter(shown, total=self._track.extent.total))
            conclude = self._conclusion(writers)
            for outcome in self._kept(conclude):
                self._take(outcome, writers)
                meter.kept(isinstance(outcome, Failure))
            for outcome in stack.enter_context(closing(self._judged(conclude))):
                self._take(outcome, writers)
                meter.conversation(isinstance(outcome, Failure))
            meter.clear()
            writers.finish(self._batch(writers))
            keeping.keep()
        return self._end()

    def _conclusion(self, writers: Writers) -> Conclusion:
        """What this run takes of each conversation."""
        store = self._keeping.wanted
        lines = self._ledger is not None or writers.wants_lines or store
        return Conclusion(self._job.remarks.redactor, line=lines, audit=writers.wants_audits or store)

    def _kept(self, conclude: Conclusion) -> Generator[Verdict | Failure, None, None]:
        """The outcomes of the interrupted run, which were masked when they were kept."""
        masked = replace(conclude, redactor=Redactor(on=False))
        for outcome in self._ledger.outcomes() if self._ledger is not None else ():
            yield outcome if isinstance(outcome, Failure) else masked(outcome)

    def _judged(self, conclude: Conclusion) -> Generator[Verdict | Failure, None, None]:
        """The outcomes that are new, masked and kept."""
        job = self._job
        for judged in run(
            job.inputs, job.rubric, job.how, watch=job.remarks.file, track=self._track, conclude=conclude
        ):
            # Not all failures come from where the judging is, so that all of them are masked here.
            outcome = job.remarks.redactor.failure(judged) if isinstance(judged, Failure) else judged
            trail = self._track.trail.leave()
            if self._ledger is not None:
                self._ledger.add(encoded(line(outcome)) if isinstance(outcome, Failure) else outcome.line, trail)
            yield outcome

    def _take(self, outcome: Verdict | Failure, writers: Writers) -> None:
        self.done += 1
        self._tally.add(outcome)
        writers.add(outcome)
        self._keeping.add(outcome)
        if isinstance(outcome, Failure):
            self._failures.append(outcome)
            self._job.remarks.failure(outcome)
            return
        if writers.collects:
            self._held.append(outcome.audit)
        if writers.wants_figures:
            self._gathering.add(outcome.audit)
        if reasons := missed_by(outcome, self._job.bars):
            self._wanting = True
            self._job.remarks.bar(_where(outcome), reasons)

    def _batch(self, writers: Writers) -> Batch:
        rubric = self._job.rubric
        return Batch(
            tuple(self._held),
            tuple(self._failures),
            self._tally.summary(len(self._job.remarks.skipped)),
            tool_version=__version__,
            rubric=rubric.stamp,
            why=rubric.why_by_code,
            figures=self._gathering.figures(rubric) if writers.wants_figures else None,
        )

    def _end(self) -> tuple[bool, bool]:
        remarks, left_out = self._job.remarks, self._track.left_out
        if reasons := missed_by_mean(self._tally.summary(), self._job.bars):
            self._wanting = True
            remarks.bar("all conversations", reasons)
        remarks.left_out(left_out)
        remarks.end()
        if self.done:
            return self._wanting, bool(self._failures)
        exits.complain(
            f"nothing to judge: all of {sum(left_out.values()):,} conversations were left out; ask for others"
            if left_out
            else "nothing to judge: no transcript was found; see `empathy-audit formats` for what can be read"
        )
        return self._wanting, True


def _may_show(remarks: Remarks, writers: Writers) -> bool:
    # Lines that stream into the same terminal are progress enough, and a drawing among them would tear both.
    return not remarks.quiet and not (writers.streams_to_stdout and sys.stdout.isatty())


def _where(one: Verdict) -> str:
    return one.source if one.source.endswith(one.id) else f"{one.source} ({one.id})"
