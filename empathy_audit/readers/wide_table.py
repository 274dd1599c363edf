"""Tables with one row a conversation and the whole transcript in one cell: labelled text, or JSON.

    case_id,agent,csat,transcript
    C-9,Dana,2,"Agent: How can I help?
    Customer: My parcel is late, again."
    C-10,Dana,5,"[{""role"": ""agent"", ""text"": ""Hello""}, {""role"": ""customer"", ""text"": ""Hi""}]"

What is done with the rows stands in conversation_rows.py, which Excel and Parquet tables go through, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.model.audit import Failure
from empathy_audit.readers import conversation_rows
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.columns import shape
from empathy_audit.readers.decoding import Document


def sniff(document: Document) -> str | None:
    """Taken for a column in which more than half of the cells are conversations."""
    table = shape(document)
    return conversation_rows.recognised(table) if table else None


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a row."""
    yield from conversation_rows.drafts(shape(document), desk)


READER = Reader(
    name="wide-table",
    about="CSV, TSV or semicolons, one row a conversation with the transcript in a cell",
    suffixes=(".csv", ".tsv"),
    verified="documented: examples only",
    sniff=sniff,
    read=read,
)
