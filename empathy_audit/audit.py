"""Transcript + rubric → audit: the plot of the whole tool."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from empathy_audit.judgement import explaining, findings, scoring
from empathy_audit.judgement.episodes import Course, follow
from empathy_audit.judgement.tagging import Entries, tag_turn
from empathy_audit.language.identification import seems_foreign
from empathy_audit.language.reader import Reader
from empathy_audit.model.audit import Audit, Finding, JudgedTurn, Opportunity, Response, Scores, Step
from empathy_audit.model.rubric import Rubric
from empathy_audit.model.transcript import Transcript

if TYPE_CHECKING:
    from empathy_audit.signals.model import SignalModel


class Auditor:
    """A rubric made ready; `audit` is a pure function of the transcript.

    `signals` is a weights file of the team's own; without it the shipped ones are taken, where the rubric uses any.

    Raises:
        MissingPackageError: the rubric needs a spaCy model that is not installed.
        InputError: the weights cannot be read, or are not the ones that their hash names.
    """

    def __init__(self, rubric: Rubric, signals: Path | None = None) -> None:
        self._rubric = rubric
        self._entries = Entries.of(rubric)
        model = _signals(signals) if rubric.uses_signals else None
        self._signals = model.id if model is not None else None
        self._reader = Reader(rubric, model)

    def audit(self, transcript: Transcript, *, explain: bool = False) -> Audit:
        """The audit of one transcript; with `explain`, every step of the reasoning is in it."""
        rubric = self._rubric
        if is_foreign(transcript, rubric.language):
            return _assemble(transcript, rubric, self._signals, scoring.unjudged(rubric, "language"))
        readings = self._reader.read(transcript)
        course = follow(transcript, readings, rubric, self._entries)
        return _assemble(
            transcript,
            rubric,
            self._signals,
            scoring.score(transcript, readings, course, rubric),
            course,
            findings.find(transcript, course, self._entries),
            explaining.explain(course, readings, rubric, self._entries) if explain else (),
        )

    def entries_in(self, transcript: Transcript) -> frozenset[str]:
        """Ids of the entries that stand, guards and yielding applied, anywhere in the conversation; for checking examples."""
        readings = self._reader.read(transcript)
        agent = [r for turn, r in zip(transcript.turns, readings, strict=True) if turn.role == "agent"]
        yielded = {hit for reading in agent for hit, _ in tag_turn(reading, self._entries).dropped}
        return frozenset(h.entry for r in readings for h in r.hits if h.dropped is None and h not in yielded)


def _signals(path: Path | None) -> SignalModel:
    # numpy and the weights are loaded only for a rubric that asks for them.
    from empathy_audit.signals import shipped

    return shipped.load(path) if path is not None else shipped.load()


def is_foreign(transcript: Transcript, language: str) -> bool:
    """Whether the conversation is declared, or plainly is, in another language than the rubric's."""
    declared = (transcript.language or "").replace("_", "-").split("-", 1)[0].lower()
    # Only two-letter codes are compared: "und", "eng" or "English" say too little, and the words decide.
    if len(declared) == 2 and declared.isalpha() and declared != language.split("-", 1)[0].lower():
        return True
    return seems_foreign((t.text for t in transcript.turns if t.spoken), language)


def _assemble(
    transcript: Transcript,
    rubric: Rubric,
    signals: str | None,
    scores: Scores,
    course: Course | None = None,
    found: tuple[Finding, ...] = (),
    steps: tuple[Step, ...] = (),
) -> Audit:
    turns = tuple(map(JudgedTurn, transcript.turns)) if course is None else _turns(transcript, course)
    return Audit(transcript, rubric.stamp, scores, turns, found, signals, steps)


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
        JudgedTurn(turn, opportunities.get(i, course.sensed[i]), course.tagged[i].tags, responses.get(i))
        for i, turn in enumerate(transcript.turns)
    )
