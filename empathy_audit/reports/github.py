"""Annotations of GitHub Actions: workflow commands that put a finding beside the line of the file in a pull request.

    ::error file=chats/broadband.txt,line=48,col=14,endColumn=31,title=emotion-missed::shown anger was ...%0AName it ...
    ::error file=broken.json,line=3,title=unreadable::broken.json:3: not JSON: ...

GitHub shows ten annotations a level and step, and fifty a job. So the gravest and surest come first, failures before
them, and where there are more than ten of a level a plain line in the log says how many are not shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from empathy_audit.model.audit import SEVERITIES, Batch, Failure, Finding, Severity
from empathy_audit.reports.base import Report, View
from empathy_audit.reports.locations import Location, location_of_failure, locations
from empathy_audit.reports.visible import harmless, visible
from empathy_audit.reports.wording import plural

SHOWN = 10
"""Annotations of one level that GitHub shows of a step."""

LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "suggestion": "notice"}


def render(batch: Batch, view: View) -> str:
    """One command a line; nothing where nothing was found."""
    locate = locations(batch, view.originals)
    found = [(finding, locate(audit, finding)) for audit in batch.audits for finding in audit.findings]
    found.sort(key=lambda pair: (-SEVERITIES.index(pair[0].severity), -pair[0].confidence))
    lines = [_failure(failure, location_of_failure(failure, view.originals)) for failure in batch.failures]
    lines += [_finding(*pair) for pair in found]
    levels = [*("error" for _ in batch.failures), *(LEVELS[finding.severity] for finding, _ in found)]
    return "".join(f"{line}\n" for line in (*lines, *not_shown(levels)))


def not_shown(levels: Iterable[str]) -> list[str]:
    """A line for each level of which GitHub shows only some."""
    count = Counter(levels)
    return [
        f"{plural(count[level] - SHOWN, f'{level} more', f'{level}s more')} than GitHub shows of one step; the log has them all"
        for level in ("error", "warning", "notice")
        if count[level] > SHOWN
    ]


def _finding(finding: Finding, where: Location) -> str:
    text = finding.message + (f"\n{finding.suggestion}" if finding.suggestion else "")
    return annotation(LEVELS[finding.severity], where, finding.code, text)


def _failure(failure: Failure, where: Location) -> str:
    return annotation("error", where, failure.kind, f"{failure.source}: {failure.message}")


def annotation(level: str, where: Location, title: str, text: str) -> str:
    """A workflow command: `level` is error, warning or notice."""
    properties = {"file": where.file}
    if where.line is not None:
        properties["line"] = str(where.line)
    if where.end_line is not None and where.end_line == where.line:
        # GitHub takes columns within one line alone.
        properties |= {"col": str(where.column), "endColumn": str(where.end_column)}
    properties["title"] = title
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level} {told}::{_data(harmless(text))}"


def _data(text: str) -> str:
    # As actions/toolkit's escapeData: the runner decodes exactly these.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    # As its escapeProperty.
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")


GITHUB = Report(
    name="github",
    suffix="",
    about="annotations of GitHub Actions, the gravest first: it shows ten a level",
    render=render,
)
