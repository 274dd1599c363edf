"""Where training sets come from: a corpus folder, a team's own table, public sets with labels of ours."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from empathy_audit.errors import InputError
from empathy_audit.signals.corpus import LabelledConversation, LabelledTurn
from empathy_audit.signals.recipe import PUBLIC, REAL, TrainingSet, from_csv, from_folder, from_public, together

HEAD = "conversation,role,text,tags\n"


def table(folder: Path, text: str | bytes) -> Path:
    path = folder / "own.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# --- a team's own labels ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "own.csv: lacks the column(s) conversation, role, tags, text; expected conversation, role, text, tags"),
        ("a;b\n", "own.csv: lacks the column(s) conversation, role, tags, text; "),
        ("conversation,role,text\n", "own.csv: lacks the column(s) tags; "),
        (f"{HEAD}1,boss,hi,\n", "own.csv:2: role 'boss' is none; expected agent or customer"),
        (f"{HEAD}1,,hi,\n", "own.csv:2: role '' is none; "),
        (f"{HEAD}1\n", "own.csv:2: role '' is none; "),
        (f"{HEAD}1,agent,hi,XX\n", "own.csv:2: tag 'XX' is none; expected one of open-question, "),
        (f"{HEAD}1,agent,hi,\n1,agent,ho,CQ joy\n", "own.csv:3: tag 'joy' is none; "),
        (f"{HEAD}1,customer,hi,3\n", "own.csv:2: a customer's tags are '3'; expected 0, 1 or 2"),
        (f"{HEAD}1,customer,hi,1 2\n", "own.csv:2: a customer's tags are '1 2'; expected 0, 1 or 2"),
        (f"{HEAD}1,customer,hi,CQ\n", "own.csv:2: a customer's tags are 'CQ'; "),
        (
            "conversation,role,text,tags,reply\n1,agent,hi,,thank\n",
            "own.csv:2: reply 'thank' is none; expected one of ",
        ),
        ("conversation,role,text,tags,emotion\n1,customer,hi,1,rage\n", "own.csv:2: emotion 'rage' is none; expected "),
        (f'{HEAD}1,agent,"two\nlines",\n1,agent,hi,XX\n', "own.csv:4: tag 'XX' is none; "),
        (b"\xff\xfe", "own.csv: is not UTF-8 text; save it as UTF-8"),
        (f"{HEAD}1,agent,{'x' * 200_000},\n", "own.csv:2: is no CSV (field larger than field limit"),
    ],
)
def test_a_broken_table_is_told_with_its_place(tmp_path: Path, text: str | bytes, told: str) -> None:
    with pytest.raises(InputError) as caught:
        from_csv(table(tmp_path, text))
    assert str(caught.value).startswith(told)


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        from_csv(tmp_path / "none.csv")


def test_the_whole_of_a_table(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "\ufeffconversation,role,text,tags,reply,emotion,more\n"
        "b,customer,I am cross.,2,,anger,x\n"
        'a,customer,"Hello, you",,,,\n'
        "b,agent,Sorry. Which one?,bare-apology CQ,ask,,\n"
        'b,agent,,"AP,CQ",,,\n'
        "b,customer,fine,0\n",
    )
    expected = (
        LabelledConversation(
            "b",
            "own",
            "own",
            "own",
            (
                LabelledTurn("customer", "I am cross.", ((0, 11, frozenset("2")),), level=2, emotion="anger"),
                LabelledTurn("agent", "Sorry. Which one?", ((0, 17, frozenset(("AP", "CQ"))),), reply="ask"),
                LabelledTurn("agent", "", ()),
                LabelledTurn("customer", "fine"),
            ),
        ),
        LabelledConversation("a", "own", "own", "own", (LabelledTurn("customer", "Hello, you"),)),
    )
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    assert from_csv(path) == TrainingSet(expected, {"own.csv": sha})


# --- a corpus folder -------------------------------------------------------------------------------------------------


def test_a_folder_without_a_corpus_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no corpus file; expected \.txt files"):
        from_folder(tmp_path)


def test_a_file_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"@ \xff")
    with pytest.raises(InputError, match=r"^a\.txt: is not UTF-8 text; save it as UTF-8$"):
        from_folder(tmp_path)


def test_the_files_of_a_folder_are_read_by_name_and_hashed_together(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text(f"@ {name} | x | chat | en | n\nA - | hi\n", "utf-8")
    (tmp_path / "README.md").write_text("no corpus", "utf-8")
    first = from_folder(tmp_path)
    assert [talk.id for talk in first.conversations] == ["a", "b"]
    assert list(first.sources) == [tmp_path.name]
    (tmp_path / "b.txt").write_text("@ b | x | chat | en | n\nA - | ho\n", "utf-8")
    assert from_folder(tmp_path).sources != first.sources


# --- public sets -----------------------------------------------------------------------------------------------------

TWEETS = {"id": "t-1", "turns": [{"role": "customer", "text": "cross"}, {"role": "agent", "text": "Sorry."}]}


@pytest.fixture
def public(tmp_path: Path) -> Path:
    (tmp_path / "twitter-care.txt").write_text("## t-1\n0C 1 anger 0-5:1\n1A solve 0-6:AP\n", "utf-8")
    (tmp_path / PUBLIC["twitter-care"]).write_text(json.dumps(TWEETS) + "\n\n", "utf-8")
    return tmp_path


def test_a_folder_without_a_public_set_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds none of twitter-care-unlabelled\.jsonl"):
        from_public(tmp_path, tmp_path)


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "x"}', '{"id": "x", "turns": [{"role": "agent"}]}', "1"])
def test_a_public_set_that_is_none_is_told_with_its_line(public: Path, line: str) -> None:
    with (public / PUBLIC["twitter-care"]).open("a", encoding="utf-8") as file:
        file.write(line)
    with pytest.raises(InputError, match=r"^twitter-care-unlabelled\.jsonl:3: is no conversation \("):
        from_public(public, public)


def test_a_public_set_is_joined_with_its_labels(public: Path) -> None:
    found = from_public(public, public)
    turns = (
        LabelledTurn("customer", "cross", ((0, 5, frozenset("1")),), level=1, emotion="anger"),
        LabelledTurn("agent", "Sorry.", ((0, 6, frozenset(("AP",))),), reply="solve"),
    )
    assert found.conversations == (
        LabelledConversation("t-1", "twitter-care", "social", "unknown", turns, weight=REAL),
    )
    assert list(found.sources) == [PUBLIC["twitter-care"]]


def test_sets_are_put_together_in_order(public: Path, tmp_path: Path) -> None:
    own = from_csv(table(tmp_path, f"{HEAD}1,agent,hi,\n"))
    tweets = from_public(public, public)
    assert together(own, tweets) == TrainingSet(
        own.conversations + tweets.conversations, {**own.sources, **tweets.sources}
    )
