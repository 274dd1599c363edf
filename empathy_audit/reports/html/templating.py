"""The templates, and what keeps a page to itself: escaping, hidden characters as text, and a policy that forbids every request.

Whatever a template prints is first made harmless (reports/visible.py) and then escaped; nothing of a transcript is ever
markup. Styles and script are files of ours beside the templates, allowed by their hashes, which are of what stands in
the page. The script is the same in every page.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from empathy_audit.reports import wording
from empathy_audit.reports.visible import harmless

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = "templates"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates with the words and marks that they use. Jinja2 is loaded here."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=PackageLoader(__package__, _FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style, script = _asset("report.css"), _asset("report.js")
    made.globals.update(
        style=Markup(style),  # noqa: S704 (a file of ours)
        script=Markup(script),  # noqa: S704 (a file of ours)
        policy=policy(style, script),
        marks=wording.MARKS,
    )
    made.filters.update(
        figure=wording.figure, plural=wording.plural, spaced=wording.spaced, reason=wording.reason, percent=percent,
        ours=Markup,
    )  # fmt: skip
    return made


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page with that style and script: nothing is loaded, sent or framed."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def percent(share: float | None) -> str:
    """A share 0..1 as a whole percentage; what is not quite all or nothing never looks as if it were."""
    if share is None:
        return wording.NO_FIGURE
    whole = round(share * 100)
    if whole == 0 and share > 0:
        return "<1 %"
    return ">99 %" if whole == 100 and share < 1 else f"{whole} %"


def _shown(value: Any) -> Any:
    # Exactly str: Markup is a subclass, and is only ever made from what is ours.
    return harmless(value) if type(value) is str else value


def _asset(name: str) -> str:
    return files(__package__).joinpath(_FOLDER).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
