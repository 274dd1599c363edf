"""WebVTT captions, as Teams, Zoom and others write them.

    WEBVTT

    00:00:03.000 --> 00:00:06.500
    <v Dana>Thank you for calling, how can I help?</v>

Who speaks is found by captions.py. A caption whose times are broken fails the file: a conversation with a hole
misleads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_audit.model.audit import Failure
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.captions import Caption, turns_of
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.times import clock

_CLOCK = r"(?:\d+:)?\d{1,2}:\d{1,2}\.\d{1,3}"
_ALMOST = re.compile(rf"\s*{_CLOCK}\s*[-–—=]*>+\s*{_CLOCK}")
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}")


def sniff(document: Document) -> str | None:
    """Taken for its first line, or for the suffix together with times, so that a missing first line is told."""
    if document.head.lstrip().startswith("WEBVTT"):
        return "the first line is WEBVTT"
    if document.source.suffix == ".vtt" and "-->" in document.head:
        return "a .vtt file with caption times"
    return None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a file."""
    from webvtt import from_string  # costs more than reading a small file
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    lines = document.lines
    times = [(n, line) for n, line in enumerate(lines, start=1) if "-->" in line or _ALMOST.match(line)]
    broken = next((n for n, line in times if not _TIMES.match(line)), 0)
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    try:
        parsed = from_string("\n".join(lines[start:])).captions
    except MalformedFileError:
        message = (
            "the first line is not WEBVTT; expected WEBVTT, an empty line, then captions; export the captions again"
        )
        yield desk.failure(f":{start + 1}", message)
        return
    except (MalformedCaptionError, ValueError):
        parsed = []
    # The parser passes over a caption whose times are broken, and tells no lines: the n-th caption stands at the n-th
    # line of times.
    if broken or len(parsed) != len(times):
        message = "a caption whose times cannot be read; expected `00:00:01.000 --> 00:00:02.000`; mend or remove it"
        yield desk.failure(f":{broken or times[0][0]}" if times else "", message)
        return
    if not parsed:
        yield desk.failure("", "no captions; expected at least one; check the export")
        return
    captions = [
        Caption(tuple(one.lines), clock(one.start) or 0, clock(one.end) or 0, number)
        for one, (number, _) in zip(parsed, times, strict=True)
    ]
    yield Draft(turns_of(captions, desk), line=1)


READER = Reader(
    name="webvtt",
    about="WebVTT captions (Teams, Zoom and others)",
    suffixes=(".vtt",),
    verified="sample seen: real files of Zoom and of caption editors",
    sniff=sniff,
    read=read,
)
