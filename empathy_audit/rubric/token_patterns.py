"""spaCy's token and dependency patterns, checked without importing spaCy: names, operators and the kinds of values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_audit.rubric.names import (
    COMPARISONS,
    DEPENDENCY_KEYS,
    DEPENDENCY_OPERATORS,
    SET_PREDICATES,
    TOKEN_ATTRIBUTES,
    TOKEN_FLAGS,
    TOKEN_PREDICATES,
)
from empathy_audit.rubric.problems import Problem, described, one_of, shown, unknown
from empathy_audit.rubric.tree import Node, mapping, plain, sequence, text

MAX_REPEATS = 20

_OPERATOR = re.compile(r"[!?+*1]|\{(\d*)(,?)(\d*)\}")
_OPERATORS = ("!", "?", "+", "*", "{n}", "{n,m}", "{n,}", "{,m}")


def token_problems(tokens: Node | None) -> Iterator[Problem]:
    """Mistakes in a Matcher pattern."""
    for token in sequence(tokens):
        yield from _token(token, operators=True)


def dependency_problems(nodes: Node | None) -> Iterator[Problem]:
    """Mistakes in a DependencyMatcher pattern: an anchor first, then nodes that hang on one named before."""
    names: list[str] = []
    for at, node in enumerate(sequence(nodes)):
        fields = mapping(node)
        for key, value in fields.items():
            if key not in DEPENDENCY_KEYS:
                yield Problem(value.key_place, unknown("dependency key", key, DEPENDENCY_KEYS))
        wanted = DEPENDENCY_KEYS if at else DEPENDENCY_KEYS[2:]
        missing = [key for key in wanted if key not in fields]
        if missing:
            which = "every node but the first" if at else "the first node"
            yield Problem(
                node.place, f"a dependency node has no {', '.join(missing)}; {which} needs {', '.join(wanted)}"
            )
        yield from _relation(fields, names)
        names.extend(filter(None, [text(fields.get("RIGHT_ID"))]))


def _relation(fields: dict[str, Node], names: list[str]) -> Iterator[Problem]:
    left, right, operator, attributes = (fields.get(key) for key in ("LEFT_ID", "RIGHT_ID", "REL_OP", "RIGHT_ATTRS"))
    if left is not None and names and text(left) not in names:
        yield Problem(left.place, unknown("LEFT_ID", plain(left), names))
    if right is not None and not (text(right) or "").strip():
        yield Problem(right.place, f"RIGHT_ID is {described(plain(right))}; expected a name in quotes")
    elif right is not None and text(right) in names:
        yield Problem(right.place, f"RIGHT_ID {shown(text(right))} stands here again; expected a name of its own")
    if operator is not None and text(operator) not in DEPENDENCY_OPERATORS:
        yield Problem(operator.place, unknown("REL_OP", plain(operator), DEPENDENCY_OPERATORS))
    if attributes is not None and not isinstance(attributes.value, dict):
        what = f"RIGHT_ATTRS is {described(plain(attributes))}"
        yield Problem(attributes.key_place, f"{what}; expected a mapping such as {{LEMMA: be}}")
    elif attributes is not None:
        yield from _token(attributes, operators=False)


def _token(token: Node, *, operators: bool) -> Iterator[Problem]:
    for name, value in mapping(token).items():
        if name not in TOKEN_ATTRIBUTES or (name == "OP" and not operators):
            valid = TOKEN_ATTRIBUTES if operators else TOKEN_ATTRIBUTES[:-1]
            yield Problem(value.key_place, unknown("token attribute", name, valid))
        elif name == "OP":
            yield from _operator(value)
        elif isinstance(value.value, dict):
            yield from _predicates(name, value)
        else:
            yield from _value(name, value)


def _operator(node: Node) -> Iterator[Problem]:
    match = _OPERATOR.fullmatch(text(node) or "")
    low, high = (match[1], match[3]) if match else ("", "")
    counts = [int(count) for count in (low, high) if count]
    braces = match is not None and match[0].startswith("{")
    if match is None or (braces and (not counts or (low and high and not match[2]))):
        yield Problem(node.place, f"unknown OP {shown(plain(node))}; expected {one_of(_OPERATORS)}")
    elif counts != sorted(counts) or any(count > MAX_REPEATS for count in counts):
        yield Problem(node.place, f"OP {shown(plain(node))}; expected counts that go up, to {MAX_REPEATS} at most")


def _value(name: str, node: Node) -> Iterator[Problem]:
    value = node.value
    if name in TOKEN_FLAGS:
        fits, wanted = isinstance(value, bool), "true or false"
    elif name == "LENGTH":
        fits, wanted = isinstance(value, int) and not isinstance(value, bool), "a whole number"
    else:
        fits, wanted = isinstance(value, str), "text in quotes, or a mapping such as {IN: [...]}"
    if not fits:
        yield Problem(
            node.place if value is not None else node.key_place,
            f"{name} is {described(plain(node))}; expected {wanted}",
        )
    elif name == "LOWER" and isinstance(value, str) and value != value.lower():
        yield Problem(
            node.place, f"LOWER is {shown(value)}, which no lower-case word equals; expected {shown(value.lower())}"
        )


def _predicates(name: str, node: Node, *, of_regexes: bool = False) -> Iterator[Problem]:
    """`of_regexes`: below REGEX, where each text is a regular expression."""
    for key, value in mapping(node).items():
        if key not in TOKEN_PREDICATES:
            yield Problem(value.key_place, unknown("token predicate", key, TOKEN_PREDICATES))
        elif key in SET_PREDICATES and not isinstance(value.value, tuple):
            yield Problem(value.place, f"{key} is {described(plain(value))}; expected a list")
        elif key in SET_PREDICATES:
            for item in sequence(value):
                yield from _python_regex(item) if of_regexes else _value(name, item)
        elif key in COMPARISONS and not isinstance(value.value, (int, float)):
            yield Problem(value.place, f"{key} is {described(plain(value))}; expected a number")
        elif isinstance(value.value, dict):
            yield from _predicates(name, value, of_regexes=key == "REGEX")
        elif key == "REGEX":
            yield from _python_regex(value)
        elif key.startswith("FUZZY") and not isinstance(value.value, str):
            yield Problem(value.place, f"{key} is {described(plain(value))}; expected text in quotes")


def _python_regex(node: Node) -> Iterator[Problem]:
    pattern = text(node)
    if pattern is None:
        yield Problem(node.place, f"REGEX is {described(plain(node))}; expected a regular expression in quotes")
        return
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        yield Problem(node.place, f"REGEX {shown(pattern)} is refused: {error}; expected a regular expression")
