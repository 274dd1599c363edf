"""The report for people: at any width, with and without colour, and nothing in it that drives a terminal."""

from __future__ import annotations

import re

import pytest
from empathy_audit.model.lint import LintBatch
from empathy_audit.reports.base import View
from empathy_audit.reports.lint.base import located
from empathy_audit.reports.visible import visible

from tests.batch.lint.build import finding, linted_file
from tests.reports.lint.cases import everything, hostile, rendered

STYLE = re.compile("\x1b\\[[0-9]+m")


def test_nothing_found_is_a_count() -> None:
    assert rendered("full", LintBatch(())) == "0 macros in 0 files: nothing found\n"
    assert rendered("full", LintBatch((linted_file(),), waived=1)) == "0 macros in 1 file: nothing found\n1 waived\n"


def test_everything_at_80_columns() -> None:
    assert rendered("full", everything()) == (
        "macros/shop.yaml\n"
        "  refund · refund-declined (90%: its title has “Refund”)\n"
        "  3:1     ◐ warning  policy-wall\n"
        "          is a policy-wall\n"
        "          → A long sentence about what can be done for somebody who waits. A\n"
        "            long sentence about what can be done for somebody who waits. A long\n"
        "            sentence about what can be done for somebody who waits. A long\n"
        "            sentence about what can be done for somebody who waits.\n"
        "  4:1     ○ suggestion  stiff-words  --fix\n"
        "          is a stiff-words\n"
        "          → Mend it.\n"
        "  5:7     ● error  calm-down\n"
        "          tells how to feel\n"
        "          → Mend it.\n"
        "\n"
        "  thanks · thanks (declared)\n"
        "  9:1     ◐ warning  policy-wall\n"
        "          is a policy-wall\n"
        "          → Mend it.\n"
        "  9:1     ◐ warning  policy-wall\n"
        "          again\n"
        "          → Mend it.\n"
        "\n"
        "waivers.yaml\n"
        "  7:1     ◐ warning  unused-waiver\n"
        "          the waiver of x waives nothing\n"
        "          → Mend it.\n"
        "\n"
        "macros/none.yaml: not-found: no such file; check the path\n"
        "macros/shop.yaml:15:3: malformed: a macro without text; write it\n"
        "4 macros in 2 files: 2 failures; 1 error, 4 warnings, 1 suggestion in the rest; 1 can be mended by --fix\n"
        "2 waived; 3 in the baseline; 1 macro not judged: no words, or another language\n"
    )


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("batch", [everything(), hostile()], ids=["everything", "hostile"])
def test_lines_fit_whatever_the_width(batch: LintBatch, width: int) -> None:
    text = rendered("full", batch, View(width=width))
    names = {visible(name) for name, _ in batch.findings}
    long = [line for line in text.splitlines()[:-2] if len(line) > max(width, 30) and line not in names]
    assert long == []
    if width == 40 and not any(name.startswith("\\x1b") for name in names):
        assert "  4:1     ○ suggestion\n          stiff-words  --fix\n" in text


def test_a_wider_terminal_says_the_same() -> None:
    texts = {" ".join(rendered("full", everything(), View(width=width)).split()) for width in (40, 80, 200)}
    assert len(texts) == 1


@pytest.mark.parametrize("color", [True, False])
@pytest.mark.parametrize("name", ["full", "concise", "github"])
def test_what_others_wrote_drives_no_terminal(name: str, color: bool) -> None:
    text = rendered(name, hostile(), View(color=color))
    left = STYLE.sub("", text) if color else text
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", left) == []
    if name == "full" and color:
        assert set(STYLE.findall(text)) == {"\x1b[1m", "\x1b[31m", "\x1b[0m"}


def test_colour_changes_nothing_but_colour() -> None:
    assert STYLE.sub("", rendered("full", everything(), View(color=True))) == rendered("full", everything())


def test_plain_draws_nothing() -> None:
    plain = rendered("full", everything(), View(plain=True))
    assert not set("●◐○→") & set(plain)
    assert "          instead: Mend it.\n" in plain
    assert "  5:7     error  calm-down\n" in plain


def test_a_thousand_findings_of_a_thousand_macros_are_drawn_at_once() -> None:
    import time

    file = linted_file(*(finding(macro=f"m{n}", line=n + 1) for n in range(5000)))
    started = time.process_time()
    for name in ("junit", "full", "sarif", "gitlab"):
        rendered(name, LintBatch((file,)))
    assert time.process_time() - started < 10  # 1 s where nothing else runs


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("a.yaml", ("a.yaml", 1)),
        ("a.yaml:3", ("a.yaml", 3)),
        ("a.yaml:3:7", ("a.yaml", 3)),
        ("a:b.yaml:3:7", ("a:b.yaml", 3)),
        ("a.yaml:x", ("a.yaml:x", 1)),
        ("a.yaml:0:0", ("a.yaml", 1)),
        (":", (":", 1)),
        ("", ("", 1)),
    ],
)
def test_where_a_failure_is(source: str, place: tuple[str, int]) -> None:
    from empathy_audit.model.audit import Failure

    assert located(Failure(source, "kind", "message")) == place
