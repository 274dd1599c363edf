"""A rubric in plain text: all of it in a page, or one id in full."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_audit.cli import macro_text
from empathy_audit.cli.entry_text import flat, lines, pattern
from empathy_audit.cli.formats import table
from empathy_audit.model.macro_rules import MacroRules
from empathy_audit.model.rubric import (
    Counter,
    Cue,
    Example,
    Marker,
    OpportunityRule,
    Principle,
    ReplyMark,
    Rubric,
)

Entry = Marker | Cue | Counter | ReplyMark


def overview(rubric: Rubric) -> str:
    """Principles with their weights, then every entry by what it is."""
    shown = [f"{rubric.title or rubric.id} ({rubric.id} {rubric.version}, {rubric.language})\n"]
    if rubric.why:
        shown.append(f"{flat(rubric.why)}\n")
    sections: tuple[tuple[str, Sequence[Sequence[str]]], ...] = (
        ("Principles", [(p.id, f"weight {p.weight:g}", p.title) for p in rubric.principles]),
        ("Markers: what an agent may show", [(m.id, m.tag, m.principle or "no principle") for m in rubric.markers]),
        ("Cues: what a customer shows", [(c.id, c.kind, f"{c.emotion or '-'} {c.intensity:g}") for c in rubric.cues]),
        ("Counter-empathy", [(c.id, c.severity, f"{c.points:g} points") for c in rubric.counter]),
        ("Replies", [(r.id, r.aspect, flat(r.why)) for r in rubric.replies]),
        ("Opportunities", [(o.id, o.kind, f"missed: {o.missed or 'off'}") for o in rubric.opportunities]),
    )
    for title, rows in (*sections, *macro_text.sections(rubric.macros or MacroRules())):
        if rows:
            shown += [f"\n{title}\n", table(rows[0], rows[1:])]
    return "".join(shown) + "\n`rubric show ID` tells more of one.\n"


def known_ids(rubric: Rubric) -> tuple[str, ...]:
    """Everything that `rubric show` can tell about."""
    tags = (marker.tag for marker in rubric.markers)
    ids = (
        part.id
        for part in (
            *rubric.principles,
            *rubric.entries,
            *rubric.opportunities,
            *(rubric.macros or MacroRules()).entries,
        )
    )
    return tuple(dict.fromkeys((*ids, *tags)))


def explained(rubric: Rubric, id_: str) -> str:
    """All that goes by this id, each thing under what it is; empty when nothing does."""
    parts = [_principle(p, rubric) for p in rubric.principles if p.id == id_]
    if any(m.tag == id_ for m in rubric.markers):
        parts.append(_tag(id_, rubric))
    parts += [_entry(entry) for entry in rubric.entries if entry.id == id_]
    parts += [_opportunity(rule) for rule in rubric.opportunities if rule.id == id_]
    parts += macro_text.explained(rubric.macros or MacroRules(), id_)
    return "\n".join(parts)


def _principle(principle: Principle, rubric: Rubric) -> str:
    how = (
        "the mean credit of the opportunities"
        if principle.score == "opportunities"
        else f"the share of replies that use it, full from {principle.target:g} on"
    )
    markers = [m.id for m in rubric.markers if m.principle == principle.id]
    return lines(
        f"{principle.id} (principle): {principle.title}",
        ("why", flat(principle.why)),
        ("weight", f"{principle.weight:g}"),
        ("score", how),
        ("markers", ", ".join(markers)),
        ("place", str(principle.place)),
    )


def _tag(tag: str, rubric: Rubric) -> str:
    return lines(f"{tag} (tag)", ("given by", ", ".join(m.id for m in rubric.markers if m.tag == tag)))


def _entry(entry: Entry) -> str:
    word, facts = _kind(entry)
    examples = entry.examples
    lists = (("hits", examples.hits), ("misses", examples.misses), ("known gaps", examples.known_gaps))
    return lines(
        f"{entry.id} ({word})",
        ("why", flat(entry.why)),
        *facts,
        ("confidence", f"{entry.confidence:g}"),
        *(("any", pattern(one)) for one in entry.any),
        *(("unless", guard if isinstance(guard, str) else pattern(guard)) for guard in entry.unless),
        *((name, _example(example)) for name, given in lists for example in given),
        ("place", str(entry.place)),
    )


def _kind(entry: Entry) -> tuple[str, tuple[tuple[str, str], ...]]:
    if isinstance(entry, Marker):
        return "marker", (("tag", entry.tag), ("principle", entry.principle or "none"))
    if isinstance(entry, Cue):
        shows = f"{entry.kind}, {entry.emotion or 'no emotion'}, intensity {entry.intensity:g}"
        return "cue", (("shows", shows), ("opens", "an opportunity" if entry.opens else "nothing by itself"))
    if isinstance(entry, Counter):
        costs = f"{entry.points:g} points, {entry.severity}"
        return "counter-empathy", (("costs", costs), ("message", entry.message), ("better", entry.better))
    return "reply", (("aspect", entry.aspect),)


def _opportunity(rule: OpportunityRule) -> str:
    return lines(
        f"{rule.id} (opportunity)",
        ("why", flat(rule.why)),
        ("kind", f"{rule.kind}{', pleasant' if rule.pleasant else ''}"),
        ("window", f"{rule.window} agent blocks"),
        ("missed", rule.missed or "off"),
        ("partial", rule.partial or "off"),
        *((f"if {reply}", message) for reply, message in rule.messages.items()),
        *((f"for {emotion}", text) for emotion, texts in rule.suggestions.items() for text in texts),
        ("place", str(rule.place)),
    )


def _example(example: Example) -> str:
    return f"{example.text}  (after: {example.customer})" if example.customer else example.text
