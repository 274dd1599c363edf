"""Parquet, read back by pyarrow: one schema whatever is in the batch, partitions as Hive names them, failures among the rows."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet as pq
import pytest
from empathy_audit.errors import InputError
from empathy_audit.reports import View, report
from empathy_audit.reports.base import ROWS, Choices, Report, Rows

from tests.build import batch
from tests.reports.elsewhere import everything


def parquet(choices: Choices = Choices()) -> Report:  # noqa: B008 - frozen
    found = report("parquet")
    assert found is not None
    assert found.choose is not None
    return found.choose(choices)


def read(rows: Rows, of: object = None) -> pa.Table:
    made = parquet(Choices(rows=rows)).render(everything() if of is None else of, View())  # type: ignore[arg-type]
    return pq.read_table(io.BytesIO(made))


@pytest.mark.parametrize("rows", ROWS)
def test_the_schema_depends_on_nothing_in_the_batch(rows: Rows) -> None:
    full, empty = read(rows), read(rows, batch())
    assert full.schema.equals(empty.schema, check_metadata=True)
    assert empty.num_rows == 0 < full.num_rows
    assert all(field.metadata[b"description"] for field in full.schema)


def test_types_of_the_turns() -> None:
    types = {field.name: str(field.type) for field in read("turns").schema}
    assert {name: types[name] for name in ("conversation", "turn", "text", "intensity", "counted", "level")} == {
        "conversation": "string",
        "turn": "int64",
        "text": "string",
        "intensity": "double",
        "counted": "bool",
        "level": "int64",
    }


@pytest.mark.parametrize("rows", ROWS)
def test_failures_are_rows(rows: Rows) -> None:
    failed = read(rows).filter(pa.compute.equal(read(rows)["record"], "failure"))
    assert failed.num_rows == len(everything().failures)
    assert all(failed["message"].to_pylist())


def test_partitions_are_read_back_as_a_column(tmp_path: Path) -> None:
    folder = parquet(Choices(rows="turns", partition_by="week")).folder
    assert folder is not None
    for name, content in folder(everything(), View()):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        assert isinstance(content, bytes)
        path.write_bytes(content)
    found = pyarrow.dataset.dataset(tmp_path / "turns", partitioning="hive").to_table()
    whole = read("turns")

    def counted(table: pa.Table) -> dict[str | None, int]:
        groups = table.group_by("week").aggregate([("record", "count")])
        return dict(zip(groups["week"].to_pylist(), groups["record_count"].to_pylist(), strict=True))

    assert counted(found) == counted(whole)
    assert len(counted(whole)) >= 3


def test_a_table_that_cannot_be_split_so_is_refused() -> None:
    with pytest.raises(InputError, match="agents have no week to be split by"):
        parquet(Choices(rows="agents", partition_by="week"))
