"""`waivers.yaml`: what is refused, with its line, and what is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from empathy_audit.errors import SettingsError
from empathy_audit.settings.waivers import Waiver, load_waivers

ENTRY = "waivers:\n  - code: policy-wall\n    macro: refund\n    reason: legal\n"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "waivers.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("- code: x\n", ":1", "holds something else; expected `waivers:` with a list of code, reason, and macro or file"),
        ("x\n", ":1", "holds something else; "),
        ("waivers: x\n", ":1", "holds something else; "),
        ("waivers: []\nmore: 1\n", ":1", "holds something else; "),
        ("waivers:\n  - x\n", ":2", "this entry is no waiver; "),
        ("waivers:\n  - [x]\n", ":2", "this entry is no waiver; "),
        (ENTRY + "    macros: x\n", ":5", "unknown key macros; expected code, macro, file, reason, until"),
        (ENTRY + "    ? [a]\n    : x\n", ":5", "unknown key that is no word; expected "),
        (ENTRY + "    file: [a, b]\n", ":5", "file is a list or a mapping; expected one value; write an entry for each"),
        (ENTRY + "    code: other\n", ":5", "code is given twice; keep one"),
        ("waivers:\n  - macro: a\n    reason: b\n", ":2", "this waiver has no code; expected one: "),
        ("waivers:\n  - code: a\n    macro: b\n", ":2", "this waiver has no reason; expected one: who comes after"),
        ("waivers:\n  - {code: a, macro: b, reason: ' '}\n", ":2", "this waiver has no reason; "),
        ("waivers:\n  - {code: a, reason: b}\n", ":2", "this waiver holds everywhere; expected macro or file; switch "),
        (ENTRY + "    until: soon\n", ":2", "until is 'soon'; expected a day such as 2027-03-31"),
        (ENTRY + "    until: 2027-03-31 10:00:00\n", ":2", "until is datetime.datetime(2027, 3, 31, 10, 0); expected"),
        (ENTRY + "    until: 2027-02-30\n", ":5", "2027-02-30 is no day; expected one such as 2027-03-31"),
        (ENTRY + "    until: !!python/object:os.system x\n", ":5", "is no YAML: could not determine a constructor "),
        ("waivers: [\n", ":2", "is no YAML: "),
        ("waivers: *x\n", ":1", "is no YAML: found undefined alias"),
        ("--- 1\n--- 2\n", ":2", "is no YAML: "),
        ("\0", "", "is no YAML: "),
        (b"\xff", "", "is no YAML: "),
        ("[" * 10_000, "", "is no YAML: "),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str | bytes, place: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load_waivers(path)
    assert str(caught.value).startswith(f"{path}{place}: {message}")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: No such file or directory; expected `waivers:`"):
        load_waivers(tmp_path / "none.yaml")


@pytest.mark.parametrize("text", ["", "# later\n", "waivers: []\n"])
def test_none_is_none(tmp_path: Path, text: str) -> None:
    assert load_waivers(written(tmp_path, text)) == ()


def test_everything_that_is_written_arrives(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "\ufeff" + ENTRY + "  - code: calm-down\n    file: exports/*.json\n    reason: >\n      two\n      lines\n"
        "    until: 2027-03-31\n  - {code: x, macro: 12, reason: 2027-01-01}\n",
    )
    assert load_waivers(path) == (
        Waiver("policy-wall", "legal", "refund", None, None, str(path), 2),
        Waiver("calm-down", "two lines", None, "exports/*.json", date(2027, 3, 31), str(path), 5),
        Waiver("x", "2027-01-01", "12", None, None, str(path), 11),
    )
