"""Ctrl-C, pressed once or in impatience: what is begun after the first one, to put things away, is not disturbed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


@contextmanager
def once() -> Iterator[None]:
    """Within, the first Ctrl-C is a KeyboardInterrupt, and those after it are none until the process ends."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's alone
        return
    earlier = signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is _interrupt:
            signal.signal(signal.SIGINT, earlier)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt
