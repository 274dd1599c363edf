"""Files and a rubric → outcomes in input order: the same ones whether one process judges or many."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from empathy_audit.batch.discover import Input
from empathy_audit.batch.judging import Audits, judged
from empathy_audit.batch.reading import Done, HowToRead, Skipped, Watch, ignore, read_inputs
from empathy_audit.batch.sample import sample
from empathy_audit.model.audit import Audit, Failure
from empathy_audit.model.rubric import Rubric

# Starting a process costs about as much as judging this many bytes, so `auto` gives each process at least as many.
BYTES_PER_JOB = 500_000


MakeAuditor = Callable[[Rubric, Path | None], Audits]


@dataclass(frozen=True, slots=True)
class Options:
    """How a batch runs.

    `jobs`: processes, 1 = this one. `sample`: how many transcripts to draw with `seed`, None = all. `debug`: an
    exception in the judging of a transcript is raised instead of told as a Failure. `signals`: a weights file
    instead of the shipped one.
    """

    how: HowToRead = field(default_factory=HowToRead)
    jobs: int = 1
    sample: int | None = None
    seed: int = 0
    debug: bool = False
    signals: Path | None = None


def make_auditor(rubric: Rubric, signals: Path | None) -> Audits:
    """The Auditor, imported here so that reading files alone loads no language."""
    from empathy_audit.audit import Auditor

    return Auditor(rubric, signals)


def run(
    inputs: Iterable[Input | Failure],
    rubric: Rubric,
    options: Options,
    *,
    watch: Watch = ignore,
    make: MakeAuditor = make_auditor,
) -> Iterator[Audit | Failure]:
    """One outcome for each conversation and each thing that could not be judged, in input order, as they come.

    Memory holds a few transcripts, or a few chunks of them with several jobs, whatever the size of the batch.
    Mistakes in the rubric and missing packages are raised, since no transcript could be judged.
    """
    told: deque[Skipped | Done] = deque()
    items = read_inputs(inputs, options.how, told.append if options.jobs == 1 else watch)
    if options.sample is not None:
        items = sample(items, options.sample, options.seed)
    if options.jobs == 1:
        auditor = make(rubric, options.signals)
        return judged(auditor, items, options.debug, told, watch)
    from empathy_audit.batch.workers import Crew, judge_in_processes

    return judge_in_processes(items, Crew(rubric, options.signals, options.jobs, options.debug, make))


def jobs_for(jobs: int | Literal["auto"], inputs: Sequence[Input | Failure]) -> int:
    """How many processes: the number given, or for `auto` what the machine has and the size of the files is worth."""
    if jobs != "auto":
        return jobs
    size = sum(_size(item.path) for item in inputs if isinstance(item, Input) and item.path)
    return max(1, min(_processors(), size // BYTES_PER_JOB))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _processors() -> int:
    # What this process may use, not what the machine has: containers are often given less.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
