"""Members of groups → how each group did: the figures of `summary`, by any dimensions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from empathy_audit.model.figures import Group
from empathy_audit.model.trends import Dimension, Trend
from empathy_audit.statistics.figures import DEFAULT_MINIMUM, Member, group

_PRINCIPLE: Dimension = "principle"


class Trending:
    """Takes members one by one, a few numbers of each, and gives the groups so far by the dimensions `by`."""

    def __init__(self, by: Sequence[Dimension]) -> None:
        self._by = tuple(by)
        self._members: defaultdict[tuple[str, ...], list[Member]] = defaultdict(list)

    def add(self, known: Mapping[Dimension, str | None], member: Member) -> None:
        """Count a member; `known` says where it belongs. Principles are in the member itself."""
        self._members[tuple(known.get(one) or "" for one in self._by)].append(member)

    def groups(self, minimum: int = DEFAULT_MINIMUM) -> tuple[Trend, ...]:
        """The groups so far, in the order of their keys."""
        found: list[Trend] = []
        for key, members in self._members.items():
            figures = group("", members, minimum)
            found += self._principles(key, figures, members) if _PRINCIPLE in self._by else [_whole(key, figures)]
        return tuple(sorted(found, key=lambda trend: trend.key))

    def _principles(self, key: tuple[str, ...], figures: Group, members: Sequence[Member]) -> list[Trend]:
        at = self._by.index(_PRINCIPLE)
        return [
            Trend(
                (*key[:at], id_, *key[at + 1 :]), sum(id_ in member.principles for member in members), score, None, None
            )
            for id_, score in figures.principles.items()
        ]


def _whole(key: tuple[str, ...], figures: Group) -> Trend:
    return Trend(key, figures.conversations, figures.score, figures.met, figures.missed)
