"""Conversations as rows of frames."""

from __future__ import annotations

from typing import Any

from tests.cli.conftest import MET, MISSED, native

JSON = {"transcript": [native("met", *MET), None, "{broken", native("missed", *MISSED)]}
"""Two conversations, and two cells that hold none."""


def turns(*conversations: tuple[str, tuple[str, ...]]) -> dict[str, list[Any]]:
    """The columns of a table with a turn a row, from lines of `role Name: text`."""
    rows = [
        (id_, line.partition(": ")[0].split()[0], line.partition(": ")[2])
        for id_, lines in conversations
        for line in lines
    ]
    return {name: [row[at] for row in rows] for at, name in enumerate(("conversation_id", "role", "text"))}
