"""Words and stretches of speech to turns, for every reader of speech-to-text output.

    Word("Hello", "Speaker 0"), Word("there.", "Speaker 0"), Word("Hi!", "Speaker 1")

A speaker is what the recogniser calls them (`Speaker 0`, `A`, `SPEAKER_01`, `Channel 1`, or a name) until neighbours
have been merged; only then a label such as `Agent` becomes a role. Nobody's role is guessed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from empathy_audit.model.transcript import Turn
from empathy_audit.readers.base import Tally
from empathy_audit.readers.sequences import in_time_order, merge_neighbours
from empathy_audit.readers.speakers import read_label

PAUSE_MS = 800
_SENTENCE_END = re.compile(r"[.?!…。？！][\"'”’)\]]*$")


class Word(NamedTuple):
    """One word or mark. `joint` stands between it and the word before: nothing for a mark that is attached."""

    text: str
    speaker: str | None
    start_ms: int | None
    end_ms: int | None
    place: str
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
    return [_turn(run) for run in _runs(words, parted=False)]


def pieces(words: Sequence[Word]) -> list[Turn]:
    """As `by_speaker`, cut at ends of sentences and at pauses, too.

    For channels that were transcribed by themselves: whole channels cannot be put in order, pieces can.
    """
    return [_turn(run) for run in _runs(words, parted=True)]


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


def _runs(words: Sequence[Word], parted: bool) -> list[list[Word]]:
    runs: list[list[Word]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        new = last is None or last.speaker != word.speaker
        if parted and last and word.joint:
            new = new or bool(_SENTENCE_END.search(last.text)) or _paused(last, word)
        if new:
            runs.append([word])
        else:
            runs[-1].append(word)
    return runs


def _paused(last: Word, word: Word) -> bool:
    return last.end_ms is not None and word.start_ms is not None and word.start_ms - last.end_ms >= PAUSE_MS


def _turn(run: Sequence[Word]) -> Turn:
    starts = [w.start_ms for w in run if w.start_ms is not None]
    ends = [w.end_ms for w in run if w.end_ms is not None]
    return Turn(
        "unknown",
        (run[0].text + "".join(w.joint + w.text for w in run[1:])).strip(),
        run[0].speaker,
        start_ms=starts[0] if starts else None,
        end_ms=max(ends) if ends else None,
        source=(run[0].place,),
    )
