"""`--where`: which conversations to judge, in a small closed language over what stands at their head.

    agent == "Dana" and 10 <= turns < 200
    channel in ("chat", "email") and not meta.region == "EU"
    started_at >= "2026-03-01" or meta["queue name"] != "billing"

Python's own parser reads it, since the language is a part of Python's; nothing of it is ever run as Python. A field that
a conversation does not have equals nothing and is neither less nor greater; one of several values (agents, a list in
meta) stands so to a value if one of them does, and `!=` and `not in` are the opposites of `==` and `in`.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Mapping, Sequence

from empathy_audit.batch.fields import FIELDS, META, Constant, Field, match, meta
from empathy_audit.errors import SettingsError
from empathy_audit.model.transcript import Transcript

Test = Callable[[Transcript], bool]
MOST_CHARACTERS = 2000

_EXPECTED = 'expected comparisons such as agent == "Dana", joined by and, or, not'
_KNOWN = f"known fields are {', '.join(FIELDS)} and {META}.KEY"
_OPERATORS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def where(text: str) -> Test:
    """The test that the text describes.

    Raises:
        SettingsError: it is none of the language; says at which column, counted from 1.
    """
    line = " ".join(text.splitlines())
    if len(line) > MOST_CHARACTERS:
        raise _wrong(f"{len(line):,} characters; expected at most {MOST_CHARACTERS:,}", MOST_CHARACTERS + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's remarks on odd escapes are no concern of the user's
            tree = ast.parse(f"({line}\n)", mode="eval")  # in brackets a blank in front is no indent
        return _Compiler(f"({line}").test(tree.body)
    except SyntaxError as error:
        column = min(max((error.offset or 2) - 1, 1), len(line) + 1) if error.lineno == 1 else len(line) + 1
        raise _wrong(f"not understood here; {_EXPECTED}", column) from None
    except (RecursionError, MemoryError, ValueError):
        raise _wrong(f"too deeply nested, or not text; {_EXPECTED}", 1) from None


def _wrong(message: str, column: int) -> SettingsError:
    return SettingsError(message, f"--where, column {column}")


class _Compiler:
    """Nodes of Python's tree → tests; whatever is not named here is refused at its column."""

    def __init__(self, line: str) -> None:
        self._line = line.encode()

    def test(self, node: ast.expr) -> Test:
        if isinstance(node, ast.BoolOp):
            parts = [self.test(value) for value in node.values]
            if isinstance(node.op, ast.And):
                return lambda transcript: all(part(transcript) for part in parts)
            return lambda transcript: any(part(transcript) for part in parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self.test(node.operand)
            return lambda transcript: not inner(transcript)
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            links = [self._link(*link) for link in zip(sides, node.ops, sides[1:], strict=False)]
            return links[0] if len(links) == 1 else lambda transcript: all(link(transcript) for link in links)
        raise self._refused(node, f"no comparison; {_EXPECTED}")

    def _link(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Test:
        operator = _OPERATORS.get(type(op))
        if operator is None:
            raise self._refused(right, f"no comparison by `is`; expected one of {', '.join(_OPERATORS.values())}")
        if operator in ("in", "not in"):
            return self._among(left, right, operator == "not in")
        if isinstance(left, ast.Constant):
            left, right, operator = right, left, _MIRRORED.get(operator, operator)
        return self._compare(self._field(left), "==" if operator == "!=" else operator, [right], operator == "!=")

    def _among(self, left: ast.expr, right: ast.expr, negated: bool) -> Test:
        if isinstance(right, (ast.Tuple, ast.List, ast.Set)):
            return self._compare(self._field(left), "==", right.elts, negated)
        if isinstance(left, ast.Constant):  # "vip" in meta.tags
            return self._compare(self._field(right), "==", [left], negated)
        raise self._refused(right, 'expected a list after in, such as ("chat", "email")')

    def _compare(self, field: Field, operator: str, nodes: Sequence[ast.expr], negated: bool) -> Test:
        tests = []
        for node in nodes:
            constant = self._constant(node)
            try:
                tests.append(match(field.kind, operator, constant))
            except ValueError as error:
                raise self._refused(node, f"this cannot be compared; {error}") from None
        return lambda transcript: any(test(v) for v in field.values(transcript) for test in tests) != negated

    def _field(self, node: ast.expr) -> Field:
        if isinstance(node, ast.Name) and node.id in FIELDS:
            return FIELDS[node.id]
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == META:
            return meta(node.attr)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == META:
            key = self._constant(node.slice)
            if isinstance(key, str):
                return meta(key)
        if isinstance(node, ast.Name):
            raise self._refused(node, f"no field {node.id}; {_KNOWN}; texts stand in quotes")
        raise self._refused(node, f"no field; {_KNOWN}")

    def _constant(self, node: ast.expr) -> Constant:
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            inner = self._constant(node.operand)
            if isinstance(inner, (int, float)):
                return -inner
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, int, float)):
            return node.value
        raise self._refused(node, "expected a text in quotes, a number, True or False")

    def _refused(self, node: ast.expr, message: str) -> SettingsError:
        # Python counts bytes from 0; the bracket in front makes that columns from 1.
        return _wrong(message, max(1, len(self._line[: node.col_offset].decode(errors="replace"))))
