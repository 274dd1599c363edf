r"""Bytes to text, once for all readers: byte order marks, UTF-16, Windows-1252, line ends, binary junk.

A byte that is not UTF-8 is read as Windows-1252 by itself, so that a file in which exports of two programs were joined
comes out right in both halves. Lines end at \r\n, \n or \r alone: str.splitlines would also split at U+2028 or form
feed inside a text.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from empathy_audit.errors import TranscriptError
from empathy_audit.readers.base import Limits, Source

_T = TypeVar("_T")

HEAD_BYTES = 64 * 1024
LINE_END = re.compile(r"\r\n|\n|\r")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    (b"PK\x03\x04", "a zip archive (Excel and Word files are, too)"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"PAR1", "a Parquet file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"ID3", "an MP3 recording"),
    (b"RIFF", "a recording"),
)
_REMEDY = "expected text; export the transcript as text, CSV, JSON or captions"
# Without those that JSON writes as they are: what `convert` has written is read again, whatever was said.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_REPLACED = "\ufffd"
_FALLBACK = "empathy-audit-windows-1252"


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """A codec error handler: the offending bytes one by one, U+FFFD for the five that Windows-1252 leaves undefined."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_FALLBACK, _as_windows_1252)


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding that the first bytes speak for, and how many bytes its byte order mark takes."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name, len(bom)
    # Text in any European language is mostly one byte a letter, so in UTF-16 every other byte is zero.
    pairs = len(head[:4096]) // 2
    if pairs:
        even, odd = head[: pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
        if odd > pairs * 0.4 and even < pairs * 0.05:
            return "utf-16-le", 0
        if even > pairs * 0.4 and odd < pairs * 0.05:
            return "utf-16-be", 0
    return "utf-8", 0


def _errors(encoding: str) -> str:
    return _FALLBACK if encoding == "utf-8" else "replace"


def junk(data: bytes, text: str) -> str | None:
    """Why these first bytes cannot be text, or None."""
    for magic, what in _BINARY:
        if data.startswith(magic) and _CONTROL.search(text):
            return f"the file is {what}"
    if "\x00" in text:
        return "the file is binary (it holds NUL bytes)"
    # A sign that stands for itself in the file was replaced by somebody else, long ago.
    undecodable = max(0, text.count(_REPLACED) - data.count(_REPLACED.encode()))
    if (len(_CONTROL.findall(text)) + undecodable) * 10 > len(text):
        return "the file is binary (a tenth of it are control characters)"
    return None


class Document:
    """A source that is about to be read: its head, and on demand its lines or its whole text.

    `refusal`: why it is no text (empty, binary), None when it is. Raises TranscriptError at birth for a file that cannot
    be opened.
    """

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = _kept(source, limits)
        self.limits = limits
        self._kept: dict[str, Any] = {}
        data = self._read(HEAD_BYTES)
        self.whole_head = len(data) < HEAD_BYTES
        self.encoding, self._bom = encoding_of(data)
        decoder = codecs.getincrementaldecoder(self.encoding)(_errors(self.encoding))
        self.head = decoder.decode(data[self._bom :], self.whole_head)
        reason = "the file is empty" if not self.head.strip() else junk(data, self.head)
        self.refusal = f"{reason}; {_REMEDY}" if reason else None

    def whole(self) -> bytes:
        """All bytes of the file, read anew each time. Raises TranscriptError over the limit of bytes."""
        limit = self.limits.file_bytes
        data = self._read(limit + 1)
        if len(data) > limit:
            raise TranscriptError(
                f"the file is larger than {limit:,} bytes; expected less for a format that is held in memory; "
                "split it, or write its conversations as a JSON list or JSON lines, which may be of any size",
                self.source.name,
            )
        return data

    def once(self, key: str, make: Callable[[], _T]) -> _T:
        """What `make` gives, worked out once: many readers ask the same question while a format is being detected."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast("_T", self._kept[key])

    def _read(self, size: int) -> bytes:
        try:
            with self.source.open() as stream:
                return stream.read(size)
        except OSError as error:
            raise cannot_open(self.source, error) from error

    @cached_property
    def text(self) -> str:
        """The whole text, line ends as they are.

        Raises TranscriptError over the limit of bytes and for NUL in the midst.
        """
        text = self.whole()[self._bom :].decode(self.encoding, _errors(self.encoding))
        if "\x00" in text:
            line = 1 + len(LINE_END.findall(text, 0, text.index("\x00")))
            raise TranscriptError(f"a NUL byte; {_REMEDY}", f"{self.source.name}:{line}")
        return text

    @cached_property
    def lines(self) -> list[str]:
        """The whole text cut at line ends, which are dropped."""
        return LINE_END.split(self.text)

    def stream(self) -> Iterator[str]:
        """The lines with their line ends, one by one for files of any size. Raises TranscriptError when it fails."""
        limit = self.limits.file_bytes
        with self._opened() as text:
            # readline with a size keeps a file without line ends from filling the memory.
            for number, line in enumerate(iter(lambda: text.readline(limit + 1), ""), start=1):
                if len(line) > limit:
                    place = f"{self.source.name}:{number}"
                    raise TranscriptError(
                        f"a line of more than {limit:,} characters; expected less of what is held in memory at once, as one "
                        "JSON object is; write its conversations as a JSON list or JSON lines, which may be of any size",
                        place,
                    )
                yield line

    def pieces(self, size: int) -> Iterator[str]:
        """The text in pieces of `size` characters, line ends as they are. Raises TranscriptError when it fails."""
        with self._opened() as text:
            yield from iter(lambda: text.read(size), "")

    @contextmanager
    def _opened(self) -> Iterator[io.TextIOWrapper]:
        try:
            with self.source.open() as raw:
                raw.read(self._bom)
                with io.TextIOWrapper(raw, self.encoding, _errors(self.encoding), newline="") as text:
                    yield text
        except OSError as error:
            raise cannot_open(self.source, error) from error


def _kept(source: Source, limits: Limits) -> Source:
    """A pipe can be read once only, so what comes out of it is kept."""
    try:
        if source.size is not None or (source.path or Path(source.name)).is_dir():
            return source
        with source.open() as stream:
            return replace(source, data=from_pipe(stream, source.name, limits))
    except OSError as error:
        raise cannot_open(source, error) from error


def from_pipe(stream: BinaryIO, name: str, limits: Limits) -> bytes:
    """All that comes out of a pipe. Raises TranscriptError over the limit of bytes, since nothing is cut silently."""
    data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise TranscriptError(
            f"more than {limits.file_bytes:,} bytes came out of the pipe; expected less, as it is held in memory; "
            "save it in a file, which may be of any size, and name that",
            name,
        )
    return data


def cannot_open(source: Source, error: OSError) -> TranscriptError:
    """The one message for every way in which a file cannot be opened or read."""
    return TranscriptError(
        f"cannot be read: {error.strerror or error}; check the path and its permissions", source.name
    )
