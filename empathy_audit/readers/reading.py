"""From drafts to transcripts: what happens to every conversation after its reader has found it, whatever the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from empathy_audit.errors import MissingPackageError, TranscriptError
from empathy_audit.model.audit import TOO_LARGE, Failure
from empathy_audit.model.transcript import ROLES, Role, Transcript, Turn
from empathy_audit.readers.base import (
    DUPLICATE_ID,
    MALFORMED,
    MISSING_PACKAGE,
    Desk,
    Draft,
    Limits,
    Reader,
    Speakers,
    Tally,
)
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.roles import Settled, Way, settle
from empathy_audit.readers.shelf import Seen, told


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of a source. `roles` counts turns by how their role was found.

    `left_out` what did not come back, by reason.
    """

    conversations: int
    failures: int
    turns: Mapping[Role, int]
    internal: int
    left_out: Mapping[str, int]
    roles: Mapping[Way, int]


class Reading:
    """A source that is being read: iterate it once for Transcripts and Failures, then ask for `counts` and `notes`.

    `format` is the reader's name and `why` the reason it was taken. Trouble inside the file comes as Failures, never as
    an exception.
    """

    def __init__(self, document: Document, reader: Reader, why: str, speakers: Speakers, limits: Limits) -> None:
        self.format = reader.name
        self.why = why
        self._document = document
        self._reader = reader
        self._speakers = speakers
        self._limits = limits
        self._tally = Tally()
        self._turns: dict[Role, int] = dict.fromkeys(ROLES, 0)
        self._ways: dict[Way, int] = {}
        self._conversations = self._failures = self._internal = 0

    def __iter__(self) -> Iterator[Transcript | Failure]:
        name = self._document.source.name
        desk = Desk(name, self._limits, self._tally)
        try:
            with told(name), Seen() as ids:
                for draft in self._reader.read(self._document, desk):
                    outcome = draft if isinstance(draft, Failure) else self._finish(draft, desk, ids)
                    if isinstance(outcome, Failure):
                        self._failures += 1
                    else:
                        self._conversations += 1
                    yield outcome
        except TranscriptError as error:
            self._failures += 1
            yield Failure(error.place or name, MALFORMED, error.message)
        except MissingPackageError as error:  # the other files of the batch need it not
            self._failures += 1
            yield Failure(name, MISSING_PACKAGE, str(error))

    @property
    def counts(self) -> Counts:
        """What has been read so far."""
        return Counts(
            self._conversations,
            self._failures,
            MappingProxyType(dict(self._turns)),
            self._internal,
            MappingProxyType(dict(sorted(self._tally.left_out.items()))),
            MappingProxyType(dict(self._ways)),
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks so far, each `place: text`: roles that were guessed, oddities that were mended."""
        return tuple(self._tally.notes)

    def _finish(self, draft: Draft, desk: Desk, ids: Seen) -> Transcript | Failure:
        turns = draft.turns
        if not draft.exact:
            kept = [t for t in turns if t.text.strip()]
            self._tally.leave_out("empty turns", len(turns) - len(kept))
            turns = kept
            if not turns:
                return desk.failure(
                    draft.place, "the conversation has no turns; expected at least one; check the export"
                )
        too_large = over(turns, self._limits, desk, draft)
        if too_large:
            return too_large
        id_ = draft.id or f"{self._document.source.base}:{draft.line}"
        if draft.id is None and id_ in ids:  # two of a list on one line
            id_ = self._document.source.base + draft.place
        if not ids.add(id_):
            message = f'the id "{id_}" has been used before in this file; expected unique ids; give this one another'
            return desk.failure(draft.place, message, DUPLICATE_ID)
        named = _named(turns, draft.known)
        settled = settle(
            named, self._speakers, draft.known, draft.exact, draft.likely, draft.aliases, settled=draft.settled
        )
        self._count(settled, id_, desk.name + draft.place)
        return Transcript(
            id=id_,
            turns=settled.turns,
            source=desk.name + draft.place,
            format=self.format,
            channel=draft.channel,
            started_at=draft.started_at,
            language=draft.language,
            meta=_with_guesses(draft.meta, settled),
        )

    def _count(self, settled: Settled, id_: str, place: str) -> None:
        turns = self._turns
        for turn in settled.turns:
            turns[turn.role] += 1
            if turn.visibility == "internal":
                self._internal += 1
        for way, count in settled.ways.items():
            self._ways[way] = self._ways.get(way, 0) + count
        for name, (role, confidence) in settled.guessed.items():
            self._tally.note(
                f'{place}: "{name}" is taken for the {role} by wording (confidence {confidence}); '
                f'say --{role} "{name}" to make sure'
            )
        if settled.ways.get("unknown"):
            names = ", ".join(
                dict.fromkeys(f'"{t.speaker}"' for t in settled.turns if t.role == "unknown" and t.speaker)
            )
            self._tally.note(
                f"{place}: role unknown for {names or 'turns without a speaker'}; say --agent NAME or --customer NAME"
            )


def _named(turns: Sequence[Turn], known: Mapping[str, Role]) -> Sequence[Turn]:
    """Turns with a role and no speaker get the one name that the file gives for that role elsewhere."""
    if not known:
        return turns
    names: dict[Role, str] = {}
    for role in ("agent", "customer"):
        given = [name for name, r in known.items() if r == role]
        if len(given) == 1 and not any(t.speaker for t in turns if t.role == role):
            names[role] = given[0]
    return [replace(t, speaker=names[t.role]) if t.role in names else t for t in turns] if names else turns


def _with_guesses(meta: Mapping[str, object], settled: Settled) -> Mapping[str, object]:
    """Guessed roles stand in the transcript itself: whoever sees the result must see that it rests on a guess."""
    if not settled.guessed:
        return meta
    guesses = {name: {"role": role, "confidence": confidence} for name, (role, confidence) in settled.guessed.items()}
    return {**meta, "guessed_roles": guesses}


def over(turns: Sequence[Turn], limits: Limits, desk: Desk, draft: Draft) -> Failure | None:
    """The failure for a conversation that is over a limit, placed at its first turn that is too long."""
    if len(turns) > limits.turns:
        message = f"{len(turns):,} turns; expected at most {limits.turns:,}; split the conversation"
        return desk.failure(draft.place, message, TOO_LARGE)
    lengths = [len(t.text) for t in turns]
    if max(lengths, default=0) <= limits.turn_characters:
        if (total := sum(lengths)) <= limits.characters:
            return None
        message = f"{total:,} characters; expected at most {limits.characters:,}; split the conversation"
        return desk.failure(draft.place, message, TOO_LARGE)
    turn = next(t for t in turns if len(t.text) > limits.turn_characters)
    message = (
        f"a turn of {len(turn.text):,} characters; expected at most {limits.turn_characters:,}; split or shorten it"
    )
    at = turn.source[0] if turn.source else ""
    # A pointer inside one line of a JSON lines file says less than the line.
    return desk.failure(
        draft.place if draft.place.startswith(":") and at.startswith("#") else at or draft.place, message, TOO_LARGE
    )
