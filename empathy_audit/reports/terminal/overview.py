"""The batch at a glance: the mean, the habits that would change most, tables by principle, agent and conversation, then what could not be judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from empathy_audit.model.audit import COUNTED, SEVERITIES, AgentSummary, Audit, Batch, OutcomeCounts, Summary
from empathy_audit.reports.terminal.canvas import Canvas, shown, styled
from empathy_audit.reports.terminal.habits import draw_habits
from empathy_audit.reports.wording import MARKS, NO_FIGURE, figure, keys, plural, reason, spaced, tally
from empathy_audit.reports.worst import lowest

TABLE = 20
COLUMNS = 72
"""From this width on the columns of tables have words for heads instead of marks and short forms."""
FIGURE = 7
"""Columns that a score takes in a table, gap included."""


def draw_overview(canvas: Canvas, batch: Batch, verbose: int = 0) -> None:
    """The summary. Tables longer than twenty lines show the lowest twenty unless `verbose`."""
    summary = batch.summary
    canvas.rule("Summary")
    _headline(canvas, summary)
    if batch.figures is not None and len(batch.audits) > 1:
        draw_habits(canvas, batch.figures)
    short = keys(summary.principles)
    _principles(canvas, summary.principles, short)
    _agents(canvas, summary.agents, short, verbose)
    if len(batch.audits) > 1:
        _conversations(canvas, batch.audits, verbose)
    draw_unscored(canvas, summary.unscored)
    draw_failures(canvas, batch, verbose)


def draw_failures(canvas: Canvas, batch: Batch, verbose: int = 0) -> None:
    """What could not be judged, with place and reason; nothing without failures."""
    if not batch.failures:
        return
    canvas.heading("Could not be judged", f"{len(batch.failures)}")
    listed = batch.failures if verbose else batch.failures[:TABLE]
    for failure in listed:
        text = styled(
            (shown(failure.source), "evidence"), f": {shown(failure.kind, 40)}: {shown(failure.message, 600)}"
        )
        canvas.write(text, indent=4, lead=styled(("✗", "error"), " "))
    if len(listed) < len(batch.failures):
        canvas.write(f"and {len(batch.failures) - len(listed):,} more; -v shows all", indent=4)
    canvas.blank()


def _headline(canvas: Canvas, summary: Summary) -> None:
    parts = [plural(summary.conversations, "conversation"), f"{summary.scored:,} scored"]
    if summary.failures:
        parts.append(plural(summary.failures, "failure"))
    if summary.skipped:
        parts.append(f"{plural(summary.skipped, 'file')} skipped: no transcript")
    canvas.flow(parts, gap=" · ")
    if summary.mean is not None:
        canvas.write(
            styled(
                ("Mean score  ", "heading"),
                (figure(summary.mean), "heading"),
                "  ",
                canvas.meter(summary.mean),
            ),
            indent=2,
        )
    if summary.opportunities.counted or summary.opportunities.open:
        canvas.flow(tally(summary.opportunities))
    found = [plural(summary.findings.get(severity, 0), severity) for severity in reversed(SEVERITIES)]
    canvas.write(f"Findings: {', '.join(found)}", indent=2)
    canvas.blank()


def _principles(canvas: Canvas, principles: Mapping[str, float | None], short: Mapping[str, str]) -> None:
    if not principles:
        return
    canvas.heading("By principle", f"{NO_FIGURE} not enough evidence" if None in principles.values() else "")
    rows = []
    for identifier, key in short.items():
        score = principles[identifier]
        bar = "" if score is None or canvas.narrow else canvas.meter(score)
        rows.append((key, spaced(shown(identifier, 60)), figure(score), bar))
    canvas.rows(rows, align="llrl", indent=4, flexible=1)
    canvas.blank()


def _agents(canvas: Canvas, agents: Sequence[AgentSummary], short: Mapping[str, str], verbose: int) -> None:
    if not agents:
        return
    listed, note = list(agents), ""
    if len(agents) > TABLE and not verbose:
        listed = sorted(agents, key=lambda a: (a.overall is None, a.overall or 0, a.name))[:TABLE]
        note = f"the {TABLE} lowest of {len(agents):,}; -v shows all"
    canvas.heading("By agent", note)
    rows = [["", "conv." if canvas.width < COLUMNS else "conversations", "score", *_heads(canvas)]]
    for agent in listed:
        rows.append(
            [shown(agent.name, 40), f"{agent.conversations:,}", figure(agent.overall), *_counts(agent.opportunities)]
        )
    canvas.rows(rows, align="lrrrrrr", indent=4)
    canvas.blank()
    _agents_by_principle(canvas, listed, list(short.items()))


def _agents_by_principle(canvas: Canvas, agents: Sequence[AgentSummary], short: Sequence[tuple[str, str]]) -> None:
    """Agents against the keys of the principles, in several tables where one is too wide; one agent is the batch."""
    if not short or len(agents) < 2:
        return
    canvas.heading("By agent and principle", "keys as under By principle")
    names = [shown(agent.name, canvas.width // 3) for agent in agents]
    across = max(1, (canvas.width - 4 - max(cell_len(name) for name in names)) // FIGURE)
    for at in range(0, len(short), across):
        part = short[at : at + across]
        rows = [["", *(key.rjust(FIGURE - 2) for _, key in part)]]
        for agent, name in zip(agents, names, strict=True):
            rows.append([name, *(figure(agent.principles.get(identifier)) for identifier, _ in part)])
        canvas.rows(rows, align="l" + "r" * len(part), indent=4)
        canvas.blank()


def _conversations(canvas: Canvas, audits: Sequence[Audit], verbose: int) -> None:
    listed = lowest(audits, len(audits) if verbose else TABLE)
    scored = sum(1 for audit in audits if audit.scores.overall is not None)
    if scored < 2:
        return
    whole = len(listed) == scored
    canvas.heading("By conversation", "lowest first" if whole else f"the {TABLE} lowest of {scored:,}; -v shows all")
    rows = [["", "score", *_heads(canvas)]]
    for audit in listed:
        scores = audit.scores
        rows.append([shown(audit.transcript.id, 60), figure(scores.overall), *_counts(scores.opportunities)])
    canvas.rows(rows, align="lrrrrr", indent=4)
    canvas.blank()


def _heads(canvas: Canvas) -> list[str]:
    return [MARKS[outcome] if canvas.width < COLUMNS else outcome for outcome in COUNTED]


def _counts(counts: OutcomeCounts) -> list[str]:
    return [f"{getattr(counts, outcome):,}" for outcome in COUNTED]


def draw_unscored(canvas: Canvas, unscored: Mapping[str, int]) -> None:
    """How many conversations have no score, by reason; nothing where all have one."""
    if not any(unscored.values()):
        return
    canvas.heading("Not enough evidence for a score", f"{sum(unscored.values()):,}")
    for why, count in unscored.items():
        canvas.write(reason(why), indent=4, lead=f"{count:>3}  ")
    canvas.blank()
