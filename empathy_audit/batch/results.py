"""Files of stored results, and stores of them → audits and failures, and who judged them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from empathy_audit.batch.discover import Input
from empathy_audit.errors import InputError, StoreError
from empathy_audit.model.audit import Audit, Failure, RubricStamp
from empathy_audit.store import OtherDatabaseError, is_store
from empathy_audit.store import results as store_results
from empathy_audit.stored import Header, Item, NotResultsError, read


def read_results(inputs: Iterable[Input | Failure], skipped: Callable[[str], None]) -> Iterator[Item]:
    """What stands in the files, in order. A file that holds no results is a failure if it was named, else `skipped`."""
    for item in inputs:
        if isinstance(item, Failure):
            yield Item(item, item.source)
            continue
        try:
            if item.path is not None and is_store(item.path):
                yield from store_results(item.path, item.name)
                continue
            with _opened(item) as stream:
                yield from read(item.name, stream)
        except (NotResultsError, OtherDatabaseError) as error:
            if item.named:
                yield Item(Failure(error.place, "unrecognised", error.message), error.place)
            else:
                skipped(item.name)
        except StoreError as error:
            yield Item(Failure(item.name, "unreadable", error.message), item.name)
        except OSError as error:
            message = f"cannot be read: {error.strerror or error}; check the file"
            yield Item(Failure(item.name, "unreadable", message), item.name)


@contextmanager
def _opened(item: Input) -> Iterator[BinaryIO]:
    if item.url is not None:
        from empathy_audit.batch.remote import fetched

        with fetched(item) as path, path.open("rb") as stream:
            yield stream
    elif item.path is None:
        yield sys.stdin.buffer
    else:
        with item.path.open("rb") as stream:
            yield stream


class Judges:
    """Who judged the results so far, and which of them came before.

    `mixed` allows several rubrics. `stamps` are the rubrics by their hash, `versions` those of the tool, `signals` the
    learned signals that it used; `again` counts results that stand a second time.
    """

    def __init__(self, mixed: bool = False) -> None:
        self.stamps: dict[str, RubricStamp] = {}
        self.versions: dict[str | None, None] = {}
        self.signals: dict[str | None, None] = {}
        self.again = 0
        self._mixed = mixed
        self._first = ""
        self._seen: set[tuple[str, str, str, int]] = set()

    def is_new(self, audit: Audit, place: str) -> bool:
        """Take note of who judged; whether the result is none that came before.

        Raises:
            InputError: another rubric judged the earlier ones, and that is not allowed.
        """
        self.rubric(audit.rubric, place)
        self.versions.setdefault(audit.tool_version)
        self.signals.setdefault(audit.signals)
        transcript = audit.transcript
        texts = hash(tuple(turn.text for turn in transcript.turns))
        key = (transcript.source, transcript.id, audit.rubric.hash, texts)
        if key in self._seen:
            self.again += 1
            return False
        self._seen.add(key)
        return True

    def header(self, header: Header, place: str) -> None:
        """Take note of who judged a document, in which no transcript need be. Raises as `is_new` does."""
        if header.rubric is not None:
            self.rubric(header.rubric, place)

    def rubric(self, stamp: RubricStamp, place: str) -> None:
        """Take note of a rubric. Raises as `is_new` does."""
        if stamp.hash in self.stamps:
            return
        if self.stamps and not self._mixed:
            (other,) = self.stamps.values()
            raise InputError(
                f"judged by {named(stamp)}, and {self._first} by {named(other)}; scores of different rubrics do not "
                "compare: judge the transcripts again by one, or give --mixed-rubrics",
                place,
            )
        self._first = self._first or place
        self.stamps[stamp.hash] = stamp

    @property
    def stamp(self) -> RubricStamp | None:
        """The rubric that judged; None of none or several."""
        return next(iter(self.stamps.values())) if len(self.stamps) == 1 else None


def named(stamp: RubricStamp) -> str:
    """`empathy 1.1.0 (0123abcd)`: the id, the version and the beginning of the hash, which differ even where the others do not."""
    return f"{stamp.id} {stamp.version} ({stamp.hash.removeprefix('sha256:')[:8]})"
