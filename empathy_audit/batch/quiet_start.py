"""Starting processes while somebody may press Ctrl-C: neither they nor the starting of them is torn apart by it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Within, Ctrl-C waits until the end; processes that are started within never hear of it.

    A terminal sends it to all of them, and it is the parent's to answer. Where the platform or the thread does not allow
    it, nothing is held back.
    """
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    # The mask is what the processes inherit; the handler is for a Ctrl-C that reaches another thread of this one.
    earlier = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, earlier)
        if pressed:
            signal.raise_signal(signal.SIGINT)
