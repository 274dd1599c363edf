"""Macros as values, before any reader: a text in which `<<Alex>>` is a placeholder filled with the word between the signs.

    macro("Hi <<Alex>>, we lost it.", title="Parcel lost")

`original` keeps the signs, as a macro keeps its own. A free blank is `<<?words>>`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from empathy_audit.model.macro import Branch, Macro, Placeholder, Spot, Stretch

_PLACEHOLDER = re.compile(r"<<(\??)([^<>]*)>>")
_LINE_END = re.compile("\n")


def macro(text: str, *others: str, id: str = "m", title: str = "", **fields: Any) -> Macro:  # noqa: A002
    """One macro; `others` are the texts of further branches, which have to be parts of the original."""
    spots = (Spot(0, 1, 1), *(Spot(m.end(), n, 1) for n, m in enumerate(_LINE_END.finditer(text), 2)))
    placeholders = tuple(
        Placeholder(m.start(), m.end(), "text" if m[1] else "name", m[0]) for m in _PLACEHOLDER.finditer(text)
    )
    branches = (branch(text), *(branch(other, text.index(other), (f"not {n}",)) for n, other in enumerate(others)))
    return Macro(id, title, text, spots, branches, placeholders, **fields)


def branch(text: str, at: int = 0, when: tuple[str, ...] = ()) -> Branch:
    """A text with its placeholders filled, `at` code points into the original."""
    filled, stretches, done = "", [], 0
    for match in _PLACEHOLDER.finditer(text):
        if match.start() > done:
            stretches.append(Stretch(len(filled), at + done, at + match.start()))
            filled += text[done : match.start()]
        stretches.append(Stretch(len(filled), at + match.start(), at + match.end(), stand_in=True))
        filled += match[2]
        done = match.end()
    if done < len(text) or not stretches:
        stretches.append(Stretch(len(filled), at + done, at + len(text)))
        filled += text[done:]
    return Branch(filled, tuple(stretches), when)


def library(path: Path) -> list[dict[str, Any]]:
    """The macros of a YAML library as plain data."""
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))["macros"]
    assert isinstance(loaded, list)
    return loaded


def from_library(entry: dict[str, Any]) -> Macro:
    """A macro of a library; its `{{...}}` are filled by their kind, as far as the name tells it."""
    text = re.sub(r"\{\{([^{}]*)\}\}", lambda m: f"<<{_filled(m[1])}>>", entry["text"])
    return macro(
        text,
        id=entry["id"],
        title=entry.get("title", ""),
        situation=entry.get("situation"),
        emotion=entry.get("emotion"),
    )


def _filled(name: str) -> str:
    if "name" in name or name.strip() in ("agent", "relation"):
        return "Alex"
    if "time" in name:
        return "3 pm"
    if "date" in name:
        return "Monday"
    return "12345" if re.search(r"number|amount|\bid|phone|ref", name) else "?item"
