"""The journal of a run: a first line that says which run it is, then marks of how far its results are safe on the disk.

    {"journal": 1, "settings": {"rubric": "empathy 1.2.0 0123...", "inputs": "4 files 89ab...", ...}}
    {"done": 400, "bytes": 812345, "crc": 1234567, "trail": "89ab..."}

A mark is written after the results before it have reached the disk, so that a line that is torn, or was never written,
costs what came after the mark before it and nothing else.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

FORMAT = 1
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Mark:
    """So many outcomes are safe: in so many bytes of results, with this check sum; `trail` tells what they were of."""

    done: int = 0
    bytes: int = 0
    crc: int = 0
    trail: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """What stands in a journal. `sizes` are the bytes up to the end of each mark's line."""

    settings: Mapping[str, str]
    marks: tuple[Mark, ...] = ()
    sizes: tuple[int, ...] = ()


def head_line(settings: Mapping[str, str]) -> bytes:
    """The first line."""
    return _line({"journal": FORMAT, "settings": dict(settings)})


def mark_line(mark: Mark) -> bytes:
    """The line of a mark."""
    return _line(asdict(mark))


def _line(value: object) -> bytes:
    return json.dumps(value).encode() + b"\n"


def entries(lines: Iterable[bytes]) -> Entries | None:
    """What stands in the lines of a journal, up to the first that is torn; None if its first one is."""
    size = 0
    settings: Mapping[str, str] | None = None
    marks, sizes = [], []
    for line in lines:
        size += len(line)
        value = _object(line)
        try:
            if settings is None:
                if value.get("journal") != FORMAT:
                    return None
                settings = {str(key): str(setting) for key, setting in value["settings"].items()}
            else:
                marks.append(Mark(int(value["done"]), int(value["bytes"]), int(value["crc"]), str(value["trail"])))
                sizes.append(size)
        except (KeyError, TypeError, ValueError, AttributeError):
            break
    return None if settings is None else Entries(settings, tuple(marks), tuple(sizes))


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line) if line.endswith(b"\n") else None
    except (ValueError, RecursionError):
        value = None
    return value if isinstance(value, dict) else {}


def safe(marks: Iterable[Mark], results: Path) -> int:
    """How many of the marks hold for the file of results: what is there up to each of them is what was written."""
    count, crc, at = 0, 0, 0
    try:
        with results.open("rb") as stream:
            for mark in marks:
                for piece in _pieces(stream, mark.bytes - at):
                    crc, at = zlib.crc32(piece, crc), at + len(piece)
                if (at, crc) != (mark.bytes, mark.crc):
                    break
                count += 1
    except OSError:
        pass
    return count


def _pieces(stream: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (piece := stream.read(min(size, _PIECE))):
        size -= len(piece)
        yield piece


def to_disk(stream: IO[bytes]) -> None:
    """Wait until what was written is on the disk and outlives a power cut."""
    stream.flush()
    os.fsync(stream.fileno())


def folder_to_disk(folder: Path) -> None:
    """Wait until the names in the folder are on the disk too; a platform that knows no such thing is not asked."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
