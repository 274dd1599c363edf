"""Parquet tables with a row a turn or a row a conversation.

    conversation_id: string, speaker: string, created_at: timestamp[ms], text: string
    c-1, agent, 2026-03-02 10:15:00, How can I help?
    c-1, Lee, 2026-03-02 10:15:20, My parcel, again, is late.

Read by pyarrow (the extra `parquet`), batch by batch. Columns are known by the names of columns.py; a list of structs
with role and text is a transcript in a cell. Rows are counted from 1.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from empathy_audit.errors import TranscriptError
from empathy_audit.extras import PARQUET
from empathy_audit.model.audit import Failure
from empathy_audit.readers import sheets
from empathy_audit.readers.archives import AT_MOST
from empathy_audit.readers.base import Desk, Draft, Reader
from empathy_audit.readers.columns import Row, Table
from empathy_audit.readers.decoding import Document

BATCH = 1024


def sniff(document: Document) -> str | None:
    """Taken for the four letters with which every Parquet file begins and ends."""
    return "a Parquet file" if document.once("parquet", lambda: _is_parquet(document)) else None


def _is_parquet(document: Document) -> bool:
    try:
        with document.source.open() as stream:
            return stream.read(4) == b"PAR1"
    except OSError:
        return False


def read(document: Document, desk: Desk) -> Iterator[Draft | Failure]:
    """One draft a conversation."""
    yield from sheets.drafts(tables(document), desk)


def tables(document: Document) -> list[Table]:
    """The one table of the file, if its columns have known names. MissingPackageError without pyarrow."""
    PARQUET.needed("reading Parquet files")

    def rows() -> Iterator[Row]:
        return _rows(document)

    header = list(itertools.islice(rows(), 1))
    table = sheets.table(header, rows, ":")
    return [table] if table else []


def _rows(document: Document) -> Iterator[Row]:
    """The header as row 0, then the rows."""
    parquet = PARQUET.needed("reading Parquet files")
    name, limit = document.source.name, document.limits.file_bytes
    try:
        with document.source.open() as stream, parquet.ParquetFile(stream) as file:
            names = [str(n) for n in file.schema_arrow.names]
            yield Row(names, 0)
            for group in range(file.metadata.num_row_groups):
                size = file.metadata.row_group(group).total_byte_size
                if size > AT_MOST * limit:
                    raise TranscriptError(
                        f"a row group of {size:,} bytes; expected at most {AT_MOST * limit:,}; write smaller ones", name
                    )
            batches = file.iter_batches(batch_size=BATCH)
            numbers = itertools.count(1)
            for batch in batches:
                for values in zip(*(_column(c) for c in batch.columns), strict=True):
                    yield Row([sheets.cell_text(v) for v in values], next(numbers))
    except (TranscriptError, GeneratorExit):
        raise
    except Exception as error:  # a damaged file makes pyarrow raise almost anything
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise TranscriptError(f"the Parquet file is damaged ({what}); write it again", name) from error


def _column(column: Any) -> list[Any]:
    values: list[Any] = column.to_pylist()
    return values


READER = Reader(
    name="parquet",
    about="Parquet tables, one row a turn or one row a conversation (needs the extra parquet)",
    suffixes=(".parquet", ".pq"),
    verified="sample seen: tables written by pyarrow",
    sniff=sniff,
    read=read,
    binary=True,
)
