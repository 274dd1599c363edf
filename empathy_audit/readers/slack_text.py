"""Slack's own mark-up as plain text.

Hi <@U1>, see <https://example.org/a|the form> in <#C1|support> &amp; tell us
Hi @Dana, see the form in #support & tell us
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

_LINK = re.compile(r"<([@#!]?)([^<>|\n]{1,2000})(?:\|([^<>\n]{0,2000}))?>")


def plain(text: Any, names: Mapping[str, str]) -> str:
    """The text as people see it; `names` are those of people by id."""
    if not isinstance(text, str):
        return ""

    def shown(found: re.Match[str]) -> str:
        mark, target, label = found.groups()
        if mark == "@":
            return "@" + (label or names.get(target, target)).removeprefix("@")
        if mark == "#":
            return "#" + (label or target)
        if mark == "!":
            return "@" + (label or target.partition("^")[0]).removeprefix("@")
        return label or target.removeprefix("mailto:")

    # Only what is left after the mark-up is somebody's own text, in which these three signs are written out.
    return html.unescape(_LINK.sub(shown, text))
