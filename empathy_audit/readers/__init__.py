"""Bytes to transcripts. One module a format; `READERS` is the registry, and the more particular format stands first.

To add a format: a module with `READER`, its line in `READERS`, its test.
"""

from __future__ import annotations

import difflib

from empathy_audit.readers import (
    abcd,
    assemblyai,
    convokit,
    deepgram,
    json_values,
    native,
    openai_chat,
    rasa,
    revai,
    sgd,
    sharegpt,
    speaker_text,
    speechmatics,
    subrip,
    table,
    taskmaster,
    vcon,
    webvtt,
    whisper,
    wide_table,
)
from empathy_audit.readers.base import Broken, Limits, Reader, Source, Speakers, UnknownFormat, Unrecognised, listed
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.native import write_native
from empathy_audit.readers.reading import Counts, Reading

__all__ = [
    "READERS",
    "Broken",
    "Counts",
    "Limits",
    "Reader",
    "Reading",
    "Source",
    "Speakers",
    "UnknownFormat",
    "Unrecognised",
    "read",
    "write_native",
]

READERS: tuple[Reader, ...] = (
    native.READER,
    openai_chat.READER,
    sharegpt.READER,
    vcon.READER,
    deepgram.READER,
    assemblyai.READER,
    revai.READER,
    speechmatics.READER,
    whisper.READER,
    rasa.READER,
    abcd.READER,
    taskmaster.READER,
    sgd.READER,
    convokit.READER,
    webvtt.READER,
    subrip.READER,
    wide_table.READER,
    table.READER,
    speaker_text.READER,
)


def read(
    source: Source,
    *,
    format: str | None = None,  # noqa: A002 - it is what users call it
    speakers: Speakers = Speakers(),  # noqa: B008 - frozen
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Reading:
    """A source as a Reading, by the reader named `format` or the first one that knows the content.

    Raises UnknownFormat for a name that no reader has, Unrecognised when the content is nobody's, TranscriptError when
    it cannot be opened.
    """
    chosen = None if format is None else _named(format)
    document = Document(source, limits)
    if chosen:
        return Reading(document, chosen, "as asked for", speakers, limits)
    for reader in READERS:
        why = reader.sniff(document)
        if why:
            return Reading(document, reader, why, speakers, limits)
    broken = json_values.broken(document)
    if broken:
        raise Broken(broken.message, broken.source)
    if source.suffix in (".vtt", ".srt"):
        raise Broken(
            f"no captions can be read; expected {source.suffix[1:].upper()} captions; export them again", source.name
        )
    names = listed([r.name for r in READERS])
    raise Unrecognised(
        f"no reader knows this content; expected {names}; say --input-format NAME, or convert it", source.name
    )


def _named(format_: str) -> Reader:
    for reader in READERS:
        if reader.name == format_.casefold():
            return reader
    names = [r.name for r in READERS]
    near = difflib.get_close_matches(format_.casefold(), names, 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise UnknownFormat(f'no reader is called "{format_}"; expected {listed(names)}{hint}', "--input-format")
