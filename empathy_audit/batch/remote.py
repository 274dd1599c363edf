"""Inputs that are URLs (`s3://`, `gs://`, `memory://` and whatever fsspec knows): found by key, prefix or glob, and fetched one at a time.

A file is fetched into a temporary one on the disk, so that memory stays flat and every reader may look into it twice. The
network is asked only for what a URL names. Credentials and endpoints are those of fsspec's drivers (environment, files).
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from empathy_audit.batch.discover import Input
from empathy_audit.errors import InputError, MissingPackageError
from empathy_audit.extras import CLOUD
from empathy_audit.model.audit import Failure

_MAGIC = re.compile(r"[*?\[]")
_PART = re.compile(r"[^A-Za-z0-9._-]")


def file_system(url: str) -> tuple[Any, str]:
    """The file system behind the URL, and the path in it.

    Raises:
        MissingPackageError: fsspec or the driver for this kind of URL is not installed.
        InputError: there is no such kind of URL, or it cannot be asked.
    """
    fsspec = CLOUD.needed(f"the URL {url}")
    try:
        system, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise MissingPackageError(f"the URL {url} needs a driver: {_told(error)}") from error
    except Exception as error:  # each driver has errors of its own
        raise InputError(f"{_told(error)}; expected such as s3://bucket/key", url) from error
    return system, path


def found(url: str, exclude: Sequence[str], excluded: Any) -> Iterator[Input | Failure]:
    """The files behind a key, a prefix or a glob, in the order of their names. What cannot be asked becomes a Failure.

    `excluded(name, exclude)` says what is left out of a prefix, beside names that begin with a dot.
    """
    system, path = file_system(url)
    try:
        system.invalidate_cache()
        if _MAGIC.search(path):
            yield from _matching(system, path, url)
        elif system.isfile(path) and not url.endswith("/"):
            info = system.info(path)
            yield _input(system, PurePosixPath(path).name, path, info, named=True)
        else:
            yield from _below(system, path, url, exclude, excluded)
    except Exception as error:
        yield Failure(url, "unreadable", f"cannot be listed: {_told(error)}; check the URL and your credentials")


def _matching(system: Any, path: str, url: str) -> Iterator[Input | Failure]:
    matches = {
        name: info
        for name, info in system.glob(path, detail=True).items()
        if info["type"] == "file" and ("/." in path or "/." not in name)  # hidden ones by name alone, as on the disk
    }
    if not matches:
        yield Failure(url, "not-found", "this glob matches nothing; check the bucket and the pattern")
    for name in sorted(matches):
        yield _input(system, PurePosixPath(name).name, name, matches[name], named=True)


def _below(system: Any, path: str, url: str, exclude: Sequence[str], excluded: Any) -> Iterator[Input | Failure]:
    try:
        listed = system.find(path, detail=True)
    except FileNotFoundError:
        listed = {}
    root = path.rstrip("/") + "/"
    empty = True
    for full in sorted(listed):
        name = full.removeprefix(root)
        hidden = any(part.startswith(".") for part in PurePosixPath(name).parts)
        if not name or full.endswith("/") or hidden or excluded(name, exclude):
            continue
        empty = False
        yield _input(system, name, full, listed[full], named=False)
    if empty:
        yield Failure(url, "not-found", "no such bucket, prefix or key, or nothing in it; check the URL")


def _input(system: Any, name: str, path: str, info: Any, *, named: bool) -> Input:
    return Input(name, None, named, system.unstrip_protocol(path), int(info.get("size") or 0))


@contextmanager
def fetched(item: Input) -> Iterator[Path]:
    """The file of a URL on the disk, for as long as it is read. OSError if it cannot be had."""
    assert item.url is not None  # noqa: S101 - asked for URLs alone
    system, path = file_system(item.url)
    with tempfile.TemporaryDirectory(prefix="empathy-audit-") as folder:
        file = Path(folder) / ("input" + PurePosixPath(_PART.sub("_", path)).suffix)
        try:
            system.get_file(path, str(file))
        except Exception as error:
            raise OSError(f"{_told(error)}; it was there when the URL was listed") from error
        yield file


def _told(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
