"""One process a file: the lock goes away with the process, however it ends."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import IO

from empathy_audit.errors import InputError

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _lock(stream: IO[bytes]) -> None:
        stream.seek(0x7FFF_FFF0)  # a byte that nobody writes
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise _BusyError from error
        finally:
            stream.seek(0)

else:
    import fcntl

    def _lock(stream: IO[bytes]) -> None:
        with suppress(OSError):  # some network file systems know no locks; there the user takes care
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise _BusyError from error


class _BusyError(Exception):
    """Somebody else has it."""


def lock(stream: IO[bytes], name: str) -> None:
    """Take the open file for this process, until it is closed.

    Raises:
        InputError: another process has it; the place is `name`.
    """
    try:
        _lock(stream)
    except _BusyError:
        message = "another run is writing here; wait for its end, or give --output-file another name"
        raise InputError(message, name) from None
