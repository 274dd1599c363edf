"""Tables (CSV, TSV, semicolons) with one row a turn. Column names may be any of the synonyms in columns.py.

    conversation_id,speaker,created_at,text
    c-1,agent,2026-03-02T10:15:00Z,How can I help?
    c-1,Lee,2026-03-02T10:15:20Z,"My parcel, again, is late."
    c-2,agent,2026-03-02T11:00:00Z,Hello!

What is done with the rows stands in turn_rows.py, which Excel and Parquet tables go through, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.model.audit import Failure
from empathy_audit.readers import turn_rows
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.columns import shape
from empathy_audit.readers.decoding import Document


def sniff(document: Document) -> str | None:
    """Taken for a header with a column for the text and one for who speaks."""
    table = shape(document)
    return turn_rows.recognised(table) if table else None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation."""
    yield from turn_rows.drafts(shape(document), desk)


READER = Reader(
    name="table",
    about="CSV, TSV or semicolons, one row a turn",
    suffixes=(".csv", ".tsv", ".tab"),
    verified="sample seen: real files",
    sniff=sniff,
    read=read,
)
