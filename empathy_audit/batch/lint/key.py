"""What a cache of a rubric is known by, without loading the rubric: the bytes of its files, and the versions that judge."""

from __future__ import annotations

import hashlib
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from empathy_audit.shipped import folder, shipped

_EXTENDS = re.compile(
    rb"^extends:[ \t]*(?P<quote>[\"']?)(?P<name>[^\"'#\r\n]+?)(?P=quote)[ \t]*(?:#.*)?\r?$", re.MULTILINE
)
_NAME = re.compile(r"([a-z][a-z0-9-]*)(?:@.+)?")
_MOST = 9
_JUDGING = ("spacy", "google-re2")


def cache_key(reference: str, tool_version: str) -> str | None:
    """The key of a rubric by name or path; None where its files cannot be told for certain: then nothing is cached."""
    made = hashlib.sha256(f"{tool_version}\0{reference}\0".encode("utf-8", "surrogateescape"))
    for package in _JUDGING:
        made.update(f"{package} {_version(package)}\0".encode())
    base = Path()
    for _ in range(_MOST):
        path = _path(reference, base)
        try:
            data = path.read_bytes()
        except (OSError, ValueError):
            return None
        made.update(len(data).to_bytes(8, "big") + data)
        found = _EXTENDS.findall(data)
        if not found:
            return (
                None
                if re.search(rb"^[ \t]*[\"']?extends", data, re.MULTILINE) or data.lstrip()[:1] == b"{"
                else made.hexdigest()
            )
        if len(found) > 1:
            return None
        reference, base = found[0][1].decode("utf-8", "replace").strip(), path.parent
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
