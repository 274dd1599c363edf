"""Judging on the workers of a Dask cluster: the chunks of `workers.py`, few of them under way, outcomes in their order.

What judges is told to a worker with each chunk and kept there (`standing.py`), so that workers may come and go. Dask gives
the chunk of a worker that died to another one; a chunk over which several died is judged one by one, and the conversation
that they died of is a failure.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from empathy_audit.batch.judging import Bench
from empathy_audit.batch.standing import judged, packed
from empathy_audit.batch.verdict import Verdict
from empathy_audit.batch.workers import CHUNKS_PER_JOB, Chunk, Outcomes, chunks, slim, whole
from empathy_audit.errors import EmpathyAuditError, InputError
from empathy_audit.extras import DASK
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript
from empathy_audit.version import __version__

PATIENCE = 120.0
"""Seconds without any worker after which a run ends rather than wait for ever."""
_LOOK = 5.0
_ADDRESS = re.compile(r"(?:(?:tcp|tls|ws|wss|ucx|ucxx)://)?\S+:[0-9]+")


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where to judge: the address of a scheduler, or None for a cluster of this machine with `jobs` processes."""

    scheduler: str | None = None
    jobs: int = 1


def judge_on_dask(items: Iterable[Transcript | Failure], bench: Bench, cluster: Cluster) -> Iterator[Verdict | Failure]:
    """One outcome an item, in their order; the same ones as one process gives.

    Raises:
        MissingPackageError: dask.distributed is not installed.
        InputError: the cluster cannot be reached, has no workers (any more), or they have another version of this tool.
    """
    with ExitStack() as stack:
        hall = _Hall(_client(cluster, stack), packed(bench))
        waiting: deque[tuple[Chunk, Any]] = deque()
        for chunk in chunks(items):
            waiting.append((chunk, hall.submit(chunk)))
            while len(waiting) >= hall.seats():
                yield from hall.outcomes(*waiting.popleft())
        while waiting:
            yield from hall.outcomes(*waiting.popleft())


def _client(cluster: Cluster, stack: ExitStack) -> Any:
    distributed = DASK.needed("--engine dask")
    address = cluster.scheduler
    if address is not None and not _ADDRESS.fullmatch(address):
        raise _nobody(address, "no address")
    if address is None:
        address = stack.enter_context(
            distributed.LocalCluster(  # type: ignore[attr-defined, unused-ignore]
                n_workers=cluster.jobs, threads_per_worker=1, processes=True, dashboard_address=None
            )
        )
    try:
        client = stack.enter_context(distributed.Client(address, set_as_default=False))
    except (OSError, ValueError) as error:
        raise _nobody(address, " ".join(str(error).split())) from error
    return client


def _nobody(address: object, what: str) -> InputError:
    return InputError(
        f"no Dask scheduler answers there ({what}); expected an address such as tcp://host:8786; start it with `dask scheduler`",
        f"--scheduler {address}",
    )


class _Hall:
    """The workers, and what they are told."""

    def __init__(self, client: Any, order: bytes) -> None:
        self._client = client
        self._order = order

    def seats(self) -> int:
        """How many chunks may be under way: some for each thread of the workers that there are now."""
        return max(1, self._threads()) * CHUNKS_PER_JOB

    def _threads(self) -> int:
        try:
            threads: int = sum(self._client.nthreads().values())
        except OSError as error:
            raise _lost(error) from error
        return threads

    def submit(self, chunk: Chunk) -> Any:
        return self._client.submit(_judge_chunk, chunk, self._order, __version__, pure=False)

    def outcomes(self, chunk: Chunk, future: Any) -> Outcomes:
        import distributed

        try:
            return whole(chunk, self._wait(future))
        except distributed.KilledWorker:
            return [self._by_itself(item) for item in chunk] if len(chunk) > 1 else [_died(chunk[0])]

    def _by_itself(self, item: Transcript | Failure) -> Verdict | Failure:
        (outcome,) = self.outcomes((item,), self.submit((item,)))
        return outcome

    def _wait(self, future: Any) -> Outcomes:
        """The result, however long it takes, as long as there is a worker."""
        import distributed

        alone_since: float | None = None
        while True:
            try:
                outcomes: Outcomes = future.result(timeout=_LOOK)
                return outcomes
            except distributed.TimeoutError:
                alone_since = None if self._threads() else alone_since or time.monotonic()
                if alone_since is not None and time.monotonic() - alone_since > PATIENCE:
                    raise InputError(
                        f"the cluster had no workers for {PATIENCE:g} seconds; start some with `dask worker`",
                        "--engine dask",
                    ) from None
            except (EmpathyAuditError, distributed.KilledWorker):
                raise
            except ModuleNotFoundError as error:
                raise InputError(
                    f"a worker lacks a package ({error}); install empathy-audit {__version__} there", "--engine dask"
                ) from error
            except (OSError, distributed.client.FutureCancelledError) as error:
                raise _lost(error) from error


def _lost(error: BaseException) -> InputError:
    return InputError(
        f"the connection to the scheduler was lost ({type(error).__name__}); see whether it still runs", "--engine dask"
    )


def _died(item: Transcript | Failure) -> Failure:
    name = item.id if isinstance(item, Transcript) else item.source
    return Failure(item.source, "died", f"{name} could not be judged: the workers died, perhaps for want of memory")


# --- on a worker --------------------------------------------------------------------------------------------------------


def _judge_chunk(chunk: Chunk, order: bytes, version: str) -> Outcomes:
    if version != __version__:
        raise InputError(
            f"a worker has empathy-audit {__version__}, and this is {version}; results would differ; install the same there",
            "--engine dask",
        )
    return slim(chunk, judged(chunk, order))
