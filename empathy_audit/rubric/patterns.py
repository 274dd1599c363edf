"""What is wrong with the patterns of an entry: word lists that are not there, and regexes that google-re2 refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from empathy_audit.model.words import STRAY_STAR, expand, list_names
from empathy_audit.rubric.problems import Problem, shown, unknown
from empathy_audit.rubric.token_patterns import dependency_problems, token_problems
from empathy_audit.rubric.tree import Node, mapping, sequence, text

_MEMORY = 256 << 20  # bytes; a regex over long word lists takes more than re2's 8 MB
WordLists = Mapping[str, tuple[str, ...]]


def pattern_problems(entry: Mapping[str, Node], words: WordLists, *, of_customers: bool) -> Iterator[Problem]:
    """Every mistake in the patterns of an entry, those under `unless` included.

    `of_customers`: the entry is a cue, whose turns have no customer before them that could be echoed.
    """
    for key in ("any", "unless"):
        for node in sequence(entry.get(key)):
            pattern = mapping(node)
            for phrase in sequence(pattern.get("phrases")):
                yield from _phrase_problems(phrase, words)
            if "regex" in pattern:
                yield from _regex_problems(pattern["regex"], pattern.get("case"), words)
            yield from token_problems(pattern.get("tokens"))
            yield from dependency_problems(pattern.get("dependency"))
            if of_customers and "echo" in pattern:
                message = "a cue cannot echo: the words that come back are the customer's own; expected another kind"
                yield Problem(pattern["echo"].key_place, message)


def stray_stars(item: Node) -> Iterator[Problem]:
    """A `*` inside or before a word, which is no wildcard."""
    if STRAY_STAR.search(text(item) or ""):
        what = f"the '*' in {shown(item.value)} ends no word"
        yield Problem(item.place, f"{what}; expected it at the end, as in 'frustrat*'; a regex can say more")


def _phrase_problems(phrase: Node, words: WordLists) -> Iterator[Problem]:
    yield from stray_stars(phrase)
    yield from _unknown_lists(phrase, words, literal=True)


def _unknown_lists(node: Node, words: WordLists, *, literal: bool) -> Iterator[Problem]:
    for name in dict.fromkeys(list_names(text(node) or "", literal=literal)):
        if name not in words:
            yield Problem(node.place, unknown("word list", name, words))


def _regex_problems(node: Node, case: Node | None, words: WordLists) -> Iterator[Problem]:
    pattern = text(node)
    if not pattern or not pattern.strip():
        return
    unknown_lists = tuple(_unknown_lists(node, words, literal=False))
    yield from unknown_lists
    refused = (
        None
        if unknown_lists
        else refusal(expand(pattern, words, literal=False), case is not None and case.value is True)
    )
    if refused:
        yield Problem(node.place, f"the regex {shown(pattern)} {refused}")


def refusal(pattern: str, case: bool) -> str | None:
    """Why google-re2 does not take the pattern, in its own words."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = case
    options.max_mem = _MEMORY
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0]
        said = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        what = f"is refused by google-re2: {shown(said)[1:-1]}"
        return f"{what}; expected its syntax, without look-around and back-references"
    if compiled.search("") is not None:
        return "finds the empty text, so everything; expected a regex that needs at least one character"
    return None
