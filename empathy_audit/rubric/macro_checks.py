"""What the shape of a `macros:` section cannot say: names that must be there, patterns that a macro has no use for, rewrites that work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from empathy_audit.model.rubric import COUNTER_TAG, TAGS
from empathy_audit.rubric.merge import Merged
from empathy_audit.rubric.names import NOUNS
from empathy_audit.rubric.patterns import refusal
from empathy_audit.rubric.problems import Problem, hint, shown, unknown
from empathy_audit.rubric.tree import Node, mapping, sequence, text

Entry = Mapping[str, Node]

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_IN_MESSAGES = ("{situation}", "{emotion}", "{words}", "{figure}")
_GROUP = re.compile(r"\\(\d)")
_REFERENCES = (
    ("uses", "tag or entry"),
    ("redeemed_by", "tag or need"),
    ("inside", "situation"),
    ("outside", "situation"),
    ("told_by", "need"),
    ("tells", "need"),
)
_NEEDS_A_CUSTOMER = ("echo", "signal")


def macro_entries(section: Node | None) -> Iterator[Entry]:
    """Everything in the section that has patterns under `any` or `unless`."""
    for situation in _all(section, "situations"):
        yield from (mapping(sign) for sign in sequence(situation.get("signs")))
    yield from _all(section, "needs")
    yield from _all(section, "checks")


def _all(section: Node | None, list_: str) -> Iterator[Entry]:
    return (mapping(node) for node in sequence(mapping(section).get(list_)))


def _section(merged: Merged) -> Node | None:
    return mapping(merged.root).get("macros")


def _ids(entries: Iterator[Entry]) -> list[str]:
    return [id_ for entry in entries if (id_ := text(entry.get("id")))]


def _who(list_: str, entry: Entry) -> str:
    return f"{NOUNS[list_]} {shown(text(entry.get('id')))}"


def _kinds(merged: Merged) -> Iterator[Problem]:
    """A macro is judged by its words alone: nobody has spoken before it, and what is said must be there to be pointed at."""
    for entry in macro_entries(_section(merged)):
        for node in (*sequence(entry.get("any")), *sequence(entry.get("unless"))):
            for kind in _NEEDS_A_CUSTOMER:
                if kind in mapping(node):
                    what = f"a macro is no place for '{kind}', which needs a conversation"
                    yield Problem(
                        mapping(node)[kind].key_place, f"{what}; expected phrases, regex, tokens or dependency"
                    )


def _names(merged: Merged) -> Iterator[Problem]:
    """Situations ask for needs that are there, checks use tags and entries that are."""
    section = _section(merged)
    needs, situations = _ids(_all(section, "needs")), _ids(_all(section, "situations"))
    checks = _ids(_all(section, "checks"))
    markers = [mapping(node) for node in sequence(mapping(merged.root).get("markers"))]
    counter = [mapping(node) for node in sequence(mapping(merged.root).get("counter"))]
    tags = [tag for entry in markers if (tag := text(entry.get("tag")))]
    tags += [str(node.value) for entry in markers for node in sequence(entry.get("implies"))]
    tags = list(dict.fromkeys((*tags, COUNTER_TAG)))
    entries = [*_ids(iter(markers)), *_ids(iter(counter))]
    known = {
        "need": needs,
        "situation": situations,
        "tag": [*tags],
        "entry": [*entries, *checks],
        "tag or entry": [*tags, *entries],
        "tag or need": [*tags, *needs],
    }
    # What a rubric turns off, others that it extends may still name; it is then found nowhere.
    off = {id_ for _, id_ in merged.off}
    for noun, node in _named(section):
        name = text(node)
        if name is not None and name not in known[noun] and name not in off and not (name in TAGS and "tag" in noun):
            yield Problem(node.place, unknown(noun, name, known[noun]))


def _named(section: Node | None) -> Iterator[tuple[str, Node]]:
    """Every name that refers to something, with what it refers to."""
    for situation in _all(section, "situations"):
        for must in sequence(situation.get("must")):
            if "need" in mapping(must):
                yield "need", mapping(must)["need"]
    for need in _all(section, "needs"):
        yield from (("tag", node) for node in sequence(need.get("tags")))
        yield from (("entry", node) for node in sequence(need.get("not_within")))
    for check in _all(section, "checks"):
        for key, noun in _REFERENCES:
            yield from ((noun, node) for node in sequence(check.get(key)))


def _something_to_find(merged: Merged) -> Iterator[Problem]:
    """A need and a check can be found at all, and a need has something to suggest."""
    for list_, keys in (("needs", ("any", "tags")), ("checks", ("any", "uses", "reading_ease"))):
        for entry in _all(_section(merged), list_):
            if "id" in entry and not any(_given(entry.get(key)) for key in keys):
                expected = " or ".join(f"'{key}'" for key in keys)
                yield Problem(entry["id"].place, f"{_who(list_, entry)} looks for nothing; expected {expected}")
    for need in _all(_section(merged), "needs"):
        suggestions = need.get("suggestions")
        if suggestions is not None and isinstance(suggestions.value, dict) and "any" not in suggestions.value:
            yield Problem(suggestions.key_place, f"{_who('needs', need)} has no suggestion under 'any'; expected one")


def _given(node: Node | None) -> bool:
    return bool(sequence(node) or mapping(node))


def _messages(merged: Merged) -> Iterator[Problem]:
    """Messages hold no placeholder that nobody fills."""
    for list_ in ("needs", "checks"):
        for entry in _all(_section(merged), list_):
            for found in _PLACEHOLDER.findall(text(entry.get("message")) or ""):
                if found not in _IN_MESSAGES:
                    expected = ", ".join(_IN_MESSAGES)
                    what = f"the message of {_who(list_, entry)} holds {shown(found)}; expected {expected} or none"
                    yield Problem(entry["message"].place, what + hint(found, _IN_MESSAGES))


def _rewrites(merged: Merged) -> Iterator[Problem]:
    """Rewrites are expressions that google-re2 takes, and put back only groups that they have."""
    for check in _all(_section(merged), "checks"):
        for node in sequence(check.get("fix")):
            find, put = mapping(node).get("find"), mapping(node).get("put")
            if find is None or put is None or not text(find):
                continue
            refused = refusal(str(find.value), case=False)
            if refused:
                yield Problem(find.place, f"the regex {shown(find.value)} {refused}")
                continue
            import re2

            groups = re2.compile(str(find.value)).groups
            for number in _GROUP.findall(text(put) or ""):
                if int(number) > groups:
                    what = f"{shown(put.value)} puts back group {number}, and the expression has {groups}"
                    yield Problem(put.place, f"{what}; expected a group that is there")


MACRO_CHECKS: tuple[Callable[[Merged], Iterator[Problem]], ...] = (
    _kinds,
    _names,
    _something_to_find,
    _messages,
    _rewrites,
)
