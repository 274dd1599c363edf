"""Puts a training set together: the project's corpus, a team's own labels, and public sets that lie elsewhere."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from empathy_audit.errors import InputError
from empathy_audit.model.rubric import EMOTIONS
from empathy_audit.model.transcript import Role
from empathy_audit.signals.corpus import CODES, REPLIES, LabelledConversation, LabelledTurn, parse, parse_labels

PUBLIC: Mapping[str, str] = {"twitter-care": "twitter-care-unlabelled.jsonl"}
"""Public sets for which the project carries labels: name of the labels file → file name of the set."""

REAL = 2.0
"""What a real conversation weighs against a written one."""


UNREAD = 0.5
"""What a text weighs that is taught alone."""
COMMENTS = "goemotions.jsonl"
"""The public set of comments, in the folder of public sets."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Conversations to learn from, and what they are: name → sha256 of each source, in order."""

    conversations: tuple[LabelledConversation, ...]
    sources: Mapping[str, str]


def from_folder(folder: Path) -> TrainingSet:
    """Every `.txt` of a corpus folder, in the order of the names.

    Raises:
        InputError: no file, or a line that is none of the format's.
    """
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise InputError("holds no corpus file; expected .txt files as training/README.md shows them", str(folder))
    talks: list[LabelledConversation] = []
    digest = hashlib.sha256()
    for file in files:
        data = file.read_bytes()
        digest.update(len(data).to_bytes(8, "big") + data)
        talks += (t if t.read else replace(t, weight=UNREAD) for t in parse(_decoded(data, file.name), file.name))
    return TrainingSet(tuple(talks), {folder.name: digest.hexdigest()})


def from_public(labels: Path, folder: Path) -> TrainingSet:
    """The public sets in `folder` that the project has labels for, each joined with its labels.

    Raises:
        InputError: none of them lies there, or labels that do not fit.
    """
    talks: list[LabelledConversation] = []
    sources: dict[str, str] = {}
    for name, file in PUBLIC.items():
        path = folder / file
        if path.exists():
            data = path.read_bytes()
            real = parse_labels(
                (labels / f"{name}.txt").read_text("utf-8"), _texts(data, path), f"{name}.txt", name, "social"
            )
            talks += (replace(talk, weight=REAL) for talk in real)
            sources[file] = hashlib.sha256(data).hexdigest()
    if not sources:
        raise InputError(f"holds none of {', '.join(PUBLIC.values())}", str(folder))
    return TrainingSet(tuple(talks), sources)


def _texts(data: bytes, path: Path) -> dict[str, list[tuple[Role, str]]]:
    found: dict[str, list[tuple[Role, str]]] = {}
    for number, line in enumerate(data.decode("utf-8").split("\n"), 1):
        if line.strip():
            try:
                record: Any = json.loads(line)
                found[record["id"]] = [(turn["role"], turn["text"]) for turn in record["turns"]]
            except (ValueError, KeyError, TypeError) as trouble:
                raise InputError(f"is no conversation ({trouble})", f"{path.name}:{number}") from trouble
    return found


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise InputError("is not UTF-8 text; save it as UTF-8", name) from trouble


def from_comments(path: Path) -> TrainingSet:
    """Comments that nobody labelled by the codebook (GoEmotions), each as a customer's turn; what they show is taught.

    Raises:
        InputError: a line that is no object with a text.
    """
    data = path.read_bytes()
    talks = []
    for number, line in enumerate(data.decode("utf-8").split("\n"), 1):
        if line.strip():
            try:
                text = json.loads(line)["text"].replace("[NAME]", "Alex").replace("[RELIGION]", "religion")
            except (ValueError, KeyError, TypeError, AttributeError) as trouble:
                raise InputError(f"is no comment ({trouble})", f"{path.name}:{number}") from trouble
            turn = LabelledTurn("customer", text)
            talks.append(
                LabelledConversation(
                    f"{path.name}:{number}", "comments", "social", "unknown", (turn,), UNREAD, read=False
                )
            )
    return TrainingSet(tuple(talks), {path.name: hashlib.sha256(data).hexdigest()})


def from_csv(path: Path) -> TrainingSet:
    """A team's labels: columns conversation, role, text, tags (tag names or codes, space separated; a customer's: 0, 1 or 2).

    Optional columns: reply (ack, ask, solve, ignore, dismiss) and emotion. A row is a turn; its tags hold for the whole of it.

    Raises:
        InputError: a missing column, or a role, tag, reply or emotion that is none.
    """
    data = path.read_bytes()
    rows = csv.DictReader(io.StringIO(_decoded(data, path.name), newline=""))
    missing = {"conversation", "role", "text", "tags"} - set(rows.fieldnames or ())
    if missing:
        raise InputError(
            f"lacks the column(s) {', '.join(sorted(missing))}; expected conversation, role, text, tags", path.name
        )
    talks: dict[str, list[LabelledTurn]] = {}
    try:
        for row in rows:
            talks.setdefault(row["conversation"], []).append(_row(row, f"{path.name}:{rows.line_num}"))
    except csv.Error as trouble:
        raise InputError(f"is no CSV ({trouble})", f"{path.name}:{rows.reader.line_num}") from trouble
    made = (LabelledConversation(name, "own", "own", "own", tuple(turns)) for name, turns in talks.items())
    return TrainingSet(tuple(made), {path.name: hashlib.sha256(data).hexdigest()})


def _row(row: Mapping[str, str | None], place: str) -> LabelledTurn:
    role, text, said = row["role"] or "", row["text"] or "", (row["tags"] or "").replace(",", " ").split()
    if role == "customer":
        if any(tag not in ("0", "1", "2") for tag in said) or len(said) > 1:
            raise InputError(f"a customer's tags are {' '.join(said)!r}; expected 0, 1 or 2", place)
        level = int(said[0]) if said else 0
        spans = ((0, len(text), frozenset({str(level)})),) if level and text else ()
        emotion = _one_of(row, "emotion", ("none", *EMOTIONS), place)
        return LabelledTurn("customer", text, spans, level=level, emotion=emotion)
    if role != "agent":
        raise InputError(f"role {role!r} is none; expected agent or customer", place)
    codes = frozenset(_codes(said, place))
    reply = _one_of(row, "reply", ("-", *REPLIES), place)
    return LabelledTurn("agent", text, ((0, len(text), codes),) if text else (), reply=reply)


def _one_of(row: Mapping[str, str | None], column: str, words: Sequence[str], place: str) -> str:
    """The word in an optional column; the first of `words` where it is empty."""
    word = row.get(column) or words[0]
    if word not in words:
        raise InputError(f"{column} {word!r} is none; expected one of {', '.join(dict.fromkeys(words))}", place)
    return word


def _codes(said: list[str], place: str) -> Iterator[str]:
    by_name = {name: code for code, name in CODES.items()}
    for tag in said:
        if tag not in CODES and tag not in by_name:
            raise InputError(f"tag {tag!r} is none; expected one of {', '.join(by_name)} or their codes", place)
        yield by_name.get(tag, tag)


def together(*sets: TrainingSet) -> TrainingSet:
    """Several sets as one, in order."""
    return TrainingSet(
        tuple(t for s in sets for t in s.conversations), {k: v for s in sets for k, v in s.sources.items()}
    )
