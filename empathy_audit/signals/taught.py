"""What a larger model says of the conversations to learn from: its probabilities stand beside people's labels, and alone where nobody read.

It says something of variants of the turns too (`variants.py`), which are made anew from the conversations and only counted here.

A file of numpy (`.npz`, no pickle). For each source by its name: `<name> sha256`, and `<name> agent`, `<name> customer`: uint8, a row for each
segment of that side in order, a column for each label, 255 for certain. How the shipped one was made stands in training/README.md.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from empathy_audit.errors import InputError
from empathy_audit.signals.corpus import LabelledConversation, segmented
from empathy_audit.signals.recipe import TrainingSet
from empathy_audit.signals.variants import variants_of
from empathy_audit.signals.vectors import Vectors

_SIDES = ("agent", "customer")


def all_taught(sets: Iterable[TrainingSet], path: Path, vectors: Vectors | None) -> list[TrainingSet]:
    """The sets with what `path` says of them, and behind each its variants where `path` says something of those.

    Raises:
        InputError: the file cannot be read, or was made for other copies of the sources or other vectors.
    """
    found = []
    for one in sets:
        found.append(with_taught(one, path))
        (name, *_) = one.sources
        if vectors is not None and _read(path, f"{name} variants", None) is not None:
            found.append(with_taught(variants_of(one, vectors), path))
    return found


def with_taught(found: TrainingSet, path: Path) -> TrainingSet:
    """The training set of one source with what `path` says of it; as it is where the file says nothing of a source of that name.

    Raises:
        InputError: the file cannot be read, or was made for another copy of the source.
    """
    (name, sha256), *others = found.sources.items()
    assert not others  # noqa: S101 - sets are taught before they are put together
    rows = _read(path, name, sha256)
    if rows is None:
        return found
    at = dict.fromkeys(_SIDES, 0)
    talks = []
    for talk in found.conversations:
        counts = _counts(talk)
        taught = {
            side: rows[side][at[side] : at[side] + counts[side]].astype(np.float32) / 255
            for side in _SIDES
            if side in rows
        }
        for side in _SIDES:
            at[side] += counts[side]
        talks.append(replace(talk, taught=taught))
    if any(at[side] != len(values) for side, values in rows.items()):
        raise InputError(
            f"says something of other segments than {name} has; make it again (training/teach.py)", path.name
        )
    return TrainingSet(tuple(talks), found.sources)


def _read(path: Path, name: str, sha256: str | None) -> dict[str, NDArray[np.uint8]] | None:
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
            if f"{name} sha256" not in file:
                return None
            made_for: Any = str(file[f"{name} sha256"])
            rows = {side: np.asarray(file[f"{name} {side}"]) for side in _SIDES if f"{name} {side}" in file}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as trouble:
        raise InputError(f"holds nothing that was taught ({trouble}); expected a file of numpy", path.name) from trouble
    if sha256 is not None and made_for != sha256:
        raise InputError(
            f"was made for another copy of {name}; make it again (training/teach.py), or leave it out", path.name
        )
    return rows


def _counts(talk: LabelledConversation) -> dict[str, int]:
    counts = dict.fromkeys(_SIDES, 0)
    for turn in segmented(talk):
        if turn is not None:
            counts[turn.role] += len(turn.segments)
    return counts
