"""A reproducible choice of transcripts: the same ones from the same files, in whatever order they were found."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Iterator

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript


def sample(items: Iterable[Transcript | Failure], size: int, seed: int) -> Iterator[Transcript | Failure]:
    """`size` of the transcripts (all, if there are fewer) and every failure, in input order.

    A transcript's rank is a hash of seed, source and id, so that more files around it move it only by being chosen too.
    Holds the chosen ones and the failures, nothing else.
    """
    failures: list[tuple[int, Failure]] = []
    chosen: list[tuple[int, int, Transcript]] = []  # a heap with the worst rank on top; the place breaks ties
    for place, item in enumerate(items):
        if isinstance(item, Failure):
            failures.append((place, item))
            continue
        entry = (-rank(item, seed), -place, item)
        if len(chosen) < size:
            heapq.heappush(chosen, entry)
        elif entry[:2] > chosen[0][:2]:
            heapq.heapreplace(chosen, entry)
    kept: list[tuple[int, Transcript | Failure]] = [*failures, *((-place, item) for _, place, item in chosen)]
    for _, kept_item in sorted(kept, key=lambda pair: pair[0]):
        yield kept_item


def rank(transcript: Transcript, seed: int) -> int:
    """Where the transcript stands in the lottery of this seed; the lowest are drawn."""
    drawn = "\0".join((str(seed), transcript.source, transcript.id))
    return int.from_bytes(hashlib.sha256(drawn.encode("utf-8", "surrogatepass")).digest(), "big")
