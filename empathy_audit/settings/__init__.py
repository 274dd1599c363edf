"""Project configuration: which file holds, what it may say, and where each value came from.

    # empathy-audit.yaml
    extends: ../team.yaml
    rubric: rubrics/returns.yaml
    agents: [Dana, "Support team"]
    fail-under: 60

An option beats the file, the file beats the default. The closest file up the tree from the working directory holds
alone: nothing is merged unless it says `extends`. A relative path is relative to the file that names it.
"""

from __future__ import annotations

import difflib
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

from empathy_audit.errors import SettingsError
from empathy_audit.model.audit import SEVERITIES, Severity
from empathy_audit.settings.files import pairs

FILES = ("empathy-audit.yaml", ".empathy-audit.yaml")
EXTENDS = "extends"
OFF = "off"

FailOn = Severity | Literal["never"]
Color = Literal["auto", "always", "never"]
Redact = Literal["off", "built-in", "presidio"]
BUILT_IN: Redact = "built-in"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every value that a project may set.

    `signals` is a weights file, `off` for the rules alone, None for the shipped ones.
    `origins` tells by key (as written in the file) where a value came from; a key that is not in it has its default.
    """

    rubric: str = "empathy"
    signals: str | None = None
    input_format: str | None = None
    mapping: str | None = None
    agents: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    output_format: str = "full"
    fail_under: float | None = None
    fail_under_mean: float | None = None
    fail_on: FailOn = "never"
    max_missed: int | None = None
    jobs: int | Literal["auto"] = 1
    color: Color = "auto"
    redact: Redact = "off"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    max_warnings: int | None = None
    baseline: str | None = None
    waivers: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)


class Given(NamedTuple):
    """A value as a file gave it, checked, with its place."""

    value: object
    place: str


# --- what a value may be: each function returns the typed value or raises ValueError(what was expected) -----------


def _text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise ValueError("a text")


def _file_or_off(value: object) -> str:
    if value is False or value == OFF:  # YAML reads a bare `off` as false
        return OFF
    if isinstance(value, str) and value.strip():
        return value
    raise ValueError("a file that `train-signals` wrote, or off,")


def _texts(value: object) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if isinstance(values, list) and all(isinstance(v, str) and v.strip() for v in values):
        return tuple(values)
    raise ValueError("a list of texts")


def _score(value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 100:
        return float(value)
    raise ValueError("a number from 0 to 100")


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise ValueError("a whole number, 0 or more")


def _jobs(value: object) -> int | str:
    if value == "auto" or (isinstance(value, int) and not isinstance(value, bool) and value >= 1):
        return value
    raise ValueError("a whole number, 1 or more, or auto")


def _redact(value: object) -> str:
    if value is False or value == OFF:  # YAML reads a bare `off` as false
        return OFF
    if value in ("built-in", "presidio"):
        return str(value)
    raise ValueError("built-in, presidio or off")


def _one_of(*words: str) -> Callable[[object], str]:
    def parse(value: object) -> str:
        if isinstance(value, str) and value in words:
            return value
        raise ValueError(f"one of {', '.join(words)}")

    return parse


KEYS: Mapping[str, Callable[[object], object]] = {
    "rubric": _text,
    "signals": _file_or_off,
    "input-format": _text,
    "mapping": _text,
    "agents": _texts,
    "customers": _texts,
    "exclude": _texts,
    "output-format": _text,
    "fail-under": _score,
    "fail-under-mean": _score,
    "fail-on": _one_of("never", *SEVERITIES),
    "max-missed": _count,
    "jobs": _jobs,
    "color": _one_of("auto", "always", "never"),
    "redact": _redact,
    "select": _texts,
    "ignore": _texts,
    "max-warnings": _count,
    "baseline": _text,
    "waivers": _text,
}


# --- finding the file ---------------------------------------------------------------------------------------------


def find(start: Path) -> Path | None:
    """The configuration file that holds in the folder `start`: the closest one up the tree.

    A pyproject.toml counts when it has a `[tool.empathy-audit]` table. Two files in one folder are a SettingsError,
    since taking either would be a guess.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        found = [path for name in FILES if (path := folder / name).is_file()]
        project = folder / "pyproject.toml"
        if project.is_file() and _has_table(project):
            found.append(project)
        if len(found) > 1:
            names = " and ".join(path.name for path in found)
            raise SettingsError(
                f"{names} both configure empathy-audit here; one file was expected; keep one of them", str(folder)
            )
        if found:
            return found[0]
    return None


def _has_table(project: Path) -> bool:
    # Other projects' files lie up the tree too: one that is no business of ours is neither parsed nor complained about.
    try:
        text = project.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return re.search(r"^\s*\[\s*tool\s*\.\s*[\"']?empathy-audit[\"']?\s*[\].]", text, re.MULTILINE) is not None


# --- reading it ---------------------------------------------------------------------------------------------------


def load(path: Path) -> dict[str, Given]:
    """The values of a configuration file by key, over those of the file it extends; a SettingsError if it is wrong."""
    return _load(path, ())


def _load(path: Path, above: tuple[Path, ...]) -> dict[str, Given]:
    if path.resolve() in above:
        raise SettingsError("this file extends itself through others; a chain with an end was expected", str(path))
    given: dict[str, Given] = {}
    base: dict[str, Given] = {}
    for key, value, line in pairs(path):
        place = f"{path}:{line}" if line else str(path)
        if key in given:
            raise SettingsError(f"{key} is given twice; keep one (the other is at {given[key].place})", place)
        if key == EXTENDS:
            target = path.parent / _checked(key, value, _text, place)
            if not target.is_file():
                raise SettingsError(
                    f"extends {value}: there is no such file; a path relative to this file was expected", place
                )
            base = _load(target, (*above, path.resolve()))
        elif key not in KEYS:
            raise SettingsError(f"unknown key {key}; {_nearest(key)}", place)
        else:
            given[key] = Given(_relative(path, key, _checked(key, value, KEYS[key], place)), place)
    return base | given


def _checked(key: str, value: object, parse: Callable[[object], Any], place: str) -> Any:
    try:
        return parse(value)
    except ValueError as error:
        raise SettingsError(f"{key} is {value!r}; {error} was expected", place) from None


def _nearest(key: str) -> str:
    near = difflib.get_close_matches(key.replace("_", "-"), [*KEYS, EXTENDS], n=1)
    return f"did you mean {near[0]}?" if near else f"known keys are {', '.join((*KEYS, EXTENDS))}"


def _relative(path: Path, key: str, value: object) -> object:
    if key == "rubric" and isinstance(value, str) and ("/" in value or value.endswith((".yaml", ".yml"))):
        return str(path.parent / value)
    if key in ("mapping", "baseline", "waivers") or (key == "signals" and value != OFF):
        return str(path.parent / str(value))
    return value


# --- precedence ---------------------------------------------------------------------------------------------------


def resolve(
    options: Mapping[str, object], *, start: Path, config: Path | None = None, isolated: bool = False
) -> Settings:
    """The settings that hold: `options` by field name (None or () = not given) over the file over the defaults.

    `start` is the folder to search from, `config` a file to use instead, `isolated` means no file at all. SettingsError
    when both are given.
    """
    if config is not None and isolated:
        raise SettingsError("--config and --isolated exclude each other; keep one of them")
    path = None if isolated else (config or find(start))
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for key, (value, place) in (load(path) if path else {}).items():
        values[_field(key)] = value
        origins[key] = place
    for name, option in options.items():
        if option is not None and option != ():
            values[name] = option
            origins[_key(name)] = "option"
    return replace(Settings(), **values, origins=origins)


def show(settings: Settings) -> str:
    """One line a key, `key: value  # where it came from`, in a fixed order; valid as an empathy-audit.yaml."""
    lines = []
    for key in KEYS:
        origin = settings.origins.get(key, "default")
        near = os.path.relpath(origin) if Path(origin).is_absolute() else ".."
        origin = origin if near.startswith("..") else near
        lines.append(f"{key}: {_yaml_value(getattr(settings, _field(key)))}  # {origin}\n")
    return "".join(lines)


def _yaml_value(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _field(key: str) -> str:
    return key.replace("-", "_")


def _key(name: str) -> str:
    return name.replace("_", "-")
