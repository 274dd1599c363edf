"""What a configuration file says, before anybody asks what it means: YAML, or one table of a pyproject.toml."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from empathy_audit.errors import SettingsError

TABLE = "tool.empathy-audit"


def pairs(path: Path) -> Iterator[tuple[str, object, int]]:
    """Key, value and line (1-based, 0 = unknown) of each setting in the file. SettingsError where it is none."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror}; a configuration file was expected", str(path)) from None
    except UnicodeDecodeError:
        raise SettingsError("is not UTF-8 text; save it as UTF-8", str(path)) from None
    return _toml_pairs(path, text) if path.suffix == ".toml" else _yaml_pairs(path, text)


def _yaml_pairs(path: Path, text: str) -> Iterator[tuple[str, object, int]]:
    import yaml

    try:
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        if root is None:
            return
        if not isinstance(root, yaml.MappingNode):
            raise SettingsError("a list of `key: value` lines was expected", f"{path}:{root.start_mark.line + 1}")
        for key, node in root.value:
            line = key.start_mark.line + 1
            # Values are scalars and flat lists of them, so nothing is expanded and aliases cannot blow anything up.
            items = node.value if isinstance(node, yaml.SequenceNode) else [node]
            if not all(isinstance(item, yaml.ScalarNode) for item in (key, *items)):
                raise SettingsError("a nested value; a single value or a flat list was expected", f"{path}:{line}")
            values = [loader.construct_object(item) for item in items]
            yield str(key.value), values if isinstance(node, yaml.SequenceNode) else values[0], line
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"is no YAML: {error.problem or error.context}", f"{path}:{line}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SettingsError(f"is no YAML: {' '.join(str(error).split())}", str(path)) from None


def _toml_pairs(path: Path, text: str) -> Iterator[tuple[str, object, int]]:
    toml = _toml_module(path)
    try:
        table = toml.loads(text).get("tool", {}).get("empathy-audit", {})
    except (toml.TOMLDecodeError, AttributeError, RecursionError) as error:
        raise SettingsError(f"is no TOML with a [{TABLE}] table: {error}", str(path)) from None
    if not isinstance(table, dict):
        raise SettingsError(f"[{TABLE}] is {table!r}; a table was expected", str(path))
    for key, value in table.items():
        yield key, value, _toml_line(text, key)


def _toml_module(path: Path) -> Any:
    for name in ("tomllib", "tomli"):
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError:
            continue
    raise SettingsError(
        "Python 3.10 cannot read TOML by itself; `pip install tomli`, or move the settings to empathy-audit.yaml",
        str(path),
    )


def _toml_line(text: str, key: str) -> int:
    # tomllib keeps no lines: the first line of the table that starts with the key is it, 0 when written in another way.
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(r"\s*\[", line):
            inside = "empathy-audit" in line
        elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
    return 0
