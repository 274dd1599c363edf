"""What is looked for in macros, as entries of a rubric, so that the code that reads conversations reads macros too.

Signs, needs and checks become markers under names of their own. They are judged by rules alone: what lint reports can be pointed at, and is the
same without the weights of a signal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from empathy_audit.model.macro_rules import MacroRules, MacroSituation
from empathy_audit.model.rubric import COUNTER_TAG, Marker, Rubric

# No id of a rubric holds these signs, so no name of a rubric is taken.
NEED, CHECK = "need:", "check:"
_SIGN = "sign:"


def sign_name(situation: MacroSituation, number: int) -> str:
    """The name under which a situation's sign is looked for."""
    return f"{_SIGN}{situation.id}:{number}"


def entries(rubric: Rubric, rules: MacroRules) -> Rubric:
    """A rubric that looks in an agent's turn for what macros are judged by, and for nothing else."""
    ruled = rubric.without_signals()
    used = _used(rules)
    return replace(
        ruled,
        markers=(*_markers(ruled, used), *_of_macros(rules)),
        cues=(),
        replies=(),
    )


def _used(rules: MacroRules) -> frozenset[str]:
    tags = [tag for need in rules.needs for tag in need.tags]
    tags += [name for need in rules.needs for name in need.not_within]
    return frozenset((*tags, *(name for check in rules.checks for name in (*check.uses, *check.redeemed_by))))


def _markers(ruled: Rubric, used: frozenset[str]) -> Iterator[Marker]:
    """The rubric's markers that something in its `macros:` asks for, and those that these yield to."""
    wanted = [m for m in ruled.markers if {m.id, m.tag, *m.implies} & used]
    stronger = {tag for marker in wanted for tag in marker.yields_to} - {COUNTER_TAG}
    return (m for m in ruled.markers if m in wanted or {m.tag, *m.implies} & stronger)


def _of_macros(rules: MacroRules) -> Iterator[Marker]:
    for situation in rules.situations:
        for number, sign in enumerate(situation.signs):
            name = sign_name(situation, number)
            yield Marker(id=name, tag=name, any=sign.any, unless=sign.unless, confidence=sign.confidence)
    for prefix, list_ in ((NEED, rules.needs), (CHECK, rules.checks)):
        for entry in list_:
            name = prefix + entry.id
            yield Marker(id=name, tag=name, any=entry.any, unless=entry.unless, confidence=entry.confidence)
