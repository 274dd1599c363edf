"""The baseline: nothing but fingerprints in it, and laws that hold for any findings."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest
from empathy_audit.batch.lint.baseline import Baseline, load_baseline
from empathy_audit.errors import InputError
from empathy_audit.model.lint import LintFinding
from hypothesis import given
from hypothesis import strategies as st

from tests.batch.lint.build import finding

findings = st.lists(st.builds(finding, st.sampled_from("abc"), st.sampled_from("xyz")), max_size=12)


def written(folder: Path, text: str) -> Path:
    path = folder / "baseline.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is no JSON: "),
        ("{", "is no JSON: "),
        ("[" * 100_000, "is no JSON: "),
        ("\ud800", "is no JSON: "),
        ("[]", "is no baseline of version 1; make it with `empathy-audit baseline create`"),
        ('{"baseline_version": 2, "findings": []}', "is no baseline of version 1; "),
        ('{"baseline_version": 1}', "findings/0 is no entry; expected code, fingerprint and count; make the baseline anew"),
        ('{"baseline_version": 1, "findings": {}}', "findings/0 is no entry; "),
        ('{"baseline_version": 1, "findings": [{"code": "a", "fingerprint": "b", "count": 1}, 7]}', "findings/1 is no "),
        ('{"baseline_version": 1, "findings": [{"code": "a", "fingerprint": "b", "count": 0}]}', "findings/0 is no entry"),
        ('{"baseline_version": 1, "findings": [{"code": "a", "fingerprint": "b", "count": true}]}', "findings/0 is no "),
        ('{"baseline_version": 1, "findings": [{"code": 1, "fingerprint": "b", "count": 1}]}', "findings/0 is no entry"),
    ],
)  # fmt: skip
def test_what_is_no_baseline_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError) as caught:
        load_baseline(path)
    assert str(caught.value).startswith(f"{path}: {told}")


def test_a_missing_one_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file or directory; make one with `empathy-audit baseline create`"):
        load_baseline(tmp_path / "none.json")
    with pytest.raises(InputError, match="cannot be read"):
        load_baseline(tmp_path)


def test_the_file_reads_well_and_holds_no_words() -> None:
    made = Baseline.of([finding("b", "x", message="secret"), finding("a", "y"), finding("b", "x", line=9)])
    assert made.text() == (
        '{"baseline_version": 1,\n "findings": [\n'
        '  {"code": "a", "fingerprint": "a:y", "count": 1},\n'
        '  {"code": "b", "fingerprint": "b:x", "count": 2}\n ]}\n'
    )
    assert Baseline.of([]).text() == '{"baseline_version": 1,\n "findings": []}\n'


def test_an_entry_given_twice_counts_twice_and_a_byte_order_mark_is_nothing(tmp_path: Path) -> None:
    entry = '{"code": "a", "fingerprint": "b", "count": 2}'
    path = written(tmp_path, f'\ufeff{{"baseline_version": 1, "findings": [{entry}, {entry}]}}')
    assert load_baseline(path) == Baseline(Counter({("a", "b"): 4}))


@given(findings)
def test_the_file_comes_back(tmp_path_factory: pytest.TempPathFactory, found: list[LintFinding]) -> None:
    made = Baseline.of(found)
    path = written(tmp_path_factory.mktemp("b"), made.text())
    assert json.loads(path.read_text())["baseline_version"] == 1
    assert load_baseline(path) == made


@given(findings)
def test_what_was_kept_is_not_found(found: list[LintFinding]) -> None:
    assert Baseline.of(found).split(found) == ([], len(found), Counter())


@given(findings, findings)
def test_new_and_known_are_all_and_left_over_is_what_is_gone(before: list[LintFinding], now: list[LintFinding]) -> None:
    old, current = Baseline.of(before), Baseline.of(now)
    new, known, left = old.split(now)
    assert Baseline.of(new).counts == current.counts - old.counts
    assert left == old.counts - current.counts
    assert known == len(now) - len(new)
    assert old.split(now) == (new, known, left)


@given(findings, findings)
def test_pruned_it_has_nothing_left_over_and_lets_nothing_new_through(
    before: list[LintFinding], now: list[LintFinding]
) -> None:
    old = Baseline.of(before)
    pruned = old.pruned(Baseline.of(now))
    new, known, left = pruned.split(now)
    assert (new, known) == old.split(now)[:2]
    assert left == Counter()
    assert pruned.pruned(Baseline.of(now)) == pruned


def test_a_count_of_any_size_costs_nothing(tmp_path: Path) -> None:
    from empathy_audit.batch.lint.run import FolderSettings, Options, settled

    path = written(
        tmp_path, '{"baseline_version": 1, "findings": [{"code": "a", "fingerprint": "b", "count": 1000000000000}]}'
    )
    options = Options(lambda path: FolderSettings(), "1", baseline=load_baseline(path), baseline_name="b.json")
    started = time.process_time()
    ((name, note),) = settled([], options).notes
    assert (name, note.message) == ("b.json", "1000000000000 of the known a are not there any more")
    assert time.process_time() - started < 1
