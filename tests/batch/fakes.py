"""Judges that judge nothing, importable by name from other processes."""

from __future__ import annotations

import ctypes
import os
import signal
import struct
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from empathy_audit.errors import MissingPackageError
from empathy_audit.model.audit import Audit, JudgedTurn, OutcomeCounts, Ratios, Scores
from empathy_audit.model.rubric import Rubric, Scoring
from empathy_audit.model.transcript import Transcript

from tests.build import STAMP

RUBRIC = Rubric("r", "1.0.0", "en", "", "0" * 16, (), (), (), (), (), (), Scoring({}))


class Judge:
    """Scores a transcript by its number of turns, chokes on the text "defect" and dies of "kill"."""

    def audit(self, transcript: Transcript) -> Audit:
        texts = [turn.text for turn in transcript.turns]
        if "defect" in texts:
            raise ZeroDivisionError("a\nb")
        if "missing" in texts:
            raise MissingPackageError("needs a model")
        if "kill" in texts:
            os.kill(os.getpid(), signal.SIGKILL)
        scores = Scores(float(len(texts)), None, {}, OutcomeCounts(), Ratios())
        return Audit(transcript, STAMP, scores, tuple(map(JudgedTurn, transcript.turns)), ())

    def audits(self, transcripts: Sequence[Transcript]) -> list[Audit]:
        return [self.audit(transcript) for transcript in transcripts]


def make(rubric: Rubric, signals: Path | None) -> Judge:
    return Judge()


def make_nothing(rubric: Rubric, signals: Path | None) -> Judge:
    raise MissingPackageError(f"{rubric.id} needs a model")


class Hostile(Judge):
    """Dies of "exit" and "segfault" as C code does, of "torn" in the midst of what it sends home, never comes back of "loop", and is slow at "slow"."""

    def audit(self, transcript: Transcript) -> Audit:
        texts = [turn.text for turn in transcript.turns]
        if "exit" in texts:
            os._exit(3)
        if "segfault" in texts:
            ctypes.string_at(0)
        if "torn" in texts:
            _die_while_sending()
        while "loop" in texts:
            with suppress(Exception):
                sum(range(1000))
        if "slow" in texts:
            spent = time.process_time() + 0.3
            while time.process_time() < spent:
                pass
        return super().audit(transcript)


def _die_while_sending() -> None:
    def half(connection: Any, buffer: Any) -> None:
        sent = struct.pack("!i", len(buffer)) + bytes(buffer)
        os.write(connection.fileno(), sent[: len(sent) // 2])
        os._exit(3)

    Connection._send_bytes = half  # type: ignore[attr-defined]


def make_hostile(rubric: Rubric, signals: Path | None) -> Hostile:
    return Hostile()
