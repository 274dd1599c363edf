"""What a reply to a situation must hold and does not."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_audit.linting.drafts import Draft
from empathy_audit.linting.entries import CHECK, NEED
from empathy_audit.linting.sight import Seen, SeenBranch
from empathy_audit.model.macro import Macro, Situation
from empathy_audit.model.macro_rules import MISSING, MacroRules, MacroSituation, Must, Need


def fulfilled(need: Need, branch: SeenBranch) -> bool:
    """Whether the branch holds what the need asks for, in words of its own or, where the need allows it, in a blank."""
    if need.blank_may_hold and branch.has_blank:
        return True
    void = [at for id_ in need.not_within for name in (id_, CHECK + id_) for at in branch.places(name)]
    return any(
        not any(other.start < at.end and at.start < other.end for other in void)
        for name in (NEED + need.id, *need.tags)
        for at in branch.by_tag.get(name, ())
    )


def lacks(macro: Macro, situation: Situation, rules: MacroRules, seen: Seen) -> Iterator[Draft]:
    """One draft for each need of the situation that some branch lacks; pieces of a few words are left to whoever builds on them."""
    rule = next(s for s in rules.situations if s.id == situation.id)
    needs = {need.id: need for need in rules.needs}
    whole = [branch for branch in seen.branches if len(branch.words) >= max(1, rules.minimum_words)]
    for must in rule.must:
        need = needs.get(must.need)
        if need is None:  # turned off
            continue
        lacking = [branch for branch in whole if not fulfilled(need, branch)]
        if lacking:
            yield _draft(macro, rule, need, must, situation.confidence, _where(lacking, whole))


def _where(lacking: list[SeenBranch], whole: list[SeenBranch]) -> str:
    """Which branches it is about; nothing where it is all of them."""
    if len(lacking) == len(whole):
        return ""
    decisions = lacking[0].branch.when
    return f" (when {', '.join(decisions)})" if decisions else ""


def _draft(macro: Macro, rule: MacroSituation, need: Need, must: Must, confidence: float, where: str) -> Draft:
    emotion = (macro.emotion or "").strip().lower() or rule.emotion or ""
    wordings = need.suggestions.get(emotion) or need.suggestions.get("any") or ("",)
    message = need.message.replace("{situation}", rule.title).replace("{emotion}", emotion or "distress")
    return Draft(
        MISSING + need.id,
        must.severity or need.severity,
        confidence * need.confidence,
        message + where,
        must.suggestion or wordings[0],
    )
