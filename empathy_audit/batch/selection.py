"""Which conversations of a batch are judged at all: a test, and the time in which they started. Failures always stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from empathy_audit.batch.moments import Moment, started
from empathy_audit.batch.where import Test
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript

UNDATED = "without a date"
OUTSIDE = "outside of the time"
UNLIKE = "not as --where asks"


@dataclass(frozen=True, slots=True)
class Selection:
    """`since` and `until` are both inclusive: of a day the whole of it. None asks for nothing."""

    where: Test | None = None
    since: Moment | None = None
    until: Moment | None = None

    def __bool__(self) -> bool:
        return (self.where or self.since or self.until) is not None

    def leaves_out(self, transcript: Transcript) -> str | None:
        """Why the conversation is left out, None if it is not."""
        if reason := self.outside(transcript.started_at):
            return reason
        return UNLIKE if self.where is not None and not self.where(transcript) else None

    def outside(self, started_at: str | None) -> str | None:
        """Why a conversation that started then is left out, None if it is not."""
        if self.since is None and self.until is None:
            return None
        at = started(started_at)
        if at is None:
            return UNDATED
        if (self.since and self.since.compare(at) < 0) or (self.until and self.until.compare(at) > 0):
            return OUTSIDE
        return None


def select(
    items: Iterable[Transcript | Failure], selection: Selection, left_out: Counter[str]
) -> Iterator[Transcript | Failure]:
    """The conversations that the selection keeps, in order; the others are counted by reason in `left_out`."""
    for item in items:
        reason = None if isinstance(item, Failure) else selection.leaves_out(item)
        if reason is None:
            yield item
        else:
            left_out[reason] += 1
