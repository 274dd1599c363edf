"""The head of a conversation: where it comes from, its figures, and the customer's intensity over it."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_audit.model.audit import COUNTED, AgentScore, Audit, Scores
from empathy_audit.reports.curve import BARS, curve
from empathy_audit.reports.terminal.canvas import Canvas, shown, styled
from empathy_audit.reports.wording import MARKS, NO_FIGURE, figure, plural, ratios, reason, spaced, tally


def principle_rows(canvas: Canvas, principles: Sequence[tuple[str, float | None]]) -> None:
    """Principles with their scores, in as many columns as the page has room for."""
    names = [(spaced(shown(identifier, 40)), figure(score)) for identifier, score in principles]
    if not names:
        return
    across = max(1, min(3, (canvas.width - 2) // (max(len(name) for name, _ in names) + 10)))
    down = -(-len(names) // across)
    rows = []
    for at in range(down):
        row: list[str] = []
        for column in range(across):
            name, score = names[at + column * down] if at + column * down < len(names) else ("", "")
            row += [name, score, ""]
        rows.append(row[:-1])
    canvas.rows(rows, align=("lrl" * across)[:-1])


def draw_origin(canvas: Canvas, audit: Audit) -> None:
    """Where the conversation comes from and who spoke."""
    transcript = audit.transcript
    names = ", ".join(shown(name, 40) for name in transcript.agents)
    parts = [
        shown(transcript.source) if transcript.source != transcript.id else "",
        shown(transcript.channel or "", 30),
        shown(transcript.started_at or "", 30),
        f"agent{'s' if len(transcript.agents) > 1 else ''} {names}" if names else "",
        plural(len(transcript.turns), "turn"),
    ]
    canvas.flow([part for part in parts if part], gap=" · ", style="quiet")


def draw_scorecard(canvas: Canvas, scores: Scores) -> None:
    """The score or why there is none, outcomes, agents when there are several, principles and ratios."""
    head = ("Score  ", "heading")
    if scores.overall is None:
        canvas.write(styled(f"{NO_FIGURE}  not enough evidence: {reason(scores.reason)}"), indent=2, lead=styled(head))
    else:
        bar = canvas.meter(scores.overall)
        canvas.write(styled(head, (figure(scores.overall), "heading"), "  ", bar), indent=2)
    if scores.opportunities.counted or scores.opportunities.open:
        canvas.flow(tally(scores.opportunities))
    if len(scores.agents) > 1:
        canvas.blank()
        _agents(canvas, scores.agents)
    if any(score is not None for score in scores.principles.values()):
        canvas.blank()
        principle_rows(canvas, list(scores.principles.items()))
    _ratios(canvas, scores)
    canvas.blank()


def _agents(canvas: Canvas, agents: Sequence[AgentScore]) -> None:
    rows = []
    for agent in agents:
        counts = [f"{MARKS[outcome]} {getattr(agent.opportunities, outcome)}" for outcome in COUNTED]
        words = counts if canvas.narrow else [f"{count} {word}" for count, word in zip(counts, COUNTED, strict=True)]
        rows.append([shown(agent.name, 40), figure(agent.overall), *words])
    canvas.rows(rows, align="lrllll")


def _ratios(canvas: Canvas, scores: Scores) -> None:
    parts = [*ratios(scores.ratios)]
    if None in scores.principles.values() and any(score is not None for score in scores.principles.values()):
        parts.append(f"{NO_FIGURE} is not enough evidence")
    canvas.flow(parts, gap=" · ", style="quiet")


def draw_curve(canvas: Canvas, audit: Audit) -> None:
    """The customer's intensity with the outcomes beneath, or in words on a plain page; nothing when no feeling was shown."""
    if canvas.plain:
        _told(canvas, audit)
        return
    drawn = curve(audit, canvas.width - 4)
    if drawn is None:
        return
    note = f"{BARS[0]} low to {BARS[-1]} high, by turn"
    if "+" in drawn.bars:
        note += ", + joy or gratitude"
    if drawn.per_column > 1:
        note += f"; a column holds up to {drawn.per_column} customer turns: the highest and the worst of them"
    canvas.heading("The customer's intensity", note)
    for row in (drawn.bars, drawn.marks):
        canvas.write(row, indent=4) if row else canvas.blank()
    canvas.write(styled((drawn.turns, "quiet")), indent=4)
    canvas.blank()


def _told(canvas: Canvas, audit: Audit) -> None:
    """The curve in words: `turn 3: 0.9, partial`."""
    parts = []
    for index, judged in enumerate(audit.turns):
        found = judged.opportunity
        if found is not None and judged.turn.spoken:
            outcome = f", {found.outcome}" if found.outcome and not found.pleasant else ""
            parts.append(f"turn {index}: {found.intensity:.1f}{outcome}")
    if parts:
        canvas.heading("The customer's intensity", "from 0 to 1")
        canvas.write("; ".join(parts), indent=4)
        canvas.blank()
