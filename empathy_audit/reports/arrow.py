"""The tables as Arrow holds them: one type a column, whatever the batch, so that files and frames of many runs fit together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from empathy_audit.extras import PARQUET as EXTRA
from empathy_audit.reports.tables import Column, Row
from empathy_audit.version import __version__


def schema(columns: Sequence[Column]) -> Any:
    """The `pyarrow.Schema` of the columns; what each is about stands in its metadata.

    Raises:
        MissingPackageError: pyarrow is not installed.
    """
    EXTRA.needed("tables in Arrow's format")
    import pyarrow

    types = {
        "text": pyarrow.string(),
        "whole": pyarrow.int64(),
        "number": pyarrow.float64(),
        "flag": pyarrow.bool_(),
        "scores": pyarrow.map_(pyarrow.string(), pyarrow.float64()),
    }
    fields = [
        pyarrow.field(column.name, types[column.type], metadata={"description": column.about}) for column in columns
    ]
    return pyarrow.schema(fields, metadata={"empathy-audit": __version__})


def table(columns: Sequence[Column], rows: Sequence[Row]) -> Any:
    """The rows as a `pyarrow.Table`. MissingPackageError as for `schema`."""
    of = schema(columns)
    import pyarrow

    values = ([_value(row[at]) for row in rows] for at in range(len(columns)))
    arrays = [pyarrow.array(column, field.type) for column, field in zip(values, of, strict=True)]
    return pyarrow.Table.from_arrays(arrays, schema=of)


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()  # a lone surrogate is no UTF-8
    return list(value.items()) if isinstance(value, Mapping) else value
