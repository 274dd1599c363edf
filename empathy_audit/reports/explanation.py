"""`explain FILE --turn N`: why a turn was judged as it was, from the steps that an audit keeps when asked to.

Which entry fired on which words, which guard dropped what, what each was worth, how the reply was read, what would
have changed the outcome, and how the conversation's score came about.
"""

from __future__ import annotations

from collections.abc import Sequence

from empathy_audit.errors import InputError
from empathy_audit.model.audit import Audit, Opportunity, Step
from empathy_audit.reports.base import View
from empathy_audit.reports.blocks import block, next_answer, response_to
from empathy_audit.reports.places import place
from empathy_audit.reports.quoting import excerpt
from empathy_audit.reports.terminal.canvas import Canvas, quoted, shown, styled
from empathy_audit.reports.wording import MARKS, REPLIES, feeling, figure, reason, tally

_SECTIONS: tuple[tuple[str, str], ...] = (
    ("hit", "What fired"),
    ("dropped", "What fired and was dropped"),
    ("signal", "Learned signals"),
    ("opportunity", "Opportunity"),
    ("reply", "How the answer was read"),
)
_SILENT = {
    "bot": "A bot's turn: shown, never judged, and no answer to anything.",
    "system": "A system line: shown, never judged.",
    "unknown": "It is not known who speaks here, so the turn is not judged; say with --agent or --customer NAME.",
}


def explanation(audit: Audit, turn: int, view: View) -> str:
    """The reasoning about turn `turn` (0-based) of an audit made with `explain=True`.

    Raises InputError for a turn that is not there.
    """
    if not 0 <= turn < len(audit.turns):
        last = len(audit.turns) - 1
        there = f"turns count from 0 to {last}" if last >= 0 else "it has no turns"
        raise InputError(f"there is no turn {turn}; {there}; choose one of them with --turn", audit.transcript.source)
    canvas = Canvas(view)
    _head(canvas, audit, turn)
    judged = audit.turns[turn]
    if not judged.turn.spoken:
        canvas.write(
            _SILENT.get(judged.turn.role, "An internal note: the customer never saw it, so it is not judged."), indent=2
        )
        canvas.blank()
    elif judged.turn.role == "customer":
        _customer(canvas, audit, turn)
    else:
        _agent(canvas, audit, turn)
    _score(canvas, audit)
    return canvas.text()


def what_would_change(audit: Audit, turn: int) -> tuple[str, ...]:
    """Sentences on what would have given the opportunity of turn `turn` another outcome; none where there is none."""
    found = audit.turns[turn].opportunity
    if found is None:
        return ()
    if found.outcome is None:
        stronger = [at for at in block(audit, turn) if at != turn and (o := audit.turns[at].opportunity) and o.outcome]
        where = f", turn {stronger[0]}" if stronger else ""
        return (f"Nothing here: the opportunity of this block sits on its strongest turn{where}.",)
    feeling_ = found.emotion or "concern"
    if found.outcome == "open":
        return ("An agent's turn after it: nobody answered, so it is shown and neither counted nor charged.",)
    acknowledge = f"Naming the {feeling_}, or what happened to the customer, in the answer would have made it met."
    if found.outcome == "met":
        return _met(audit, turn)
    if found.outcome == "delayed":
        first = next_answer(audit, turn)
        return (f"The same acknowledgement in the first answer (turn {first}) would have made it met.",)
    if found.outcome == "partial":
        return (acknowledge,)
    answer = response_to(audit, turn)
    dismissed = ", without the words that dismiss," if answer and answer[1].reply == "dismiss" else ","
    return (
        acknowledge,
        f"A question about the problem, or a step that solves it{dismissed} would have made it partial.",
        "An acknowledgement in a later answer, within the rubric's window, would have made it delayed.",
    )


def _met(audit: Audit, turn: int) -> tuple[str, ...]:
    answer = response_to(audit, turn)
    if answer is None:
        return ()
    _, response = answer
    out = ["Without the words that acknowledge it the answer would have been partial at best."]
    if response.level == 3:
        out.append("A question about it or a commitment in the same answer would have raised level 3 to 4.")
    if response.level in (3, 4):
        out.append(f"Saying that the customer's view is legitimate would have raised level {response.level} to 5.")
    return tuple(out)


def _head(canvas: Canvas, audit: Audit, turn: int) -> None:
    spoken = audit.turns[turn].turn
    canvas.rule(f"turn {turn} of {shown(audit.transcript.id, 60)}")
    who = " ".join(part for part in (spoken.role, shown(spoken.speaker or "", 40)) if part)
    canvas.write(styled((f"{who} · {shown(place(audit.transcript, turn))}", "quiet")), indent=2)
    canvas.blank()
    spans = [(e.start, e.end) for step in _steps(audit, "hit", (turn,)) for e in step.evidence]
    canvas.write(quoted(excerpt(spoken.text, spans, limit=1200)), indent=2)
    canvas.blank()


def _customer(canvas: Canvas, audit: Audit, turn: int) -> None:
    found = audit.turns[turn].opportunity
    for kind, title in _SECTIONS[:3]:
        _section(canvas, audit, title, _steps(audit, kind, (turn,)))
    if found is None:
        canvas.heading("Opportunity")
        canvas.write("None: no cue opened one.", indent=4)
        _list(canvas, audit, _steps(audit, "opportunity", (turn,)))
        canvas.blank()
        return
    canvas.heading("Opportunity")
    canvas.write(_opportunity(found), indent=4, lead=f"{MARKS[found.outcome]} " if found.outcome else "")
    _list(canvas, audit, _steps(audit, "opportunity", (turn,)))
    canvas.blank()
    answer = response_to(audit, turn)
    if answer is not None:
        _reply(canvas, audit, answer[0], turn)
    _change(canvas, audit, turn)


def _agent(canvas: Canvas, audit: Audit, turn: int) -> None:
    for kind, title in _SECTIONS[:3]:
        _section(canvas, audit, title, _steps(audit, kind, (turn,)))
    if not any(_steps(audit, kind, (turn,)) for kind in ("hit", "dropped")):
        canvas.heading("What fired")
        canvas.write("Nothing: no entry of the rubric recognised words of this turn.", indent=4)
        canvas.blank()
    members = block(audit, turn)
    carrier = next((at for at in members if audit.turns[at].response), None)
    if carrier is None:
        canvas.heading("How the answer was read")
        canvas.write("No opportunity waited for this turn's block, so it answers none.", indent=4)
        _list(canvas, audit, _steps(audit, "reply", members))
        canvas.blank()
        return
    response = audit.turns[carrier].response
    assert response is not None  # noqa: S101 (chosen for having one)
    _reply(canvas, audit, carrier, turn)
    found = audit.turns[response.to].opportunity
    if found is not None:
        canvas.heading("Opportunity that it answers", f"turn {response.to}")
        spans = [(e.start, e.end) for e in found.evidence]
        canvas.write(quoted(excerpt(audit.turns[response.to].turn.text, spans)), indent=4)
        canvas.write(_opportunity(found), indent=4, lead=f"{MARKS[found.outcome]} " if found.outcome else "")
        canvas.blank()
        _change(canvas, audit, response.to)


def _reply(canvas: Canvas, audit: Audit, first: int, head: int) -> None:
    """The answering block: its words unless they head the page, its class and level, and how it got them."""
    response = audit.turns[first].response
    members = [at for at in block(audit, first) if at >= first]
    span = f"turn {first}" if len(members) == 1 else f"turns {first} to {members[-1]}"
    canvas.heading("How the answer was read", span)
    for at in () if members == [head] else members:
        spans = [(e.start, e.end) for tag in audit.turns[at].tags for e in tag.evidence]
        name = shown(audit.turns[at].turn.speaker or "Agent", 20)
        canvas.write(styled((f"{name}: ", "quiet")) + quoted(excerpt(audit.turns[at].turn.text, spans)), indent=4)
    if response is not None:
        canvas.write(
            f"The agent {REPLIES[response.reply]}: reply class {response.reply}, level {response.level} of 5.", indent=4
        )
    _list(canvas, audit, _steps(audit, "reply", (*members, *({response.to} if response else ()))))
    canvas.blank()


def _change(canvas: Canvas, audit: Audit, turn: int) -> None:
    sentences = what_would_change(audit, turn)
    if sentences:
        canvas.heading("What would have changed the outcome")
        for sentence in sentences:
            canvas.write(sentence, indent=4, lead="- ")
        canvas.blank()


def _score(canvas: Canvas, audit: Audit) -> None:
    scores = audit.scores
    overall = f"not enough evidence: {reason(scores.reason)}" if scores.overall is None else figure(scores.overall)
    canvas.heading("Score of the conversation")
    canvas.write(overall, indent=4)
    if scores.opportunities.counted or scores.opportunities.open:
        canvas.flow(tally(scores.opportunities), indent=4)
    _list(canvas, audit, [step for step in audit.steps if step.kind == "score"])


def _opportunity(found: Opportunity) -> str:
    outcome = found.outcome or "stands behind a stronger turn of its block"
    return f"{feeling(found)}, intensity {found.intensity:g}: {outcome}"


def _section(canvas: Canvas, audit: Audit, title: str, steps: Sequence[Step]) -> None:
    if steps:
        canvas.heading(title)
        _list(canvas, audit, steps)
        canvas.blank()


def _list(canvas: Canvas, audit: Audit, steps: Sequence[Step]) -> None:
    for step in steps:
        line = styled((shown(step.entry, 60), "evidence"))
        for words in _words(audit, step):
            line.append(f" “{words}”")
        if step.text:
            line.append(f": {shown(step.text, 600)}" if line.plain else shown(step.text, 600))
        canvas.write(line, indent=4, lead="- ")


def _words(audit: Audit, step: Step) -> list[str]:
    if step.about is None or not 0 <= step.about < len(audit.turns):
        return []
    text = audit.turns[step.about].turn.text
    return [excerpt(text[e.start : e.end], limit=120).text for e in step.evidence]


def _steps(audit: Audit, kind: str, about: Sequence[int]) -> list[Step]:
    return [step for step in audit.steps if step.kind == kind and step.about in about]
