"""For people: each macro with something to act on, its findings with the words in their line, and a count.

macros/shop.yaml
  shop-refund-declined-cold · a declined refund (90 %: its title has “Refund::Declined”)

  8:71  ◐ warning  policy-wall
        puts a policy where an answer to a person belongs: “As per our policy”
      → Say what the rule is for and what can be done: ...

26 macros in 3 files: 3 errors, 12 warnings, 9 suggestions; 6 can be mended by --fix
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from textwrap import wrap

from empathy_audit.model.audit import Severity
from empathy_audit.model.lint import LintBatch, LintedFile, LintedMacro, LintFinding
from empathy_audit.reports.base import View
from empathy_audit.reports.lint.base import LintReport, failures
from empathy_audit.reports.visible import visible
from empathy_audit.reports.wording import plural

_SIGNS: dict[Severity, str] = {"error": "●", "warning": "◐", "suggestion": "○"}
_COLORS: dict[Severity, str] = {"error": "31", "warning": "33", "suggestion": "36"}
_INDENT = 10


def render(batch: LintBatch, view: View) -> str:
    """The whole report; the count alone where nothing was found."""
    lines: list[str] = []
    for file in batch.files:
        lines += _file(file, view)
    for name, finding in batch.notes:
        lines += [_bold(visible(name), view), *_finding(finding, view), ""]
    for failure in failures(batch):
        told = visible(f"{failure.source}: {failure.kind}: {failure.message}")
        lines += [_paint(line, "31", view) for line in wrap(told, max(20, view.width), subsequent_indent="  ")]
    return "".join(f"{line}\n" for line in (*lines, *counted(batch)))


def counted(batch: LintBatch) -> Iterator[str]:
    """What was looked at and found, in a line or two."""
    findings = [finding for _, finding in batch.findings]
    macros = sum(len(file.macros) for file in batch.files)
    by = [plural(sum(f.severity == s for f in findings), s) for s in ("error", "warning", "suggestion")]
    broken = len(failures(batch))
    told = ", ".join(by) if findings else "nothing found"
    if broken:
        told = f"{plural(broken, 'failure')}; {told} in the rest" if macros else plural(broken, "failure")
    fixable = sum(f.edit is not None and f.edit.safe for f in findings)
    more = f"; {fixable} can be mended by --fix" if fixable else ""
    yield f"{plural(macros, 'macro')} in {plural(len(batch.files), 'file')}: {told}{more}"
    aside = [f"{count} {what}" for count, what in ((batch.waived, "waived"), (batch.known, "in the baseline")) if count]
    unjudged = sum(macro.unjudged is not None for file in batch.files for macro in file.macros)
    aside += [f"{plural(unjudged, 'macro')} not judged: no words, or another language"] if unjudged else []
    if aside:
        yield "; ".join(aside)


def _file(file: LintedFile, view: View) -> Iterator[str]:
    if not file.findings:
        return
    yield _bold(visible(file.name), view)
    macros = {macro.id: macro for macro in file.macros}
    for id_, group in groupby(file.findings, key=lambda finding: finding.macro):
        yield from _head(macros.get(id_), id_, view)
        for finding in group:
            yield from _finding(finding, view)
        yield ""


def _head(macro: LintedMacro | None, id_: str, view: View) -> Iterator[str]:
    told = visible(id_)
    if macro is not None and macro.situation is not None:
        found = macro.situation
        sure = found.why if found.confidence == 1 else f"{found.confidence:.0%}: {found.why}"
        told += f" · {visible(found.id)} ({visible(sure)})"
    yield from (f"  {line}" for line in wrap(told, max(20, view.width - 2)))


def _finding(finding: LintFinding, view: View) -> Iterator[str]:
    place = f"{finding.span.line}:{finding.span.column}"
    sign = "" if view.plain else f"{_SIGNS[finding.severity]} "
    level = f"{sign}{finding.severity}"
    code = visible(finding.code) + ("  --fix" if finding.edit is not None and finding.edit.safe else "")
    width = max(20, view.width - _INDENT)
    head = f"  {place:<7} {_paint(level, _COLORS[finding.severity], view)}"
    if len(f"  {place:<7} {level}  {code}") <= view.width:
        yield f"{head}  {code}"
    else:
        yield head
        yield from (" " * _INDENT + line for line in wrap(code, width))
    yield from _wrapped(finding.message, width, "")
    if finding.suggestion:
        arrow = "instead: " if view.plain else "→ "
        yield from _wrapped(arrow + finding.suggestion, width, "" if view.plain else "  ")


@lru_cache(maxsize=4096)  # a library says the same of many macros
def _wrapped(text: str, width: int, follow: str) -> tuple[str, ...]:
    return tuple(" " * _INDENT + line for line in wrap(visible(text), width, subsequent_indent=follow))


def _bold(text: str, view: View) -> str:
    return _paint(text, "1", view)


def _paint(text: str, style: str, view: View) -> str:
    text = visible(text)
    return f"\x1b[{style}m{text}\x1b[0m" if view.color else text


FULL = LintReport("full", ".txt", "for people: each finding with its words, why, and what to write instead", render)
