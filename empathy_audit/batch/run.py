"""Files and a rubric → outcomes in input order: the same ones whether one process judges or many."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from empathy_audit.batch.discover import Input
from empathy_audit.batch.events import Done, Skipped, Watch, ignore
from empathy_audit.batch.extent import Extent
from empathy_audit.batch.grouping import judged
from empathy_audit.batch.judging import TIME_LIMIT, Bench, Judge, MakeAuditor, make_auditor
from empathy_audit.batch.reading import HowToRead, read_inputs
from empathy_audit.batch.sample import STRATA, sample
from empathy_audit.batch.selection import Selection, select
from empathy_audit.batch.trail import Trail
from empathy_audit.batch.verdict import Conclude, Verdict, concluded
from empathy_audit.model.audit import Failure
from empathy_audit.model.rubric import Rubric
from empathy_audit.model.transcript import Transcript

# Starting a process costs about as much as judging this many bytes, so `auto` gives each process at least as many.
BYTES_PER_JOB = 500_000


@dataclass(frozen=True, slots=True)
class Options:
    """How a batch runs.

    `jobs`: processes, 1 = this one. `engine`: what hands the work out, `processes` or `dask`, and `scheduler` where Dask's
    is, None = on this machine. `selection`: which transcripts are judged at all; `sample`: how many of those to draw
    with `seed`, None = all, spread over the strata of that name. `time_limit`: seconds of processor time for one
    transcript. `debug`: an exception in the judging of a transcript is raised instead of told as a Failure. `signals`: a
    weights file instead of the shipped one.
    """

    how: HowToRead = field(default_factory=HowToRead)
    jobs: int = 1
    engine: str = "processes"
    scheduler: str | None = None
    selection: Selection = field(default=Selection())
    sample: int | None = None
    seed: int = 0
    stratify: str | None = None
    time_limit: float = TIME_LIMIT
    debug: bool = False
    signals: Path | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """What watches a run from within: how much there is, which conversations came by, why some were left out."""

    extent: Extent = field(default_factory=lambda: Extent(()))
    trail: Trail = field(default_factory=Trail)
    left_out: Counter[str] = field(default_factory=Counter)


def run(
    inputs: Sequence[Input | Failure],
    rubric: Rubric,
    options: Options,
    *,
    watch: Watch = ignore,
    track: Track | None = None,
    make: MakeAuditor = make_auditor,
    conclude: Conclude = concluded,
) -> Iterator[Verdict | Failure]:
    """One outcome for each conversation and each thing that could not be judged, in input order, as they come.

    `conclude` makes the verdict of each audit, in the process that judged. Memory holds a few transcripts, or a few chunks of them with several jobs, whatever the size of the batch.
    Mistakes in the rubric and missing packages are raised, since no transcript could be judged.
    """
    track = track or Track(Extent(inputs))
    told: deque[Skipped | Done] = deque()
    alone = options.jobs == 1 and options.engine == "processes"
    seen = told.append if alone else watch
    items = track.trail.entering(_chosen(inputs, options, seen, track))
    bench = Bench(rubric, options.signals, make, options.time_limit, options.debug, conclude)
    if options.engine == "dask":
        from empathy_audit.batch.dask_engine import Cluster, judge_on_dask

        yield from judge_on_dask(items, bench, Cluster(options.scheduler, options.jobs))
        return
    if alone:
        yield from judged(Judge(bench), items, told, watch)
        return
    from empathy_audit.batch.workers import Crew, judge_in_processes

    yield from judge_in_processes(items, Crew(bench, options.jobs))


def _chosen(
    inputs: Iterable[Input | Failure], options: Options, watch: Watch, track: Track
) -> Iterator[Transcript | Failure]:
    """What is to be judged of all that stands in the files, and what could not be read."""
    items = read_inputs(inputs, options.how, watch, track.extent)
    if options.selection:
        items = select(items, options.selection, track.left_out)
    if options.sample is None:
        return track.extent.counted(items)
    by = [STRATA[options.stratify]] if options.stratify else []
    return _drawn(items, options.sample, options.seed, by, track.extent)


def _drawn(
    items: Iterable[Transcript | Failure],
    size: int,
    seed: int,
    by: Sequence[Callable[[Transcript], str]],
    extent: Extent,
) -> Iterator[Transcript | Failure]:
    drawn = list(sample(items, size, seed, *by))
    extent.known(len(drawn))
    yield from drawn


def jobs_for(jobs: int | Literal["auto"], inputs: Sequence[Input | Failure]) -> int:
    """How many processes: the number given, or for `auto` what the machine has and the size of the files is worth."""
    if jobs != "auto":
        return jobs
    size = sum(_size(item) for item in inputs if isinstance(item, Input))
    return max(1, min(_processors(), size // BYTES_PER_JOB))


def _size(item: Input) -> int:
    return item.size


def _processors() -> int:
    # What this process may use, not what the machine has: containers are often given less.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
