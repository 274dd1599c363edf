"""A file of results → audits and failures in its order; of JSON lines no more than one is held at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

from empathy_audit.errors import InputError
from empathy_audit.model.audit import Audit, Failure, RubricStamp
from empathy_audit.stored.values import REMEDY, BadResultError, audit_from, failure_from, head_from

_BOM = b"\xef\xbb\xbf"
_RESULT, _FAILURE = b'{"schema_version": 1, "transcript"', b'{"failure"'
"""How our lines begin: one that is cut off is still known by it."""


@dataclass(frozen=True, slots=True)
class Header:
    """What our JSON document says of the whole batch and no result does."""

    skipped: int
    rubric: RubricStamp | None
    tool_version: str


@dataclass(frozen=True, slots=True)
class Item:
    """An audit, a failure or a header, and where it stands: `results.jsonl:17`, `results.json#/transcripts/3`."""

    value: Audit | Failure | Header
    place: str


class NotResultsError(InputError):
    """A file that holds no results of ours."""


def read(name: str, stream: IO[bytes]) -> Iterator[Item]:
    """What stands in the file, which places call `name`. A result that is broken is a Failure, and the next one is read.

    Raises:
        NotResultsError: the file holds neither JSON lines of `score` nor its JSON document.
    """
    lines = enumerate(stream, 1)
    number, first = next(((n, line) for n, line in lines if line.removeprefix(_BOM).strip()), (1, b""))
    first = first.removeprefix(_BOM)
    value = _object(first)
    if first.startswith((_RESULT, _FAILURE)) or "transcript" in value or "failure" in value:
        return _from_lines(name, chain([(number, first)], lines))
    if value and "transcripts" not in value:
        raise _no_results(name)
    # What is no line is a document; its places are counted from the top of the file.
    return _from_document(name, b"\n" * (number - 1) + first + b"".join(line for _, line in lines))


def _object(line: bytes) -> dict[str, Any]:
    """The JSON object that stands in the line; empty if it is none."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _no_results(name: str) -> NotResultsError:
    return NotResultsError(
        "no results: neither the JSON lines of `score` nor its JSON document; "
        "transcripts are judged first: empathy-audit score FILE -f jsonl",
        name,
    )


def _from_lines(name: str, lines: Iterable[tuple[int, bytes]]) -> Iterator[Item]:
    for number, line in lines:
        if line.strip():
            yield line_of(line, f"{name}:{number}")


def line_of(line: str | bytes, place: str) -> Item:
    """What a line of JSON says; a result that is broken is a Failure."""
    text = line.encode() if isinstance(line, str) else line
    return _item(failure_from if text.lstrip().startswith(_FAILURE) else audit_from, text, place)


def _from_document(name: str, data: bytes) -> Iterator[Item]:
    document = _parsed(name, data)
    if not isinstance(document, dict) or not isinstance(document.get("transcripts"), list):
        raise _no_results(name)
    parts = {key: document.get(key) for key in ("schema_version", "tool", "rubric", "summary")}
    try:
        head = head_from(json.dumps(parts))
    except BadResultError as error:
        raise NotResultsError(error.message, f"{name}#{error.pointer}") from None
    yield Item(Header(head.summary.skipped, head.rubric, head.tool.version), name)
    for at, result in enumerate(document["transcripts"]):
        yield _item(audit_from, json.dumps(result), f"{name}#/transcripts/{at}")
    for at, failure in enumerate(document.get("failures") or ()):
        yield _item(failure_from, json.dumps({"failure": failure}), f"{name}#/failures/{at}")


def _parsed(name: str, data: bytes) -> Any:
    if not data.strip():
        raise NotResultsError(
            "the file is empty, and results were expected; look whether the run that wrote it ended well", name
        )
    try:
        return json.loads(data.decode())
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}:{error.colno}"
        raise NotResultsError(f"not JSON: {error.msg}; results of `score` were expected; {REMEDY}", place) from None
    except (UnicodeDecodeError, RecursionError):
        raise NotResultsError(
            "no JSON in UTF-8; results of `score` were expected; write them with -o FILE, as some shells change what they redirect",
            name,
        ) from None


def _item(make: Callable[[str | bytes], Audit | Failure], text: str | bytes, place: str) -> Item:
    try:
        return Item(make(text), place)
    except BadResultError as error:
        where = f"{error.pointer}: " if error.pointer else ""
        return Item(Failure(place, "unreadable", f"{where}{error.message}"), place)
