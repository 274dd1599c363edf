"""What a frame is, and back: Arrow's tables and record batches, pandas' and Polars' data frames.

No frame's package is imported to look at one; whoever hands it over has imported it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from empathy_audit.errors import InputError

Give = Callable[[Any], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame taken apart. `columns`: the cells by name, None where there is none. `give` makes frames of its kind of a `pyarrow.Table`."""

    columns: Mapping[str, Sequence[Any]]
    give: Give


def taken(frame: Any) -> Frame:
    """The frame, taken apart.

    Raises:
        InputError: it is none of the kinds.
    """
    package, kind = type(frame).__module__.partition(".")[0], type(frame).__name__
    if package == "pyarrow" and kind in ("RecordBatch", "Table"):
        return Frame(_arrow_columns(frame), _batches if kind == "RecordBatch" else _one)
    if package == "polars" and kind == "DataFrame":
        return Frame(_arrow_columns(frame.to_arrow()), _polars)
    if package == "pandas" and kind == "DataFrame":
        return Frame({str(name): _pandas_cells(frame[name]) for name in frame.columns}, _pandas)
    raise InputError(
        f"{package}.{kind} is no frame that is known; expected Arrow's RecordBatch or Table, or a DataFrame of pandas or "
        "Polars, and an iterator of them; collect a lazy one first"
    )


def _arrow_columns(frame: Any) -> Mapping[str, Sequence[Any]]:
    return {name: column.to_pylist() for name, column in zip(frame.schema.names, frame.columns, strict=True)}


def _pandas_cells(column: Any) -> Sequence[Any]:
    cells = column.astype(object).where(column.notna(), None)
    return [cell.tolist() if type(cell).__module__ == "numpy" else cell for cell in cells]


def _batches(table: Any) -> Iterator[Any]:
    # No rows are no batches, but whoever joins them needs one for the columns.
    yield from table.to_batches() or [_empty_batch(table.schema)]


def _empty_batch(schema: Any) -> Any:
    import pyarrow

    return pyarrow.RecordBatch.from_pylist([], schema=schema)


def _one(table: Any) -> Iterator[Any]:
    yield table


def _polars(table: Any) -> Iterator[Any]:
    import polars

    yield polars.from_arrow(table)


def _pandas(table: Any) -> Iterator[Any]:
    """With pandas' own types that know a missing value, so that a column is of the same type whatever stands in it."""
    import pandas
    import pyarrow

    types = {
        pyarrow.string(): pandas.StringDtype(),
        pyarrow.int64(): pandas.Int64Dtype(),
        pyarrow.float64(): pandas.Float64Dtype(),
        pyarrow.bool_(): pandas.BooleanDtype(),
    }
    yield table.to_pandas(types_mapper=types.get, maps_as_pydicts="strict")
