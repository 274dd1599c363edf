"""Outputs that are URLs: written on the disk like any other, and uploaded when they are whole."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

from empathy_audit.batch.remote import file_system
from empathy_audit.errors import InputError

_WHOLE = frozenset(("s3", "s3a", "gs", "gcs", "az", "abfs", "adl", "oss", "oci", "memory", "file", "local"))
"""Kinds of URLs under which an object appears when its upload is complete; elsewhere it is uploaded beside, and renamed."""


class Upload:
    """A file or folder on the disk that becomes the one at the URL when it is left without an exception.

    Raises:
        InputError: when it is entered: there is no such bucket, or it cannot be asked; when it is left: the upload failed.
        MissingPackageError: the driver is not installed. Better told now than after the judging.
    """

    def __init__(self, url: str, folder: bool) -> None:
        self._url = url
        self._is_folder = folder

    def __enter__(self) -> Path:
        self._system, self._path = file_system(self._url)
        bucket = self._path.partition("/")[0]
        try:
            there = not bucket or bucket == self._path or self._system.exists(bucket)
        except Exception as error:  # each driver has errors of its own
            raise self._trouble("cannot be asked", error) from error
        if not there:
            raise InputError(f"there is no bucket {bucket}, or it is not yours; make it first", self._url)
        self._folder = Path(tempfile.mkdtemp(prefix="empathy-audit-"))
        return self._folder / (PurePosixPath(self._path).name or "results")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._upload()
        except Exception as error:
            raise self._trouble("the upload failed", error) from error
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _upload(self) -> None:
        local = self._folder / (PurePosixPath(self._path).name or "results")
        if not self._is_folder:
            self._put(local, self._path)
            return
        for file in sorted(path for path in local.rglob("*") if path.is_file()):
            self._put(file, f"{self._path.rstrip('/')}/{file.relative_to(local).as_posix()}")

    def _put(self, file: Path, path: str) -> None:
        protocols = self._system.protocol
        if not _WHOLE.isdisjoint((protocols,) if isinstance(protocols, str) else protocols):
            self._system.put_file(str(file), path)
            return
        beside = str(PurePosixPath(path).with_name(f".{PurePosixPath(path).name}.part"))
        self._system.put_file(str(file), beside)
        self._system.mv(beside, path)

    def _trouble(self, what: str, error: Any) -> InputError:
        told = " ".join(f"{type(error).__name__}: {error}".split())
        return InputError(f"{what}: {told}; check the URL and your credentials", self._url)
