"""One process a file: the lock goes away with the process, however it ends."""

from __future__ import annotations

import sys
from typing import IO

from empathy_audit.errors import InputError

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _lock(stream: IO[bytes]) -> None:
        stream.seek(0x7FFF_FFF0)  # a byte that nobody writes
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        stream.seek(0)

else:
    import fcntl

    def _lock(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock(stream: IO[bytes], name: str) -> None:
    """Take the open file for this process, until it is closed.

    Raises:
        InputError: another process has it; the place is `name`.
    """
    try:
        _lock(stream)
    except OSError:
        raise InputError(
            "another run is writing here; wait for its end, or give --output-file another name", name
        ) from None
