"""Bytes to macros. One module a format; `MACRO_READERS` is the registry, and the more particular format stands first.

To add a format: a module with `READER`, its line in `MACRO_READERS`, its test.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from empathy_audit.errors import TranscriptError
from empathy_audit.macros import (
    chatwoot,
    freshdesk,
    front_matter,
    gorgias,
    help_scout,
    intercom,
    library,
    native,
    plain,
    rasa,
    salesforce,
    table,
    zendesk,
    zendesk_chat,
)
from empathy_audit.macros.base import LIMITS, File, MacroReader
from empathy_audit.macros.branches import understand
from empathy_audit.macros.reading import MacroReading
from empathy_audit.macros.values import is_json
from empathy_audit.model.audit import Failure
from empathy_audit.readers.base import Broken, Limits, Source, UnknownFormat, Unrecognised, listed
from empathy_audit.readers.decoding import Document

__all__ = ["LIMITS", "MACRO_READERS", "MacroReader", "MacroReading", "read_macros", "understand"]

MACRO_READERS: tuple[MacroReader, ...] = (
    zendesk.READER,
    zendesk_chat.READER,
    intercom.READER,
    chatwoot.READER,
    freshdesk.READER,
    gorgias.READER,
    native.READER,
    help_scout.READER,
    rasa.READER,
    library.READER,
    front_matter.READER,
    salesforce.READER,
    table.READER,
    plain.READER,
)


def read_macros(
    source: Source,
    *,
    format: str | None = None,  # noqa: A002 - it is what users call it
    limits: Limits = LIMITS,
) -> MacroReading:
    """A file's macros and failures, by the reader named `format` or by the first one that knows the content.

    Iterate what comes back; trouble inside the file comes as Failures. Raises UnknownFormat for a name that no reader
    has, Unrecognised (Broken when it is plain what the file was meant to be) when the content is nobody's, and
    TranscriptError when the file cannot be opened or is too large.
    """
    chosen = None if format is None else _named(format, MACRO_READERS)
    document = Document(source, limits)
    if document.refusal:
        reason = document.refusal.split(";", 1)[0]
        raise Unrecognised(
            f"{reason}; expected text; export the macros as text, YAML, JSON or a table (CSV)", source.name
        )
    if (document.source.size or 0) > limits.file_bytes:
        message = f"the file is larger than {limits.file_bytes:,} bytes; expected less; split it"
        raise TranscriptError(message, source.name)
    document.text  # noqa: B018 - NUL in its midst is told of before anybody looks into it
    file = File(document)
    if chosen:
        return MacroReading(file, chosen, "as asked for")
    for reader in MACRO_READERS:
        why = reader.sniff(file)
        if why:
            return MacroReading(file, reader, why)
    raise _nobodys(file)


def _nobodys(file: File) -> Unrecognised:
    values = file.json if is_json(file.document) else ()
    failure = next((value for value in values if isinstance(value, Failure)), None)
    if failure and len(values) == 1:
        return Broken(failure.message, failure.source)
    return Unrecognised(
        "no reader of macros knows this content; expected an export of a help desk, YAML with macros:, a table with "
        "title and text, or a text file; say which with --input-format NAME",
        file.name,
    )


def _named(format_: str, readers: Sequence[MacroReader]) -> MacroReader:
    names = [reader.name for reader in readers]
    for reader in readers:
        if reader.name == format_.casefold():
            return reader
    near = difflib.get_close_matches(format_.casefold(), names, 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise UnknownFormat(f'no reader of macros is called "{format_}"; expected {listed(names)}{hint}', "--input-format")
