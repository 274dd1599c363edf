"""Tells when a file has changed, by asking for its time and size: works on every file system, shared ones included."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_SECONDS = 0.4


def changes(
    files: Callable[[], Iterable[Path]], wait: Callable[[float], None] = time.sleep
) -> Iterator[frozenset[Path]]:
    """At once with every file, then each time with those that came, went or changed; endless. `files` lists what to watch."""
    seen = _stamps(files())
    yield frozenset(seen)
    while True:
        wait(_SECONDS)
        now = _stamps(files())
        changed = {path for path in {*seen, *now} if seen.get(path) != now.get(path)}
        if changed:
            seen = now
            yield frozenset(changed)


def _stamps(files: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    found = {}
    for path in files:
        try:
            stat = path.stat()
        except OSError:
            continue
        found[path] = stat.st_mtime_ns, stat.st_size
    return found
