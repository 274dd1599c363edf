"""Results kept over many runs, in a DuckDB file that DuckDB alone can read: the room that knows DuckDB.

A run is spooled while it goes on and enters the file whole, in one transaction, when it ends: the file is locked for as long as that
takes, and a run that was interrupted left nothing in it. schema.py says what stands where; docs/store.md tells users.
"""

from __future__ import annotations

from empathy_audit.store.opening import WAIT, OtherDatabaseError, check, is_store
from empathy_audit.store.reading import Entry, Judged, entries, results
from empathy_audit.store.schema import MODES, SCHEMA_VERSION, TABLES, Mode
from empathy_audit.store.writing import Run, Spool

__all__ = [
    "MODES",
    "SCHEMA_VERSION",
    "TABLES",
    "WAIT",
    "Entry",
    "Judged",
    "Mode",
    "OtherDatabaseError",
    "Run",
    "Spool",
    "check",
    "entries",
    "is_store",
    "results",
]
