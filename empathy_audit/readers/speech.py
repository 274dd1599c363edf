r"""Transcripts of speech that stand inside another format, whichever vendor made them and however little is known.

    {"results": {"channels": [...]}}      {"segments": [...]}      {"monologues": [...]}      the vendors' own
    [{"speaker": "Agent", "message": "Hello"}]                     messages under any of the usual names
    {"transcript": "Hello.\n\nHi there."}                          text, with speaker labels or in paragraphs

Paragraphs without labels are turns without a speaker: who said them is not told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from empathy_audit.model.transcript import Turn
from empathy_audit.readers import assemblyai, deepgram, revai, speechmatics, whisper
from empathy_audit.readers.base import Desk, Draft, Tally, pointer
from empathy_audit.readers.decoding import LINE_END
from empathy_audit.readers.json_fields import inside, words_of
from empathy_audit.readers.labelled_text import labelled
from empathy_audit.readers.messages import message, messages_in
from empathy_audit.readers.speaker_text import drafts

_VENDORS: tuple[tuple[Callable[[Any], bool], Callable[[Any, Sequence[str | int], Tally], list[Turn]]], ...] = (
    (deepgram.recognised, deepgram.turns),
    (assemblyai.recognised, assemblyai.turns),
    (revai.recognised, revai.turns),
    (speechmatics.recognised, speechmatics.turns),
    (whisper.recognised, whisper.turns),
)
_GAP = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)\s*")
_TEXT_KEYS = ("transcript", "text", "body", "content")


def turns_of(body: Any, parts: Sequence[str | int], desk: Desk) -> list[Turn]:
    """The turns of a transcript's body; `parts` lead to it."""
    if isinstance(body, str):
        return _from_text(body, pointer(*parts), desk)
    for recognised, turns in _VENDORS:
        if recognised(body):
            found = turns(body, parts, desk.tally)
            if found:
                return found
    messages = messages_in(body)
    if messages:
        at = next(((k,) for k in body if body[k] is messages), ()) if isinstance(body, dict) else ()
        return [message(m, pointer(*parts, *at, number)) for number, m in enumerate(messages)]
    texts = ((key, words_of(inside(body, key)) or words_of(inside(body, key, "text"))) for key in _TEXT_KEYS)
    key, text = next(((k, t) for k, t in texts if t), ("", None))
    return _from_text(text, pointer(*parts, key), desk) if text else []


def _from_text(text: str, place: str, desk: Desk) -> list[Turn]:
    lines = LINE_END.split(text)
    if labelled(lines):
        found = drafts(lines, Desk(desk.name, desk.limits, Tally()))
        turns = [t for draft in found if isinstance(draft, Draft) for t in draft.turns]
        return [replace(t, source=(place,)) for t in turns]
    return [Turn("unknown", part.strip(), source=(place,)) for part in _GAP.split(text) if part.strip()]
