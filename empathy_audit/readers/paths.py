"""Paths into a JSON value, as a mapping writes them.

    thread.items        the key "items" of the object at "thread"
    parts[0].text       the first of a list; [*] is each of a list, or each value of an object
    'user.name'.first   a key that holds a dot
    $                   the value itself

A key that is written like the whole path comes first, so that columns of a table need no quotes. Text that holds JSON
is looked into.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from empathy_audit.readers.json_values import parse

EACH = "*"
_STEP = re.compile(
    r"""\.?(?:'(?P<single>[^']*)'|"(?P<double>[^"]*)"|(?P<name>[^.\[\]'"$][^.\[\]]*))|\[(?:(?P<index>\d{1,9})|(?P<each>\*))\]"""
)
_SHOWN = 12

Step = str | int | None
Parts = tuple[str | int, ...]


class Route(NamedTuple):
    """A path: as it was written, and its steps. None stands for `[*]`."""

    text: str
    steps: tuple[Step, ...]


class Found(NamedTuple):
    """A value and the keys and numbers that lead to it."""

    value: Any
    parts: Parts


def route(text: str) -> Route:
    """The path that is written so. ValueError with what is wrong."""
    steps: list[Step] = []
    rest = text.strip()
    at = 1 if rest.startswith("$") else 0
    while at < len(rest):
        step = _STEP.match(rest, at)
        if not step or (at == 0 and rest.startswith(".")):
            raise ValueError(f"the path cannot be read from {rest[at : at + 20]!r} on")
        if step["each"]:
            steps.append(None)
        elif step["index"]:
            steps.append(int(step["index"]))
        else:
            steps.append(next(g for g in (step["single"], step["double"], step["name"]) if g is not None).strip())
        at = step.end()
    return Route(rest, tuple(steps))


def find(value: Any, path: Route) -> Iterator[Found]:
    """Every value at the end of the path, in order."""
    if isinstance(value, dict) and path.text in value:
        yield Found(value[path.text], (path.text,))
        return
    yield from _walk(Found(value, ()), path.steps)


def _walk(found: Found, steps: Sequence[Step]) -> Iterator[Found]:
    # Paths are as long as somebody wrote them, so recursion is bounded by the mapping and not by the document.
    if not steps:
        yield found
        return
    value, step, rest = _opened(found.value), steps[0], steps[1:]
    if step is None:
        pairs: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    elif isinstance(step, str):
        pairs = ((step, value[step]),) if isinstance(value, dict) and step in value else ()
    else:
        pairs = ((step, value[step]),) if isinstance(value, list) and step < len(value) else ()
    for key, inner in pairs:
        yield from _walk(Found(inner, (*found.parts, key)), rest)


def _opened(value: Any) -> Any:
    """The value that a text of JSON holds; any other value as it is."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            return parse(value)
        except ValueError:
            return value
    return value


def items(value: Any, path: Route) -> list[Found] | None:
    """What a path to a list leads to: the elements of each list at its end. None when there is nothing there."""
    found: list[Found] = []
    there = False
    for end in find(value, path):
        inner = _opened(end.value)
        if isinstance(inner, list):
            there = True
            found.extend(Found(v, (*end.parts, n)) for n, v in enumerate(inner))
        elif path.steps and path.steps[-1] is None:
            there = True
            found.append(end)
    if not there and path.steps and path.steps[-1] is None:  # an empty list has nothing at its end, and is there
        before = Route(path.text, path.steps[:-1])
        there = any(isinstance(_opened(end.value), list | dict) for end in find(value, before))
    return found if there else None


def absence(value: Any, path: Route) -> str:
    """Why there is nothing at the end of the path: how far it leads, what is there, what was probably meant."""
    held = Found(value, ())
    for number, step in enumerate(path.steps):
        ahead = next(_walk(held, (step,)), None)
        if ahead is None:
            there = _opened(held.value)
            front = _written(path.steps[:number])
            return (
                f'nothing at "{path.text}": {front or "the record"} {_holds(there)}{_near(there, step, path, number)}'
            )
        held = ahead
    return f'nothing at "{path.text}" that can be used: it {_holds(_opened(held.value))}'


def _holds(value: Any) -> str:
    if isinstance(value, dict):
        keys = [str(k)[:40] for k in list(value)[:_SHOWN]]
        return f"has the keys {', '.join(keys)}{' …' if len(value) > _SHOWN else ''}" if keys else "is an empty object"
    if isinstance(value, list):
        return f"is a list of {len(value)}; say [*] for each of them" if value else "is an empty list"
    return "is nothing" if value is None else "is a single value"


def _near(value: Any, step: Step, path: Route, number: int) -> str:
    if not isinstance(value, dict) or not isinstance(step, str):
        return ""
    keys = {str(k).casefold(): str(k) for k in list(value)[:1000]}
    close = difflib.get_close_matches(step.casefold(), keys, 1)
    if not close:
        return ""
    return f'; did you mean "{_written((*path.steps[:number], keys[close[0]], *path.steps[number + 1 :]))}"?'


def _written(steps: Sequence[Step]) -> str:
    parts = [
        "[*]" if s is None else f"[{s}]" if isinstance(s, int) else f".'{s}'" if "." in s else f".{s}" for s in steps
    ]
    return "".join(parts).removeprefix(".")
