"""Where in the original file a turn stands, in the form that editors and terminals make clickable."""

from __future__ import annotations

import re

from empathy_audit.model.transcript import Transcript

_LINE = re.compile(r":\d+(?:-\d+)?$")


def place(transcript: Transcript, index: int) -> str:
    """`file:line` or `file#pointer` of a turn; the conversation's own place where the turn does not say.

    A turn merged from several places is found at the first. A turn inside a line of JSON is found at that line. An
    entry that names a file itself (a converted transcript that still points at its original) is the place.
    """
    if not 0 <= index < len(transcript.turns) or not transcript.turns[index].source:
        return transcript.source
    entry = transcript.turns[index].source[0]
    if entry.startswith("#") and _LINE.search(transcript.source):
        return transcript.source
    return _file(transcript.source, entry) + entry if entry[:1] in ("#", ":") else entry


def _file(source: str, entry: str) -> str:
    """`source` without the part that says where in the file the conversation begins.

    A pointer is cut off only if the turn's own pointer goes on from it, so that a folder named `a#` stays whole.
    """
    file, hash_, pointer = source.rpartition("#")
    if hash_ and (not pointer or f"#{pointer}/" in entry):
        source = file
    return _LINE.sub("", source)
