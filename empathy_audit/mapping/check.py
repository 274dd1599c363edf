"""From the tree of a mapping file to a Plan, and every mistake on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from empathy_audit.model.transcript import ROLES, Role
from empathy_audit.readers.paths import Route, route
from empathy_audit.readers.plan import OF_CONVERSATION, OF_TURN, Field, Lookup, Plan, Unit
from empathy_audit.rubric.problems import Problem, described, one_of, unknown
from empathy_audit.rubric.tree import Node, sequence

_UNITS: tuple[str, ...] = get_args(Unit)
_TIMES = ("time", "end", "started_at")
_FLAGS = ("internal", "skip", "keep")
KEYS = ("conversations", "turns", *OF_CONVERSATION, *OF_TURN, "meta", "delimiter", "header")
# What may stand beside `path`, by field.
OPTIONS: dict[str, tuple[str, ...]] = {
    name: (
        "path",
        "optional",
        "lookup",
        *(("value",) if name in (*OF_CONVERSATION, "role") else ()),
        *(("values",) if name in ("role", *_FLAGS) else ()),
        *(("html",) if name == "text" else ()),
        *(("unit", "from", "layout") if name in _TIMES else ()),
    )
    for name in (*OF_CONVERSATION, *OF_TURN)
}
_META_OPTIONS = ("path", "optional", "lookup", "value")
_LOOKUP = ("in", "key", "take")


@dataclass(slots=True)
class Checker:
    """Takes a tree apart; what is wrong goes to `problems`, and the rest is still looked at."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def plan(self, root: Node | None) -> Plan | None:
        """The plan, to be used when there are no problems."""
        if root is None or not isinstance(root.value, dict):
            place = root.place if root else Node(None, self.file, 1, 1).place
            what = described(root.value) if root else "an empty file"
            self.problems.append(Problem(place, f"{what}; expected a mapping with `text`, and `role` or `speaker`"))
            return None
        given = root.value
        self._known(root, KEYS, "key")
        fields = {name: self._field(name, node, OPTIONS[name]) for name, node in given.items() if name in OPTIONS}
        self._whole(root)
        return Plan(
            file=self.file,
            fields={name: f for name, f in fields.items() if f is not None},
            conversations=self._route(given.get("conversations")),
            turns=self._route(given.get("turns")),
            meta=self._meta(given.get("meta")),
            delimiter=self._delimiter(given.get("delimiter")),
            header=self._texts(given.get("header")),
        )

    def _complain(self, node: Node, message: str) -> None:
        self.problems.append(Problem(node.place, message))

    def _whole(self, root: Node) -> None:
        """What must be there, and what goes together."""
        given = root.value if isinstance(root.value, dict) else {}
        if "text" not in given:
            self._complain(root, "no `text`; expected the path of what was said, such as `text: body`")
        if "role" not in given and "speaker" not in given:
            self._complain(root, "neither `role` nor `speaker`; expected the path of who says it, such as `role: from`")
        if "conversations" in given and "turns" not in given:
            self._complain(
                given["conversations"],
                "`conversations` without `turns`; expected the path of the turns in a conversation; where the turns "
                "themselves name their conversation, say `turns` and `group`",
            )

    def _known(self, node: Node, names: Sequence[str], what: str) -> None:
        for name, inner in (node.value if isinstance(node.value, dict) else {}).items():
            if name not in names:
                self.problems.append(Problem(inner.key_place, unknown(what, name, names)))

    def _field(self, name: str, node: Node, options: Sequence[str]) -> Field | None:
        if not isinstance(node.value, dict):
            return Field(name, self._routes(node))
        self._known(node, options, f"key of {name}")
        given = node.value
        if "path" not in given and ("value" not in given or "value" not in options):
            self._complain(node, f"{name} has no `path`; expected such as `{name}: {{path: a.b}}`, or `{name}: a.b`")
            return None
        if "path" in given and "value" in given and "value" in options:
            self._complain(given["value"], "`value` beside `path`; expected one of them; take one out")
        since = self._choice(given.get("from"), ("start", "epoch"), "beginning of times")
        unit = self._choice(given.get("unit"), _UNITS, "unit of time")
        return Field(
            name,
            self._routes(given["path"]) if "path" in given else (),
            self._text(given.get("value")) if "value" in options else None,
            self._yes(given.get("optional")),
            self._lookup(given.get("lookup")),
            self._roles(given.get("values")) if name == "role" else {},
            frozenset(t.casefold() for t in self._texts(given.get("values"))) if name in _FLAGS else frozenset(),
            self._yes(given.get("html")),
            unit,
            since,
            self._text(given.get("layout")),
        )

    def _meta(self, node: Node | None) -> dict[str, Field]:
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            self._complain(node, f"meta is {described(node.value)}; expected names with paths, such as `queue: a.b`")
            return {}
        found = {name: self._field(name, inner, _META_OPTIONS) for name, inner in node.value.items()}
        return {name: f for name, f in found.items() if f is not None}

    def _lookup(self, node: Node | None) -> Lookup | None:
        if node is None:
            return None
        if not isinstance(node.value, dict) or not {"in", "take"} <= set(node.value):
            self._complain(node, "lookup is incomplete; expected `{in: participants, key: id, take: kind}`")
            return None
        self._known(node, _LOOKUP, "key of lookup")
        within, key, take = (self._route(node.value.get(name)) for name in _LOOKUP)
        return Lookup(within, key, take) if within and take else None

    def _routes(self, node: Node) -> tuple[Route, ...]:
        inner = sequence(node) if isinstance(node.value, tuple) else (node,)
        if not inner:
            self._complain(node, "an empty list of paths; expected at least one")
        return tuple(found for n in inner if (found := self._route(n)))

    def _route(self, node: Node | None) -> Route | None:
        if node is None:
            return None
        text = str(node.value) if isinstance(node.value, int) and not isinstance(node.value, bool) else node.value
        if not isinstance(text, str) or not text.strip():
            self._complain(node, f"{described(node.value)}; expected a path such as `from.name` or `parts[0].text`")
            return None
        try:
            return route(text)
        except ValueError as error:
            self._complain(
                node, f"{error}; expected keys with dots between them, [0] or [*]; quote keys that hold dots"
            )
            return None

    def _roles(self, node: Node | None) -> dict[str, Role]:
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            self._complain(node, f"values is {described(node.value)}; expected such as `{{op: agent, usr: customer}}`")
            return {}
        found: dict[str, Role] = {}
        for name, inner in node.value.items():
            role = next((r for r in ROLES if r == inner.value), None)
            if role is None:
                value = inner.value if isinstance(inner.value, str) else described(inner.value)
                self._complain(inner, unknown("role", value, ROLES))
            else:
                found[name.strip().casefold()] = role
        return found

    def _choice(self, node: Node | None, names: tuple[str, ...], what: str) -> Any:
        if node is None or node.value in names:
            return node.value if node else None
        if isinstance(node.value, str):
            self._complain(node, unknown(what, node.value, names))
        else:
            self._complain(node, f"{described(node.value)}; expected {one_of(names)}")
        return None

    def _delimiter(self, node: Node | None) -> str | None:
        if node is None or (isinstance(node.value, str) and len(node.value) == 1):
            return node.value if node and isinstance(node.value, str) else None
        self._complain(node, f'{described(node.value)}; expected one character in quotes, such as ";" or "\\t"')
        return None

    def _text(self, node: Node | None) -> str | None:
        if node is None:
            return None
        if isinstance(node.value, str) and node.value:
            return node.value
        self._complain(node, f"{described(node.value)}; expected a text; put it in quotes")
        return None

    def _yes(self, node: Node | None) -> bool:
        if node is not None and not isinstance(node.value, bool):
            self._complain(node, f"{described(node.value)}; expected true or false")
        return node is not None and node.value is True

    def _texts(self, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        inner = sequence(node) if isinstance(node.value, tuple) else (node,)
        found = []
        for n in inner:
            if isinstance(n.value, str | int | float) and n.value != "":
                found.append(str(n.value).strip())
            else:
                self._complain(n, f"{described(n.value)}; expected a single value")
        return tuple(found)
