"""Engines that call `audit_batches` on their workers, as docs/scale.md shows them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from empathy_audit import load_rubric
from empathy_audit.frames import audit_batches, schema

from tests.cli.conftest import MET, MISSED, SMALL, native
from tests.documents import blocks
from tests.frames.cases import JSON, turns

RUBRIC = load_rubric(SMALL)
PAGE = "docs/scale.md"


ENVIRONMENT = os.environ | {"PYSPARK_PYTHON": sys.executable}
"""Spark's workers would else run the first `python3` of the path."""


def shown(word: str) -> str:
    """The program of the page that is marked so."""
    (text,) = [b.text for b in blocks(PAGE) if b.language == "python" and f"engine: {word}" in b.marks]
    return text


def ran(word: str, folder: Path) -> str:
    """What the page's program prints, in a folder with a few conversations as the page has them."""
    lines = [*JSON["transcript"][:1], *JSON["transcript"][3:]]
    pa.parquet.write_table(pa.table({"transcript": lines}), folder / "calls.parquet")
    pa.parquet.write_table(pa.table(turns(("met", MET), ("missed", MISSED))), folder / "turns.parquet")
    ended = subprocess.run(
        [sys.executable, "-c", shown(word)], cwd=folder, capture_output=True, text=True, env=ENVIRONMENT
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_pandas() -> None:
    pandas = pytest.importorskip("pandas")
    (out,) = audit_batches([pandas.DataFrame(JSON)], RUBRIC)
    assert type(out) is pandas.DataFrame
    assert out["record"].tolist() == ["conversation", "failure", "failure", "conversation"]
    assert out["overall"].tolist() == [100.0, pandas.NA, pandas.NA, 0.0]
    assert out["principles"][0] == {"acknowledgement": 100.0}
    (empty,) = audit_batches([pandas.DataFrame({"transcript": []})], RUBRIC)
    assert (len(empty), empty.dtypes.to_dict()) == (0, out.dtypes.to_dict())


def test_pandas_cells_of_every_kind() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(turns(("met", MET)))
    frame["created_at"] = pandas.date_range("2026-03-02", periods=len(frame), freq="min")
    frame["turn_index"] = pandas.array([1, *[None] * (len(frame) - 1)], dtype="Int64")
    (out,) = audit_batches([frame], RUBRIC, rows="turns")
    assert out["at"][0] == "2026-03-02T00:00:00"


def test_polars() -> None:
    polars = pytest.importorskip("polars")
    (out,) = audit_batches([polars.DataFrame(JSON)], RUBRIC)
    assert type(out) is polars.DataFrame
    assert out["overall"].to_list() == [100.0, None, None, 0.0]


def test_the_program_for_polars(tmp_path: Path) -> None:
    pytest.importorskip("polars")
    assert "emotion-missed" in ran("polars", tmp_path)


def test_the_program_for_pandas(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    assert "2 conversations" in ran("pandas", tmp_path)


def test_the_program_for_duckdb(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    assert "met" in ran("duckdb", tmp_path)


def spark() -> Any:
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime, and there is none")
    return pytest.importorskip("pyspark", reason="PySpark is not installed: pip install 'empathy-audit[spark]'")


@pytest.mark.slow
def test_the_program_for_spark(tmp_path: Path) -> None:
    spark()
    printed = ran("spark", tmp_path)
    assert "mapInArrow: 2 conversations, 0 failures" in printed
    assert "mapInPandas: 2 conversations, 0 failures" in printed


@pytest.mark.slow
def test_spark_loses_nothing_and_gives_what_one_process_gives(tmp_path: Path) -> None:
    spark()
    cells = [native(f"n{n}", *(MET if n % 2 else MISSED)) for n in range(60)]
    cells[7], cells[40] = "{broken", ""
    pa.parquet.write_table(
        pa.table({"transcript": cells, "source": [f"s{n}" for n in range(60)]}), tmp_path / "in.parquet"
    )
    program = (
        "import functools, sys\n"
        "from pyspark.sql import SparkSession\n"
        "from empathy_audit.frames import audit_batches, ddl\n"
        "spark = SparkSession.builder.master('local[2]').config('spark.ui.enabled', 'false').getOrCreate()\n"
        "frame = spark.read.parquet('in.parquet').repartition(4)\n"
        f"judge = functools.partial(audit_batches, rubric={str(SMALL)!r}, rows='conversations')\n"
        "import pyarrow.parquet\n"
        "for name in ('mapInArrow', 'mapInPandas'):\n"
        "    out = getattr(frame, name)(judge, ddl('conversations')).toArrow()\n"
        "    pyarrow.parquet.write_table(out, name + '.parquet')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, env=ENVIRONMENT
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    (alone,) = audit_batches([pa.parquet.read_table(tmp_path / "in.parquet")], RUBRIC)
    expected = sorted(map(str, alone.to_pylist()))
    assert len(expected) == 60
    for name in ("mapInArrow", "mapInPandas"):
        found = pa.parquet.read_table(tmp_path / f"{name}.parquet").cast(schema("conversations"))
        assert sorted(map(str, found.to_pylist())) == expected
