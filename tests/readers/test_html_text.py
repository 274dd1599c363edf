"""HTML bodies as text: what a reader of the message sees its sender say."""

from __future__ import annotations

import time

import pytest
from empathy_audit.readers.html_text import body_text, html_text

HOSTILE = (
    "<", "<a ", "<a b=\"", "<a b='c\" ", "<a/", "<a b=c ", "</a ", "<!", "<!--", "<![", "<![CDATA[", "<?", "&#", "&a",
    "<script>", "<script></", "<style ", "<div>", "<blockquote>", "<pre>\n", "\n\n<br>", "<p hidden>", "<a\n=", "<title ",
    "<p class=", "<p class='gmail_quot", "&#99999999999999999999", "</svg ", "<a title='>'", "display :", "x&nbsp;",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_no_faster_than_the_input_whatever_it_is(piece: str) -> None:
    begun = time.process_time()
    html_text(piece * (400_000 // len(piece)))
    html_text("<p " + piece * (400_000 // len(piece)) + ">")
    assert time.process_time() - begun < 4


def test_numbers_that_no_character_has_are_a_replacement_character() -> None:
    assert html_text("a&#" + "9" * 10_000 + ";b&#xD800;c&#65;&#x42;") == "a\ufffdb\ufffdcAB"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("   \n ", ""),
        ("no markup", "no markup"),
        ("one<br>two<BR/>three<br />four", "one\ntwo\nthree\nfour"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<p>one</p>\n\n  <p>two\n and a half</p>", "one\ntwo and a half"),
        ("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
        ("one<br><br><br><br><br>two", "one\n\ntwo"),
        ("<ul><li>first</li><li>second</li></ul>after", "first\nsecond\nafter"),
        ("<table><tr><td>Order</td><td>17</td></tr><tr><td>Paid</td><td>yes</td></tr></table>", "Order 17\nPaid yes"),
        ("<b>bo</b>ld and <a href='http://x/?a=1>2'>link</a>", "bold and link"),
        ("Tom &amp; Ann &lt;3 &quot;x&quot; it&#39;s&nbsp;&nbsp; fine&hellip;", 'Tom & Ann <3 "x" it\'s fine…'),
        ("I <3 you, 2 < 3 and 4 > 1 & so on", "I <3 you, 2 < 3 and 4 > 1 & so on"),
        ("write to <lee@example.org> or <https://example.org/a>", "write to <lee@example.org> or <https://example.org/a>"),
        ("<pre>a\n  b\r\nc</pre>d", "a\n  b\nc\nd"),
        ("<o:p>&nbsp;</o:p>text", "text"),
        ("cut in the middle of <a href=", "cut in the middle of <a href="),
        ('<p class="open>still here</p>', "still here"),
    ],
)  # fmt: skip
def test_blocks_and_breaks_are_lines_and_entities_characters(source: str, text: str) -> None:
    assert html_text(source) == text


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>if (a < b) say('</p>hello')</script>",
        "<style type='text/css'>p { color: red }</style>",
        "<!-- a <b>comment</b> -->",
        "<!DOCTYPE html>",
        "<![if !mso]>",
        "<?xml version='1.0'?>",
        "<head><meta charset=utf-8><title>Mail</title></head>",
        "<img src='data:image/png;base64,AAAA' alt='logo'>",
        "<svg><text>shape</text></svg>",
        "<span style='color:red; display:none'>preview<span>inner</span></span>",
        "<div hidden>secret</div>",
        "<video src=x>no video</video>",
    ],
)
def test_what_nobody_sees_is_dropped(unseen: str) -> None:
    assert html_text(f"before {unseen}after") in ("before after", "before\nafter")


@pytest.mark.parametrize(
    "quote",
    [
        '<blockquote class="gmail_quote">old<blockquote>older</blockquote>old</blockquote>',
        '<div class="gmail_quote gmail_quote_container"><div class="gmail_attr">On Monday Lee wrote:</div>old</div>',
        '<blockquote type="cite"><div>old</div></blockquote>',
        '<div class="moz-cite-prefix">On Monday Lee wrote:</div>',
        '<div id="ydp1" class="yahoo_quoted">old</div>',
        '<div class="freshdesk_quote"><blockquote>old</blockquote></div>',
        "<div class=protonmail_quote>old</div>",
    ],
)
def test_the_mail_that_is_answered_is_dropped_and_what_follows_is_kept(quote: str) -> None:
    assert html_text(f"<div>answer</div>{quote}<div>below</div>") == "answer\nbelow"


def test_after_outlooks_divider_everything_is_the_older_mail() -> None:
    source = '<p>answer</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Lee</div><p>old</p>'
    assert html_text(source) == "answer"


def test_another_quotation_stays_and_is_marked() -> None:
    source = "<p>You wrote</p><blockquote>no refund<br>ever<blockquote>why</blockquote></blockquote><p>Why?</p>"
    assert html_text(source) == "You wrote\n> no refund\n> ever\n> > why\nWhy?"


def test_a_body_that_is_plain_text_keeps_its_lines() -> None:
    assert body_text(" one\n two <lee@example.org>\n\n\nthree ") == "one\n two <lee@example.org>\n\n\nthree"
    assert body_text("one\ntwo<br>three") == "one two\nthree"
    assert body_text("Tom &amp; Ann") == "Tom & Ann"
