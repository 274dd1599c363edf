"""What a macro answers: declared, or told from its title, tags, emotion and text; not to know is an answer."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from empathy_audit.linting.drafts import Draft
from empathy_audit.linting.entries import sign_name
from empathy_audit.linting.sight import Seen
from empathy_audit.model.macro import Macro, Situation
from empathy_audit.model.macro_rules import MacroPart, MacroRules, MacroSituation, Sign
from empathy_audit.model.rubric import EMOTIONS

_TAG_THAT_NAMES = 0.95
_CHAIN = re.compile(r"[\W_]+")
_HOW = {"title": "its title has", "tags": "its tags have", "emotion": "its emotion is", "text": "its text has"}


def declared(macro: Macro, rules: MacroRules) -> MacroSituation | None:
    """The rubric's situation that the macro names, by id or by one of its other names."""
    wanted = _slug(macro.situation or "")
    return next((s for s in rules.situations if wanted and wanted in _names(s)), None)


def situation_of(macro: Macro, rules: MacroRules, seen: Seen) -> Situation | None:
    """What the macro answers, with confidence and why; None below the rubric's threshold. Of two as sure, the rubric's first."""
    named = declared(macro, rules)
    if named is not None:
        return Situation(named.id, 1.0, "declared")
    inferred = [found for s in rules.situations if (found := _inferred(macro, s, seen)) is not None]
    best = max(inferred, key=lambda s: s.confidence, default=None)
    return best if best is not None and best.confidence >= rules.threshold else None


def unknown_names(macro: Macro, rules: MacroRules) -> Iterator[Draft]:
    """A declared situation or emotion that the rubric does not know, for then its rules are not applied."""
    if macro.situation and rules.situations and declared(macro, rules) is None:
        yield _unknown("unknown-situation", "situation", macro.situation, [s.id for s in rules.situations])
    if macro.emotion and macro.emotion.strip().lower() not in EMOTIONS:
        yield _unknown("unknown-emotion", "emotion", macro.emotion, list(EMOTIONS))


def _unknown(code: str, noun: str, name: str, known: list[str]) -> Draft:
    near = difflib.get_close_matches(_slug(name), known, n=1)
    return Draft(
        code,
        "suggestion",
        1.0,
        f"'{name}' is no {noun} of the rubric, so nothing is judged by it",
        f"Did you mean '{near[0]}'?" if near else f"Use one of {', '.join(known)}, or add it to your rubric.",
    )


def _inferred(macro: Macro, situation: MacroSituation, seen: Seen) -> Situation | None:
    reasons: list[tuple[float, str]] = []
    if any(_slug(tag) in _names(situation) for tag in macro.tags):
        reasons.append((_TAG_THAT_NAMES, "a tag names it"))
    for number, sign in enumerate(situation.signs):
        found = _found(sign, sign_name(situation, number), seen)
        if found is not None:
            part, words = found
            words = macro.title.strip() if part == "title" else words
            reasons.append((sign.confidence, f"{_HOW[part]} “{words}”"))
    if not reasons:
        return None
    doubt = 1.0
    for confidence, _ in reasons:
        doubt *= 1 - confidence
    why = ", ".join(why for _, why in reasons)
    return Situation(situation.id, round(min(1 - doubt, 0.99), 3), why)


def _found(sign: Sign, name: str, seen: Seen) -> tuple[MacroPart, str] | None:
    for part in sign.where:
        if part == "text":
            for branch in seen.branches:
                for place in branch.by_entry.get(name, ()):
                    return part, " ".join(branch.branch.text[place.start : place.end].split())
        elif name in seen.parts[part]:
            return part, seen.parts[part][name]
    return None


def _names(situation: MacroSituation) -> tuple[str, ...]:
    return (situation.id, *map(_slug, situation.names))


def _slug(name: str) -> str:
    return _CHAIN.sub("-", name.lower()).strip("-")
