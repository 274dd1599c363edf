"""JSON text of a stored result → the value that it was written from, or a complaint that says where it is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from empathy_audit.errors import InputError
from empathy_audit.model.audit import SCHEMA_VERSION, Audit, Evidence, Failure, JudgedTurn
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.stored.shape import StoredFailure, StoredHead, StoredResult, StoredTurn
from empathy_audit.version import __version__

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

Shape = TypeVar("Shape")
REMEDY = "write the results anew with `empathy-audit score -f jsonl`"


class BadResultError(InputError):
    """A stored result that is none. `pointer` is the JSON pointer of the value that is wrong, empty for the whole."""

    def __init__(self, message: str, pointer: str = "") -> None:
        super().__init__(message, pointer)
        self.pointer = pointer


def audit_from(text: str | bytes) -> Audit:
    """The audit of a result object.

    Raises:
        BadResultError: it is no JSON, of another schema version, or a value is missing, of another type, or out of range.
    """
    stored = checked(StoredResult, text)
    _check_version(stored.schema_version)
    for pointer, trouble in _out_of_range(stored):
        raise BadResultError(f"{trouble}; {REMEDY}", pointer)
    head, tool = stored.transcript, stored.tool
    transcript = Transcript(
        head.id,
        tuple(_turn(turn) for turn in stored.turns),
        head.source,
        head.format,
        head.channel,
        head.started_at,
        head.language,
        head.meta,
    )
    judged = tuple(
        JudgedTurn(turn, said.opportunity, said.tags, said.response)
        for turn, said in zip(transcript.turns, stored.turns, strict=True)
    )
    version = None if tool.version == __version__ else tool.version
    return Audit(transcript, stored.rubric, stored.scores, judged, stored.findings, tool.signals, tool_version=version)


def failure_from(text: str | bytes) -> Failure:
    """The failure of a line that tells of one. Raises BadResultError."""
    return checked(StoredFailure, text).failure


def head_from(text: str | bytes) -> StoredHead:
    """What a document says of the whole batch. Raises BadResultError."""
    head = checked(StoredHead, text)
    _check_version(head.schema_version)
    return head


def checked(shape: type[Shape], text: str | bytes) -> Shape:
    """The JSON `text` as a value of that shape. Raises BadResultError."""
    from pydantic import ValidationError

    adapter: TypeAdapter[Shape] = _adapters()[shape]
    try:
        return adapter.validate_json(text, strict=True)
    except ValidationError as error:
        if error.errors()[0]["type"] != "json_invalid":
            raise _wrong(error) from None
    # The fast way takes no lone surrogates, which transcripts may hold; the slow one is laxer about types.
    try:
        return adapter.validate_python(json.loads(text))
    except ValidationError as error:
        raise _wrong(error) from None
    except (ValueError, RecursionError) as error:
        raise BadResultError(f"not JSON, or cut off: {error}; {REMEDY}") from None


@cache
def _adapters() -> Mapping[Any, TypeAdapter[Any]]:
    from pydantic import TypeAdapter

    return {shape: TypeAdapter(shape) for shape in (StoredResult, StoredFailure, StoredHead)}


def _wrong(error: ValidationError) -> BadResultError:
    first = error.errors(include_url=False)[0]
    pointer = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in first["loc"])
    message = first["msg"][:1].lower() + first["msg"][1:]
    return BadResultError(f"no result of ours: {message}; {REMEDY}", pointer)


def _check_version(version: int) -> None:
    if version != SCHEMA_VERSION:
        raise BadResultError(
            f"schema version {version}, and this version reads {SCHEMA_VERSION}; "
            "read it with the empathy-audit that wrote it, or judge again",
            "/schema_version",
        )


def _turn(said: StoredTurn) -> Turn:
    return Turn(
        said.role,
        said.text,
        said.speaker,
        said.at,
        said.start_ms,
        visibility=said.visibility,
        source=said.source,
    )


def _out_of_range(stored: StoredResult) -> Iterator[tuple[str, str]]:
    """Pointers to what no report could draw, each with what is wrong."""
    turns, scores = stored.turns, stored.scores
    figures = [("/scores", scores.overall, scores.principles)]
    figures += [(f"/scores/agents/{at}", a.overall, a.principles) for at, a in enumerate(scores.agents)]
    for pointer, overall, principles in figures:
        for name, score in (("overall", overall), *((f"principles/{id_}", score) for id_, score in principles.items())):
            if score is not None and not 0 <= score <= 100:
                yield f"{pointer}/{name}", f"{score} is no score from 0 to 100"
    for at, turn in enumerate(turns):
        yield from _wrong_in_turn(f"/turns/{at}", turn, len(turns))
    for at, finding in enumerate(stored.findings):
        pointer = f"/findings/{at}"
        for name, index in (("turn", finding.turn), ("reply_turn", finding.reply_turn)):
            if not _names(index, len(turns)):
                yield f"{pointer}/{name}", f"there is no turn {index}"
        for number, quote in enumerate(finding.evidence):
            place = f"{pointer}/evidence/{number}"
            if not _names(quote.turn, len(turns)):
                yield f"{place}/turn", f"there is no turn {quote.turn}"
            elif not 0 <= quote.start <= quote.end <= len(turns[quote.turn].text):
                yield place, f"{quote.start} to {quote.end} lies outside of the turn's text"


def _wrong_in_turn(pointer: str, turn: StoredTurn, count: int) -> Iterator[tuple[str, str]]:
    words: list[tuple[str, Sequence[Evidence]]] = [(f"/tags/{at}", tag.evidence) for at, tag in enumerate(turn.tags)]
    if turn.opportunity is not None:
        words.append(("/opportunity", turn.opportunity.evidence))
        if not 0 <= turn.opportunity.intensity <= 1:
            yield f"{pointer}/opportunity/intensity", f"{turn.opportunity.intensity} is no intensity from 0 to 1"
        if not _names(turn.opportunity.answered_by, count):
            yield f"{pointer}/opportunity/answered_by", f"there is no turn {turn.opportunity.answered_by}"
    if turn.response is not None and not _names(turn.response.to, count):
        yield f"{pointer}/response/to", f"there is no turn {turn.response.to}"
    for where, evidence in words:
        for at, span in enumerate(evidence):
            if not 0 <= span.start <= span.end <= len(turn.text):
                yield f"{pointer}{where}/evidence/{at}", f"{span.start} to {span.end} lies outside of the turn's text"


def _names(index: int | None, count: int) -> bool:
    return index is None or 0 <= index < count
