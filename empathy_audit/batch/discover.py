"""Arguments → the files to read, in a stable order.

An argument is a file, a folder (walked through, names in code point order), a glob, a URL, or `-` for standard input. Folders
and files whose name starts with a dot are left out of a folder; `.gitignore` is not read, since the folders that hold
customers' words are the ones that projects ignore. What cannot be listed becomes a Failure and the rest goes on.
"""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from empathy_audit.model.audit import Failure

STDIN = "-"
STDIN_NAME = "<stdin>"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read: at `path`, or behind a `url` with so many `bytes`; standard input when both are None.

    `name` is what results call it: its path relative to the argument given. `named`: the user named this very file, so
    that not recognising it is a failure; otherwise it was found in a folder and may be skipped.
    """

    name: str
    path: Path | None
    named: bool = True
    url: str | None = None
    bytes: int = 0

    @property
    def size(self) -> int:
        """How many bytes there are, as far as is known without reading; 0 where nothing is."""
        try:
            return self.bytes if self.path is None else self.path.stat().st_size
        except OSError:
            return 0


def is_url(text: str) -> bool:
    """Whether it is a URL (`s3://bucket/key`) and no path."""
    return _URL.match(text) is not None


def discover(
    arguments: Sequence[str], *, exclude: Sequence[str] = (), stdin_name: str = STDIN_NAME
) -> tuple[Input | Failure, ...]:
    """Every file behind the arguments, each once, in the order of the arguments.

    `exclude`: globs for what is found in folders, matched against a name or a path relative to the folder. Two files of
    the same name from different arguments are told apart by the argument in front of it.
    """
    found: list[tuple[str, Input | Failure]] = []
    seen: set[str] = set()
    for argument in arguments:
        for item in _expand(argument, exclude, stdin_name):
            if isinstance(item, Input):
                real = os.path.realpath(item.path) if item.path else item.url or STDIN
                if real in seen:
                    continue
                seen.add(real)
            found.append((argument, item))
    return _distinct(found)


def _expand(argument: str, exclude: Sequence[str], stdin_name: str) -> Iterator[Input | Failure]:
    if argument == STDIN:
        yield Input(stdin_name, None)
    elif is_url(argument):
        from empathy_audit.batch.remote import found

        yield from found(argument, exclude, _excluded)
    elif os.path.lexists(argument):
        yield from _existing(Path(argument), exclude)
    elif glob.has_magic(argument):
        matches = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute patterns
        if not matches:
            yield Failure(argument, "not-found", "this glob matches nothing; check the pattern")
        for match in matches:
            yield from _existing(Path(match), exclude)
    else:
        yield Failure(argument, "not-found", "no such file or folder; check the path")


def _existing(path: Path, exclude: Sequence[str]) -> Iterator[Input | Failure]:
    if not path.is_dir():
        yield Input(path.name, path)
        return
    empty = True
    for item in _walk(path, path, exclude, (_real(path),), set()):
        empty = False
        yield item
    if empty:
        yield Failure(str(path), "not-found", "no files in this folder; hidden and excluded ones are left out")


def _walk(
    root: Path, folder: Path, exclude: Sequence[str], above: tuple[str, ...], walked: set[str]
) -> Iterator[Input | Failure]:
    # `above`: the real paths from the root down to this folder; `walked`: those of all folders seen, so that links that
    # lead to the same folder many times over cost nothing.
    walked.add(above[-1])
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(
            str(folder), "unreadable", f"this folder cannot be listed: {error.strerror}; check its permissions"
        )
        return
    for entry in entries:
        path = folder / entry.name
        name = path.relative_to(root).as_posix()
        if entry.name.startswith(".") or _excluded(name, exclude):
            continue
        if not _is_folder(path):
            yield Input(name, path, named=False)
            continue
        inner = _real(path)
        if _leads_back(inner, above):
            yield Failure(str(path), "loop", "this link leads back to a folder above it; remove it or --exclude it")
        elif inner not in walked:
            yield from _walk(root, path, exclude, (*above, inner), walked)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a folder without permission, or a link to itself: reading it will tell
        return False


def _leads_back(inner: str, above: tuple[str, ...]) -> bool:
    # Also a link to somewhere over the folder that was given: walking it would come by here again.
    return any(Path(inner) in (Path(folder), *Path(folder).parents) for folder in above)


def _real(path: Path) -> str:
    return os.path.realpath(path)


def _excluded(name: str, exclude: Sequence[str]) -> bool:
    parts = PurePosixPath(name).parts
    return any(
        fnmatchcase(name, pattern) or any(fnmatchcase(part, pattern) for part in parts)
        for pattern in (given.rstrip("/") for given in exclude)
    )


def _distinct(found: Sequence[tuple[str, Input | Failure]]) -> tuple[Input | Failure, ...]:
    names = Counter(item.name for _, item in found if isinstance(item, Input))
    return tuple(
        replace(item, name=_qualified(argument, item))
        if isinstance(item, Input) and (item.path or item.url) and names[item.name] > 1
        else item
        for argument, item in found
    )


def _qualified(argument: str, item: Input) -> str:
    if item.url is not None:
        return item.url
    path = Path(argument)
    return (path / item.name if path.is_dir() else item.path or path).as_posix()
