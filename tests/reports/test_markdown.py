"""Markdown: what strangers said stays text, whoever reads the Markdown; then whole texts."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from empathy_audit.model.audit import Audit, Batch, Failure
from empathy_audit.reports import View, report
from empathy_audit.reports.markdown_text import quoted, text
from empathy_audit.reports.quoting import Excerpt, excerpt
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.build import audit, batch, finding
from tests.reports.cases import BROKEN, EVIL_FAILURE, broadband, hostile, unscored
from tests.reports.elsewhere import with_figures
from tests.statistics.build import talk, team

MARKDOWN = report("markdown")
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def counted(*outcomes: Audit | Failure) -> Batch:
    return with_figures(batch(*outcomes))


def written(*outcomes: Audit | Failure, verbose: int = 0) -> str:
    assert MARKDOWN is not None
    made = MARKDOWN.render(counted(*outcomes), View(verbose=verbose))
    assert isinstance(made, str)
    return made


class Shown(HTMLParser):
    """The words and the tags that a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.tags = "", set[str]()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ("<script>alert(1)</script> & <img src=x>", "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;img src=x&gt;"),
        ("*a* _b_ `c` ~d~ [e](f) $g$ h|i \\", r"\*a\* \_b\_ \`c\` \~<!-- -->d\~ \[e\](f) \$g\$ h\|i \\"),
        ("@dana #12 !3 octo@cat.example", "@<!-- -->dana #<!-- -->12 !<!-- -->3 octo<!-- -->@<!-- -->cat.example"),
        ("https://evil.example www.evil.example", "https:<!-- -->//evil.example www<!-- -->.evil.example"),
        ("one\n# two\n- three\u202e\x1b", "one # two - three\\\\u202e\\\\x1b"),
        ("<!-- gone", "&lt;!-- gone"),
    ],
)
def test_what_was_said_calls_nobody_and_leads_nowhere(said: str, stays: str) -> None:
    assert text(said) == stays


ODD = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("*_`[]()<>#|~\\@!&$:/ \n")), max_size=80
)


@given(ODD)
def test_whatever_was_said_is_read_back_as_text(said: str) -> None:
    words = excerpt(f"x{said}x", [(1, 1 + len(said))])
    shown = Shown(READER.render(f"- a {quoted(words)} b"))
    assert shown.tags <= {"ul", "li", "b"}
    assert shown.words.strip() == f"a “{words.text}” b"


def test_evidence_is_bold_within_its_words() -> None:
    assert quoted(Excerpt("so* mad now", ((0, 3), (4, 7)))) == r"“<b>so\*</b> <b>mad</b> now”"
    assert quoted(Excerpt("plain")) == "“plain”"


def test_a_hostile_batch_is_text_alone() -> None:
    shown = Shown(READER.render(written(hostile(), unscored(), EVIL_FAILURE)))
    known = {"h1", "h2", "h3", "p", "b", "strong", "ul", "li", "ol", "table", "thead", "tbody", "tr", "th", "td"}
    assert shown.tags <= known | {"details", "summary", "blockquote", "br", "sub"}
    assert "[link=https://evil.example]" in shown.words


def test_failures_stand_before_what_could_be_judged() -> None:
    made = written(broadband(), unscored(), BROKEN)
    assert made.index("## ⚠ Could not be judged: 1") < made.index("Opportunities:")
    assert "- **chats/broken.json:3:1**: unreadable: not JSON: a value was expected" in made
    assert written(BROKEN).startswith("# Empathy audit\n\nNo conversation was judged.\n\n## ⚠ Could not be judged: 1\n")


def test_one_conversation(golden) -> None:  # type: ignore[no-untyped-def]
    golden("markdown_one.md", written(broadband()))


def test_a_team(golden) -> None:  # type: ignore[no-untyped-def]
    golden("markdown_team.md", written(*team(), broadband(), unscored(), BROKEN))


def test_it_fits_into_a_comment_unless_all_is_asked_for() -> None:
    long = [
        replace(
            talk(at, float(at)),
            findings=(finding("emotion-missed", 0, 1, message="m" * 5000, suggestion="s"),),
        )
        for at in range(20)
    ]
    made = written(*long)
    assert 50_000 < len(made) <= 60_000
    drawn = made.count("<details>")
    assert f"## Conversations: the first {drawn} of 20\n" in made
    assert written(*long, verbose=1).count("<details>") == 20


def test_of_many_the_lowest_are_drawn() -> None:
    made = written(*(talk(at, float(at)) for at in range(30)))
    assert "## Conversations: the 5 lowest of 30\n" in made
    assert re.findall(r"<summary><b>(c-\d+)</b>", made) == ["c-0", "c-1", "c-2", "c-3", "c-4"]


def test_a_conversation_without_findings_says_so() -> None:
    assert "Nothing to act on was found." in written(audit("customer: Hello.", "agent: Hello."))
