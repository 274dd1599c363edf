"""A rubric's `macros:` section in plain text: all of it in three lists, or one id in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from empathy_audit.cli.entry_text import flat, lines, pattern
from empathy_audit.model.macro_rules import (
    MISSING,
    MacroCheck,
    MacroExample,
    MacroExamples,
    MacroRules,
    MacroSituation,
    Must,
    Need,
    Sign,
)

Fact = tuple[str, str]


def sections(rules: MacroRules) -> tuple[tuple[str, Sequence[Sequence[str]]], ...]:
    """A title and rows for each list."""
    return (
        (
            "Macros: what they may be for",
            [(s.id, s.emotion or "-", ", ".join(m.need for m in s.must) or "nothing needed") for s in rules.situations],
        ),
        ("Macros: what they may need", [(n.id, n.severity, flat(n.why)) for n in rules.needs]),
        ("Macros: what is wrong in any", [(c.id, c.severity, flat(c.message)) for c in rules.checks]),
    )


def explained(rules: MacroRules, id_: str) -> list[str]:
    """What goes by this id or code of a finding, each thing in full."""
    found = [_situation(s, rules) for s in rules.situations if s.id == id_]
    found += [_need(need, rules) for need in rules.needs if id_ in (need.id, f"{MISSING}{need.id}")]
    return found + [_check(check) for check in rules.checks if check.id == id_]


def _situation(situation: MacroSituation, rules: MacroRules) -> str:
    severities = {need.id: need.severity for need in rules.needs}
    return lines(
        f"{situation.id} (situation): {situation.title}",
        ("why", flat(situation.why)),
        ("emotion", situation.emotion or ""),
        ("names", ", ".join(situation.names)),
        *(fact for sign in situation.signs for fact in _sign(sign)),
        *(("must", _must(must, severities)) for must in situation.must),
        *_examples(situation.examples),
        ("place", str(situation.place)),
    )


def _sign(sign: Sign) -> Iterator[Fact]:
    where = " or ".join(sign.where)
    for one in sign.any:
        yield "sign", f"in {where}, {sign.confidence:g}: {pattern(one)}"
    for guard in sign.unless:
        yield "unless", guard if isinstance(guard, str) else pattern(guard)


def _must(must: Must, severities: Mapping[str, str]) -> str:
    wording = f": {must.suggestion}" if must.suggestion else ""
    return f"{must.need}, {must.severity or severities.get(must.need, '')}{wording}"


def _need(need: Need, rules: MacroRules) -> str:
    asking = [s.id for s in rules.situations if any(m.need == need.id for m in s.must)]
    return lines(
        f"{need.id} (need)",
        *_shared(need),
        ("tags", ", ".join(need.tags)),
        ("not within", ", ".join(need.not_within)),
        ("blanks", "a placeholder that is a sentence of its own may hold it" if need.blank_may_hold else ""),
        *((f"for {emotion}", text) for emotion, texts in need.suggestions.items() for text in texts),
        ("needed by", ", ".join(asking)),
        *_examples(need.examples),
        ("place", str(need.place)),
    )


def _check(check: MacroCheck) -> str:
    density, ease = check.density, check.reading_ease
    return lines(
        f"{check.id} (check)",
        *_shared(check),
        ("uses", ", ".join(check.uses)),
        ("suggestion", check.suggestion),
        ("redeemed by", ", ".join(check.redeemed_by)),
        ("inside", ", ".join(check.inside)),
        ("outside", ", ".join(check.outside)),
        ("told by", ", ".join(check.told_by)),
        ("tells", ", ".join(check.tells)),
        ("density", f"{density.hits} places and {density.share:g} of the words" if density else ""),
        ("reading", f"a Flesch figure below {ease.below:g}, from {ease.words} words on" if ease else ""),
        *(("fix", f"{rewrite.find} → {rewrite.put or 'nothing'}") for rewrite in check.fix),
        ("safe", "yes" if check.safe else ""),
        *_examples(check.examples),
        ("place", str(check.place)),
    )


def _shared(entry: Need | MacroCheck) -> Iterator[Fact]:
    yield "why", flat(entry.why)
    yield "finding", f"{entry.severity}: {entry.message}"
    yield "confidence", f"{entry.confidence:g}"
    yield from (("any", pattern(one)) for one in entry.any)
    yield from (("unless", guard if isinstance(guard, str) else pattern(guard)) for guard in entry.unless)


def _examples(examples: MacroExamples) -> Iterator[Fact]:
    lists = (("hits", examples.hits), ("misses", examples.misses), ("known gaps", examples.known_gaps))
    return ((name, _example(example)) for name, given in lists for example in given)


def _example(example: MacroExample) -> str:
    return f"{example.text}  (titled: {example.title})" if example.title else example.text
