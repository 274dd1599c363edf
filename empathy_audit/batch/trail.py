"""Which conversations a run has come through, as one digest: an interrupted run goes on only where it would have been.

Every item is mixed into the digest of those before it, so that the digest after n items says what they were and in which
order. It is made of what was read, not of file dates: inputs that were copied or came through a pipe match as well.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from empathy_audit.errors import InputError
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript


class Trail:
    """Watches the items as they go in, and tells for each outcome that comes back the digest up to its item.

    `behind` items were done before and are passed over; their digest must then be `digest`.
    """

    def __init__(self, behind: int = 0, digest: str = "") -> None:
        self._behind = behind
        self._expected = digest
        self._entered: deque[str] = deque()

    def entering(self, items: Iterable[Transcript | Failure]) -> Iterator[Transcript | Failure]:
        """The items that are still to be judged.

        Raises:
            InputError: those that were done before are others now.
        """
        rest = iter(items)
        done, digest = 0, ""
        for item in islice(rest, self._behind):
            done, digest = done + 1, _mixed(digest, item)
        if (done, digest) != (self._behind, self._expected):
            raise InputError(
                f"the first {self._behind:,} conversations are not those of the interrupted run any more; "
                "give the same inputs as then, or start anew with --restart"
            )
        for item in rest:
            digest = _mixed(digest, item)
            self._entered.append(digest)
            yield item

    def leave(self) -> str:
        """The digest up to the item whose outcome has come: one call an outcome, in their order."""
        return self._entered.popleft()


def _mixed(digest: str, item: Transcript | Failure) -> str:
    return hashlib.blake2b(digest.encode() + _content(item), digest_size=16).hexdigest()


def _content(item: Transcript | Failure) -> bytes:
    if isinstance(item, Failure):
        parts: list[object] = [item.source, item.kind, item.message]
    else:
        parts = [item.source, item.id, item.channel, item.started_at, item.language, item.meta or ""]
        for turn in item.turns:
            parts += (turn.role, turn.speaker, turn.at, turn.visibility, turn.text)
    return "\0".join(map(str, parts)).encode("utf-8", "surrogatepass")
