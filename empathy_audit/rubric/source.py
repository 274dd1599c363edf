"""YAML text → a tree of nodes with line and column. Nothing here knows what a rubric is.

The tree is built from parser events without recursion, and only from what a rubric needs: plain scalars, lists and
mappings with text keys. Plain words are read as YAML 1.2 reads them, so `off`, `on`, `yes` and `no` stay text; only
`true` and `false` are booleans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from empathy_audit.model.rubric import Place
from empathy_audit.rubric.problems import Problem, shown
from empathy_audit.rubric.tree import Document, Node, Scalar

MAX_BYTES = 1_000_000
MAX_VALUES = 100_000
MAX_DEPTH = 32

_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = ("!", *(_CORE + kind for kind in ("str", "int", "float", "bool", "null", "seq", "map")))
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_HALF = re.compile("[\ud800-\udfff]")
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def decode(data: bytes, file: str, what: str = "rubric") -> str | Problem:
    """The text of a file's bytes: UTF-8, with or without byte order mark, at most `MAX_BYTES` long."""
    if len(data) > MAX_BYTES:
        remedy = "split it up with extends" if what == "rubric" else "check that it is one"
        return Problem(Place(file), f"larger than {MAX_BYTES:,} bytes; expected a {what}; {remedy}")
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(Place(file, line, 1), "not UTF-8 text; expected a YAML file; save it as UTF-8")
    return source


def parse(source: str, file: str, what: str = "rubric") -> Document:
    """The tree of the one document in `source`. Never raises: what cannot be read is a problem with its place.

    `what` the file is meant to be, for messages.
    """
    found = _UNREADABLE.search(source)
    if found is not None:
        before = source[: found.start()]
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return Document(None, (Problem(place, f"the control character {shown(found[0])}; expected text; take it out"),))
    composer = _Composer(file, what)
    try:
        for event in _events(source):
            composer.take(event)
    except _Unreadable as stop:
        return Document(None, (*composer.problems, Problem(_place(file, stop.mark), stop.message)))
    return Document(composer.root, tuple(composer.problems))


class _Unreadable(Exception):  # noqa: N818 - a signal inside this module, not an error anybody else meets
    """Reading stops here; `mark` is the parser's own."""

    def __init__(self, mark: Any, message: str) -> None:
        super().__init__(mark, message)
        self.mark, self.message = mark, message


def _place(file: str, mark: Any) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark is not None else Place(file, 1, 1)


def _events(source: str) -> Iterator[Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one reads ten times faster and is not in every build
    try:
        yield from yaml.parse(source, Loader=loader)
    except yaml.MarkedYAMLError as error:
        what = " ".join(filter(None, (error.context, error.problem)))
        if "maximum nesting depth" in what:  # newer readers of YAML refuse by themselves what is far too deep
            mark = error.problem_mark or error.context_mark
            raise _Unreadable(
                mark, f"nested deeper than {MAX_DEPTH} levels; expected a rubric; check brackets"
            ) from None
        # An open quote is noticed at the end of the file; what helps is where it was opened.
        marks = (error.problem_mark, error.context_mark)
        mark = next(filter(None, reversed(marks) if "quoted scalar" in what else marks), None)
        raise _Unreadable(mark, f"not valid YAML: {what}; {_remedy(what)}") from None
    except yaml.YAMLError as error:
        raise _Unreadable(None, f"not valid YAML: {' '.join(str(error).split())}; expected a YAML file") from None


def _remedy(what: str) -> str:
    if "cannot start any token" in what:
        return "expected spaces for indentation, and quotes around text that starts with a special character"
    if "mapping values" in what:
        return "expected one key in a line; put text that holds ': ' in quotes"
    return "check quotes, brackets and indentation here and in the lines above"


@dataclass(slots=True)
class _Open:
    """A list (`fields` is None) or a mapping whose end has not come yet; `counted` values came before it."""

    start: Any
    counted: int
    key: Any = None
    fields: dict[str, Node] | None = None
    items: list[Node] = field(default_factory=list)


class _Composer:
    """Takes parser events one by one and puts the tree together."""

    def __init__(self, file: str, what: str) -> None:
        self.file = file
        self.what = what
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._values = 0  # aliases count as often as they stand for something, so a bomb is seen before it goes off
        self._documents = 0

    def take(self, event: Any) -> None:
        """One event, in the order of the file."""
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self._scalar(event)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self._start(event, is_mapping=kind == "MappingStartEvent")
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._end()
        elif kind == "AliasEvent":
            self._alias(event)
        elif kind == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                raise _Unreadable(
                    event.start_mark, f"a second YAML document; expected one {self.what} a file; take out the '---'"
                )

    def _scalar(self, event: Any) -> None:
        top = self._open[-1] if self._open else None
        if top is not None and top.fields is not None and top.key is None:
            self._check_tag(event)
            top.key = event
            return
        self._check_tag(event)
        if not event.value.isascii() and _HALF.search(event.value):
            raise _Unreadable(
                event.start_mark, "an escape for half a character; expected text; write the character out"
            )
        as_text = event.tag in ("!", _CORE + "str") or (event.tag is None and not event.implicit[0])
        self._put(event, event.value if as_text else _resolve(event.value), self._values)

    def _start(self, event: Any, *, is_mapping: bool) -> None:
        self._check_tag(event)
        self._refuse_as_key(event)
        if len(self._open) >= MAX_DEPTH:
            raise _Unreadable(
                event.start_mark, f"nested deeper than {MAX_DEPTH} levels; expected a {self.what}; check brackets"
            )
        self._open.append(_Open(event, self._values, fields={} if is_mapping else None))

    def _end(self) -> None:
        top = self._open.pop()
        self._put(top.start, top.fields if top.fields is not None else tuple(top.items), top.counted)

    def _alias(self, event: Any) -> None:
        self._refuse_as_key(event)
        if event.anchor not in self._anchors:
            name = shown("*" + event.anchor)
            raise _Unreadable(
                event.start_mark,
                f"{name} names nothing above it; expected text; put text that starts with '*' in quotes",
            )
        node, size = self._anchors[event.anchor]
        counted = self._values
        self._values += size - 1
        self._put(event, node.value, counted, is_alias=True)

    def _put(self, event: Any, value: Any, counted: int, *, is_alias: bool = False) -> None:
        """Hand a finished value to the container it stands in; `counted` is how many values there were before it."""
        self._values += 1
        if self._values > MAX_VALUES:
            raise _Unreadable(
                event.start_mark, f"more than {MAX_VALUES:,} values once aliases are followed; expected a {self.what}"
            )
        mark = event.start_mark
        top = self._open[-1] if self._open else None
        key = top.key.start_mark if top is not None and top.key is not None else None
        at_key = (key.line + 1, key.column + 1) if key is not None else (0, 0)
        node = Node(value, self.file, mark.line + 1, mark.column + 1, *at_key)
        if event.anchor and not is_alias:
            self._anchors[event.anchor] = (node, self._values - counted)
        if top is None:
            self.root = node
        elif top.fields is None:
            top.items.append(node)
        else:
            self._set(top, node)

    def _set(self, top: _Open, node: Node) -> None:
        assert top.fields is not None  # noqa: S101 - for the type checker: the caller has looked
        name = top.key.value
        if name in top.fields:
            first = top.fields[name].key_line
            message = (
                f"the key {shown(name)} stands here again, first in line {first}; expected each key once; take one out"
            )
            self.problems.append(Problem(node.key_place, message))
        else:
            top.fields[name] = node
        top.key = None

    def _refuse_as_key(self, event: Any) -> None:
        top = self._open[-1] if self._open else None
        if top is not None and top.fields is not None and top.key is None:
            raise _Unreadable(
                event.start_mark, "a list, mapping or alias as a key; expected a word; check brackets and quotes"
            )

    def _check_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag not in _PLAIN_TAGS:
            name = shown(event.tag)
            message = f"the YAML tag {name}; expected plain values; put text that starts with '!' in quotes"
            self.problems.append(Problem(_place(self.file, event.start_mark), message))


def _resolve(word: str) -> Scalar:
    """A plain word as the core schema of YAML 1.2 reads it."""
    if word in _WORDS:
        return _WORDS[word]
    if _INT.fullmatch(word):
        return int(word)
    return float(word) if _FLOAT.fullmatch(word) else word
