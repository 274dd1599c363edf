"""Results of ours read back into the values that they were written from, so that any report can be drawn without judging again.

`read` takes JSON lines one by one and our JSON document whole. What results do not carry stays behind: the ends of turns
(`end_ms`), the ids of cues, the steps of an explanation; no report but `explain` shows them.
"""

from __future__ import annotations

from empathy_audit.stored.reading import Header, Item, NotResultsError, line_of, read

__all__ = ["Header", "Item", "NotResultsError", "line_of", "read"]
