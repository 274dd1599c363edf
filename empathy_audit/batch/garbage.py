"""How often Python looks for objects that hold each other in a circle."""

from __future__ import annotations

import gc

_OBJECTS = 50_000


def look_seldom() -> None:
    """Look for circles of objects less often than Python does by itself.

    Judging makes many values and no circles, and whatever is no longer used goes at once without any looking. For a process that is the
    tool's own: the setting is the whole process's.
    """
    gc.set_threshold(_OBJECTS, 20, 100)
