"""Zip archives, opened with bounds: an archive of a few kilobytes may claim to hold terabytes.

What an entry really gives is never more than the size that the archive states for it, so the stated sizes are what is
bounded: each entry by the limit of a file, all together by `AT_MOST` times as much.
"""

from __future__ import annotations

import contextlib
import lzma
import zipfile
import zlib
from collections.abc import Iterator

from empathy_audit.errors import TranscriptError
from empathy_audit.readers.decoding import Document, cannot_open

AT_MOST = 4
_MAGIC = b"PK\x03\x04"
MOST_ENTRIES = 200_000
DAMAGED = "the zip archive is damaged or cut off; expected a whole one; copy or export it again"
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError)


def names(document: Document) -> frozenset[str]:
    """The names of a zip archive's entries, for sniffing; empty when the document is none."""
    return document.once("zip names", lambda: _names(document))


def _names(document: Document) -> frozenset[str]:
    try:
        with document.source.open() as stream:
            if stream.read(4) != _MAGIC:
                return frozenset()
            with zipfile.ZipFile(stream) as archive:
                return frozenset(archive.namelist())
    except (*_DAMAGED, NotImplementedError):
        return frozenset()


def is_damaged(document: Document) -> bool:
    """Whether the document begins like a zip archive and cannot be opened as one."""
    try:
        with document.source.open() as stream:
            return stream.read(4) == _MAGIC and not zipfile.is_zipfile(stream)
    except OSError:
        return False


@contextlib.contextmanager
def opened(document: Document) -> Iterator[zipfile.ZipFile]:
    """The archive, once its stated sizes are found to be bearable. Raises TranscriptError otherwise."""
    name, limit = document.source.name, document.limits.file_bytes
    try:
        stream = document.source.open()
    except OSError as error:
        raise cannot_open(document.source, error) from error
    with stream:
        try:
            archive = zipfile.ZipFile(stream)
        except (*_DAMAGED, NotImplementedError) as error:
            raise TranscriptError(DAMAGED, name) from error
        with archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise TranscriptError(f"{len(entries):,} files in the archive; expected at most {MOST_ENTRIES:,}", name)
            total = sum(entry.file_size for entry in entries)
            if total > AT_MOST * limit:
                raise TranscriptError(
                    f"the archive unpacks to {total:,} bytes; expected at most {AT_MOST * limit:,}; split it", name
                )
            yield archive


def content(archive: zipfile.ZipFile, entry: str, document: Document) -> bytes:
    """What stands in one entry. Raises TranscriptError when it is too large, encrypted, missing or damaged."""
    place, limit = f"{document.source.name}#/{entry.replace(' ', '%20')}", document.limits.file_bytes
    try:
        size = archive.getinfo(entry).file_size
        if size > limit:
            raise TranscriptError(f"a file of {size:,} bytes in the archive; expected at most {limit:,}", place)
        return archive.read(entry)
    except KeyError as error:
        raise TranscriptError("no such file in the archive; export it again", place) from error
    except (RuntimeError, NotImplementedError) as error:
        raise TranscriptError(
            "a file in the archive is encrypted or packed in an unknown way; save it without a password", place
        ) from error
    except _DAMAGED as error:
        raise TranscriptError("a file in the archive is damaged; expected it whole; export it again", place) from error
