"""Words and stretches of speech to turns, for every reader of speech-to-text output.

    She/spk_0  was/spk_0  gone/spk_0  ./spk_0  Who/spk_1  ?/spk_1      becomes      spk_0: She was gone.  spk_1: Who?

Where people share a channel, a turn is a run of words of one speaker. Where each has a channel of their own they may
talk at the same time, so that a change of channel from word to word would chop both to pieces: there a turn ends only
in a pause, or after a sentence, and only if somebody else has spoken since it began.

A speaker is what the recogniser calls them (`Speaker 0`, `A`, `SPEAKER_01`, `Channel 1`, or a name) until neighbours
have been merged; only then a label such as `Agent` becomes a role. Nobody's role is guessed here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Tally
from empathy_audit.readers.sequences import in_time_order, merge_neighbours
from empathy_audit.readers.speakers import read_label

# People leave some 0.2 seconds between their turns, and pause longer than that inside them to find a word. A silence of
# half a second ends a turn to which somebody else has said something; a shorter one does if the sentence was at its end.
PAUSE_MS = 500
_SENTENCE_END = re.compile(r"[.?!…。？！][\"'”’)\]]*$")


class Word(NamedTuple):
    """One word or mark. `joint` stands between it and the word before: nothing for a mark that is attached."""

    text: str
    speaker: str | None
    place: str
    start_ms: int | None = None
    end_ms: int | None = None
    joint: str = " "


def speaker_name(value: Any, kind: str = "Speaker") -> str | None:
    """What to call a speaker: a label as it is, `Speaker 0` for a number; None when there is none."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return None
    return f"{kind} {value:g}" if isinstance(value, float) else f"{kind} {value}"


def by_speaker(words: Sequence[Word]) -> list[Turn]:
    """A turn for each run of one speaker's words, in the order given."""
    return [_turn(list(run)) for _, run in groupby(words, key=lambda word: word.speaker)]


def by_channel(channels: Sequence[Sequence[Word]]) -> list[Turn]:
    """Turns of channels that were recognised apart, by their start; overlaps are kept."""
    starts = [sorted(w.start_ms for w in words if w.start_ms is not None) for words in channels]
    turns: list[tuple[int, Turn]] = []
    for number, words in enumerate(channels):
        others = [s for other, s in enumerate(starts) if other != number]
        at = 0
        for run in _runs(words, others):
            turn = _turn(run)
            at = at if turn.start_ms is None else turn.start_ms
            turns.append((at, turn))
    return merge_neighbours(turn for _, turn in sorted(turns, key=lambda pair: pair[0]))


def in_turns(turns: Iterable[Turn], tally: Tally) -> list[Turn]:
    """The turns by time, neighbours of one speaker as one, labels that say a role as that role.

    Empty ones go first, and are counted: between two turns of one speaker they would part them.
    """
    given = list(turns)
    told = [t for t in given if t.text.strip()]
    tally.leave_out("empty turns", len(given) - len(told))
    return [_labelled(t) for t in merge_neighbours(in_time_order(told) if told else [])]


def _labelled(turn: Turn) -> Turn:
    if not turn.speaker:
        return turn
    label = read_label(turn.speaker)
    if label.role is None:
        return turn
    return replace(turn, role=label.role, speaker=label.name, visibility=label.visibility)


def _runs(words: Sequence[Word], others: Sequence[Sequence[int]]) -> list[list[Word]]:
    """The words of a channel, cut where a turn ends; `others` are when words of the other channels begin."""
    runs: list[list[Word]] = []
    began: int | None = None
    end: int | None = None
    for word in words:
        last = runs[-1][-1] if runs else None
        if last and last.speaker == word.speaker and not (_rests(last, end, word) and _heard(others, began, word)):
            runs[-1].append(word)
        else:
            runs.append([word])
            began = word.start_ms
        end = word.end_ms if word.end_ms is not None else end
    return runs


def _rests(last: Word, end: int | None, word: Word) -> bool:
    """Whether there is a pause before the word, or a sentence has ended."""
    if end is None or word.start_ms is None or not word.joint:
        return False
    return word.start_ms - end >= PAUSE_MS or bool(_SENTENCE_END.search(last.text))


def _heard(others: Sequence[Sequence[int]], began: int | None, word: Word) -> bool:
    """Whether anybody else has begun to speak since the turn began."""
    if began is None or word.start_ms is None:
        return False
    return any(bisect_left(starts, began) < bisect_left(starts, word.start_ms + 1) for starts in others)


def _turn(run: Sequence[Word]) -> Turn:
    ends = [w.end_ms for w in run if w.end_ms is not None]
    return Turn(
        "unknown",
        (run[0].text + "".join(w.joint + w.text for w in run[1:])).strip(),
        run[0].speaker,
        start_ms=next((w.start_ms for w in run if w.start_ms is not None), None),
        end_ms=max(ends) if ends else None,
        source=(run[0].place,),
    )
