"""Presidio beside the built-in rules: it adds names, asks no network, and says what is missing."""

from __future__ import annotations

import importlib.util
import socket
import sys

import pytest
from empathy_audit.errors import MissingPackageError
from empathy_audit.redaction import redactor
from empathy_audit.redaction.presidio import MODELS, finder

from tests.redaction.build import transcript


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'empathy-audit\[redact\]'"):
        redactor("presidio")


def test_without_a_model_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("empathy_audit.redaction.presidio.find_spec", lambda name: None)
    with pytest.raises(MissingPackageError, match=f"spacy download {MODELS[0]}"):
        finder()


@pytest.mark.skipif(
    importlib.util.find_spec("presidio_analyzer") is None or not any(importlib.util.find_spec(m) for m in MODELS),
    reason="Presidio and a model are not installed",
)
def test_it_finds_names_that_no_word_gives_away_and_asks_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object, **named: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    one = transcript(
        ("customer", None, "Yesterday Xanthe Brackenridge promised me a refund. Card 4111 1111 1111 1111.")
    )
    with_presidio = redactor("presidio").transcript(one).turns[0].text
    assert with_presidio == "Yesterday [NAME-1] promised me a refund. Card [CARD-1]."
    assert redactor("built-in").transcript(one).turns[0].text == (
        "Yesterday Xanthe Brackenridge promised me a refund. Card [CARD-1]."
    )
