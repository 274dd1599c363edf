"""The HTML report as text: the same bytes each time, hostile words escaped, a policy whose hashes are those of what stands in the page."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

from empathy_audit.reports import View, report
from empathy_audit.reports.html import pages

from tests.build import batch
from tests.reports.cases import broadband
from tests.reports.elsewhere import everything, with_figures


def page() -> str:
    one = report("html")
    assert one is not None
    return str(one.render(with_figures(everything()), View()))


def test_it_is_the_same_each_time() -> None:
    assert page() == page()


def test_the_policy_allows_what_stands_in_the_page_and_nothing_else() -> None:
    text = page()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None

    def hashed(tag: str) -> str:
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        return base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()

    allowed = policy[1].replace("&#39;", "'").split("; ")
    assert allowed == [
        "default-src 'none'",
        f"style-src 'sha256-{hashed('style')}'",
        f"script-src 'sha256-{hashed('script')}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert (
        re.findall(r"\son\w+=|\sstyle=|javascript:", re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL))
        == []
    )


def test_control_characters_are_shown_as_text() -> None:
    assert re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", page()) == []


def test_many_conversations_are_pages_of_a_folder_and_none_is_lost() -> None:
    many = tuple(
        replace(one, transcript=replace(one.transcript, id=f"c-{number}"))
        for number, one in enumerate([broadband()] * (pages.INLINE + pages.A_PAGE + 1))
    )
    found = dict(pages.folder(with_figures(batch(*many)), View()))
    assert list(found) == ["index.html", "conversations-0002.html", "conversations-0003.html"]
    anchors = [len(re.findall(r'<article[^>]* id="c\d+"', str(text))) for text in found.values()]
    assert anchors == [pages.INLINE, pages.A_PAGE, 1]
