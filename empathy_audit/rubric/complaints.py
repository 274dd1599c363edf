"""What pydantic found wrong, told in the words of the rubric's author and at the line of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from empathy_audit.model.rubric import GUARDS
from empathy_audit.rubric.names import KEBAB, LANGUAGE, LIST_NAME, NOT_BLANK, NOUNS, PATTERN_KINDS, VERSION
from empathy_audit.rubric.problems import Problem, described, hint, one_of, shown, unknown
from empathy_audit.rubric.tree import Node, mapping, plain, sequence, text

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_Loc = tuple[int | str, ...]
_KINDS_WANTED = f"a pattern with {one_of(PATTERN_KINDS)}"
_EXPECTED = {
    KEBAB: "lower-case letters, digits and hyphens, such as 'names-the-feeling'",
    LIST_NAME: "lower-case letters, digits and hyphens, such as 'feeling'",
    VERSION: "three numbers such as 1.0.0",
    LANGUAGE: "a language code such as en",
    NOT_BLANK: "text",
}
_NOUN_OF_LITERAL = {
    "emotion": "emotion",
    "kind": "kind",
    "severity": "severity",
    "missed": "severity",
    "partial": "severity",
    "aspect": "aspect",
    "score": "way to score",
    "unless": "guard",
    "where": "part of a macro",
}


def shape_problems(root: Node, *, partial: bool = False) -> Iterator[Problem]:
    """Every mistake in keys, types, ranges and closed sets below `root`, in no special order.

    `partial`: the tree is not whole because a file could not be read, so nothing is said to be missing.
    """
    from pydantic import ValidationError

    from empathy_audit.rubric.schema import RubricModel

    try:
        RubricModel.model_validate(plain(root))
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            if not (partial and error["type"] == "missing"):
                yield _problem(root, error)


def _problem(root: Node, error: ErrorDetails) -> Problem:
    loc = tuple(error["loc"])
    node = _locate(root, loc)
    if error["type"] == "extra_forbidden" or loc[-1:] == ("[key]",):
        return Problem(node.key_place, _unknown_key(root, loc))
    if error["type"] == "missing":
        return Problem(node.place, _missing(root, loc))
    # An empty value starts where the next thing does; its key is what the author looks for.
    place = node.key_place if node.value is None else node.place
    return Problem(place, _wrong_value(loc, error["type"], error.get("ctx") or {}, node))


def _locate(root: Node, loc: _Loc) -> Node:
    """The node at the path, or the one it would stand in; union branches and `[key]` are no steps."""
    node = root
    for step in loc:
        fields, items = mapping(node), sequence(node)
        if isinstance(step, int):
            node = items[step] if step < len(items) else node
        elif step in fields:
            node = fields[step]
    return node


def _owner(root: Node, loc: _Loc) -> str:
    """Whose key it is: `marker 'x'`, `cue number 3`, `the rubric`."""
    size = _entry_steps(loc)
    if not size:
        return "the rubric"
    list_, number = loc[size - 2], loc[size - 1]
    noun = NOUNS[str(list_)]
    id_ = text(mapping(_locate(root, loc[:size])).get("id"))
    return f"{noun} {shown(id_)}" if id_ else f"{noun} number {int(number) + 1}"


def _entry_steps(loc: _Loc) -> int:
    """How many steps lead to the entry that the path goes through; 0 when it goes through none."""
    first = 1 if loc[:1] == ("macros",) else 0
    inside = len(loc) > first + 1 and loc[first] in NOUNS and isinstance(loc[first + 1], int)
    return first + 2 if inside else 0


def _fields(loc: _Loc) -> dict[str, str]:
    """The keys, with descriptions, that the mapping at the path may have."""
    from empathy_audit.rubric.schema import SHAPES

    name = next((step for step in reversed(loc) if isinstance(step, str)), "")
    return {key: field.description or "" for key, field in SHAPES[name].model_fields.items()} if name in SHAPES else {}


def _unknown_key(root: Node, loc: _Loc) -> str:
    if loc[-1] == "[key]":
        key, holder = str(loc[-2]), str(loc[-3])
        if holder == "words":
            return f"the word list is called {shown(key)}; expected {_EXPECTED[LIST_NAME]}"
        if holder == "bands":
            return "a band has no name; expected text"
        from empathy_audit.model.rubric import EMOTIONS

        return unknown("emotion", key, (*EMOTIONS, "any"))
    key, owner = str(loc[-1]), _owner(root, loc)
    branch = next((str(step)[1:] for step in reversed(loc) if str(step).startswith("~")), "")
    if key in PATTERN_KINDS and branch in PATTERN_KINDS:
        return f"'{branch}' and '{key}' in one pattern of {owner}; expected one kind; make them two items of the list"
    within = "" if len(loc) == 1 or len(loc) - 1 == _entry_steps(loc) else f"{_label(loc[:-1])} of "
    return unknown("key", key, _fields(loc[:-1])).replace("; expected", f" in {within}{owner}; expected", 1)


def _missing(root: Node, loc: _Loc) -> str:
    key = str(loc[-1])
    return f"{_owner(root, loc)} has no '{key}'; expected {_fields(loc[:-1]).get(key, 'it')}"


def _label(loc: _Loc) -> str:
    """How a message calls the value at the path: `'confidence'`, `an item of 'phrases'`."""
    names = [step for step in loc if not str(step).startswith("~")]
    if names and isinstance(names[-1], int):
        return f"an item of '{next((n for n in reversed(names) if isinstance(n, str)), '')}'"
    return f"'{names[-1]}'" if names else "the file"


def _wrong_value(loc: _Loc, kind: str, ctx: dict[str, Any], node: Node) -> str:
    value = plain(node)
    label = _label(loc)
    if kind == "literal_error":
        return _not_in_set(loc, ctx, value)
    if kind in ("pattern_kind", "guard_kind"):
        return _no_pattern(kind, value)
    if kind == "string_pattern_mismatch" and value.strip():
        return f"{label} is {shown(value)}; expected {_EXPECTED.get(ctx['pattern'], 'other text')}"
    if kind == "string_pattern_mismatch":
        return f"{label} is blank; expected {_EXPECTED.get(ctx['pattern'], 'text')}"
    if kind == "too_short":
        return f"{label} is empty; expected at least one item"
    if loc == ("version",):
        return f"{label} is {described(value)}; expected {_EXPECTED[VERSION]}"
    wanted = _TYPES.get(kind)
    return (
        f"{label} is {described(value)}; expected {wanted(ctx) if wanted else 'something else'}{_advice(kind, value)}"
    )


def _advice(kind: str, value: Any) -> str:
    if kind == "string_type" and isinstance(value, (bool, int, float)):
        return "; put it in quotes"
    if kind == "bool_type" and isinstance(value, str):
        return hint({"yes": "true", "on": "true", "no": "false", "off": "false"}.get(value, value), ("true", "false"))
    return ""


_TYPES: dict[str, Callable[[dict[str, Any]], str]] = {
    "string_type": lambda ctx: "text",
    "int_type": lambda ctx: "a whole number",
    "int_from_float": lambda ctx: "a whole number",
    "float_type": lambda ctx: "a number",
    "finite_number": lambda ctx: "a finite number",
    "bool_type": lambda ctx: "true or false",
    "list_type": lambda ctx: "a list",
    "dict_type": lambda ctx: "a mapping",
    "model_type": lambda ctx: "a mapping",
    "greater_than": lambda ctx: f"more than {ctx['gt']:g}",
    "greater_than_equal": lambda ctx: f"at least {ctx['ge']:g}",
    "less_than_equal": lambda ctx: f"at most {ctx['le']:g}",
}
"""What was expected, by the type of pydantic's error."""


def _not_in_set(loc: _Loc, ctx: dict[str, Any], value: Any) -> str:
    name = str(next((step for step in reversed(loc) if isinstance(step, str) and not step.startswith("~")), ""))
    valid = re.findall(r"'([^']*)'", str(ctx.get("expected", "")))
    if isinstance(value, str):
        return unknown(_NOUN_OF_LITERAL.get(name, f"value of '{name}'"), value, valid)
    return f"{_label(loc)} is {described(value)}; expected {one_of(valid)}"


def _no_pattern(kind: str, value: Any) -> str:
    wanted = _KINDS_WANTED if kind == "pattern_kind" else f"{one_of(GUARDS)}, or {_KINDS_WANTED}"
    if isinstance(value, dict):
        keys = ", ".join(shown(key) for key in value) or "no key"
        near = next(filter(None, (hint(key, PATTERN_KINDS) for key in value)), "")
        return f"unknown kind of pattern with {keys}; expected {wanted}{near}"
    example = '; write it as phrases: ["..."]' if isinstance(value, str) else ""
    return f"a pattern is {described(value)}; expected {wanted}{example}"
