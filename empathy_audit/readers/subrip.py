"""SubRip captions.

    1
    00:00:00,500 --> 00:00:07,000
    [Agent] Thank you for calling.

Numbers and the empty lines between captions may be missing, and a dot may stand for the comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_audit.model.audit import Failure
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.captions import Caption, turns_of
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.times import clock

_CLOCK = r"\d{1,3}:\d{1,2}:\d{1,2}[,.]\d{1,3}"
_TIMES = re.compile(rf"\s*({_CLOCK})\s*-->\s*({_CLOCK})(?:\s.*)?")
_START = re.compile(rf"\s*(?:\d+[ \t]*(?:\r\n|\n|\r)\s*)?{_CLOCK}\s*-->")


def sniff(document: Document) -> str | None:
    """Taken for a number and times at its beginning, or for the suffix together with an arrow."""
    if _START.match(document.head):
        return "it begins with a caption number and times"
    if document.source.suffix == ".srt" and "-->" in document.head:
        return "a .srt file with caption times"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a file."""
    lines = document.lines
    starts: list[tuple[int, re.Match[str]]] = []
    for number, line in enumerate(lines):
        found = _TIMES.fullmatch(line) if "-->" in line else None
        if found:
            starts.append((number, found))
        elif "-->" in line:
            message = (
                "a caption whose times cannot be read; expected `00:00:01,000 --> 00:00:02,000`; mend or remove it"
            )
            yield desk.failure(f":{number + 1}", message)
            return
    if not starts:
        yield desk.failure("", "no captions; expected a number, times and text for each; check the export")
        return
    stray = next((n for n in range(starts[0][0]) if lines[n].strip() and not lines[n].strip().isdigit()), None)
    if stray is not None:
        yield desk.failure(f":{stray + 1}", "text before the first caption; expected a caption number; remove it")
        return
    ends = [*(n for n, _ in starts[1:]), len(lines)]
    numbered = any(lines[n].strip() for n in range(starts[0][0]))
    captions = [
        Caption(
            _text(lines[number + 1 : end], numbered and end < len(lines)),
            clock(found[1]) or 0,
            clock(found[2]) or 0,
            number + 1,
        )
        for (number, found), end in zip(starts, ends, strict=True)
    ]
    yield Draft(turns_of(captions, desk), line=1)


def _text(lines: list[str], numbered: bool) -> tuple[str, ...]:
    """The lines of a caption; `numbered`: the next caption's number is among them."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    if numbered and lines and lines[-1].strip().isdigit():
        lines = lines[:-1]
    return tuple(line for line in lines if line.strip())


READER = Reader(
    name="srt",
    about="SubRip captions",
    suffixes=(".srt",),
    verified="sample seen: real files",
    sniff=sniff,
    read=read,
)
