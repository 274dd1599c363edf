"""Transcripts → outcomes in order, a few conversations together, since that is cheaper than one by one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from empathy_audit.batch.events import Done, Skipped, Watch, ignore
from empathy_audit.batch.judging import Judge
from empathy_audit.batch.verdict import Verdict
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript

GROUP_CHARACTERS = 16_000
"""About so much text is judged together: enough that what a call costs no longer shows, and little enough for a processor's nearest memory."""
_TURN = 20
"""What a turn weighs beside its characters, so that a group of empty turns ends too."""

Event = Skipped | Done


def judged(
    judge: Judge,
    items: Iterable[Transcript | Failure],
    told: deque[Event] | None = None,
    watch: Watch = ignore,
) -> Iterator[Verdict | Failure]:
    """One outcome for each item, in order; failures pass through.

    What reading puts into `told` is handed to `watch` behind the outcomes of all that was read before it; what it raises comes there too.
    """
    for group in _groups(items, deque() if told is None else told):
        yield from _outcomes(judge, group, watch)


def _groups(items: Iterable[Transcript | Failure], told: deque[Event]) -> Iterator[list[Transcript | Failure | Event]]:
    group: list[Transcript | Failure | Event] = []
    weight = 0
    try:
        for item in items:
            group += (*_taken(told), item)
            weight += _TURN if isinstance(item, Failure) else sum(len(turn.text) + _TURN for turn in item.turns)
            if weight >= GROUP_CHARACTERS:
                yield group
                group, weight = [], 0
    except Exception:
        yield [*group, *_taken(told)]
        raise
    yield [*group, *_taken(told)]


def _taken(told: deque[Event]) -> list[Event]:
    taken = list(told)
    told.clear()
    return taken


def _outcomes(judge: Judge, group: Sequence[Transcript | Failure | Event], watch: Watch) -> Iterator[Verdict | Failure]:
    transcripts = [item for item in group if isinstance(item, Transcript)]
    verdicts = iter((judge.together(transcripts) if len(transcripts) > 1 else None) or ())
    for item in group:
        if isinstance(item, Transcript):
            yield next(verdicts, None) or judge(item)
        elif isinstance(item, Failure):
            yield item
        else:
            watch(item)
