"""What the shape cannot say: entries that refer to each other, figures that belong together, rules that must be there.

Each check looks at the merged tree, steps over what is misshapen (that is told elsewhere), and yields every mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from empathy_audit.model.rubric import COUNTER_TAG
from empathy_audit.model.words import NAME
from empathy_audit.rubric.macro_checks import MACRO_CHECKS, macro_entries
from empathy_audit.rubric.merge import Merged
from empathy_audit.rubric.names import DEFAULT_CREDITS, ENTRY_LISTS, MACRO_LISTS, NOUNS
from empathy_audit.rubric.patterns import pattern_problems, stray_stars
from empathy_audit.rubric.problems import Problem, hint, shown, unknown
from empathy_audit.rubric.tree import Node, mapping, number, sequence, text

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_REPLIES = {"missed": ("ignore", "dismiss"), "partial": ("solve", "ask")}


def semantic_problems(merged: Merged) -> Iterator[Problem]:
    """Every mistake that the checks find, in no special order."""
    for check in CHECKS:
        yield from check(merged)


def _entries(root: Node, list_: str) -> Iterator[dict[str, Node]]:
    return (mapping(node) for node in sequence(mapping(root).get(list_)))


def _ids(merged: Merged) -> Iterator[Problem]:
    """Ids are unique over all lists but the principles, whose names markers and tags may share."""
    seen: dict[str, tuple[str, Node]] = {}
    macros = mapping(merged.root).get("macros")
    lists = [*((merged.root, list_) for list_ in (*ENTRY_LISTS, "opportunities"))]
    lists += [(macros, list_) for list_ in MACRO_LISTS if macros is not None]
    for root, list_ in lists:
        for entry in _entries(root, list_):
            id_ = text(entry.get("id"))
            if id_ is None:
                continue
            noun, first = seen.get(id_, (NOUNS[list_], entry["id"]))
            if noun != NOUNS[list_]:  # twice in one list is told when files are laid over each other
                message = (
                    f"{NOUNS[list_]} {shown(id_)} has the id of the {noun} at {first.place}; expected an id of its own"
                )
                yield Problem(entry["id"].place, message)
            seen.setdefault(id_, (NOUNS[list_], entry["id"]))


def _principles(merged: Merged) -> Iterator[Problem]:
    """Markers count for principles that are there."""
    names = [id_ for entry in _entries(merged.root, "principles") if (id_ := text(entry.get("id")))]
    orphans: dict[str, list[str]] = {}
    for entry in _entries(merged.root, "markers"):
        name = text(entry.get("principle"))
        if name is None or name in names:
            continue
        if ("principles", name) in merged.off:
            orphans.setdefault(name, []).append(f"{shown(text(entry.get('id')))} at {entry['principle'].place}")
        else:
            yield Problem(entry["principle"].place, unknown("principle", name, names))
    for name, markers in orphans.items():
        what = f"principle {shown(name)} is turned off, but markers count for it: {', '.join(markers)}"
        yield Problem(merged.off["principles", name], f"{what}; turn them off too, or give them another principle")


def _tags(merged: Merged) -> Iterator[Problem]:
    """Markers imply and yield to tags that some entry gives."""
    tags = [tag for entry in _entries(merged.root, "markers") if (tag := text(entry.get("tag")))]
    names = tuple(dict.fromkeys((*tags, COUNTER_TAG)))
    for entry in _entries(merged.root, "markers"):
        for node in (*sequence(entry.get("implies")), *sequence(entry.get("yields_to"))):
            if text(node) is not None and node.value not in names:
                yield Problem(node.place, unknown("tag", node.value, names))


def _weights(merged: Merged) -> Iterator[Problem]:
    """At least one principle weighs something."""
    weights = [entry.get("weight") for entry in _entries(merged.root, "principles")]
    if weights and weights[0] is not None and all(number(weight) == 0 for weight in weights):
        yield Problem(weights[0].place, "every principle has weight 0; expected at least one that counts")


def _words(merged: Merged) -> Iterator[Problem]:
    """Items of word lists are plain wordings."""
    for name, items in mapping(mapping(merged.root).get("words")).items():
        for item in sequence(items):
            found = re.search(rf"<({NAME})>", text(item) or "")
            if found:
                what = f"an item of the word list {shown(name)} refers to {shown(found[0])}"
                yield Problem(item.place, f"{what}; expected a wording without other lists; write its words out")
            yield from stray_stars(item)


def _rules(merged: Merged) -> Iterator[Problem]:
    """Both kinds of opportunity have a rule, and rules can say what they find."""
    list_ = mapping(merged.root).get("opportunities")
    rules = [(node, mapping(node)) for node in sequence(list_)]
    kinds = {
        text(rule.get("kind")) for _, rule in rules if rule.get("pleasant") is None or rule["pleasant"].value is False
    }
    for kind in ("explicit", "implicit"):
        if list_ is not None and rules and kind not in kinds:
            yield Problem(
                list_.key_place, f"no {kind} opportunity; expected one with kind: {kind} that is not pleasant"
            )
    for node, rule in rules:
        yield from _findings(node, rule)
        for reply, message in mapping(rule.get("messages")).items():
            yield from _placeholders(f"message '{reply}'", message, "{emotion}")
        for emotion, wordings in mapping(rule.get("suggestions")).items():
            for wording in sequence(wordings):
                yield from _placeholders(f"a suggestion for '{emotion}'", wording, "{words}")


def _findings(node: Node, rule: dict[str, Node]) -> Iterator[Problem]:
    """A rule that makes findings says what is wrong and what would fit."""
    who = f"opportunity {shown(text(rule.get('id')))}"
    found = [key for key in _REPLIES if _makes_findings(rule, key)]
    if found and "any" not in mapping(rule.get("suggestions")):
        place = rule["suggestions"].key_place if "suggestions" in rule else node.place
        yield Problem(place, f"{who} has no suggestion under 'any'; expected one for the findings under '{found[0]}'")
    for key in found:
        silent = [reply for reply in _REPLIES[key] if reply not in mapping(rule.get("messages"))]
        place = rule["messages"].key_place if "messages" in rule else node.place
        if silent:
            yield Problem(place, f"{who} has no message for {' and '.join(silent)}; expected one, or {key}: off")


def _makes_findings(rule: dict[str, Node], key: str) -> bool:
    if key in rule:
        return rule[key].value not in ("off", False)
    return key == "missed"  # its default is a warning


def _placeholders(what: str, node: Node, allowed: str) -> Iterator[Problem]:
    for found in _PLACEHOLDER.findall(text(node) or ""):
        if found != allowed:
            yield Problem(
                node.place, f"{what} holds {shown(found)}; expected {allowed} or none{hint(found, (allowed,))}"
            )


def _credits(merged: Merged) -> Iterator[Problem]:
    """A better outcome is never worth less."""
    given = mapping(mapping(mapping(merged.root).get("scoring")).get("credits"))
    worth = {name: number(given[name]) if name in given else usual for name, usual in DEFAULT_CREDITS.items()}
    for worse, better in pairwise(DEFAULT_CREDITS):
        low, high = worth[worse], worth[better]
        if low is None or high is None or not high < low <= 1:
            continue
        # Of the two the one that this file gives, for the other may be a parent's.
        nodes = [given[name] for name in (better, worse) if name in given]
        place = next((node for node in nodes if node.file == merged.root.file), nodes[0]).place
        yield Problem(place, f"'{better}' is worth {high:g}, less than '{worse}' with {low:g}; expected no less")


def _bands(merged: Merged) -> Iterator[Problem]:
    """Bands go down, and the last one reaches 0."""
    bands = list(mapping(mapping(mapping(merged.root).get("scoring")).get("bands")).items())
    for (above, higher), (name, lower) in pairwise(bands):
        high, low = number(higher), number(lower)
        if high is not None and low is not None and low >= high:
            yield Problem(
                lower.place,
                f"band {shown(name)} starts at {low:g}; expected less than {high:g}, where {shown(above)} starts",
            )
    last = number(bands[-1][1]) if bands else None
    if last:
        name, node = bands[-1]
        yield Problem(
            node.place, f"the last band {shown(name)} starts at {last:g}; expected 0, so that every score has a band"
        )


def _patterns(merged: Merged) -> Iterator[Problem]:
    """What entries look for."""
    lists = mapping(mapping(merged.root).get("words"))
    words = {name: tuple(t for item in sequence(items) if (t := text(item))) for name, items in lists.items()}
    for list_ in ENTRY_LISTS:
        for entry in _entries(merged.root, list_):
            yield from pattern_problems(entry, words, of_customers=list_ == "cues")
    for macro_entry in macro_entries(mapping(merged.root).get("macros")):
        yield from pattern_problems(macro_entry, words, of_customers=False)


CHECKS: tuple[Callable[[Merged], Iterator[Problem]], ...] = (
    _ids,
    _principles,
    _tags,
    _weights,
    _words,
    _patterns,
    _rules,
    _credits,
    _bands,
    *MACRO_CHECKS,
)
