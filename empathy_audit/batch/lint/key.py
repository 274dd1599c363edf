"""What a cache of a rubric is known by, without loading the rubric: the bytes of its files, and the versions that judge."""

from __future__ import annotations

import hashlib
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from empathy_audit.shipped import folder, shipped

_EXTENDS = re.compile(
    rb"^(?:\xef\xbb\xbf)?extends:[ \t]*(?P<quote>[\"']?)(?P<name>[^\"'#\r\n]+?)(?P=quote)[ \t]*(?:#.*)?\r?$",
    re.MULTILINE,
)
_MAYBE_EXTENDS = re.compile(rb"extends[\"']?\s*:")
_REMARK = re.compile(rb"^[ \t]*#.*$", re.MULTILINE)
_NAME = re.compile(r"([a-z][a-z0-9-]*)(?:@.+)?")
_MOST = 9
_JUDGING = ("spacy", "google-re2", "pyyaml")


def cache_key(reference: str, tool_version: str) -> str | None:
    """The key of a rubric by name or path; None where its files cannot be told for certain: then nothing is cached."""
    files = rubric_files(reference)
    if files is None:
        return None
    python = f"python {sys.version_info.major}.{sys.version_info.minor}"  # its Unicode tables judge, too
    made = hashlib.sha256(f"{tool_version}\0{python}\0{reference}\0".encode("utf-8", "surrogateescape"))
    for package in _JUDGING:
        made.update(f"{package} {_version(package)}\0".encode())
    for _, data in files:
        made.update(len(data).to_bytes(8, "big") + data)
    return made.hexdigest()


def rubric_files(reference: str) -> list[tuple[Path, bytes]] | None:
    """The file of a rubric and of each that it extends, with their bytes; None where they cannot be told for certain."""
    found: list[tuple[Path, bytes]] = []
    base = Path()
    while len(found) < _MOST:
        path = _path(reference, base)
        try:
            data = path.read_bytes()
        except (OSError, ValueError):
            return None
        found.append((path, data))
        written = _REMARK.sub(b"", data)
        named = _EXTENDS.findall(written)
        if len(named) != len(_MAYBE_EXTENDS.findall(written)) or len(named) > 1:
            return None  # written in a way that only the loader understands
        if not named:
            return found
        reference, base = named[0][1].decode("utf-8", "replace").strip(), path.parent
    return None


def _path(reference: str, base: Path) -> Path:
    match = _NAME.fullmatch(reference)
    if match and match[1] in shipped() and not reference.endswith((".yaml", ".yml")):
        return folder() / f"{match[1]}.yaml"
    return base / reference


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
