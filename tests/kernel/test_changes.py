"""Typed changes."""

from dataclasses import dataclass
from types import SimpleNamespace

from cordee.kernel.changes import UNSET, Changes, Unset, given_or, tidied


@dataclass(frozen=True, slots=True, kw_only=True)
class KettleChanges(Changes):
    name: str | Unset = UNSET
    litres: int | Unset | None = UNSET


def test_what_is_not_given_stays_and_none_is_a_value() -> None:
    kettle = SimpleNamespace(name="Big", litres=2)
    assert KettleChanges().made_to(kettle) == []
    assert KettleChanges(name="Big", litres=None).made_to(kettle) == ["litres"]
    assert (kettle.name, kettle.litres) == ("Big", None)


def test_words_are_tidied_and_nothing_else() -> None:
    assert tidied(KettleChanges(name="  The  big one ", litres=3)) == KettleChanges(
        name="The big one", litres=3
    )
    assert tidied(KettleChanges()).given() == {}


def test_a_value_given_goes_before_the_one_that_stands() -> None:
    assert given_or(UNSET, 4) == 4
    assert given_or(0, 4) == 0
