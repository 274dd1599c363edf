"""A Judge that stands by for as long as its process lives, for engines that hand out work bit by bit and keep no worker of ours.

What is to be judged by travels as bytes with each piece of work. They are the name under which a process keeps what it
has built from them, so that a new worker needs to be told nothing, and the same order is never built twice.
"""

from __future__ import annotations

import pickle
import threading
import zlib
from collections.abc import Iterable
from functools import lru_cache

from empathy_audit.batch import grouping
from empathy_audit.batch.judging import Bench, Judge
from empathy_audit.batch.verdict import Verdict
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript

MOST_KEPT = 2
"""Judges a process keeps: the one in use and the one before. Each holds a pipeline."""


def packed(bench: Bench) -> bytes:
    """What judging takes, to be sent along."""
    return zlib.compress(pickle.dumps(bench, protocol=5))


def judged(items: Iterable[Transcript | Failure], order: bytes) -> list[Verdict | Failure]:
    """One outcome an item, by the Judge of this process for the packed `order`. Raises what building it raises.

    Engines run several pieces at once in threads of one process, and a pipeline is not made for that; they wait for each
    other here.
    """
    judge, lock = _standing(order)
    with lock:
        return list(grouping.judged(judge, items))


@lru_cache(maxsize=MOST_KEPT)
def _standing(order: bytes) -> tuple[Judge, threading.Lock]:
    bench: Bench = pickle.loads(zlib.decompress(order))  # noqa: S301 - packed by the run that sends the work
    return Judge(bench), threading.Lock()
