"""Files that are whole or not there at all, and folders likewise."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import IO

from empathy_audit.errors import InputError
from empathy_audit.reports import Files

MANIFEST = "empathy-audit-files.json"
"""In a folder of ours: the list of the files that were written, so that the next run knows what it may replace."""

_RANDOM = "[0-9a-z_]" * 8
"""How tempfile fills its names, as a glob."""

_SYSTEM_FILES = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))


def encoded(content: str | bytes) -> bytes:
    r"""Text as UTF-8, a lone surrogate as `\udXXX`; bytes as they are."""
    return content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content


def folder_of(file: Path) -> Path:
    """The folder in which a file is going to be.

    Raises:
        InputError: there is none.
    """
    if not file.parent.is_dir():
        raise InputError(f"there is no folder {file.parent} to write to; make it first", str(file))
    return file.parent


def sweep(file: Path) -> None:
    """Removes what a run that was killed has left beside `file`, or in the folder of that name; no other run may be writing there."""
    for left in (*file.parent.glob(f".{escape(file.name)}.{_RANDOM}.part"), *file.glob(f".{_RANDOM}.part")):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


class Output:
    r"""An open file that appears under its name only when it was written to the end; or standard output.

    Text is UTF-8 with "\n", whatever the locale. A lone surrogate is written as `\udXXX`, which JSON reads back.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._temporary: str | None = None
        if file is None:
            self._stream: IO[bytes] = sys.stdout.buffer
        elif file.exists() and not file.is_file():
            self._stream = file.open("wb")  # a device or a pipe: nothing to rename over
        else:
            handle, self._temporary = tempfile.mkstemp(dir=folder_of(file), prefix=f".{file.name}.", suffix=".part")
            self._stream = os.fdopen(handle, "wb")

    def write(self, content: str | bytes) -> None:
        """Write some of the text or bytes; standard output shows it at once."""
        if content:
            self._stream.write(encoded(content))
        if self._file is None:
            self._stream.flush()

    def __enter__(self) -> Output:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._file is None:
            return
        if self._temporary is None:
            self._stream.close()
            return
        temporary = Path(self._temporary)
        if kind is not None:
            with suppress(OSError):  # a full disk was told already
                self._stream.close()
            temporary.unlink(missing_ok=True)
            return
        try:
            with self._stream as stream:
                stream.flush()
                os.fsync(stream.fileno())  # else a power cut could leave the name with nothing behind it
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        umask = os.umask(0)  # a temporary file is its owner's alone; the result gets what any new file would get
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(self._file.resolve())


class OutputFolder:
    """A folder of files that changes only when all of them are written.

    An earlier result of ours in it is replaced as a whole, so that no file of it stays behind.

    Raises:
        InputError: when it is opened: its parent is missing, or it holds files that no result of ours has put there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = not folder.exists()
        folder_of(folder)
        if not self._made and not folder.is_dir():
            raise InputError("this is a file, and a folder was expected; give another name", str(folder))
        self._earlier = () if self._made else _earlier(folder)
        if self._made:
            folder.mkdir()
        self._temporary = Path(tempfile.mkdtemp(dir=folder, prefix=".", suffix=".part"))

    def write(self, files: Files) -> None:
        """Write the files, one after the other as they come."""
        names = []
        for name, content in files:
            path = self._temporary / name
            if not path.resolve().is_relative_to(self._temporary.resolve()):
                raise ValueError(f"{name} leaves the folder")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(encoded(content))
            names.append(name)
        manifest = json.dumps({"files": sorted(names)}, indent=1) + "\n"
        (self._temporary / MANIFEST).write_text(manifest, encoding="utf-8")

    def __enter__(self) -> OutputFolder:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._settle()
        finally:
            shutil.rmtree(self._temporary, ignore_errors=True)
            if kind is not None and self._made:
                self._folder.rmdir()

    def _settle(self) -> None:
        for name in self._earlier:
            (self._folder / name).unlink(missing_ok=True)
        for path in sorted((p for p in self._folder.rglob("*") if p.is_dir()), reverse=True):
            if not path.is_relative_to(self._temporary) and not any(path.iterdir()):
                path.rmdir()
        for path in self._temporary.iterdir():
            path.replace(self._folder / path.name)


def _earlier(folder: Path) -> tuple[str, ...]:
    """The files of an earlier result of ours in the folder. InputError if there are others."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        listed = []
    ours = {MANIFEST, *(str(name) for name in listed)} if isinstance(listed, list) else {MANIFEST}
    others = sorted(name for name in found - ours if name.rpartition("/")[2] not in _SYSTEM_FILES)
    if others:
        raise InputError(
            f"this folder holds {others[0]}, which is of no earlier result; give an empty folder or a new name",
            str(folder),
        )
    return tuple(sorted(found & ours))
