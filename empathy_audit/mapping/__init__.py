"""Mapping files: YAML that says where the turns of an unknown format are, checked with file, line and column.

conversations: data.tickets
id: ref
turns: log
text: msg
role: {path: from.kind, values: {op: agent, usr: customer}}
time: {path: ts, unit: ms}
internal: private
"""

from __future__ import annotations

from pathlib import Path

from empathy_audit.errors import MappingError
from empathy_audit.mapping.check import Checker
from empathy_audit.readers.plan import Plan
from empathy_audit.rubric.problems import Problem
from empathy_audit.rubric.source import decode, parse

__all__ = ["load"]


def load(path: Path) -> Plan:
    """The mapping in a file. MappingError with all that is wrong with it."""
    name = str(path)
    try:
        source = decode(path.read_bytes(), name, "mapping")
    except OSError as error:
        raise MappingError((f"{name}: cannot be read: {error.strerror or error}; check the path",)) from None
    if isinstance(source, Problem):
        raise MappingError((str(source),))
    document = parse(source, name, "mapping")
    checker = Checker(path.name, list(document.problems))
    plan = checker.plan(document.root) if document.root is not None or not document.problems else None
    if checker.problems or plan is None:
        raise MappingError(tuple(str(problem) for problem in sorted(set(checker.problems))))
    return plan
