"""Who takes part in a vCon: names and roles from the parties, and from what attachments say of them.

{"name": "Dana", "role": "agent"}   {"tel": "+15550100", "meta": {"role": "customer"}}   {"name": "Ada", "type": "bot"}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from empathy_audit.model.transcript import Role
from empathy_audit.readers.json_fields import inside, objects, words_of
from empathy_audit.readers.speakers import role_of
from empathy_audit.readers.vcon_content import Undecodable, body_of

_NAMES = ("name", "mailto", "email", "tel", "sip", "uuid", "id")


class Party(NamedTuple):
    """Somebody who takes part. `names` is all that they are called by, the first is shown."""

    role: Role
    names: tuple[str, ...]

    @property
    def name(self) -> str | None:
        """What to show."""
        return self.names[0] if self.names else None


def parties_of(value: Mapping[str, Any]) -> list[Party]:
    """The parties by index; a placeholder of a redacted one has neither name nor role."""
    told = _told(value)
    found = []
    for number, party in enumerate(value["parties"] if isinstance(value.get("parties"), list) else ()):
        names = tuple(dict.fromkeys(n for n in (words_of(inside(party, k)) for k in _NAMES) if n))
        role = _role(party) or next((told[n.casefold()] for n in names if n.casefold() in told), None)
        found.append(Party(role or "unknown", names or (f"Party {number}",)))
    return found


def _role(party: Any) -> Role | None:
    if inside(party, "type") == "bot" or inside(party, "meta", "agent_session"):
        return "bot"  # the extension for sessions of artificial agents gives them the role of agents
    for said in (inside(party, "role"), inside(party, "meta", "role")):
        role = role_of(said) if isinstance(said, str) else None
        if role:
            return role
    return None


def _told(value: Mapping[str, Any]) -> dict[str, Role]:
    """Roles by name from attachments that speak of an `agent_name` and a `customer_name`."""
    found: dict[str, Role] = {}
    roles: tuple[Role, ...] = ("agent", "customer")
    for _, attachment in objects(value.get("attachments")):
        try:
            body = body_of(attachment, as_json=True)
        except Undecodable:
            continue
        for role in roles:
            name = words_of(inside(body, f"{role}_name"))
            if name:
                found.setdefault(name.casefold(), role)
    return found


def indices(value: Any, most: int = 1000) -> list[int]:
    """Indices out of a number, a list, or a list of lists (one for each channel), in order."""
    if isinstance(value, bool):
        return []
    if isinstance(value, int):
        return [value]
    rows: Sequence[Any] = value[:most] if isinstance(value, list) else ()
    flat: Iterable[Any] = (x for row in rows for x in (row[:most] if isinstance(row, list) else [row]))
    return [x for x in flat if isinstance(x, int) and not isinstance(x, bool)]


def party_at(parties: Sequence[Party], index: Any) -> Party | None:
    """The party with this index, or None."""
    known = isinstance(index, int) and not isinstance(index, bool) and 0 <= index < len(parties)
    return parties[index] if known else None
