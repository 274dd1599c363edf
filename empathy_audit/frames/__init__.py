"""Frames in, frames out: what engines such as Spark, Ray, DuckDB and Polars call on each of their workers.

from empathy_audit.frames import audit_batches

for table in audit_batches(batches, rows="conversations"):
    ...
"""

from __future__ import annotations

from empathy_audit.frames.auditing import ROWS_OF_FRAMES, audit_batches
from empathy_audit.frames.shapes import ddl, schema

__all__ = ["ROWS_OF_FRAMES", "audit_batches", "ddl", "schema"]
