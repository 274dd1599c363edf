"""The shipped rubric on whole libraries: every macro with the findings that a team lead would want, no more and no fewer."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from empathy_audit.linting import Linter
from empathy_audit.rubric import load

from tests.linting.build import from_library, library

HERE = Path(__file__).parent
CORPUS = {entry["id"]: entry for entry in library(HERE / "corpus.yaml")}
SAMPLES = {
    entry["id"]: entry
    for path in sorted((HERE.parent.parent / "sample_macros").glob("*.yaml"))
    for entry in library(path)
}

# What the page about macros says of the library that is shipped; a macro that is not here is without a finding.
OF_SAMPLES = {
    "air-baggage-unknown": ["unknown-situation"],
    "air-bereavement-form": [
        "cheer-in-bad-news",
        "missing-acknowledgement",
        "stiff-words",
        "stiff-words",
    ],
    "air-complaint-crew-deflects": [
        "closed-ending",
        "minimises",
        "missing-acknowledgement",
        "missing-next-step",
        "non-apology",
    ],
    "air-delay-calm-down": ["acknowledgement-then-but", "minimises", "tells-how-to-feel"],
    "shop-closing-door-shut": ["closed-ending", "closed-ending"],
    "shop-damaged-procedure": ["missing-acknowledgement", "stiff-words", "stiff-words", "threatens"],
    "shop-order-delayed-formula": [
        "cheer-in-bad-news",
        "missing-acknowledgement",
        "missing-time-frame",
        "script-smell",
    ],
    "shop-parcel-lost-blame": [
        "blames-the-customer",
        "blames-the-customer",
        "missing-acknowledgement",
        "missing-next-step",
    ],
    "shop-refund-declined-cold": [
        "cold-verdict",
        "hollow-care",
        "missing-acknowledgement",
        "missing-alternative",
        "policy-wall",
        "stiff-words",
        "stiff-words",
    ],
    "soft-account-locked-bare": ["missing-acknowledgement", "missing-next-step", "missing-reason"],
    "soft-cancel-guilt": ["closed-ending"],
    "soft-double-charge-but": ["acknowledgement-then-but"],
    "soft-feature-declined-hollow": ["cold-verdict", "hollow-care", "missing-acknowledgement", "missing-reason"],
    "soft-outage-bare": ["missing-acknowledgement", "missing-time-frame"],
}


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(load("empathy"))


@pytest.mark.parametrize("id_", CORPUS)
def test_a_macro_has_the_findings_that_it_deserves(id_: str, linter: Linter) -> None:
    found = linter.lint(from_library(CORPUS[id_])).findings
    assert sorted(f.code for f in found) == sorted(CORPUS[id_]["codes"])


@pytest.mark.parametrize("id_", SAMPLES)
def test_a_sample_has_the_findings_that_its_page_tells(id_: str, linter: Linter) -> None:
    found = linter.lint(from_library(SAMPLES[id_])).findings
    assert sorted(f.code for f in found) == OF_SAMPLES.get(id_, [])


def test_the_samples_have_good_and_bad_ones_of_many_situations(linter: Linter) -> None:
    results = [linter.lint(from_library(entry)) for entry in SAMPLES.values()]
    good = [r for r in results if not r.findings]
    situations = Counter(r.situation.id for r in results if r.situation is not None)
    assert len(good) >= 12
    assert len(results) - len(good) >= 12
    assert len(situations) >= 10


def test_to_lint_imports_no_spacy() -> None:
    import subprocess
    import sys

    program = (
        "import sys\n"
        "from empathy_audit.linting import Linter\n"
        "from empathy_audit.rubric import load\n"
        "from tests.linting.build import macro\n"
        "print(len(Linter(load('empathy')).lint(macro('Calm down.')).findings), 'spacy' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout == "1 False\n"
