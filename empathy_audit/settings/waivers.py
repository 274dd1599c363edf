"""`waivers.yaml`: findings of `lint` that somebody answers for, beside files that can hold no comment.

waivers:
  - code: policy-wall
    macro: refund-declined     # an id; or file: exports/*.json; or both
    reason: the wording is the regulator's
    until: 2027-03-31          # optional
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from empathy_audit.errors import SettingsError

_KEYS = ("code", "macro", "file", "reason", "until")
_EXPECTED = "expected `waivers:` with a list of code, reason, and macro or file"


@dataclass(frozen=True, slots=True)
class Waiver:
    """One entry, at `line` (1-based) of `file`. `path` is a glob for names of files as findings show them; `until` is its last day."""

    code: str
    reason: str
    macro: str | None
    path: str | None
    until: date | None
    file: str
    line: int


def load_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file.

    Raises:
        SettingsError: it is wrong somewhere, with the line.
    """
    import yaml

    try:
        text = path.read_text(encoding="utf-8-sig")
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        return tuple(_waiver(yaml, loader, node, path) for node in _entries(yaml, root, path))
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror or error}; {_EXPECTED}", str(path)) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"is no YAML: {error.problem or error.context}", f"{path}:{line}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SettingsError(f"is no YAML: {' '.join(str(error).split())}", str(path)) from None


def _entries(yaml: Any, root: Any, path: Path) -> list[Any]:
    if root is None:
        return []
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    if [key.value for key, _ in pairs] != ["waivers"] or not isinstance(pairs[0][1], yaml.SequenceNode):
        raise SettingsError(f"holds something else; {_EXPECTED}", f"{path}:{root.start_mark.line + 1}")
    found: list[Any] = pairs[0][1].value
    return found


def _waiver(yaml: Any, loader: Any, node: Any, path: Path) -> Waiver:
    line = node.start_mark.line + 1
    place = f"{path}:{line}"
    if not isinstance(node, yaml.MappingNode):
        raise SettingsError(f"this entry is no waiver; {_EXPECTED}", place)
    given: dict[str, Any] = {}
    for key, value in node.value:
        at = f"{path}:{key.start_mark.line + 1}"
        if not isinstance(key, yaml.ScalarNode) or key.value not in _KEYS:
            raise SettingsError(f"unknown key {_shown(key)}; expected {', '.join(_KEYS)}", at)
        if not isinstance(value, yaml.ScalarNode):
            raise SettingsError(f"{key.value} is a list or a mapping; expected one value; write an entry for each", at)
        if key.value in given:
            raise SettingsError(f"{key.value} is given twice; keep one", at)
        given[key.value] = _value(loader, value, at)
    for key in ("code", "reason"):
        if not str(given.get(key) or "").strip():
            raise SettingsError(f"this waiver has no {key}; expected one: who comes after you has to know", place)
    if not given.get("macro") and not given.get("file"):
        raise SettingsError(
            "this waiver holds everywhere; expected macro or file; switch a code off with `ignore`", place
        )
    until = given.get("until")
    if until is not None and type(until) is not date:
        raise SettingsError(f"until is {until!r}; expected a day such as 2027-03-31", place)
    named = {key: str(given[key]) if given.get(key) is not None else None for key in ("macro", "file")}
    reason = " ".join(str(given["reason"]).split())
    return Waiver(str(given["code"]).strip(), reason, named["macro"], named["file"], until, str(path), line)


def _shown(key: Any) -> str:
    return key.value if isinstance(key.value, str) else "that is no word"


def _value(loader: Any, node: Any, place: str) -> object:
    try:
        value: object = loader.construct_object(node)
    except ValueError:  # a day such as 2027-02-30
        raise SettingsError(f"{node.value} is no day; expected one such as 2027-03-31", place) from None
    return value
