"""Every turn's `source` leads into the original, in every format: to a place that holds the words of the turn.

#/Transcript/3      a JSON pointer      in JSON lines inside the line that the transcript's source names
:48                 a line, a row       :2/events/0   a pointer inside a line
#Chats!5            a row of a sheet    #/support/2026-03-02.json/0, #/_chat.txt:5   in an archive
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
from empathy_audit.model.transcript import Transcript
from empathy_audit.readers import Source, read

from tests.readers.documents import Document
from tests.readers.test_round_trip import BY_DOCUMENT, needs, told_of

# The first word of each text stands in it alone, so that a place which holds it can be no other.
TEXTS = ("Alpha is my parcel.", "Bravo is sorry, of course.", "Charlie notes it.", "Delta then?")
WORDS = tuple(text.split()[0] for text in TEXTS)
ANY = re.compile("|".join(WORDS))


def at_pointer(value: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~").replace("%20", " ")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def at_line(text: str, line: int) -> str:
    """The line and those that go on with it: a caption's words, a message's body, a cell of several lines."""
    rows = text.split("\n")
    assert 1 <= line <= len(rows)
    return "\n".join(rows[line - 1 :])


def resolved(source: Source, transcript: Transcript, place: str) -> str:
    """What stands at the place, from there on. Any of several errors when it is not there."""
    data = source.data or b""
    if source.name.endswith(".xlsx"):
        title, row = place.removeprefix("#").split("!")
        return sheet_row(data, title, int(row))
    if source.name.endswith(".parquet"):
        return parquet_row(data, int(place.removeprefix(":")))
    if source.name.endswith(".zip"):
        name, _, rest = place.removeprefix("#/").partition(":" if ".txt" in place else ".json")
        entry = zipfile.ZipFile(io.BytesIO(data)).read(name + ("" if rest.isdigit() else ".json")).decode()
        return at_line(entry, int(rest)) if rest.isdigit() else json.dumps(at_pointer(json.loads(entry), rest))
    text = data.decode()
    if source.name.endswith(".jsonl"):
        inside = place if place.startswith(":") else transcript.source.removeprefix(source.name) + place
        found = re.fullmatch(r":(\d+)#?(/.*)?", inside)
        assert found is not None
        return json.dumps(at_pointer(json.loads(text.split("\n")[int(found[1]) - 1]), found[2] or ""))
    if place.startswith("#"):
        return json.dumps(at_pointer(json.loads(text), place.removeprefix("#")))
    return at_line(text, int(place.removeprefix(":")))


def sheet_row(data: bytes, title: str, row: int) -> str:
    import openpyxl

    cells = list(openpyxl.load_workbook(io.BytesIO(data))[title].values)[row - 1]
    return json.dumps([str(cell) for cell in cells])


def parquet_row(data: bytes, row: int) -> str:
    import pyarrow.parquet

    return json.dumps(pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()[row - 1])


@BY_DOCUMENT
def test_every_source_leads_to_the_words(document: Document) -> None:
    needs(document)
    source = document.saying(*TEXTS)
    heard = set()
    for transcript in read(source, speakers=told_of(document)):
        assert isinstance(transcript, Transcript)
        assert transcript.source.startswith(source.name)
        everywhere = [place for turn in transcript.turns for place in turn.source]
        for turn in transcript.turns:
            assert turn.source
            heard.update(word for word in WORDS if word in turn.text)
            for place in turn.source:
                there = ANY.findall(resolved(source, transcript, place))
                # One cell may hold a whole conversation; any other place begins with what this turn says.
                said = there if everywhere.count(place) > 1 else there[:1]
                assert [word for word in said if word in turn.text], (place, turn.text)
    assert {WORDS[0], WORDS[3]} <= heard


def test_a_place_that_is_not_there_is_noticed() -> None:
    made = Document("table", "a.csv", lambda *_: "x")
    source = made.saying(*TEXTS)
    for place in ("#/a", ":3"):
        with pytest.raises((AssertionError, ValueError)):
            resolved(source, Transcript("a", (), "a.csv", "table"), place)
