"""What is wrong in a macro whatever it answers: the rubric's counter entries, and its checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from empathy_audit.language.readability import reading_ease
from empathy_audit.language.rewriting import Rewriter
from empathy_audit.linting.drafts import Draft
from empathy_audit.linting.entries import CHECK, NEED
from empathy_audit.linting.fixes import fix
from empathy_audit.linting.sight import SeenBranch
from empathy_audit.model.audit import Evidence
from empathy_audit.model.macro import Macro
from empathy_audit.model.macro_rules import MacroCheck
from empathy_audit.model.rubric import Counter


def counter_words(macro: Macro, branch: SeenBranch, entries: Iterable[Counter]) -> Iterator[Draft]:
    """Counter-empathic words, each place one draft, with the better wording of the rubric."""
    for entry in entries:
        for at in branch.by_entry.get(entry.id, ()):
            place = branch.branch.original(at.start, at.end)
            words = macro.original[slice(*place)]
            yield Draft(entry.id, entry.severity, entry.confidence, entry.message, entry.better, place, words)


def checked(macro: Macro, branch: SeenBranch, check: MacroCheck, rewriter: Rewriter | None) -> Iterator[Draft]:
    """What one check finds in one branch."""
    if any(branch.by_tag.get(name) for redeeming in check.redeemed_by for name in (redeeming, NEED + redeeming)):
        return
    if check.reading_ease is not None:
        yield from _hard_to_read(branch, check)
    places = _places(branch, check)
    if check.density is not None:
        yield from _dense(branch, check, places)
        return
    for at in places:
        place = branch.branch.original(at.start, at.end)
        words = macro.original[slice(*place)]
        rewrite = fix(macro, branch.branch, at, rewriter, safe=check.safe) if rewriter is not None else None
        message = check.message.replace("{words}", " ".join(words.split()))
        yield Draft(check.id, check.severity, check.confidence, message, check.suggestion, place, words, rewrite)


def _places(branch: SeenBranch, check: MacroCheck) -> tuple[Evidence, ...]:
    found = {at for name in (CHECK + check.id, *check.uses) for at in branch.places(name)}
    return tuple(sorted(found))


def _dense(branch: SeenBranch, check: MacroCheck, places: tuple[Evidence, ...]) -> Iterator[Draft]:
    least = check.density
    if least is None or len(places) < least.hits:
        return
    words = sum(len(branch.words_in(start, end)) for start, end in branch.segments_at(places))
    if words < least.share * len(branch.words):
        return
    message = check.message.replace("{figure}", str(len(places)))
    place = branch.branch.original(places[0].start, places[0].end)
    yield Draft(check.id, check.severity, check.confidence, message, check.suggestion, place)


def _hard_to_read(branch: SeenBranch, check: MacroCheck) -> Iterator[Draft]:
    limit = check.reading_ease
    if limit is None or len(branch.words) < limit.words:
        return
    sentences = [(branch.words_in(*place), place) for place in branch.sentences]
    ease = reading_ease([words for words, _ in sentences])
    if ease is None or ease >= limit.below:
        return
    # The sentence alone that reads hardest by the same formula would often be a salutation of one long name; the longest one is what to mend.
    _, (start, end) = max(sentences, key=lambda s: len(s[0]))
    text = branch.branch.text[start:end]
    start += len(text) - len(text.lstrip())
    message = check.message.replace("{figure}", f"{ease:.0f}")
    place = branch.branch.original(start, max(start + 1, end))
    yield Draft(check.id, check.severity, check.confidence, message, check.suggestion, place)
