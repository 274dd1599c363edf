"""A reproducible choice of transcripts: the same ones from the same files, in whatever order they were found."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping

from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript

STRATA: Mapping[str, Callable[[Transcript], str]] = {
    "agent": lambda transcript: next(iter(transcript.agents), ""),
    "channel": lambda transcript: transcript.channel or "",
}
"""By what a sample can be spread: the agent who speaks first, or the channel; those without one are a group too."""


def sample(
    items: Iterable[Transcript | Failure],
    size: int,
    seed: int,
    stratum: Callable[[Transcript], str] = lambda transcript: "",
) -> Iterator[Transcript | Failure]:
    """`size` of the transcripts (all, if there are fewer) and every failure, in input order.

    Every stratum gives the same number, as far as it has as many; what cannot be shared out evenly goes to the strata that
    the seed draws. A transcript's rank is a hash of seed, source and id, so that more files around it move it only by
    being chosen too. Holds the chosen ones and the failures, nothing else.
    """
    kept: list[tuple[int, Transcript | Failure]] = []
    urn = _Urn(seed)
    for place, item in enumerate(items):
        if isinstance(item, Failure):
            kept.append((place, item))
            continue
        urn.put(stratum(item), place, item)
        if len(urn) > size:
            urn.drop()
    kept += urn.chosen()
    for _, kept_item in sorted(kept, key=lambda pair: pair[0]):
        yield kept_item


def rank(transcript: Transcript, seed: int) -> int:
    """Where the transcript stands in the lottery of this seed; the lowest are drawn."""
    return _drawn(seed, transcript.source, transcript.id)


def _drawn(seed: int, *words: str) -> int:
    text = "\0".join((str(seed), *words))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), "big")


class _Urn:
    """The transcripts drawn so far, a heap a stratum with its worst rank on top.

    What is dropped is the worst of the largest stratum, the worst-drawn of several. More transcripts only make a stratum's
    share smaller, so that nothing dropped could ever be wanted again, and the order of the files does not show.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._size = 0
        self._strata: dict[str, list[tuple[int, int, Transcript]]] = {}  # -rank, -place: the place breaks ties
        self._ranks: dict[str, int] = {}
        self._largest: list[tuple[int, int, str]] = []  # -length, -rank of the stratum; entries may be out of date
        self._noted: set[tuple[str, int]] = set()  # what stands in `_largest`, so that nothing does twice

    def __len__(self) -> int:
        return self._size

    def put(self, stratum: str, place: int, transcript: Transcript) -> None:
        """Add a transcript."""
        heap = self._strata.setdefault(stratum, [])
        heapq.heappush(heap, (-rank(transcript, self._seed), -place, transcript))
        self._size += 1
        self._note(stratum)

    def drop(self) -> None:
        """Take out the one that is wanted least."""
        while True:
            length, _, stratum = heapq.heappop(self._largest)
            self._noted.discard((stratum, -length))
            heap = self._strata[stratum]
            if len(heap) == -length:
                break
        heapq.heappop(heap)
        self._size -= 1
        self._note(stratum)

    def chosen(self) -> Iterator[tuple[int, Transcript]]:
        """What is left, with the places."""
        for heap in self._strata.values():
            yield from ((-place, transcript) for _, place, transcript in heap)

    def _note(self, stratum: str) -> None:
        if stratum not in self._ranks:
            self._ranks[stratum] = _drawn(self._seed, stratum)
        length = len(self._strata[stratum])
        if length and (stratum, length) not in self._noted:
            self._noted.add((stratum, length))
            heapq.heappush(self._largest, (-length, -self._ranks[stratum], stratum))
