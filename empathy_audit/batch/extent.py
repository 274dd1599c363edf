"""How much of a batch there is, told by bytes, since nobody knows how many conversations stand in a file before it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from empathy_audit.batch.discover import Input
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript


class Extent:
    """Watches the files being read and the conversations that come of them."""

    def __init__(self, inputs: Sequence[Input | Failure]) -> None:
        self._sizes = [_size(item) for item in inputs]
        self._all = sum(self._sizes)
        self._before = 0
        self._current = 0
        self._at: BinaryIO | None = None
        self._files = 0
        self._items = 0
        self._known: int | None = None

    def file(self) -> None:
        """The next of the inputs is begun."""
        if self._files:
            self._before += self._sizes[self._files - 1]
        self._files += 1
        self._at, self._current = None, 0

    def opened(self, stream: BinaryIO) -> None:
        """The file is read through this stream."""
        self._at = stream

    def known(self, total: int) -> None:
        """There will be exactly so many conversations."""
        self._known = total

    def counted(self, items: Iterable[Transcript | Failure]) -> Iterator[Transcript | Failure]:
        """The items as they go to be judged; when they are through, their number is known."""
        for item in items:
            self._items += 1
            yield item
        self._known = self._items

    def total(self) -> tuple[int, bool] | None:
        """How many conversations there are, and whether that is exact; None as long as nothing can be said."""
        if self._known is not None:
            return self._known, True
        share = self._share()
        return (round(self._items / share), False) if share and self._items else None

    def _share(self) -> float:
        """How much of the bytes was read, 0..1."""
        if self._at is not None and not self._at.closed:
            self._current = max(self._current, _position(self._at))
        size = self._sizes[self._files - 1] if self._files else 0
        return min(1.0, (self._before + min(self._current, size)) / self._all) if self._all else 0.0


def _size(item: Input | Failure) -> int:
    return item.size if isinstance(item, Input) else 0


def _position(stream: BinaryIO) -> int:
    try:
        return stream.tell()
    except (OSError, ValueError):
        return 0
