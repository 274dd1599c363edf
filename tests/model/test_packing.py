"""What is packed comes back the same, whatever its values, in as few steps as its constructor takes."""

from __future__ import annotations

import copy
import inspect
import pickle
import pickletools
from dataclasses import FrozenInstanceError, dataclass, fields, replace

import pytest
from empathy_audit.model import audit, transcript
from empathy_audit.model.packing import packed

from tests.reports.cases import broadband, hostile, unscored

TRAVEL = [
    value
    for module in (audit, transcript)
    for value in vars(module).values()
    if isinstance(value, type) and "__reduce__" in vars(value)
]


@packed
@dataclass(frozen=True, slots=True)
class One:
    it: object


@packed
@dataclass(frozen=True, slots=True)
class Two:
    a: object
    b: object = 2


@pytest.mark.parametrize("value", [One(None), One((1, 2)), Two("x"), Two((), One([]))], ids=repr)
def test_small_values_come_back(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value


@pytest.mark.parametrize("whole", [broadband(), hostile(), unscored()], ids=lambda one: str(one.transcript.id)[:10])
def test_whole_audits_come_back(whole: audit.Audit) -> None:
    back = pickle.loads(pickle.dumps(whole, protocol=5))
    assert back == whole
    assert type(back.turns[0]) is audit.JudgedTurn
    assert hash(back.turns[0].turn) == hash(whole.turns[0].turn)


def test_every_value_that_an_audit_holds_is_packed() -> None:
    names = {
        argument
        for code, argument, _ in pickletools.genops(pickle.dumps(broadband(), protocol=2))
        if code.name == "GLOBAL" and str(argument).startswith("empathy_audit")
    }
    assert names <= {f"{one.__module__} {one.__qualname__}" for one in TRAVEL}
    assert len(names) > 8
    assert all(fields(one) for one in TRAVEL)


def test_made_as_a_dataclass_is_and_frozen() -> None:
    assert (Two("x"), Two(b=3, a=1)) == (Two("x", 2), Two(1, 3))
    assert str(inspect.signature(Two)) == "(a: 'object', b: 'object' = 2) -> None"
    assert replace(Two(1, 2), b=5) == Two(1, 5)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'a'"):
        Two()  # type: ignore[call-arg]
    with pytest.raises(FrozenInstanceError):
        Two(1).a = 2  # type: ignore[misc]
