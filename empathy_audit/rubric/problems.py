"""A mistake in a rubric and how it is told: `file:line:column: what is wrong; expected what; did you mean 'x'?`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from empathy_audit.errors import RubricError
from empathy_audit.model.rubric import Place

_SHOWN = 60
PATH_SHOWN = 400


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake; the order is the order of places."""

    place: Place
    message: str

    def __str__(self) -> str:
        place = str(self.place)
        return f"{place}: {self.message}" if place else self.message


def rubric_error(problems: Iterable[Problem]) -> RubricError:
    """All mistakes as one error, sorted by place, each told once."""
    return RubricError(tuple(str(problem) for problem in sorted(set(problems))))


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """The valid name that `name` was probably meant to be."""
    by_folded = {candidate.casefold(): candidate for candidate in valid}
    close = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def hint(name: object, valid: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or nothing when no valid name is near."""
    found = nearest(name, valid) if isinstance(name, str) else None
    return f"; did you mean '{found}'?" if found else ""


def unknown(what: str, name: object, valid: Iterable[str]) -> str:
    """`unknown <what> 'x'; expected one of ...; did you mean 'y'?`."""
    names = tuple(valid)
    return f"unknown {what} {shown(name)}; expected {one_of(names)}{hint(name, names)}"


def one_of(names: Iterable[str]) -> str:
    """`one of a, b, c`; a long list is cut, for the hint names the near one."""
    listed = tuple(names)
    if not listed:
        return "none, for there is none to name"
    if len(listed) == 1:
        return listed[0]
    more = f" and {len(listed) - 40} more" if len(listed) > 40 else ""
    return "one of " + ", ".join(listed[:40]) + more


def shown(value: object, limit: int = _SHOWN) -> str:
    """A value as a message quotes it: one line, control characters visible, text cut at `limit` characters."""
    text = repr(value)
    if isinstance(value, str):
        cut = value if len(value) <= limit else value[: limit - 1] + "…"
        return "'" + "".join(c if c.isprintable() else repr(c)[1:-1] for c in cut) + "'"
    return text if len(text) <= limit else text[: limit - 1] + "…"


def described(value: object) -> str:
    """What kind of value stands there, in a user's words."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    return "a mapping" if isinstance(value, dict) else "a list"
