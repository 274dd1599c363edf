"""The results of a run, kept as JSON lines while they come, so that an interrupted run can go on where it stopped.

Beside the file that is to be written (`results.jsonl`) stand, while the run goes on, the lines so far
(`.results.jsonl.part`) and their journal (`.results.jsonl.journal`). In the end the lines become the file in one step, or
go away where the file is a report of another format; then the journal goes.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from empathy_audit.batch.journal import Entries, Mark, entries, folder_to_disk, head_line, mark_line, safe, to_disk
from empathy_audit.batch.locking import lock
from empathy_audit.errors import InputError
from empathy_audit.model.audit import Audit, Failure
from empathy_audit.stored import Header, read

INTERVAL = 1.0
"""Seconds of work that a crash may cost."""
_BUFFER = 1 << 18
"""Bytes of results that are written at once: as it comes, every other line would be a call of the system."""


class Ledger:
    """Lines that outlive a crash. Leaving it without an exception makes them the file `target`, if they are to be that.

    `settings` say by name what the results depend on. `resume` True goes on with an interrupted run, if there is one;
    False forgets it; None refuses to do either for the user. `lines` says whether the target is these lines themselves.
    `follows` tells whether there was an interrupted run, and `kept` how far it came, nowhere if it is forgotten.

    Raises:
        InputError: an interrupted run is kept that `resume` does not speak of, or it was of other settings, or another
            process is writing here.
        OSError: the files cannot be opened.
    """

    def __init__(self, target: Path, settings: Mapping[str, str], *, resume: bool | None, lines: bool) -> None:
        self._name, self._target, self._lines = str(target), target.resolve(), lines
        self._part = self._target.with_name(f".{self._target.name}.part")
        self._journal_path = self._target.with_name(f".{self._target.name}.journal")
        self._journal = _open_alone(self._journal_path, self._name)
        try:
            earlier = entries(self._journal)
            self.follows = earlier is not None
            self._mark, size = self._held(earlier)
            self._check(earlier, settings, resume)
            if resume and self._mark.done:
                self._journal.truncate(size)
                if not self._part.exists():
                    self._target.replace(self._part)
            else:
                self._mark = Mark()
                self._journal.truncate(0)
                self._journal.seek(0)
                self._journal.write(head_line(settings))
            to_disk(self._journal)
            self._journal.seek(0, os.SEEK_END)
            self._results = _open(self._part, _BUFFER)
            self._results.truncate(self._mark.bytes)
            self._results.seek(0, os.SEEK_END)
            folder_to_disk(self._target.parent)
        except BaseException:
            self._journal.close()
            raise
        self.kept = self._safe = self._mark
        self._marked = time.monotonic()

    def _held(self, earlier: Entries | None) -> tuple[Mark, int]:
        """The last mark that holds for the lines that are there, and the bytes of the journal up to it."""
        if earlier is None or not earlier.marks:
            return Mark(), 0
        count = safe(earlier.marks, self._part)
        if not self._part.exists() and safe(earlier.marks, self._target) == len(earlier.marks):
            count = len(
                earlier.marks
            )  # the run died when its lines had become the file and its journal had not yet gone
        return (earlier.marks[count - 1], earlier.sizes[count - 1]) if count else (Mark(), 0)

    def _check(self, earlier: Entries | None, settings: Mapping[str, str], resume: bool | None) -> None:
        done = self._mark.done
        if not done or earlier is None:
            return
        if resume is None:
            raise InputError(
                f"an interrupted run is kept here, {done:,} conversations far; go on with it by --resume, "
                "or start anew with --restart",
                self._name,
            )
        if resume and (others := _differences(earlier.settings, settings)):
            raise InputError(
                f"the interrupted run that is kept here was another one: {'; '.join(others)}; "
                "give what was given then, or start anew with --restart",
                self._name,
            )

    @property
    def done(self) -> int:
        """Outcomes so far, those of the interrupted run among them."""
        return self._mark.done

    @property
    def done_safely(self) -> int:
        """Those of them that are on the disk for sure."""
        return self._safe.done

    def outcomes(self) -> Iterator[Audit | Failure]:
        """The outcomes of the interrupted run; to be read before others are added."""
        if not self.kept.done:
            return
        with self._part.open("rb") as stream:
            for item in read(self._name, stream):
                if not isinstance(item.value, Header):
                    yield item.value

    def add(self, line: bytes, trail: str) -> None:
        """Keep the line of one more outcome; `trail` tells what came so far."""
        self._results.write(line)
        mark = self._mark
        self._mark = Mark(mark.done + 1, mark.bytes + len(line), zlib.crc32(line, mark.crc), trail)
        if time.monotonic() - self._marked >= INTERVAL:
            self.secure()

    def secure(self) -> None:
        """Bring what there is to the disk, and then say so in the journal."""
        if self._mark.done > self._safe.done:
            to_disk(self._results)
            self._journal.write(mark_line(self._mark))
            to_disk(self._journal)
            self._safe = self._mark
        self._marked = time.monotonic()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._settle()
            else:
                with suppress(OSError):  # the disk is full, say: what was safe is safe
                    self.secure()
                if not self._safe.done:
                    self._forget()
        finally:
            with suppress(OSError):  # closing writes what is left, and may fail for the same reason
                self._results.close()
            with suppress(OSError):
                self._journal.close()

    def _settle(self) -> None:
        self.secure()
        if self._lines:
            to_disk(self._results)
            self._results.close()
            umask = os.umask(0)  # until now it was its owner's alone; the result gets what any new file would get
            os.umask(umask)
            self._part.chmod(0o666 & ~umask)
            self._part.replace(self._target)
            folder_to_disk(self._target.parent)
        self._forget()

    def _forget(self) -> None:
        if os.name == "nt":  # where nothing that is open can be removed
            self._journal.close()
            self._results.close()
        self._journal_path.unlink(missing_ok=True)
        self._part.unlink(missing_ok=True)


def _open(path: Path, buffer: int = -1) -> IO[bytes]:
    """To read and to write at any place; its owner's alone if it is new."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600), "r+b", buffer)


def _open_alone(path: Path, name: str) -> IO[bytes]:
    """The same, locked against other processes."""
    while True:
        stream = _open(path)
        try:
            lock(stream, name)
            if path.exists():
                return stream
        except BaseException:
            stream.close()
            raise
        stream.close()  # the run that had it ended, and took the file away, just now


def _differences(was: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    keys = dict.fromkeys((*was, *now))
    return [
        f"{key} was {was.get(key) or 'not given'}, and is {now.get(key) or 'not given'}"
        for key in keys
        if was.get(key, "") != now.get(key, "")
    ]
