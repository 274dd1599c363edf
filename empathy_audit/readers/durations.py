"""Lengths of time as the speech clouds write them, brought to milliseconds.

"1.300s"    {"seconds": "1", "nanos": 300000000}    "PT1M2.5S"    1.3
"""

from __future__ import annotations

import re
from typing import Any

from empathy_audit.readers.json_fields import as_millis, as_number, mapping

_ISO = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,12})?)S)?")


def duration(value: Any) -> int | None:
    """Milliseconds of a length of time in any of these spellings; a bare number is seconds."""
    if isinstance(value, dict):
        seconds, nanos = as_number(mapping(value).get("seconds")), as_number(mapping(value).get("nanos"))
        # Zero fields are left out of such an object, so an empty one is the beginning.
        return as_millis((seconds or 0) + (nanos or 0) * 1e-9, 1000)
    if isinstance(value, str):
        found = _ISO.fullmatch(value.strip()[:60])
        if found and len(value.strip()) > 2:
            hours, minutes, rest = (float(part or 0) for part in found.groups())
            return as_millis(hours * 3600 + minutes * 60 + rest, 1000)
        value = value.strip().removesuffix("s")
    return as_millis(as_number(value), 1000)
