"""A batch → its pages: one file with the answer and the conversations, or a folder in which further pages hold the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from types import ModuleType
from typing import Any

from empathy_audit.extras import REPORT
from empathy_audit.model.audit import Batch
from empathy_audit.model.figures import Reference
from empathy_audit.reports.base import Files, View
from empathy_audit.reports.html.charts.intensity import intensities
from empathy_audit.reports.html.conversation import ConversationView, conversation
from empathy_audit.reports.html.listing import Choices, anchor_of, choices, lines
from empathy_audit.reports.html.overview import part_names, pictures
from empathy_audit.reports.html.templating import environment
from empathy_audit.reports.worst import worst_first

INLINE = 100
"""Conversations that the first page holds at most: of more, those with the lowest scores."""
A_PAGE = 100
INDEX = "index.html"
_FEW = 5
"""Up to so many conversations are all opened."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which conversations (places in the batch, from 0) stand on the first page and on the further ones, lowest score first."""

    first: tuple[int, ...]
    further: tuple[tuple[int, ...], ...]

    @property
    def count(self) -> int:
        """Of all pages."""
        return 1 + len(self.further)

    @property
    def order(self) -> tuple[int, ...]:
        """All places, lowest score first."""
        return (*self.first, *chain.from_iterable(self.further))


def render(batch: Batch, view: View) -> str:
    """The report as one file. Of many conversations it holds the lowest, all with `verbose`, and lists the others."""
    plan = _plan(batch, len(batch.audits) if view.verbose else INLINE)
    return _index(batch, plan, choices(batch.audits), folder=False)


def folder(batch: Batch, view: View) -> Files:
    """The report as a folder: `index.html` as above, and pages with all the other conversations."""
    plan = _plan(batch, INLINE)
    among = choices(batch.audits)
    yield INDEX, _index(batch, plan, among, folder=True)
    for number in range(2, plan.count + 1):
        yield _name(number), _page(batch, plan, number, among)


def _plan(batch: Batch, inline: int) -> Plan:
    order = worst_first(batch.audits)
    rest = order[inline:]
    return Plan(tuple(order[:inline]), tuple(tuple(rest[at : at + A_PAGE]) for at in range(0, len(rest), A_PAGE)))


def _name(number: int) -> str:
    return INDEX if number == 1 else f"conversations-{number:04}.html"


def _index(batch: Batch, plan: Plan, among: Choices, *, folder: bool) -> str:
    pages: dict[int, str | None] = dict.fromkeys(plan.first, "")
    for number, members in enumerate(plan.further, 2):
        pages.update(dict.fromkeys(members, _name(number) if folder else None))
    vega = REPORT.at_hand()
    return _rendered(
        "index.html.j2",
        batch,
        plan,
        1,
        among,
        lines=lines(batch.audits, plan.order, pages, among),
        conversations=_conversations(batch, plan.first, vega),
        href=_links(batch, pages),
        pictures=pictures(vega, batch.figures) if vega and batch.figures and len(batch.audits) > 1 else (),
        charts=REPORT if vega is None else None,
        part_names=part_names,
        folder=folder,
    )


def _page(batch: Batch, plan: Plan, number: int, among: Choices) -> str:
    members = plan.further[number - 2]
    return _rendered(
        "page.html.j2",
        batch,
        plan,
        number,
        among,
        lines=lines(batch.audits, members, dict.fromkeys(members, ""), among),
        conversations=_conversations(batch, members, REPORT.at_hand()),
    )


def _rendered(template: str, batch: Batch, plan: Plan, number: int, among: Choices, **values: Any) -> str:
    before = 0 if number == 1 else len(plan.first) + A_PAGE * (number - 2)
    here = plan.first if number == 1 else plan.further[number - 2]
    return environment().get_template(template).render(
        batch=batch, summary=batch.summary, figures=batch.figures, plan=plan, number=number, among=among, page_name=_name,
        before=before, here=len(here), **values,
    )  # fmt: skip


def _conversations(batch: Batch, places: Sequence[int], vega: ModuleType | None) -> Iterator[ConversationView]:
    audits = [batch.audits[at] for at in places]
    drawn = intensities(vega, audits) if vega else [""] * len(audits)
    few = len(batch.audits) <= _FEW
    for at, audit, picture in zip(places, audits, drawn, strict=True):
        yield conversation(audit, anchor_of(at + 1), picture, opened=few)


def _links(batch: Batch, pages: dict[int, str | None]) -> Callable[[Reference], str]:
    """Where a turn is to be read; empty where it is on no page."""
    found = {(audit.transcript.source, audit.transcript.id): at for at, audit in enumerate(batch.audits)}

    def href(reference: Reference) -> str:
        at = found.get((reference.source, reference.id))
        page = pages.get(at) if at is not None else None
        return "" if at is None or page is None else f"{page}#{anchor_of(at + 1)}-t{reference.turn}"

    return href
