"""From a name or a path to the files of a rubric: the rubric itself and everything it extends."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from empathy_audit.model.rubric import Place
from empathy_audit.rubric.problems import PATH_SHOWN, Problem, hint, one_of, shown
from empathy_audit.rubric.source import MAX_BYTES, decode, parse
from empathy_audit.rubric.tree import Document, mapping, text
from empathy_audit.shipped import folder, shipped

MAX_PARENTS = 8

_NAME = re.compile(r"([a-z][a-z0-9-]*)(?:@(.+))?")


@dataclass(frozen=True, slots=True)
class Found:
    """A rubric file, what messages call it, and the version that was asked for."""

    path: Path
    label: str
    name: str = ""
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """The documents of a rubric, the most basic one first, and what went wrong on the way to them.

    `whole` is False when one of them could not be found or read.
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    whole: bool = True


def read_chain(reference: str, base: Path | None) -> Chain:
    """Read the rubric that `reference` names and, one after the other, those it extends. Never raises."""
    documents: list[Document] = []
    problems: list[Problem] = []
    seen: dict[Path, str] = {}
    at = Place()
    while True:
        found = _find(reference, base, at)
        if isinstance(found, Found):
            found = _refuse_circle(found, seen, at) or found
        if isinstance(found, Problem):
            return Chain(tuple(documents), (*problems, found), whole=False)
        seen[found.path.resolve()] = found.label
        document = _read(found, at)
        documents.insert(0, document)
        problems.extend(document.problems)
        problems.extend(_pin_problems(found, document, at))
        extends = mapping(document.root).get("extends")
        if extends is None:
            break
        reference, base, at = (text(extends) or "").strip(), found.path.parent, extends.place
        if not reference:  # told as a mistake of shape
            return Chain(tuple(documents), tuple(problems), whole=False)
    return Chain(tuple(documents), tuple(problems), whole=documents[0].root is not None)


def _find(reference: str, base: Path | None, at: Place) -> Found | Problem:
    """The file that a name or path means; a name of a shipped rubric comes before a file of that name."""
    match = _NAME.fullmatch(reference)
    names = shipped()
    if match and match[1] in names and not reference.endswith((".yaml", ".yml")):
        path = folder() / f"{match[1]}.yaml"
        return Found(path, f"rubrics/{match[1]}.yaml", match[1], match[2] or "")
    path = Path(reference) if base is None else base / reference
    label = os.path.normpath(path)
    try:
        if path.is_file():
            return Found(path, label)
        is_folder = path.is_dir()
    except (OSError, ValueError):
        is_folder = False
    if is_folder:
        return Problem(at, f"{shown(label, PATH_SHOWN)} is a folder; expected a rubric file or {one_of(names)}")
    if match and "." not in reference:
        near = hint(match[1], names)
        return Problem(
            at, f"unknown rubric {shown(reference)}; expected a file or a shipped rubric: {', '.join(names)}{near}"
        )
    return Problem(
        at, f"no such file: {shown(label, PATH_SHOWN)}; expected a rubric file or a shipped rubric: {', '.join(names)}"
    )


def _refuse_circle(found: Found, seen: dict[Path, str], at: Place) -> Problem | None:
    if found.path.resolve() in seen:
        labels = [*seen.values()]
        circle = " → ".join([*labels[list(seen).index(found.path.resolve()) :], found.label])
        return Problem(at, f"extends goes round in a circle: {circle}; expected an end; take one of them out")
    if len(seen) > MAX_PARENTS:
        return Problem(at, f"extends goes deeper than {MAX_PARENTS} rubrics; expected fewer; put some of them together")
    return None


def _read(found: Found, at: Place) -> Document:
    try:
        with found.path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        why = error.strerror or type(error).__name__
        return Document(
            None, (Problem(at, f"cannot read {shown(found.label, PATH_SHOWN)}: {why}; expected a rubric file"),)
        )
    source = decode(data, found.label)
    return (
        Document(None, (source,))
        if isinstance(source, Problem)
        else _as_mapping(parse(source, found.label), found.label)
    )


def _as_mapping(document: Document, label: str) -> Document:
    """The document, refused when it is no mapping."""
    if document.problems and document.root is None:
        return document
    if document.root is None or document.root.value is None:
        problem = Problem(
            Place(label, 1, 1), "the file is empty; expected a rubric; `empathy-audit rubric init` writes one"
        )
        return Document(None, (problem,))
    if not isinstance(document.root.value, dict):
        message = "the file is no mapping; expected keys such as rubric, version, principles, markers"
        return Document(None, (*document.problems, Problem(document.root.place, message)))
    return document


def _pin_problems(found: Found, document: Document, at: Place) -> tuple[Problem, ...]:
    """`name@1`, `name@1.2` and `name@1.2.0` want the shipped version to begin like that."""
    version = text(mapping(document.root).get("version")) or ""
    wanted = found.pin.split(".")
    if found.pin in ("", version) or version.split("-")[0].split(".")[: len(wanted)] == wanted:
        return ()
    asked = shown(f"{found.name}@{found.pin}")
    remedy = f"write {found.name}@{version}, or install the empathy-audit that ships the other"
    return (Problem(at, f"{asked} is not shipped; expected version {version}, the one that is; {remedy}"),)
