"""The tables of a store. Columns keep their name, type and meaning within a schema version; new ones may be added at the end.

There are no keys and no indexes in the file: they would have to be held in memory, and the one writer sees to what they would.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

SCHEMA_VERSION = 1

Mode = Literal["version", "replace"]
MODES: tuple[Mode, ...] = get_args(Mode)
"""What becomes of earlier results of a conversation that is judged again: kept beside the new ones, or removed."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its SQL type, and what it holds."""

    name: str
    type: str
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and what a row of it is."""

    name: str
    about: str
    columns: tuple[Column, ...]

    @property
    def ddl(self) -> str:
        """The statement that makes it."""
        return f"CREATE TABLE {self.name} ({', '.join(f'{c.name} {c.type}' for c in self.columns)})"


AUDIT_ID = Column("audit_id", "BIGINT", "the audit that it belongs to")
RUN_ID = Column("run_id", "INTEGER", "the run that it belongs to")
COUNTS = tuple(
    Column(name, "INTEGER", f"opportunities that ended {name}")
    for name in ("met", "partial", "missed", "delayed", "open")
)

STORE = Table(
    "store",
    "one row: what this file is",
    (
        Column("schema_version", "INTEGER", "of these tables"),
        Column("tool", "VARCHAR", "always empathy-audit"),
    ),
)

RUNS = Table(
    "runs",
    "a run of `score`",
    (
        Column("run_id", "INTEGER", "counted from 1 in this store"),
        Column("began_at", "TIMESTAMP", "when the run began, in UTC"),
        Column("ended_at", "TIMESTAMP", "when it had judged everything, in UTC"),
        Column("tool_version", "VARCHAR", "version of empathy-audit"),
        Column("rubric_id", "VARCHAR", "id of the rubric"),
        Column("rubric_version", "VARCHAR", "its version"),
        Column("rubric_hash", "VARCHAR", "hash of what it says"),
        Column("mode", "VARCHAR", "version or replace"),
        Column("redacted", "VARCHAR", "off, built-in or presidio"),
        Column("conversations", "INTEGER", "audits that the run brought"),
        Column("failures", "INTEGER", "what it could not judge"),
    ),
)

AUDITS = Table(
    "audits",
    "a conversation as a run judged it",
    (
        Column("audit_id", "BIGINT", "counted from 1 in this store"),
        RUN_ID,
        Column("fingerprint", "VARCHAR", "what tells conversations apart: see below"),
        Column("occurrence", "INTEGER", "1, or 2 and on where a run had the same fingerprint several times"),
        Column("version", "INTEGER", "1 for the first time that the conversation was judged by a rubric of this id"),
        Column("id", "VARCHAR", "id of the transcript"),
        Column("source", "VARCHAR", "file, with line or JSON pointer"),
        Column("format", "VARCHAR", "how it was read"),
        Column("channel", "VARCHAR", "chat, phone, email, social"),
        Column("language", "VARCHAR", "as the transcript said"),
        Column("started_at", "VARCHAR", "when the conversation began, as the file gave it"),
        Column("day", "DATE", "the day of `started_at`, as written there"),
        Column("week", "VARCHAR", "its ISO week, such as 2026-W10"),
        Column("overall", "DOUBLE", "score, 0 to 100"),
        Column("reason", "VARCHAR", "why there is no score"),
        *COUNTS,
        Column("turns", "INTEGER", "how many turns it has"),
        Column("agents", "VARCHAR[]", "names of the agents"),
        Column("signals", "VARCHAR", "the learned signals that were used"),
        Column("result", "VARCHAR", "the whole result as JSON, as `-f jsonl` writes it"),
    ),
)

AGENTS = Table(
    "agents",
    "an agent's part in a conversation",
    (AUDIT_ID, Column("agent", "VARCHAR", "name"), Column("overall", "DOUBLE", "score, 0 to 100"), *COUNTS),
)

PRINCIPLES = Table(
    "principles",
    "the score of a principle",
    (
        AUDIT_ID,
        Column("agent", "VARCHAR", "whose; none for the whole conversation"),
        Column("principle", "VARCHAR", "id of the principle"),
        Column("score", "DOUBLE", "0 to 100, or none"),
    ),
)

TURNS = Table(
    "turns",
    "a turn, with the opportunity or the reply in it",
    (
        AUDIT_ID,
        Column("turn", "INTEGER", "index, from 0"),
        Column("role", "VARCHAR", "customer, agent, bot, system, unknown"),
        Column("speaker", "VARCHAR", "who speaks"),
        Column("visibility", "VARCHAR", "public or internal"),
        Column("said_at", "VARCHAR", "when it was said, as the file gave it"),
        Column("text", "VARCHAR", "what was said"),
        Column("kind", "VARCHAR", "implicit or explicit opportunity"),
        Column("emotion", "VARCHAR", "what the customer showed"),
        Column("intensity", "DOUBLE", "0 to 1"),
        Column("outcome", "VARCHAR", "met, partial, missed, delayed, open; none on the weaker turns of a block"),
        Column("answered_by", "INTEGER", "index of the answering turn"),
        Column("tags", "VARCHAR[]", "what was found in an agent's turn"),
        Column("reply_to", "INTEGER", "index of the turn that this one answers"),
        Column("reply", "VARCHAR", "ack, ask, solve, ignore, dismiss"),
        Column("level", "INTEGER", "how well it answers, 0 to 5"),
    ),
)

FINDINGS = Table(
    "findings",
    "something to act on",
    (
        AUDIT_ID,
        Column("code", "VARCHAR", "what was found"),
        Column("severity", "VARCHAR", "suggestion, warning, error"),
        Column("confidence", "DOUBLE", "0 to 1"),
        Column("turn", "INTEGER", "index of the turn"),
        Column("reply_turn", "INTEGER", "index of the answer"),
        Column("message", "VARCHAR", "what is the matter"),
        Column("suggestion", "VARCHAR", "what to say instead"),
        Column("fingerprint", "VARCHAR", "the same for the same words in the same conversation"),
    ),
)

FAILURES = Table(
    "failures",
    "what a run could not judge",
    (
        RUN_ID,
        Column("source", "VARCHAR", "file, with line or JSON pointer"),
        Column("kind", "VARCHAR", "a short word such as unreadable"),
        Column("message", "VARCHAR", "what is wrong"),
    ),
)

TABLES: tuple[Table, ...] = (STORE, RUNS, AUDITS, AGENTS, PRINCIPLES, TURNS, FINDINGS, FAILURES)
OF_AN_AUDIT: tuple[Table, ...] = (AGENTS, PRINCIPLES, TURNS, FINDINGS)
"""Those whose rows go when the audit goes."""

LATEST = """CREATE VIEW latest AS
SELECT audits.*, began_at, tool_version, rubric_id, rubric_version, rubric_hash
FROM audits JOIN runs USING (run_id)
QUALIFY row_number() OVER (PARTITION BY fingerprint, occurrence, rubric_id ORDER BY run_id DESC) = 1"""
"""Of each conversation and rubric id the newest audit: what figures count."""

STATEMENTS: tuple[str, ...] = (*(table.ddl for table in TABLES), LATEST)
"""What makes a new store."""
