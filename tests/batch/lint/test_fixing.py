"""Rewrites put into files: nothing changes but the words that were meant, in any file of any format."""

from __future__ import annotations

import codecs
import json
import stat
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from empathy_audit.batch.lint import fixing
from empathy_audit.batch.lint.fixing import Fixed, fixed, write
from empathy_audit.model.lint import Edit, LintedFile, Span
from hypothesis import given
from hypothesis import strategies as st

from tests.batch.lint.build import finding, linted, linted_file
from tests.macros.build import macros

STIFF = "Kindly wait. We utilize it. It is in lieu of cash."
PLAIN = 'Please wait. We use it. It is what you\'d call "instead" of cash.'


def originals(content: bytes, name: str) -> list[tuple[str, str]]:
    return [(macro.id, macro.original) for macro in macros(content.removeprefix(codecs.BOM_UTF8), name)]


def mended(content: str | bytes, name: str = "a.yaml") -> Fixed:
    data = content.encode() if isinstance(content, str) else content
    return fixed(linted(data, name), data)


def edit(line: int, column: int, words: str, text: str) -> Edit:
    return Edit(Span(line, column, line, column + len(words)), words, text, safe=True)


# --- what is left alone ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", ["macros:\n  - id: a\n    text: Kindly caf\xe9.\n".encode("latin-1"), "Kindly.".encode("utf-16")]
)
def test_a_file_that_is_no_utf_8_is_left_alone(data: bytes) -> None:
    file = linted(data, "a.txt")
    assert [f.edit is not None for f in file.findings] == [True]
    assert fixed(file, data) == Fixed(data, 0, 1)


def test_a_file_that_has_changed_since_keeps_the_words_of_others() -> None:
    before = "macros:\n  - id: a\n    text: Kindly wait.\n"
    file = linted(before)
    for now in ("", "macros:\n", before.replace("Kindly", "Surely"), before.replace("id: a", "id: ab\n    title: x")):
        assert fixed(file, now.encode()) == Fixed(now.encode(), 0, 1)
    moved = before.replace("wait", "do wait").encode()
    assert fixed(file, moved) == Fixed(moved.replace(b"Kindly", b"Please"), 1, 0)


def test_a_rewrite_that_is_not_safe_is_left_alone() -> None:
    unsafe = replace(edit(3, 11, "Kindly", "Please"), safe=False)
    data = b"macros:\n  - id: a\n    text: Kindly wait.\n"
    assert fixed(linted_file(finding(macro="a", edit=unsafe)), data) == Fixed(data, 0, 0)


@pytest.mark.parametrize(
    ("data", "words", "text"),
    [
        ("macros:\n  - id: a\n    text: Kindly wait.\n", "Kindly", "x: y # z"),
        ("macros:\n  - id: a\n    text: Kindly wait.\n", "Kindly", "- a\n  - id: b"),
        ("macros:\n  - id: a\n    text: Kindly\n", "Kindly", ""),
        ("macros:\n  - id: a\n    text: Kindly wait.\n", "Kindly", "{{"),
        ("macros:\n  - id: a\n    text: &x Kindly\n  - id: b\n    text: *x\n", "Kindly", "Please"),
    ],
)
def test_a_rewrite_that_would_change_more_is_refused(data: str, words: str, text: str) -> None:
    line, column = 3, data.splitlines()[2].index(words) + 1
    file = linted_file(finding(macro="a", edit=edit(line, column, words, text)))
    result = fixed(file, data.encode())
    assert result == Fixed(data.encode(), 0, 1) or originals(result.data, "a.yaml") == [("a", f"{text} wait.")]


# --- what is put in -----------------------------------------------------------------------------------------------------

FORMATS: dict[str, tuple[str, Callable[[str], str]]] = {
    "plain yaml": ("a.yaml", lambda text: f"macros:\n  - id: a\n    text: {text}\n    tags: [Kindly]\n"),
    "single quotes": ("a.yaml", lambda text: f"macros:\n  - id: a\n    text: '{text}'\n    title: 'Kindly'\n"),
    "double quotes": ("a.yaml", lambda text: f'macros:\n  - id: a\n    text: "\\t{text}\\n"\n'),
    "block": ("a.yaml", lambda text: f"macros:\n  - id: a\n    text: |\n      {text}\n      More.\n"),
    "folded": ("a.yaml", lambda text: f"macros:\n  - id: a\n    text: >-\n      One.\n      {text}\n"),
    "flow": ("a.yaml", lambda text: f"macros: [{{id: a, text: '{text}'}}]\n"),
    "json": ("a.json", lambda text: json.dumps({"macros": [{"id": "a", "text": text, "title": "“Kindly”"}]}, indent=1)),
    "json on one line": ("a.json", lambda text: json.dumps({"macros": [{"id": "a", "text": f"\u00e9 {text}"}]}, ensure_ascii=False)),
    "front matter": ("a.md", lambda text: f"---\nid: a\ntitle: Kindly\n---\n{text}\n\nMore.\n"),
    "text": ("a.txt", lambda text: f"{text}\n"),
    "table": ("a.csv", lambda text: f'id,title,text\na,Kindly,"{text}"\nb,x,"Two\nlines, kindly."\n'),
    "zendesk": (
        "z.json",
        lambda text: json.dumps({"macros": [{"id": 1, "title": "x", "actions": [{"field": "comment_value", "value": text}]}]}),
    ),
    "rasa": ("domain.yml", lambda text: f"version: '3.1'\nresponses:\n  utter_a:\n  - text: \"{text}\"\n"),
}  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("name", FORMATS)
def test_the_words_change_and_nothing_else_does(name: str, mark: str, end: str) -> None:
    file, form = FORMATS[name]
    data = (mark + form(STIFF).replace("\n", end)).encode()
    result = mended(data, file)
    before, after = originals(data, file), originals(result.data, file)
    assert result.refused == 0
    assert result.applied >= 3
    assert after == [(id_, text.replace(STIFF, PLAIN).replace("kindly", "please")) for id_, text in before]
    assert PLAIN in after[0][1]
    assert result.data.startswith(mark.encode())
    assert result.data.count(b"\r") == data.count(b"\r")
    assert result.data.count(b"\n") == data.count(b"\n")
    # Once is enough.
    assert mended(result.data, file) == Fixed(result.data, 0, 0)


def test_of_two_that_overlap_the_first_goes_in() -> None:
    data = b"macros:\n  - id: a\n    text: Kindly do wait.\n"
    two = (edit(3, 11, "Kindly do", "Do"), edit(3, 18, "do wait", "stay"))
    file = linted_file(*(finding(macro="a", edit=each, fingerprint=each.text) for each in two))
    assert fixed(file, data) == Fixed(data.replace(b"Kindly do", b"Do"), 1, 0)


def test_the_same_rewrite_of_two_findings_goes_in_once() -> None:
    data = b"macros:\n  - id: a\n    text: Kindly wait.\n"
    file = linted_file(*(finding(code, "a", edit=edit(3, 11, "Kindly", "Please")) for code in "xy"))
    assert fixed(file, data) == Fixed(data.replace(b"Kindly", b"Please"), 1, 0)


def test_one_that_cannot_go_in_holds_up_no_other() -> None:
    lines = "".join(f"  - id: m{n}\n    text: Kindly wait.\n" for n in range(20))
    data = f"macros:\n{lines}".encode()
    found = [
        finding(macro=f"m{n}", edit=edit(3 + 2 * n, 11, "Kindly", "x: y" if n == 7 else "Please")) for n in range(20)
    ]
    result = fixed(linted_file(*found), data)
    assert (result.applied, result.refused) == (19, 1)
    assert result.data.count(b"Kindly") == 1
    assert originals(result.data, "a.yaml")[7] == ("m7", "Kindly wait.")


plain_texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t'\"\\:#{}[]&*|>-"), max_size=30
)


@given(plain_texts, plain_texts, plain_texts, st.sampled_from(["json", "yaml", "literal"]))
def test_any_words_around_and_in_place_of_them(left: str, right: str, text: str, form: str) -> None:
    """A rewrite goes in as it is meant, or the file stays as it is."""
    whole = [{"id": "a", "text": f"{left} Kindly {right}"}, {"id": "b", "text": "Two. " + right}]
    document = {"macros": whole}
    if form == "json":
        content, name = json.dumps(document, ensure_ascii=False), "a.json"
    else:
        style = "|" if form == "literal" else None
        content, name = yaml.dump(document, allow_unicode=True, default_style=style, width=10_000), "a.yaml"
    data = content.encode()
    file = linted(data, name)
    found = [f for f in file.findings if f.edit is not None and f.macro == "a"][:1]
    meant = [replace(f, edit=replace(f.edit, text=text)) for f in found if f.edit is not None]
    result = fixed(replace(file, findings=tuple(meant)), data)
    before = _read(data, name)
    if result.data == data:
        return
    assert result.applied == 1
    changed = [(was, now) for was, now in zip(before, _read(result.data, name), strict=True) if was != now]
    ((was, now),) = changed or [(("a", "Kindly"), ("a", text))]
    assert now[0] == was[0] == "a"
    edits = [f.edit for f in meant if f.edit is not None]
    pieces = was[1].split(edits[0].words)
    spellings = [
        edits[0].words.join(pieces[:n]) + text + edits[0].words.join(pieces[n:]) for n in range(1, len(pieces))
    ]
    assert now[1] in spellings


def _read(data: bytes, name: str) -> list[tuple[str, str]]:
    from empathy_audit.macros import read_macros
    from empathy_audit.model.audit import Failure
    from empathy_audit.readers import Source

    items = read_macros(Source(name, data=data))
    return [("", "") if isinstance(item, Failure) else (item.id, item.original) for item in items]


# --- what it costs ------------------------------------------------------------------------------------------------------


def library(count: int, text: str, quotes: str) -> tuple[LintedFile, bytes]:
    lines = "".join(
        f"  - id: m{n}\n    text: {quotes[n % len(quotes)]}Kindly wait.{quotes[n % len(quotes)]}\n"
        for n in range(count)
    )
    found = [finding(macro=f"m{n}", edit=edit(3 + 2 * n, 12, "Kindly", text)) for n in range(count)]
    return linted_file(*found), f"macros:\n{lines}".encode()


def test_a_thousand_rewrites_take_a_few_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = []
    really = fixing.read_macros
    monkeypatch.setattr(fixing, "read_macros", lambda *args, **more: reads.append(1) or really(*args, **more))
    for text in ("What's more,", 'Say "when",', "Please"):
        reads.clear()
        file, data = library(1000, text, "'\"")
        started = time.process_time()
        result = fixed(file, data)
        assert (result.applied, result.refused) == (1000, 0)
        assert len(reads) <= 4
        assert time.process_time() - started < 5  # 0.2 s where nothing else runs


def test_what_nothing_can_be_made_of_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = []
    really, reading = fixing.read_macros, fixing._Reading
    monkeypatch.setattr(fixing, "read_macros", lambda *args, **more: reads.append(1) or really(*args, **more))
    monkeypatch.setattr(fixing, "_Reading", lambda name, format_: reading(name, format_, 12))
    file, data = library(40, "a\n b: 'c", "'")
    assert fixed(file, data) == Fixed(data, 0, 40)
    assert len(reads) == 12


# --- writing ------------------------------------------------------------------------------------------------------------


def test_writing_keeps_permissions_and_links(tmp_path: Path) -> None:
    path, link = tmp_path / "a.yaml", tmp_path / "link.yaml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path.name)
    write(link, b"new")
    assert path.read_bytes() == b"new"
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.yaml", "link.yaml"]


def test_what_cannot_be_written_leaves_the_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")

    def fails(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="No space"):
        write(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
