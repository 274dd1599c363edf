"""HTML in a file: what a customer sees of it, each word at its place."""

from __future__ import annotations

import html
import json
import re

import pytest
from empathy_audit.macros import markup
from empathy_audit.macros.located import Located
from empathy_audit.readers.html_text import html_text
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.macros.build import one

PAGES = {
    "<p>Hi": "Hi",
    "<p>Hi <b": "Hi <b",
    "a < b & c": "a < b & c",
    "<p>Hi <attribute key='user.name'/>,</p><p>sorry.</p>": "Hi <attribute key='user.name'/>,\nsorry.",
    "<p>it&#39;s&nbsp;late&hellip; &lt;3</p>": "it's late… <3",
    "<p>one<br>two<br/><br/>three</p>": "one\ntwo\n\nthree",
    "<ul><li>one</li><li>two</li></ul>": "one\ntwo",
    "<script>no</script><style>p {}</style>yes": "yes",
    '<div style="display:none">hidden words</div>words': "words",
    "<blockquote>said</blockquote>": "> said",
    "<p>Hi<!-- waive: short --> there</p>": "Hi<!-- waive: short --> there",
    "<p>un<b>bel</b>ievable</p>": "unbelievable",
    "<a href='x y'>our page</a>": "our page",
    "&NotEqualTilde;x": "≂̸x",
    "\U000f0000\U000f0001 <p>x</p>": "\U000f0000\U000f0001\nx",
}


def page(text: str) -> Located:
    return markup.page(Located(text, ((0, 0),)))


@pytest.mark.parametrize("source", sorted(PAGES))
def test_what_is_seen_of_a_page(source: str) -> None:
    assert page(source).text == PAGES[source]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<br>",
                "<b>",
                "</b>",
                "<li>",
                "&",
                "&amp;",
                "&#39;",
                "<",
                ">",
                "word",
                "other",
                "é",
                "😀",
                "-",
                "<!--",
                "<script>",
                "</script>",
                " ",
                "\n",
                "\xa0",
                "\u2028",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_words_are_found_and_nothing_is_said_otherwise_than_for_transcripts(source: str) -> None:
    found = page(source)
    if "<!--" not in source:
        assert found.text == html_text(source)
    for word in re.finditer(r"word|other", found.text):
        at = found.offset(word.start())
        assert source[at : at + len(word[0])] == word[0]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_page(text: str) -> None:
    found = page(text)
    assert all(0 <= found.offset(at) <= len(text) for at in range(len(found.text)))
    assert (
        page("<p>" + html.escape(text) + "</p>").text.split() == html_text("<p>" + html.escape(text) + "</p>").split()
    )


def test_html_inside_json_keeps_lines_and_columns() -> None:
    body = '<div class="a">Hi <attribute key="user.name" default="there"/>,</div>\n<div>we&#39;re sorry\u2014really \u201csorry\u201d.</div>'
    content = json.dumps({"type": "macro", "id": "1", "name": "Late", "body": body}, indent=1)
    macro = one(content, "a.json")
    assert macro.branches[0].text == "Hi Alex,\nwe're sorry—really “sorry”."
    line, column = macro.place(macro.original.index("really"))
    assert content.split("\n")[line - 1][column - 1 :].startswith("really \\u201c")
