"""Annotations as a runner of GitHub Actions reads them: by its own rules of escaping, undone here."""

from __future__ import annotations

import re

from empathy_audit.model.audit import Failure
from empathy_audit.reports import View, report

from tests.build import audit, batch, finding
from tests.reports.cases import broadband
from tests.reports.elsewhere import everything, native_of, reaching

# https://github.com/actions/runner: a command is a whole line, properties are split at commas, then unescaped.
_COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<properties>[^:]*)::(?P<text>.*)")


def rendered(whole: object, view: View | None = None) -> str:
    one = report("github")
    assert one is not None
    return str(one.render(whole, view or View()))  # type: ignore[arg-type]


def unescaped(text: str) -> str:
    for code, sign in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    out = []
    for line in text.splitlines():
        if line.startswith("::"):
            found = _COMMAND.fullmatch(line)
            assert found is not None, line
            pairs = (pair.split("=", 1) for pair in found["properties"].split(","))
            out.append((found["level"], {k: unescaped(v) for k, v in pairs}, unescaped(found["text"])))
    return out


def test_every_finding_and_every_failure_is_one_command() -> None:
    whole = everything()
    read = commands(rendered(whole))
    assert len(read) == sum(len(one.findings) for one in whole.audits) + len(whole.failures)
    assert all(properties["file"] and text for _, properties, text in read)


def test_no_text_ends_its_command_or_begins_another() -> None:
    evil = "100% :: ::error file=x::y\n::set-output name=a::b\r\n::add-mask::c"
    failure = Failure("a,b:c.json", "broken", evil)
    text = rendered(batch(failure))
    assert len(text.splitlines()) == 1
    (level, properties, told) = commands(text)[0]
    assert (level, properties["file"], properties["title"]) == ("error", "a,b:c.json", "broken")
    assert told.startswith("a,b:c.json: 100% :: ::error file=x::y")
    assert not re.search(r"(?m)^::", told.split("::", 1)[0])


def test_columns_stand_where_the_words_do() -> None:
    one = broadband()
    original = native_of(one, indent=1)
    read = commands(rendered(batch(one), reaching(broadband_json=original)))
    lines = original.splitlines()
    for _, properties, _ in read:
        assert properties["file"] == "repo/chats/broadband.json"
        words = lines[int(properties["line"]) - 1][int(properties["col"]) - 1 : int(properties["endColumn"]) - 1]
        assert any(words in turn.text for turn in one.transcript.turns)


def test_failures_then_the_gravest_come_first_and_the_rest_is_counted() -> None:
    levels = ("suggestion", *("warning",) * 12, "error")
    one = audit("customer: a", "agent: b", findings=[finding("x", 0, 1, severity=level) for level in levels])
    text = rendered(batch(one, Failure("z.json", "broken", "no")))
    assert [level for level, _, _ in commands(text)] == ["error", "error", *["warning"] * 12, "notice"]
    assert text.splitlines()[-1] == "2 warnings more than GitHub shows of one step; the log has them all"


def test_nothing_found_is_nothing_written() -> None:
    assert rendered(batch()) == ""
