"""What is done again and again, and by how much the mean score would rise if it alone were done otherwise.

The arithmetic of judgement/scoring.py, asked backwards: the conversation stays as it was, but every answer of one kind acknowledges
at once, or words of one kind are not said, or one skill is used as much as the rubric wants. A conversation gains at most what it lacks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from empathy_audit.model.audit import Outcome
from empathy_audit.model.figures import Habit, HabitKind, Reference
from empathy_audit.model.rubric import Counter, Principle, Rubric, Scoring
from empathy_audit.statistics.cases import Case, Moment
from empathy_audit.statistics.intervals import share

MOST = 3
CREDITS: Mapping[Outcome, float] = {"met": 1.0, "delayed": 0.6, "partial": 0.4, "missed": 0.0}
"""What an outcome is worth unless the rubric says otherwise."""

USUAL_POINTS = Counter("", ()).points

REPLIES: Mapping[str, tuple[str, str]] = {
    "solve": (
        "Goes on to the solution without acknowledging what the customer shows",
        "Say first, in your own words, what happened to the customer and what it means to them; then solve it.",
    ),
    "ask": (
        "Answers what the customer shows with a question alone",
        "Acknowledge it in a sentence before asking for anything.",
    ),
    "ignore": (
        "Passes by what the customer shows",
        "Answer the person before the problem: name the feeling, or what happened to them.",
    ),
    "dismiss": (
        "Waves away what the customer shows",
        "Take it as seriously as they do, and leave out what judges or corrects them.",
    ),
    "late": (
        "Acknowledges what the customer shows only in a later answer",
        "Acknowledge it in the first answer.",
    ),
}  # fmt: skip


class _Happening(NamedTuple):
    """A habit in one conversation: how often, where, and what the score would gain."""

    times: int
    turn: int
    gain: float


class _Kind(NamedTuple):
    """A habit to look for: its texts, and what of it there is in a conversation."""

    kind: HabitKind
    about: str
    problem: str
    advice: str
    found: Callable[[Case], _Happening | None]


RECURS = 2
"""Conversations in which a habit shows at least."""


class Worth:
    """What changes are worth by a rubric, or by the defaults of all rubrics without one: then no skill is weighed."""

    def __init__(self, rubric: Rubric | None) -> None:
        self.scoring = rubric.scoring if rubric else Scoring(CREDITS)
        principles = rubric.principles if rubric else ()
        self.outcomes = [p for p in principles if p.score == "opportunities"]
        self.skills = [p for p in principles if p.score == "use"]
        self._points = {counter.id: counter.points for counter in rubric.counter} if rubric else {}

    def of_answers(self, case: Case, treated: str) -> float:
        """If every opportunity that was treated so had been met."""
        weights = [self._weight(moment) for moment in case.moments]
        total = sum(weights)
        if not total:
            return 0.0
        lacking = sum(
            weight * (self.scoring.credits["met"] - self.scoring.credits[moment.outcome])
            for weight, moment in zip(weights, case.moments, strict=True)
            if moment.treated == treated
        )
        factor = self.scoring.outcomes_share if not self.skills or self._mean(case, self.skills) is not None else 1.0
        return self._possible(case, 100 * factor * lacking / total)

    def of_words(self, case: Case, code: str) -> float:
        """If words of that code had not been said."""
        return self._possible(case, self._charged(case) - self._charged(case, without=code))

    def of_skill(self, case: Case, principle: Principle) -> float:
        """If the skill had full marks."""
        score = case.principles.get(principle.id)
        if score is None or self._mean(case, self.outcomes) is None:
            return 0.0
        total = sum(p.weight for p in self.skills if case.principles.get(p.id) is not None)
        return (
            self._possible(case, (1 - self.scoring.outcomes_share) * (100 - score) * principle.weight / total)
            if total
            else 0.0
        )

    def _possible(self, case: Case, gain: float) -> float:
        """A score stays within 0..100: points charged below 0 are gained first, and nothing is gained beyond 100."""
        if case.overall is None:
            return 0.0
        return min(max(0.0, gain - self._below(case)), 100 - case.overall)

    def _below(self, case: Case) -> float:
        """How far the charges would push a score of 0 further down."""
        outcomes, skills = self._mean(case, self.outcomes), self._mean(case, self.skills)
        if case.overall or not self.outcomes:
            return 0.0
        part = self.scoring.outcomes_share
        if outcomes is None:
            base = self.scoring.neutral
        else:
            base = outcomes if skills is None else part * outcomes + (1 - part) * skills
        return max(0.0, self._charged(case) - base)

    def _charged(self, case: Case, without: str = "") -> float:
        worst: dict[int, float] = {}
        for words in case.words:
            if words.code != without:
                points = self._points.get(words.code, USUAL_POINTS)
                worst[words.block] = max(worst.get(words.block, 0.0), points)
        return min(sum(worst.values()), self.scoring.counter_cap)

    def _weight(self, moment: Moment) -> float:
        return self.scoring.explicit_weight if moment.kind == "explicit" else 1.0

    def _mean(self, case: Case, principles: Sequence[Principle]) -> float | None:
        judged = [(p.weight, s) for p in principles if (s := case.principles.get(p.id)) is not None]
        total = sum(weight for weight, _ in judged)
        return sum(weight * score for weight, score in judged) / total if total else None


def habits(cases: Sequence[Case], rubric: Rubric | None, minimum: int, most: int = MOST) -> tuple[Habit, ...]:
    """The habits that would change most, greatest gain first; none that would change nothing. `minimum` as in Figures.

    In a batch of that many conversations, what happened in a single one is no habit yet: it comes behind what recurs.
    """
    scored = [case for case in cases if case.overall is not None]
    found = [
        habit for kind in _kinds(scored, Worth(rubric), rubric) if (habit := _habit(kind, scored, minimum)).gain > 0
    ]
    enough = len(scored) >= minimum

    def order(habit: Habit) -> tuple[bool, float, str, str]:
        return enough and habit.conversations < RECURS, -habit.gain, habit.kind, habit.about

    return tuple(sorted(found, key=order)[:most])


def _kinds(cases: Sequence[Case], worth: Worth, rubric: Rubric | None) -> Iterator[_Kind]:
    for treated, texts in REPLIES.items():
        yield _Kind("reply", treated, *texts, partial(_answers, worth, treated))
    for code, (message, suggestion) in sorted(_own_words(cases).items()):
        yield _Kind("words", code, message[:1].upper() + message[1:], suggestion, partial(_said, worth, code))
    for principle in worth.skills:
        problem = f"Makes little use of {principle.title[:1].lower()}{principle.title[1:]}"
        yield _Kind("skill", principle.id, problem, principle.why, partial(_unused, worth, principle))


def _own_words(cases: Sequence[Case]) -> dict[str, tuple[str, str]]:
    """What is said of each code; of several texts the first by the alphabet, whatever the order of the batch."""
    texts: dict[str, tuple[str, str]] = {}
    for case in cases:
        codes = {words.code for words in case.words}
        for finding in case.findings:
            if finding.code in codes:
                text = finding.message, finding.suggestion
                texts[finding.code] = min(text, texts.get(finding.code, text))
    return texts


def _answers(worth: Worth, treated: str, case: Case) -> _Happening | None:
    turns = [moment.turn for moment in case.moments if moment.treated == treated]
    return _Happening(len(turns), turns[0], worth.of_answers(case, treated)) if turns else None


def _said(worth: Worth, code: str, case: Case) -> _Happening | None:
    turns = [words.turn for words in case.words if words.code == code]
    return _Happening(len(turns), turns[0], worth.of_words(case, code)) if turns else None


def _unused(worth: Worth, principle: Principle, case: Case) -> _Happening | None:
    score = case.principles.get(principle.id)
    if score is None or score >= 100:
        return None
    turn = case.moments[0].turn if case.moments else 0
    return _Happening(1, turn, worth.of_skill(case, principle))


def _habit(kind: _Kind, scored: Sequence[Case], minimum: int) -> Habit:
    happened = [(case, happening) for case in scored if (happening := kind.found(case)) is not None]
    best = min(happened, key=lambda h: (-h[1].gain, h[0].source, h[0].id), default=None)
    gain = math.fsum(happening.gain for _, happening in happened) / len(scored) if scored else 0.0
    return Habit(
        kind.kind,
        kind.about,
        kind.problem,
        kind.advice,
        count=sum(happening.times for _, happening in happened),
        conversations=len(happened),
        share=share([(1, 1)] * len(happened) + [(0, 1)] * (len(scored) - len(happened)), minimum),
        gain=round(gain, 3),
        example=Reference(best[0].source, best[0].id, best[1].turn) if best else None,
    )
