"""Macro + rubric → what was found in it: the plot of `lint`."""

from __future__ import annotations

from empathy_audit.linting.linter import Linter

__all__ = ["Linter"]
