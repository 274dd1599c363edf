"""A rubric and the one it extends, laid over each other as trees: entries by id, mappings by key, the rest replaced.

Every node keeps the file and line it was written in, so what is wrong after merging is still told at the right place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from empathy_audit.model.rubric import Place
from empathy_audit.rubric.names import LISTS, MACRO_LISTS, NOUNS
from empathy_audit.rubric.problems import Problem, described, hint, one_of, shown
from empathy_audit.rubric.tree import Document, Node, mapping, plain, sequence, text

_OWN = ("rubric", "version", "extends")
_WHOLE = ("bands",)  # an order, not a set of settings: half of one means nothing


@dataclass(slots=True)
class Merged:
    """The tree after `extends`, and for every entry that was turned off (list, id) the place where."""

    root: Node
    off: dict[tuple[str, str], Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def merge(documents: tuple[Document, ...]) -> Merged | None:
    """Lay the documents over each other, the most basic one first; None when none of them is a mapping."""
    roots = [d.root for d in documents if d.root is not None and isinstance(d.root.value, dict)]
    if not roots:
        return None
    merged = Merged(Node({}, "", 0, 0))
    for root in roots:
        merged.root = _over(merged, root)
    return merged


def _over(merged: Merged, child: Node) -> Node:
    """The child over what is merged so far."""
    below = {key: node for key, node in mapping(merged.root).items() if key not in _OWN}
    fields = dict(below)
    for key, node in mapping(child).items():
        if key in LISTS and isinstance(node.value, tuple):
            fields[key] = node._replace(value=tuple(_entries(merged, key, sequence(below.get(key)), node.value)))
        elif key == "words" and isinstance(node.value, dict):
            fields[key] = _words(below.get(key), node)
        elif key == "macros" and isinstance(node.value, dict):
            fields[key] = _macros(merged, below.get(key), node)
        else:
            fields[key] = _lay(below.get(key), node, key)
    return child._replace(value=fields)


def _macros(merged: Merged, below: Node | None, above: Node) -> Node:
    """The section's lists by id, its settings key by key."""
    known = mapping(below)
    fields = dict(known)
    for key, node in mapping(above).items():
        if key in MACRO_LISTS and isinstance(node.value, tuple):
            fields[key] = node._replace(value=tuple(_entries(merged, key, sequence(known.get(key)), node.value)))
        else:
            fields[key] = _lay(known.get(key), node, key)
    return above._replace(value=fields)


def _lay(below: Node | None, above: Node, key: str = "") -> Node:
    """One value over another: mappings key by key, everything else is replaced."""
    if below is None or key in _WHOLE or not isinstance(above.value, dict) or not isinstance(below.value, dict):
        return above
    fields = {**below.value, **{k: _lay(below.value.get(k), node, k) for k, node in above.value.items()}}
    return above._replace(value=fields)


def _words(below: Node | None, above: Node) -> Node:
    """`name` replaces the list, `name+` adds to it."""
    fields = dict(mapping(below))
    for key, node in mapping(above).items():
        known = fields.get(key[:-1]) if key.endswith("+") else None
        if not key.endswith("+") or not isinstance(node.value, tuple):
            fields[key] = node
        else:
            fields[key[:-1]] = node._replace(value=(*sequence(known), *node.value))
    return above._replace(value=fields)


def _entries(merged: Merged, list_: str, below: tuple[Node, ...], above: tuple[Node, ...]) -> Iterator[Node]:
    """The entries below with the child's fields laid over them, without those turned off; then the child's new ones."""
    known = {id_: node for node in below if (id_ := text(mapping(node).get("id")))}
    mine: dict[str, Node] = {}
    others: list[Node] = []
    for node in above:
        id_ = text(mapping(node).get("id"))
        if id_ is None:
            others.append(node)
        elif id_ in mine:
            first = mine[id_].line
            message = f"{NOUNS[list_]} {shown(id_)} stands here again, first in line {first}; expected each id once"
            merged.problems.append(Problem(mapping(node)["id"].place, message))
            others.append(node)
        else:
            mine[id_] = node
    gone = {id_ for id_, node in mine.items() if _turned_off(merged, list_, id_, node, known)}
    for node in below:
        id_ = text(mapping(node).get("id"))
        if id_ not in gone:
            yield _without_off(_lay(node, mine[id_])) if id_ in mine else node
    yield from (_without_off(node) for id_, node in mine.items() if id_ not in known and id_ not in gone)
    yield from others


def _turned_off(merged: Merged, list_: str, id_: str, node: Node, known: dict[str, Node]) -> bool:
    off = mapping(node).get("off")
    if off is None:
        merged.off.pop((list_, id_), None)
        return False
    if not isinstance(off.value, bool):
        near = "; did you mean 'true'?" if off.value in ("yes", "on") else ""
        merged.problems.append(Problem(off.place, f"'off' is {described(plain(off))}; expected true or false{near}"))
        return id_ in known
    if off.value and id_ not in known:
        what = f"{NOUNS[list_]} {shown(id_)} is turned off, but nothing below has that id"
        message = f"{what}; expected {one_of(known) if known else 'a rubric below that has it'}{hint(id_, known)}"
        merged.problems.append(Problem(mapping(node)["id"].place, message))
    elif off.value:
        merged.off[list_, id_] = off.key_place
    return off.value


def _without_off(node: Node) -> Node:
    fields = mapping(node)
    return node._replace(value={k: v for k, v in fields.items() if k != "off"}) if "off" in fields else node
