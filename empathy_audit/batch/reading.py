"""Files → transcripts, one file open at a time: trouble in a file becomes a Failure, and the next file is read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from empathy_audit.batch.discover import Input
from empathy_audit.batch.events import Done, Skipped, Watch, ignore
from empathy_audit.batch.extent import Extent
from empathy_audit.errors import MissingPackageError, TranscriptError
from empathy_audit.model.audit import Failure
from empathy_audit.model.transcript import Transcript
from empathy_audit.readers import Broken, Limits, Plan, Source, Speakers, UnknownFormat, Unrecognised, read
from empathy_audit.readers.decoding import from_pipe


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What holds for every file: a format or a mapping instead of detection, and who is who."""

    format: str | None = None
    speakers: Speakers = field(default_factory=Speakers)
    limits: Limits = field(default_factory=Limits)
    mapping: Plan | None = None


def read_inputs(
    inputs: Iterable[Input | Failure], how: HowToRead, watch: Watch = ignore, extent: Extent | None = None
) -> Iterator[Transcript | Failure]:
    """What stands in the files, in order; failures of finding them pass through. UnknownFormat is raised."""
    for item in inputs:
        if extent is not None:
            extent.file()
        if isinstance(item, Failure):
            yield item
        else:
            yield from _read_input(item, how, watch, extent)


def _read_input(item: Input, how: HowToRead, watch: Watch, extent: Extent | None) -> Iterator[Transcript | Failure]:
    try:
        with nullcontext(item.path) if item.url is None else _fetched(item) as path:
            source = _source(item, path, how.limits, extent)
            reading = read(source, format=how.format, mapping=how.mapping, speakers=how.speakers, limits=how.limits)
            yield from reading
        watch(Done(item.name, reading))
    except UnknownFormat:
        raise
    except Unrecognised as error:
        if item.named or isinstance(error, Broken):
            yield Failure(error.place or item.name, "unrecognised", error.message)
        else:
            watch(Skipped(item.name))
    except TranscriptError as error:
        yield Failure(error.place or item.name, "unreadable", error.message)
    except MissingPackageError as error:  # a mapping looks into a workbook before it reads it
        yield Failure(item.name, "missing-package", str(error))
    except OSError as error:
        yield Failure(item.name, "unreadable", f"cannot be read: {error.strerror or error}; check the file")


def _fetched(item: Input) -> AbstractContextManager[Path]:
    from empathy_audit.batch.remote import fetched

    return fetched(item)


def _source(item: Input, path: Path | None, limits: Limits, extent: Extent | None) -> Source:
    if path is None:
        return Source(item.name, data=from_pipe(sys.stdin.buffer, item.name, limits))
    if not path.is_file() and path.exists():
        # A pipe (`<(command)`) can be read once only, and detection must look before the reader does.
        with path.open("rb") as pipe:
            return Source(item.name, data=from_pipe(pipe, item.name, limits))
    return Source(item.name, path=path, opened=extent.opened if extent is not None else None)
