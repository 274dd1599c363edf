"""Single words of a speech recogniser to turns, punctuation attached.

    She/spk_0  was/spk_0  gone/spk_0  ./spk_0  Who/spk_1  ?/spk_1      becomes      spk_0: She was gone.  spk_1: Who?

Where people share a channel, a turn is a run of words of one speaker. Where each has a channel of their own they may
talk at the same time, so that a change of channel from word to word would chop both to pieces: there a turn ends only
in a pause in which somebody else begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from empathy_audit.model.transcript import Turn
from empathy_audit.readers.sequences import merge_neighbours

# After less silence than this the turn goes on, unless a sentence had ended.
_PAUSE_MS = 500
_ENDS = (".", "?", "!", "…")


class Word(NamedTuple):
    """One word. `attached`: it follows the one before without a blank (punctuation). `place` is where it stands."""

    text: str
    speaker: str | None
    place: str
    start_ms: int | None = None
    end_ms: int | None = None
    attached: bool = False


def turns_by_speaker(words: Iterable[Word]) -> list[Turn]:
    """A turn for each run of words of one speaker, with the place of its first word."""
    return [_turn(list(run)) for _, run in groupby(words, key=lambda w: w.speaker)]


def turns_by_channel(channels: Sequence[Sequence[Word]]) -> list[Turn]:
    """Turns of channels that were recognised apart, by their start; overlaps are kept."""
    starts = [sorted(w.start_ms for w in words if w.start_ms is not None) for words in channels]
    pieces: list[tuple[int, Turn]] = []
    for number, words in enumerate(channels):
        others = [s for other, s in enumerate(starts) if other != number]
        at = 0
        for piece in _pieces(words, others):
            turn = _turn(piece)
            at = at if turn.start_ms is None else turn.start_ms
            pieces.append((at, turn))
    return merge_neighbours(turn for _, turn in sorted(pieces, key=lambda p: p[0]))


def _pieces(words: Sequence[Word], others: Sequence[Sequence[int]]) -> list[list[Word]]:
    pieces: list[list[Word]] = []
    end: int | None = None
    for word in words:
        if pieces and not _breaks(pieces[-1][-1], end, word.start_ms, others):
            pieces[-1].append(word)
        else:
            pieces.append([word])
        end = word.end_ms if word.end_ms is not None else end
    return pieces


def _breaks(last: Word, end: int | None, start: int | None, others: Sequence[Sequence[int]]) -> bool:
    if end is None or start is None:
        return False
    if start - end < _PAUSE_MS and not last.text.endswith(_ENDS):
        return False
    return any(bisect_left(starts, end) < bisect_left(starts, start + 1) for starts in others)


def _turn(words: Sequence[Word]) -> Turn:
    said = "".join(("" if word.attached else " ") + word.text for word in words)
    ends = [w.end_ms for w in words if w.end_ms is not None]
    return Turn(
        role="unknown",
        text=said.strip(),
        speaker=words[0].speaker,
        start_ms=next((w.start_ms for w in words if w.start_ms is not None), None),
        end_ms=max(ends) if ends else None,
        source=(words[0].place,),
    )
