"""A rubric made ready for macros."""

from __future__ import annotations

from empathy_audit.judgement.tagging import Entries
from empathy_audit.language.identification import is_foreign_to
from empathy_audit.language.reader import Reader
from empathy_audit.language.rewriting import Rewriter
from empathy_audit.linting.checks import checked, counter_words
from empathy_audit.linting.drafts import Draft, settle
from empathy_audit.linting.entries import entries
from empathy_audit.linting.needs import fulfilled, lacks
from empathy_audit.linting.sight import Seen, see
from empathy_audit.linting.situations import situation_of, unknown_names
from empathy_audit.model.macro import Macro, MacroResult, Situation, Unjudged
from empathy_audit.model.macro_rules import MISSING, MacroCheck, MacroRules
from empathy_audit.model.rubric import Rubric


class Linter:
    """`lint` is a pure function of the macro; the rubric is compiled once.

    A rubric without `macros:` still finds its counter-empathic words, and a reader's problems are told in any case.

    Raises:
        MissingPackageError: something to look for needs a spaCy model that is not installed.
    """

    def __init__(self, rubric: Rubric) -> None:
        self._rules = rubric.macros or MacroRules()
        looked_for = entries(rubric, self._rules)
        self._language = rubric.language
        self._entries = Entries.of(looked_for)
        self._reader = Reader(looked_for)
        self._rewriters = {check.id: Rewriter(check.fix) for check in self._rules.checks if check.fix}
        # What a check looks for is told by that check, with its own conditions.
        taken = {name for check in self._rules.checks for name in check.uses}
        self._counter = tuple(entry for entry in rubric.counter if entry.id not in taken)

    def lint(self, macro: Macro) -> MacroResult:
        """What was found in one macro: only how it is written where it has no words, or is in another language."""
        problems = [
            Draft(p.code, "error", 1.0, p.message, p.suggestion, (p.start, p.end), macro.original[p.start : p.end])
            for p in macro.problems
        ]
        unjudged = self._unjudged(macro)
        if unjudged is not None:
            return MacroResult(macro, None, settle(macro, problems), unjudged)
        seen = see(macro, self._reader, self._entries)
        situation = situation_of(macro, self._rules, seen)
        found = self._found(macro, seen, situation)
        return MacroResult(macro, situation, settle(macro, [*problems, *unknown_names(macro, self._rules), *found]))

    def entries_in(self, macro: Macro) -> frozenset[str]:
        """Ids of the rubric's situations, needs and checks that stand in a macro, needs being what it fulfils; for checking examples."""
        seen = see(macro, self._reader, self._entries)
        needs = {n.id for n in self._rules.needs for branch in seen.branches if fulfilled(n, branch)}
        result = self.lint(macro)
        situation = {result.situation.id} if result.situation is not None else set()
        return frozenset((*needs, *situation, *(finding.code for finding in result.findings)))

    def _found(self, macro: Macro, seen: Seen, situation: Situation | None) -> list[Draft]:
        missing = list(lacks(macro, situation, self._rules, seen)) if situation is not None else []
        told = {draft.code.removeprefix(MISSING) for draft in missing}
        here = situation.id if situation is not None else None
        checks = [c for c in self._rules.checks if _applies(c, here) and not told.intersection(c.told_by)]
        drafts: list[Draft] = []
        for branch in seen.branches:
            drafts += counter_words(macro, branch, self._counter)
            for check in checks:
                drafts += checked(macro, branch, check, self._rewriters.get(check.id))
        codes = {draft.code for draft in drafts}
        covered = {MISSING + need for check in checks if check.id in codes for need in check.tells}
        return [*(draft for draft in missing if draft.code not in covered), *drafts]

    def _unjudged(self, macro: Macro) -> Unjudged | None:
        if not any(map(str.isalpha, "".join(branch.text for branch in macro.branches))):
            return "no-words"
        texts = (branch.text for branch in macro.branches)
        return "language" if is_foreign_to(self._language, macro.language, texts) else None


def _applies(check: MacroCheck, situation: str | None) -> bool:
    return situation not in check.outside and (not check.inside or situation in check.inside)
