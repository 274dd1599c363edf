"""The columns that come out, in the words of Arrow and of SQL. They depend on the kind of rows alone."""

from __future__ import annotations

from typing import Any

from empathy_audit.reports import arrow
from empathy_audit.reports.base import Rows
from empathy_audit.reports.tables import table

_SQL = {"text": "string", "whole": "bigint", "number": "double", "flag": "boolean", "scores": "map<string,double>"}


def schema(rows: Rows) -> Any:
    """The `pyarrow.Schema` of these rows. MissingPackageError without pyarrow."""
    return arrow.schema(table(rows).columns)


def ddl(rows: Rows) -> str:
    """The same as Spark writes it, for `mapInArrow` and `mapInPandas`: `record string, source string, ...`."""
    return ", ".join(f"{column.name} {_SQL[column.type]}" for column in table(rows).columns)
