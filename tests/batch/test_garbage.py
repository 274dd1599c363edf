"""Circles of objects are still looked for, but seldom."""

from __future__ import annotations

import gc

from empathy_audit.batch.garbage import look_seldom


def test_it_looks_less_often_and_still_looks() -> None:
    before = gc.get_threshold()
    try:
        gc.set_threshold(700, 10, 10)
        look_seldom()
        assert gc.get_threshold()[0] > 700
        assert gc.isenabled()
    finally:
        gc.set_threshold(*before)
