"""What was found in files that have not changed since: kept by their content, the rubric's content and the tool's version.

A cache is a folder with one file for each rubric: a line with the sha256 of the JSON below it. A broken one is as good
as none, and nothing in a result says whether it came from here.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from empathy_audit.batch.lint.placing import place
from empathy_audit.batch.lint.values import from_values, to_values
from empathy_audit.model.audit import RubricStamp
from empathy_audit.model.lint import LintedFile

FOLDER = ".empathy-audit-cache"
_MOST = 20_000
"""Files that a cache remembers: those of the last run, and of earlier ones as many as there is room for."""
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of empathy-audit; see https://bford.info/cachedir/\n"


@dataclass(frozen=True, slots=True)
class Judge:
    """The rubric that judged, as far as reports need it."""

    rubric: RubricStamp
    why: Mapping[str, str]


@dataclass
class Cache:
    """What is known under one key. `judge` None: nothing was judged under it yet."""

    path: Path | None
    key: str
    judge: Judge | None = None
    _known: dict[str, Any] = field(default_factory=dict)
    _used: dict[str, Any] = field(default_factory=dict)
    _changed: bool = False

    def get(self, content: str) -> LintedFile | None:
        """What was found in that content, by its digest."""
        values = self._known.get(content)
        if values is None:
            return None
        try:
            found = from_values(values)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        self._used[content] = values
        return found

    def put(self, content: str, file: LintedFile) -> None:
        """Keep what was found."""
        self._used[content] = to_values(file)
        self._changed = True

    def save(self) -> None:
        """Write it, whole or not at all; a cache that cannot be written is no trouble."""
        if self.path is None or self.judge is None or not self._changed:
            return
        kept = dict(self._used)
        for content, values in self._known.items():
            if len(kept) >= _MOST:
                break
            kept.setdefault(content, values)
        document = {"key": self.key, "judge": asdict(self.judge), "files": kept}
        with contextlib.suppress(OSError):
            _make(self.path.parent)
            place(self.path, _sealed(json.dumps(document, ensure_ascii=True).encode()))


def open_cache(folder: Path | None, key: str) -> Cache:
    """The cache of that key in the folder; without a folder, one that remembers nothing."""
    if folder is None:
        return Cache(None, key)
    path = folder / f"lint-{key[:24]}.json"
    try:
        document = json.loads(_unsealed(path.read_bytes()))
        judge = Judge(RubricStamp(**document["judge"]["rubric"]), dict(document["judge"]["why"]))
        files = document["files"] if document["key"] == key and isinstance(document["files"], dict) else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Cache(path, key)
    return Cache(path, key, judge, files)


def digest(name: str, format_: str | None, data: bytes) -> str:
    """What a file is known by: its name, which its findings carry, how it is to be read, and its bytes."""
    made = hashlib.sha256(f"{name}\0{format_ or ''}\0".encode("utf-8", "surrogateescape"))
    made.update(data)
    return made.hexdigest()


def _make(folder: Path) -> None:
    """Make the folder, with what keeps git and backups out of it: that has no business in a folder of the user's own."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
        (folder / name).write_text(text, encoding="utf-8")


def _sealed(document: bytes) -> bytes:
    return hashlib.sha256(document).hexdigest().encode() + b"\n" + document


def _unsealed(data: bytes) -> bytes:
    """The document. Raises ValueError if a byte of it is not as it was written."""
    seal, _, document = data.partition(b"\n")
    if seal != hashlib.sha256(document).hexdigest().encode():
        raise ValueError("broken")
    return document
