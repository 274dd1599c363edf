"""Tables in which a message names the one that it answers, as exports of public threads do, often newest first.

    tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id
    3,acme_help,False,Tue Oct 31 22:12:00 +0000 2017,@115 Which town?,,2
    2,115,True,Tue Oct 31 22:10:00 +0000 2017,@acme_help no signal,3,

Each tree of answers is a conversation. Answers to one message that the file lacks belong together; an answer that names
no message is found by the message that names it. Works on disk, so that memory does not grow with the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from empathy_audit.readers.shelf import Row, database, packed, unpacked

_WHOLE = re.compile(r"(\d+)\.0+")
_SEPARATOR = re.compile(r"[,;\s]+")

# A message that is in the file twice would bring its answers twice. Another one under its id stays, without an id.
_DROP_DOUBLES = "DELETE FROM message WHERE id != '' AND line NOT IN (SELECT min(line) FROM message GROUP BY id, cells)"
_TAKE_IDS = "UPDATE message SET id = '' WHERE id != '' AND line NOT IN (SELECT min(line) FROM message GROUP BY id)"
_NO_SELF = "UPDATE message SET parent = '' WHERE parent = id"
_PARENTS_FROM_ANSWERS = """
UPDATE message SET parent = coalesce((SELECT parent FROM answer WHERE child = message.id AND parent != message.id), '')
WHERE parent = '' AND id != ''
"""
_ROOTS = """
SELECT line, id, CASE parent WHEN '' THEN line ELSE min(line) OVER (PARTITION BY parent) END
FROM message m WHERE parent = '' OR NOT EXISTS (SELECT 1 FROM message p WHERE p.id = m.parent)
"""
_WALK = """
INSERT INTO thread
WITH RECURSIVE walk (line, id, root) AS (
  SELECT * FROM ({roots})
  UNION ALL
  SELECT m.line, m.id, walk.root FROM walk CROSS JOIN message m ON m.parent = walk.id AND walk.id != ''
)
SELECT line, root FROM walk
"""
# Messages that answer each other in a ring have no first one: the ring is cut where one answers a later row.
_CUT_RINGS = """
UPDATE message SET parent = '' WHERE line NOT IN (SELECT line FROM thread)
AND line < (SELECT p.line FROM message p WHERE p.id = message.parent)
"""
_ROOTS_OF_RINGS = "SELECT line, id, line FROM message WHERE parent = '' AND line NOT IN (SELECT line FROM thread)"


class Message(NamedTuple):
    """A row with its own id, the id of the message that it answers (empty: none), and the ids that answer it."""

    row: Row
    id: str
    parent: str
    answers: tuple[str, ...] = ()


def link(cell: str) -> str:
    """An id as it is compared: spreadsheets and data frames make `3.0` of 3."""
    cell = cell.strip()
    whole = _WHOLE.fullmatch(cell)
    return "" if cell.casefold() in ("nan", "none", "null") else whole[1] if whole else cell


def links(cell: str) -> tuple[str, ...]:
    """The ids in a cell, `5,7`."""
    return tuple(filter(None, map(link, _SEPARATOR.split(cell.strip(" []")))))


class Threads:
    """Messages put away on disk, to be taken back thread by thread. `doubles`: how many were there twice."""

    def __init__(self, messages: Iterable[Message]) -> None:
        self.doubles = 0
        self._database = database()
        try:
            self._fill(messages)
            self._part()
        except BaseException:
            self._database.close()
            raise

    def close(self) -> None:
        """Remove what is on disk."""
        self._database.close()

    def __iter__(self) -> Iterator[list[Message]]:
        """The threads in the order of first appearance; in each, a message stands before its answers."""
        roots = self._database.execute("SELECT root, min(line) AS first FROM thread GROUP BY root ORDER BY first")
        for root, _ in roots:
            rows = self._database.execute(
                "SELECT m.line, m.cells, m.id, m.parent FROM thread t JOIN message m ON m.line = t.line "
                "WHERE t.root = ? ORDER BY m.line",
                (root,),
            )
            yield _by_depth([Message(unpacked(cells, line), id_, parent) for line, cells, id_, parent in rows])

    def _fill(self, messages: Iterable[Message]) -> None:
        make, answers = self._database.execute, self._database.cursor()
        make("CREATE TABLE message (line INTEGER PRIMARY KEY, id TEXT, parent TEXT, cells TEXT)")
        make("CREATE TABLE answer (child TEXT, parent TEXT)")
        make("CREATE TABLE thread (line INTEGER PRIMARY KEY, root INTEGER)")
        make("BEGIN")

        def rows() -> Iterator[tuple[int, str, str, str]]:
            for message in messages:
                answers.executemany("INSERT INTO answer VALUES (?, ?)", ((a, message.id) for a in message.answers))
                yield message.row.line, message.id, message.parent, packed(message.row)

        self._database.executemany("INSERT INTO message VALUES (?, ?, ?, ?)", rows())
        make("CREATE INDEX by_child ON answer (child)")
        make("CREATE INDEX by_id ON message (id, line)")

    def _part(self) -> None:
        run = self._database.execute
        self.doubles = run(_DROP_DOUBLES).rowcount
        run(_NO_SELF)
        run(_TAKE_IDS)
        run(_PARENTS_FROM_ANSWERS)
        run("CREATE INDEX by_parent ON message (parent)")
        run(_WALK.format(roots=_ROOTS))
        if run(_CUT_RINGS).rowcount:
            run(_WALK.format(roots=_ROOTS_OF_RINGS))
        run("CREATE INDEX by_root ON thread (root, line)")
        run("COMMIT")


def _by_depth(messages: list[Message]) -> list[Message]:
    """Every message behind the one that it answers; otherwise in file order."""
    parents = {m.id: m.parent for m in messages if m.id}
    depths: dict[str, int] = {"": 0}
    for id_ in parents:
        way: dict[str, None] = {}
        while id_ in parents and id_ not in depths and id_ not in way:
            way[id_] = None
            id_ = parents[id_]
        deep = depths.get(id_, 0)
        for step in reversed(way):
            deep += 1
            depths[step] = deep
    return sorted(messages, key=lambda m: depths.get(m.parent, 0))
