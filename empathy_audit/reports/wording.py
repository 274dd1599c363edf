"""How outcomes, replies, reasons and figures are put for people: a shape and a word for each, never a colour alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from empathy_audit.model.audit import Finding, Opportunity, Outcome, OutcomeCounts, Ratios, Reply
from empathy_audit.reports.visible import visible

MARKS: Mapping[Outcome, str] = {"met": "●", "delayed": "◑", "partial": "◐", "missed": "○", "open": "·"}

REPLIES: Mapping[Reply, str] = {
    "ack": "acknowledged it",
    "ask": "asked, without acknowledging it",
    "solve": "went on to solve, without acknowledging it",
    "ignore": "did not respond to it",
    "dismiss": "dismissed it",
}

TREATED: Mapping[Reply, str] = {
    "ack": "acknowledged",
    "ask": "only asked",
    "solve": "went on to solve",
    "ignore": "not responded to",
    "dismiss": "dismissed",
}

REASONS: Mapping[str, str] = {
    "no-agent": "there is no agent turn to judge",
    "no-customer": "there is no customer turn to answer",
    "unknown-roles": "it is not known who is the agent; name them with --agent NAME or --customer NAME",
    "no-opportunity": "nothing the customer said called for empathy",
    "too-little-evidence": "too little was said to judge fairly",
    "language": "it is not in the rubric's language",
}

NO_FIGURE = "–"


def figure(score: float | None) -> str:
    """A score with one decimal, `–` without one. Rounded down, so that nothing seems to reach a bar that it missed."""
    return NO_FIGURE if score is None else f"{math.floor(score * 10 + 1e-6) / 10:.1f}"


def plural(count: int, noun: str, nouns: str = "") -> str:
    """`1 turn`, `2 turns`."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def reason(why: str | None) -> str:
    """Why there is no score, in words; a reason that is not known here as it stands."""
    return REASONS.get(why or "", visible(why or "no reason was given"))


def spaced(identifier: str) -> str:
    """An id as words: `open-questions` → `open questions`."""
    return identifier.replace("-", " ").replace("_", " ")


def tally(counts: OutcomeCounts) -> list[str]:
    """`● 2 met`, `◑ 0 delayed`, `◐ 1 partial`, `○ 1 missed`, and `· 1 open` where there is one.

    It is the legend of the marks as well.
    """
    parts = [f"{mark} {getattr(counts, outcome):,} {outcome}" for outcome, mark in MARKS.items() if outcome != "open"]
    if counts.open:
        parts.append(f"{MARKS['open']} {counts.open:,} open")
    return parts


def feeling(opportunity: Opportunity) -> str:
    """`explicit anger`, `implicit concern`."""
    return f"{opportunity.kind} {opportunity.emotion or 'concern'}"


def advised(finding: Finding) -> str:
    """What is wrong, and a better wording if there is one, as one text for machines that show a single one."""
    return finding.message + (f". {finding.suggestion}" if finding.suggestion else "")


def ratios(of: Ratios) -> Iterator[str]:
    """The ratios that there is something to reckon from: `0.50 reflections per question`."""
    if of.reflections_per_question is not None:
        yield f"{of.reflections_per_question:.2f} reflections per question"
    if of.open_question_share is not None:
        yield f"{of.open_question_share:.0%} of the questions open"
    if of.agent_word_share is not None:
        yield f"{of.agent_word_share:.0%} of the words by the agent"


def keys(identifiers: Iterable[str]) -> dict[str, str]:
    """A short key for each id, for narrow columns: initials of several words, else the first two letters.

    A figure tells a second one of the same letters apart.
    """
    out: dict[str, str] = {}
    for identifier in identifiers:
        words = visible(spaced(identifier)).split() or ["?"]
        key = "".join(word[0] for word in words[:3]) if len(words) > 1 else words[0][:2]
        key = key.upper()
        taken = sum(1 for other in out.values() if other.rstrip("0123456789") == key)
        out[identifier] = f"{key}{taken + 1}" if taken else key
    return out
