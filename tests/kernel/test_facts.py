"""Facts of the journal."""

import json
from dataclasses import FrozenInstanceError, dataclass
from typing import ClassVar

import pytest

from cordee.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class KettleBoiled(Fact):
    subject: ClassVar[str] = "kettle_id"
    moves_mission: ClassVar[bool] = False
    kettle_id: int
    cups: list[str]


def test_a_fact_is_plain_json_and_cannot_be_changed() -> None:
    fact = KettleBoiled(kettle_id=3, cups=["tea"])
    assert json.loads(json.dumps(fact.payload())) == {"kettle_id": 3, "cups": ["tea"]}
    with pytest.raises(FrozenInstanceError):
        fact.kettle_id = 4  # type: ignore[misc]
