"""How `rubric show` writes an entry: a head, named facts, patterns in one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from empathy_audit.model.rubric import Dependency, Echo, Pattern, Phrases, Regex, SignalUse, Tokens

_WORDINGS: tuple[tuple[type, Callable[..., str]], ...] = (
    (Phrases, lambda p: "phrases: " + "; ".join(p.phrases) + (" (inflected)" if p.inflect else "")),
    (Regex, lambda p: f"regex: {p.pattern}"),
    (Tokens, lambda p: f"tokens: {list(p.pattern)}"),
    (Dependency, lambda p: f"dependency: {list(p.pattern)}"),
    (Echo, lambda p: f"echo: {p.words} of the customer's words"),
    (SignalUse, lambda p: f"signal: {p.signal}, at least {p.at_least:g}"),
)


def pattern(one: Pattern) -> str:
    """A pattern in one line."""
    return next(wording(one) for kind, wording in _WORDINGS if isinstance(one, kind))


def lines(head: str, *facts: tuple[str, str]) -> str:
    """A head and named facts below it; facts without text are left out, a name stands once for those that share it."""
    from empathy_audit.reports import visible

    def written() -> Iterator[str]:
        yield visible(head)
        last = ""
        for name, text in facts:
            if text:
                yield f"  {'' if name == last else name:<11} {visible(text)}"
                last = name

    return "".join(f"{line.rstrip()}\n" for line in written())


def flat(text: str) -> str:
    """In one line."""
    return " ".join(text.split())
