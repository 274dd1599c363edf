"""Participants of a conversation and what to call each, for formats that tell them apart by an id.

A name is for showing only: after redaction everybody is `[PII]`, and two agents may share a first name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from empathy_audit.model.transcript import Role

_REDACTED = re.compile(r"[\[({<*#]+[A-Z_\- ]*[\])}>*#]*|\*+|#+")


class Person(NamedTuple):
    """What a file tells of one participant."""

    role: Role = "unknown"
    name: str | None = None


def real_name(name: str | None) -> str | None:
    """The name, or None where a mark of redaction stands in its place."""
    name = (name or "").strip()[:200]
    return name if name and not _REDACTED.fullmatch(name) else None


def shown_as(people: Mapping[str, Person], speaking: Iterable[str]) -> dict[str, str | None]:
    """What to call each participant that speaks.

    Their name; without one their id where it takes one to tell them from others (several of one role, or a role that
    is unknown); nothing for the only one of a role.
    """
    present = {key: people.get(key, Person()) for key in speaking}
    many = Counter(person.role for person in present.values())
    return {
        key: person.name or (key if person.role == "unknown" or many[person.role] > 1 else None) or None
        for key, person in present.items()
    }
