"""How far a batch is, told by a clock of the test's own."""

from __future__ import annotations

import pytest
from empathy_audit.cli.progress import Meter, duration


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_plain_lines_come_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    with Meter(True, drawn=False, total=lambda: (1000, False), now=clock) as meter:
        for second in range(1, 141):
            clock.now = float(second)
            meter.conversation(failed=second == 3)
    assert capsys.readouterr().err.splitlines() == [
        "10 of about 1,000 conversations judged, 1.0 a second, about 16 min left, 1 failure",
        "70 of about 1,000 conversations judged, 1.0 a second, about 16 min left, 1 failure",
        "130 of about 1,000 conversations judged, 1.0 a second, about 14 min left, 1 failure",
    ]


@pytest.mark.parametrize("shown", [True, False])
def test_a_short_run_and_a_quiet_one_say_nothing(capsys: pytest.CaptureFixture[str], shown: bool) -> None:
    clock = Clock()
    with Meter(shown, drawn=False, now=clock) as meter:
        clock.now = 9.9 if shown else 99.0
        meter.conversation()
    assert capsys.readouterr().err == ""


def test_what_an_earlier_run_did_counts_and_tells_nothing_of_the_speed() -> None:
    clock = Clock()
    meter = Meter(True, drawn=False, total=lambda: (5000, True), now=clock)
    for _ in range(1000):
        meter.kept()
    clock.now = 5.0
    meter.kept(failed=True)
    for _ in range(999):
        meter.conversation()
    clock.now = 15.0
    assert meter.told() == "2,000 of 5,000 conversations judged, 100 a second, about 30 s left, 1 failure"


def test_without_a_total_no_end_is_promised() -> None:
    clock = Clock()
    meter = Meter(True, drawn=False, now=clock)
    meter.conversation()
    assert meter.told() == "1 conversation judged"
    clock.now = 2.0
    assert meter.told() == "1 conversation judged, 0.5 a second"


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.4, "0 s"), (89.0, "89 s"), (91, "2 min"), (5300, "88 min"), (12000, "3 h 20 min")]
)
def test_durations_are_round(seconds: float, told: str) -> None:
    assert duration(seconds) == told
