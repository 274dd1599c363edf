"""Words of a turn cut where evidence begins and ends, so that a template can mark them without making markup itself."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and what it is evidence of: kinds separated by spaces, nothing where it is none."""

    text: str
    kinds: str = ""


def pieces(text: str, spans: Iterable[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """`text` whole and in order. `spans` are `(start, end, kind)` in code points, half open; they may overlap and reach beyond."""
    inside = [(max(0, start), min(len(text), end), kind) for start, end, kind in spans]
    inside = [(start, end, kind) for start, end, kind in inside if start < end]
    cuts = sorted({0, len(text), *(at for start, end, _ in inside for at in (start, end))})
    out: list[Piece] = []
    for left, right in itertools.pairwise(cuts):
        kinds = " ".join(sorted({kind for start, end, kind in inside if start <= left and right <= end}))
        if out and out[-1].kinds == kinds:
            out[-1] = Piece(out[-1].text + text[left:right], kinds)
        else:
            out.append(Piece(text[left:right], kinds))
    return tuple(out)
