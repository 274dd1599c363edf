"""Transcript + rubric → audit: the plot of the whole tool."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from empathy_audit.errors import RubricError, TranscriptError
from empathy_audit.judgement import explaining, findings, scoring
from empathy_audit.judgement.episodes import Course, follow
from empathy_audit.judgement.tagging import Entries, tag_turn
from empathy_audit.language.identification import is_foreign_to
from empathy_audit.language.reader import Reader
from empathy_audit.model.audit import Audit, Finding, JudgedTurn, Opportunity, Response, RubricStamp, Scores, Step
from empathy_audit.model.reading import TurnReading
from empathy_audit.model.rubric import Cue, Rubric, SignalUse
from empathy_audit.model.transcript import Transcript

if TYPE_CHECKING:
    from empathy_audit.signals.model import SignalModel

MOST_MATCHES = 500_000
"""Of one conversation. What is denser is no conversation, and judging it would take hours."""


class Auditor:
    """A rubric made ready; `audit` is a pure function of the transcript.

    `signals` is a weights file of the team's own; without it the shipped ones are taken, where the rubric uses any.

    Raises:
        MissingPackageError: the rubric needs a spaCy model that is not installed.
        RubricError: the rubric asks for signals that the weights do not know.
        InputError: the weights cannot be read, or are not the ones that their hash names.
    """

    def __init__(self, rubric: Rubric, signals: Path | None = None) -> None:
        self._rubric = rubric
        self._stamp = rubric.stamp
        self._entries = Entries.of(rubric)
        self._model = _signals(rubric, signals) if rubric.uses_signals else None
        self._signals = self._model.id if self._model is not None else None
        self._reader = Reader(rubric, self._model)

    def audit(self, transcript: Transcript, *, explain: bool = False) -> Audit:
        """The audit of one transcript; with `explain`, every step of the reasoning is in it.

        Raises:
            TranscriptError: more than MOST_MATCHES were found in it.
        """
        if self._foreign(transcript):
            return self._unjudged(transcript)
        return self._judged(transcript, self.read(transcript), explain)

    def audits(self, transcripts: Sequence[Transcript]) -> list[Audit]:
        """What `audit` says of each, in order, at less cost: they are read together, and all of them are in memory meanwhile."""
        own = [not self._foreign(transcript) for transcript in transcripts]
        readings = iter(self._reader.read_all([t for t, judged in zip(transcripts, own, strict=True) if judged]))
        return [
            self._judged(transcript, next(readings)) if judged else self._unjudged(transcript)
            for transcript, judged in zip(transcripts, own, strict=True)
        ]

    def _foreign(self, transcript: Transcript) -> bool:
        return is_foreign(transcript, self._rubric.language)

    def _unjudged(self, transcript: Transcript) -> Audit:
        return _assemble(transcript, self._stamp, self._signals, scoring.unjudged(self._rubric, "language"))

    def _judged(self, transcript: Transcript, readings: list[TurnReading], explain: bool = False) -> Audit:
        if (matches := sum([len(reading.hits) for reading in readings])) > MOST_MATCHES:
            message = f"{matches:,} matches of the rubric; expected at most {MOST_MATCHES:,}; split the conversation"
            raise TranscriptError(message, transcript.source)
        rubric = self._rubric
        course = follow(transcript, readings, rubric, self._entries)
        return _assemble(
            transcript,
            self._stamp,
            self._signals,
            scoring.score(transcript, readings, course, rubric, self._entries),
            course,
            findings.find(transcript, course, self._entries),
            self._explained(transcript, course, readings) if explain else (),
        )

    def read(self, transcript: Transcript) -> list[TurnReading]:
        """What was found in each turn, before it is judged; hits that a guard dropped are among it."""
        return self._reader.read(transcript)

    def _explained(self, transcript: Transcript, course: Course, readings: list[TurnReading]) -> tuple[Step, ...]:
        steps = explaining.explain(course, readings, self._rubric, self._entries)
        if self._model is None:
            return steps
        from empathy_audit.signals.reasons import with_reasons

        return with_reasons(steps, transcript, self._rubric, self._reader, self._model)

    def entries_in(self, transcript: Transcript) -> frozenset[str]:
        """Ids of the entries that stand, guards and yielding applied, anywhere in the conversation; for checking examples."""
        readings = self.read(transcript)
        agent = [r for turn, r in zip(transcript.turns, readings, strict=True) if turn.role == "agent"]
        yielded = {hit for reading in agent for hit, _ in tag_turn(reading, self._entries).dropped}
        return frozenset(h.entry for r in readings for h in r.hits if h.dropped is None and h not in yielded)


def _signals(rubric: Rubric, path: Path | None) -> SignalModel:
    # numpy and the weights are loaded only for a rubric that asks for them.
    from empathy_audit.signals import shipped

    path = shipped.WEIGHTS if path is None else path
    model = shipped.load(path)
    if problems := tuple(_unknown_signals(rubric, model, path.name)):
        raise RubricError(problems)
    return model


def _unknown_signals(rubric: Rubric, model: SignalModel, file: str) -> Iterator[str]:
    """Every use of a label that the weights do not have for the side that the entry is looked for on."""
    for entry in sorted(rubric.entries, key=lambda e: e.place):
        labels = model.labels("customer" if isinstance(entry, Cue) else "agent")
        for use in (*entry.any, *entry.unless):
            if isinstance(use, SignalUse) and use.signal not in labels:
                near = difflib.get_close_matches(use.signal, labels, n=1)
                known = f"expected one of {', '.join(labels)}" if labels else "it has none for this side"
                yield (
                    f"{entry.place}: entry '{entry.id}' asks for the signal '{use.signal}', which {file} does not have; {known}; "
                    + (f"did you mean '{near[0]}'?" if near else "name one of them, or train it with `train-signals`")
                )


def is_foreign(transcript: Transcript, language: str) -> bool:
    """Whether the conversation is declared, or plainly is, in another language than the rubric's."""
    return is_foreign_to(language, transcript.language, (t.text for t in transcript.turns if t.spoken))


def _assemble(
    transcript: Transcript,
    stamp: RubricStamp,
    signals: str | None,
    scores: Scores,
    course: Course | None = None,
    found: tuple[Finding, ...] = (),
    steps: tuple[Step, ...] = (),
) -> Audit:
    turns = tuple(map(JudgedTurn, transcript.turns)) if course is None else _turns(transcript, course)
    return Audit(transcript, stamp, scores, turns, found, signals, steps)


def _turns(transcript: Transcript, course: Course) -> tuple[JudgedTurn, ...]:
    opportunities: dict[int, Opportunity] = {}
    responses: dict[int, Response] = {}
    for episode in course.episodes:
        seen = episode.opportunity
        answered_by = episode.answer.turns[0] if episode.answer is not None else None
        opportunities[episode.turn] = Opportunity(
            seen.kind, seen.emotion, seen.intensity, seen.evidence, seen.cues, episode.outcome, answered_by
        )
        if answered_by is not None and episode.treatment is not None:
            responses[answered_by] = Response(episode.turn, episode.treatment.level, episode.treatment.reply)
    return tuple(
        [
            JudgedTurn(turn, opportunities.get(i, sensed), tagged.tags, responses.get(i))
            for i, (turn, sensed, tagged) in enumerate(zip(transcript.turns, course.sensed, course.tagged, strict=True))
        ]
    )
