"""The batch for a pull request or a ticket: the answer first, tables, then the conversations folded up.

    # Empathy audit

    **Mean score 38.2** (35.1–41.5) · 190 conversations, 178 scored

    ## What would change most

    1. **Goes on to the solution without acknowledging what the customer shows**
    ...

For GitHub's and GitLab's Markdown: tables, `<details>`, `<b>`. Everything that was said is escaped, and nobody is
mentioned by it. Without `-v` it stays below what a comment may hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from empathy_audit.model.audit import COUNTED, Audit, Batch
from empathy_audit.model.figures import Figures, Group
from empathy_audit.reports import figures_wording as words
from empathy_audit.reports.base import Report, View
from empathy_audit.reports.markdown_conversation import conversation
from empathy_audit.reports.markdown_text import table, text
from empathy_audit.reports.wording import figure, plural, reason, spaced
from empathy_audit.reports.worst import MANY, WORST, lowest

MOST = 60_000
"""Characters; a comment on GitHub holds 65,536."""
LISTED = 20
"""Lines of a table, and failures, that are listed without `-v`."""


def render(batch: Batch, view: View) -> str:
    """The whole text. Of many conversations only the lowest are drawn, unless `view.verbose`."""
    head = "\n".join(_head(batch, view.verbose)) + "\n"
    end = "\n".join(_end(batch)) + "\n"
    return head + _conversations(batch, MOST - len(head) - len(end), view.verbose) + end


def _head(batch: Batch, verbose: int) -> Iterator[str]:
    summary, figures = batch.summary, batch.figures
    yield "# Empathy audit"
    yield ""
    if not summary.conversations:
        yield "No conversation was judged."
    elif figures is None or summary.conversations < 2:
        yield f"**Score {figure(summary.mean)}** · {plural(summary.conversations, 'conversation')}, {summary.scored} scored"
    else:
        sure = (
            f"95% interval {words.scores_between(figures.overall.score)}" if figures.overall.score.enough else words.FEW
        )
        counts = f"{plural(summary.conversations, 'conversation')}, {summary.scored:,} scored"
        yield f"**Mean score {words.score(figures.overall.score)}** ({sure}) · {counts}"
    yield ""
    yield from _failures(batch, verbose)
    if summary.conversations > 1:
        yield f"Opportunities: {', '.join(f'{getattr(summary.opportunities, o):,} {o}' for o in COUNTED)}."
        yield ""
    if figures is not None and summary.conversations > 1:
        yield from _figures(figures, verbose)


def _failures(batch: Batch, verbose: int) -> Iterator[str]:
    if not batch.failures:
        return
    yield f"## ⚠ Could not be judged: {len(batch.failures):,}"
    yield ""
    listed = batch.failures if verbose else batch.failures[:LISTED]
    for failure in listed:
        yield f"- **{text(failure.source)}**: {text(failure.kind)}: {text(failure.message)}"
    if len(listed) < len(batch.failures):
        yield f"- and {len(batch.failures) - len(listed):,} more"
    yield ""


def _figures(figures: Figures, verbose: int) -> Iterator[str]:
    yield from _habits(figures)
    scores = [(spaced(text(p.id)), words.score(p.score), words.scores_between(p.score)) for p in figures.principles]
    yield from _section("By principle", ("", "score", "95%"), scores)
    yield from _groups("By agent", figures.agents, words.lowest, verbose)
    yield from _groups("By week", figures.weeks, words.latest, verbose)
    places = [
        (
            words.part(part),
            f"{part.opportunities.missed:,} of {part.opportunities.counted:,}",
            words.percent(part.missed),
            words.percent_between(part.missed),
        )
        for part in figures.places
    ]
    yield from _section(words.PLACES, ("turns", "missed", "", "95%"), places)
    listed = figures.findings if verbose else figures.findings[:LISTED]
    found = [(f"{text(f.code)}: {text(f.message)}", f.severity, f"{f.count:,}", f"{f.conversations:,}") for f in listed]
    yield from _section(words.FINDINGS, ("", "severity", "findings", "conversations"), found, "ll")


def _habits(figures: Figures) -> Iterator[str]:
    if not figures.habits:
        return
    yield f"## {words.HABITS}"
    yield ""
    for number, habit in enumerate(figures.habits, 1):
        yield f"{number}. **{text(habit.problem)}**"
        yield f"   {words.often(habit)}; {words.worth(habit)}. {text(habit.advice)}"
        if habit.example is not None:
            yield f"   Such as {text(words.where(habit.example))}."
    yield ""


def _groups(title: str, groups: Sequence[Group], cut: words.Cut, verbose: int) -> Iterator[str]:
    if groups and not any(group.score.enough for group in groups):
        yield from (f"### {title}", "", f"{words.too_few(groups)}.", "")
        return
    listed, note = cut(groups, len(groups) if verbose else LISTED)
    ranked = any(group.rank for group in groups)
    rows = []
    for group in listed:
        row = [
            text(group.name),
            f"{group.conversations:,}",
            words.score(group.score),
            words.scores_between(group.score),
        ]
        rows.append([*row, words.percent(group.missed), *([words.rank(group)] if ranked else [])])
    head = ("", "conversations", "score", "95%", "missed", *(["rank"] if ranked else []))
    yield from _section(f"{title} ({note})" if note else title, head, rows)


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], align: str = "l") -> Iterator[str]:
    if rows:
        yield from (f"### {title}", "", *table(head, rows, align), "")


def _conversations(batch: Batch, room: int, verbose: int) -> str:
    """The conversations that are drawn, as far as there is room, and how many are not."""
    scored = [audit for audit in batch.audits if audit.scores.overall is not None]
    few = verbose or len(batch.audits) <= MANY
    listed: Sequence[Audit] = batch.audits if few else lowest(batch.audits, WORST)
    parts, drawn = [], 0
    for audit in listed:
        part = "\n".join(conversation(audit, folded=len(batch.audits) > 1)).rstrip("\n") + "\n\n"
        room -= len(part)
        if room < 0 and not verbose:
            break
        parts.append(part)
        drawn += 1
    if not parts:
        return ""
    title = "Conversations" if drawn == len(batch.audits) else f"Conversations: the {drawn} lowest of {len(scored):,}"
    if few and drawn < len(batch.audits):
        title = f"Conversations: the first {drawn} of {len(batch.audits):,}"
    return f"## {title}\n\n" * (len(batch.audits) > 1) + "".join(parts)


def _end(batch: Batch) -> Iterator[str]:
    summary = batch.summary
    if summary.unscored:
        reasons = "; ".join(f"{count:,} ({text(reason(why))})" for why, count in summary.unscored.items())
        yield f"Without a score: {reasons}."
        yield ""
    notes = [text(note) for note in batch.notes]
    if batch.figures is not None and summary.conversations > 1:
        notes += words.remarks(batch.figures)
    if notes:
        yield f"<sub>{' '.join(notes)}</sub>"
        yield ""
    judge = f"{batch.tool} {batch.tool_version}".strip()
    rubric = f" · rubric {text(batch.rubric.id)} {text(batch.rubric.version)}" if batch.rubric else ""
    yield f"<sub>{judge}{rubric}</sub>"


MARKDOWN = Report(
    name="markdown",
    suffix=".md",
    about="for pull requests and tickets: figures, habits, and the lowest conversations folded up",
    render=render,
    figures=True,
)
