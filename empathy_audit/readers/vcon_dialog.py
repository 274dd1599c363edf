"""A vCon's dialogs and transcripts to the turns of one conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from empathy_audit.model.transcript import Role, Turn
from empathy_audit.readers.base import Desk, Draft, pointer
from empathy_audit.readers.json_fields import objects, words_of
from empathy_audit.readers.speech import turns_of
from empathy_audit.readers.times import instant, moment, seconds
from empathy_audit.readers.vcon_content import Undecodable, body_of, media_of, text_in
from empathy_audit.readers.vcon_parties import Party, indices, parties_of, party_at

_TRANSCRIPTS = ("transcript", "transcription", "wtf_transcription", "wtf")
_UNHEARD = "recordings without a transcript"
_CHANNEL = re.compile(r"Channel (\d{1,4})")


class Wrong(Exception):  # noqa: N818 - it never leaves the reader
    """What is wrong, and where inside the vCon."""

    def __init__(self, message: str, *parts: str | int) -> None:
        super().__init__(message)
        self.parts = parts


class _Group(NamedTuple):
    """The turns of one dialog or transcript and when it began; `spoken` when they come from a recording."""

    began: datetime | None
    turns: list[Turn]
    spoken: bool
    mail: bool = False


def conversation(value: Mapping[str, Any], parts: Sequence[str | int], desk: Desk) -> Draft:
    """The vCon as one conversation. Raises Wrong for a body that cannot be decoded."""
    parties = parties_of(value)
    dialogs = dict(objects(value.get("dialog"), desk.tally))
    written = _written(dialogs, parties, parts, desk)
    covered = set(written)
    spoken = _spoken(value, dialogs, parties, covered, parts, desk)
    _count(dialogs, covered, desk)
    groups = _in_order([*written.values(), *spoken])
    known: dict[str, Role] = {p.name: p.role for p in parties if p.role != "unknown" and p.name}
    starts = [d.get("start") for d in dialogs.values()]
    dated = sorted((seconds(m), s) for s in starts if isinstance(s, str) and (m := moment(s)))
    subject = words_of(value.get("subject"))
    return Draft(
        [turn for group in groups for turn in group.turns],
        id=words_of(value.get("uuid")),
        channel=_channel(groups),
        started_at=instant(dated[0][1]) if dated else None,
        meta={"subject": subject} if subject else {},
        known=known,
    )


def _channel(groups: Sequence[_Group]) -> str | None:
    """What all dialogs have in common."""
    kinds = {"phone" if g.spoken else "email" if g.mail else "chat" for g in groups}
    return kinds.pop() if len(kinds) == 1 else None


def _written(
    dialogs: Mapping[int, dict[str, Any]], parties: Sequence[Party], parts: Sequence[str | int], desk: Desk
) -> dict[int, _Group]:
    """The dialogs of type text that hold their text, by index."""
    found: dict[int, _Group] = {}
    seen: set[str] = set()
    for number, dialog in dialogs.items():
        if dialog.get("type") != "text" or dialog.get("body") is None:
            continue
        try:
            text = text_in(dialog)
        except Undecodable as error:
            raise Wrong(f"the body of the dialog {error}", "dialog", number, "body") from error
        message = words_of(dialog.get("message_id"))
        if message and message in seen:
            desk.tally.leave_out("messages that are there twice")
            found[number] = _Group(None, [], False)
            continue
        seen.update([message] if message else [])
        start = words_of(dialog.get("start")) or ""
        party = party_at(parties, dialog.get("originator")) or party_at(parties, _first(dialog.get("parties")))
        media = media_of(dialog)
        turn = Turn(
            party.role if party else "unknown",
            text,
            party.name if party else None,
            at=instant(start),
            source=(pointer(*parts, "dialog", number),),
        )
        found[number] = _Group(moment(start), [turn], False, media.startswith(("message/", "multipart/")))
    return found


def _first(value: Any) -> int | None:
    return next(iter(indices(value)), None)


class _Transcript(NamedTuple):
    """A transcript and the indices of the dialogs that it is of."""

    dialogs: tuple[int, ...]
    turns: list[Turn]


def _spoken(
    value: Mapping[str, Any],
    dialogs: Mapping[int, dict[str, Any]],
    parties: Sequence[Party],
    covered: set[int],
    parts: Sequence[str | int],
    desk: Desk,
) -> list[_Group]:
    """The transcripts, at most one a dialog, those that name speakers first; `covered` grows with what they are of."""
    silent = tuple(n for n, d in dialogs.items() if n not in covered and d.get("type") != "transfer")
    found = []
    for key in ("analysis", "attachments"):
        for number, entry in objects(value.get(key)):
            # Attachments have a purpose where analyses have a type.
            if (words_of(entry.get("type")) or words_of(entry.get("purpose")) or "").casefold() not in _TRANSCRIPTS:
                continue
            try:
                turns = turns_of(body_of(entry, as_json=True), (*parts, key, number, "body"), desk)
            except Undecodable as error:
                raise Wrong(f"the body of the transcript {error}", key, number, "body") from error
            found.append(_Transcript(tuple(indices(entry.get("dialog"))) or silent, turns))
    groups: list[_Group] = []
    for transcript in sorted(found, key=lambda t: not any(x.speaker or x.role != "unknown" for x in t.turns)):
        if not transcript.turns:
            continue
        taken = covered.intersection(transcript.dialogs) or (not transcript.dialogs and (covered or groups))
        if taken:
            desk.tally.leave_out("further transcripts of the same dialog")
            continue
        covered.update(transcript.dialogs)
        dialog = dialogs.get(transcript.dialogs[0], {}) if transcript.dialogs else {}
        start = words_of(dialog.get("start")) or ""
        groups.append(_Group(moment(start), [_who(t, dialog, parties) for t in transcript.turns], True))
    return groups


def _who(turn: Turn, dialog: Mapping[str, Any], parties: Sequence[Party]) -> Turn:
    """The turn with its party, where the transcript's label or channel leads to one.

    The parties of a recording with channels stand in the order of the channels. `Speaker 0` leads nowhere: recognisers
    number speakers as they come.
    """
    listed = dialog.get("parties")
    channel = _CHANNEL.fullmatch(turn.speaker or "")
    party: Party | None = None
    if channel and isinstance(listed, list) and int(channel[1]) < len(listed):
        there = indices(listed[int(channel[1])])
        party = party_at(parties, there[0]) if len(there) == 1 else None
    elif turn.speaker is None and turn.role == "unknown" and len(set(indices(listed))) == 1:
        party = party_at(parties, _first(listed))
    elif turn.speaker:
        party = next((p for p in parties if turn.speaker in p.names), None)
    if party is None:
        return turn
    return replace(turn, role=turn.role if turn.role != "unknown" else party.role, speaker=party.name)


def _count(dialogs: Mapping[int, dict[str, Any]], covered: set[int], desk: Desk) -> None:
    for number, dialog in dialogs.items():
        if number in covered:
            continue
        kind = words_of(dialog.get("type"))
        desk.tally.leave_out(
            {"text": "dialogs without text", "recording": _UNHEARD, None: _UNHEARD}.get(kind, "events")
        )


def _in_order(groups: Sequence[_Group]) -> list[_Group]:
    """The groups by when they began, with the times of recordings counted from the first beginning of all."""
    if len(groups) < 2:
        return list(groups)
    began = [g.began for g in groups]
    if any(b is None for b in began) or len({b.tzinfo is None for b in began if b}) != 1:
        return [_timeless(g) for g in groups]
    times = [b for b in began if b]
    zero = min(times)
    return [
        _later(group, round((at - zero).total_seconds() * 1000))
        for at, group in sorted(zip(times, groups, strict=True), key=lambda pair: pair[0])
    ]


def _timeless(group: _Group) -> _Group:
    """Offsets into one of several recordings say nothing about the conversation."""
    return group._replace(turns=[replace(t, start_ms=None, end_ms=None) for t in group.turns])


def _later(group: _Group, by: int) -> _Group:
    turns = [
        replace(
            t,
            start_ms=None if t.start_ms is None else t.start_ms + by,
            end_ms=None if t.end_ms is None else t.end_ms + by,
        )
        for t in group.turns
    ]
    return group._replace(turns=turns)
