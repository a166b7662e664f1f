"""The rule of who is the same person, whatever the order and however often a list is given."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.enrolment.actions.people import tidied
from cordee.enrolment.rules import Person
from cordee.enrolment.rules.identity import Crowd, Known, Verdict, judge
from cordee.kernel.names import name_key
from tests.enrolment.people_cases import CASES, UNSURE, Case, person

PEOPLE = st.builds(
    Person,
    email=st.sampled_from(["", "a@x.fr", "b@x.fr"]),
    first_name=st.sampled_from(["", "Ana", "Bo", "ÀNA"]),
    last_name=st.sampled_from(["", "Ba", "Ana", "Ba-Cy"]),
).filter(lambda p: p.email or p.first_name or p.last_name)


def is_whole(person: Person) -> bool:
    return bool(person.email and person.first_name and person.last_name)


def identity_of(person: Person) -> tuple[str, str]:
    return (person.email, name_key(person.first_name, person.last_name))


@pytest.mark.parametrize("case", [*CASES, *UNSURE], ids=str)
@pytest.mark.parametrize("first", range(3))
def test_a_list_is_as_many_people_as_there_are(case: Case, first: int) -> None:
    people = [tidied(p) for p in (*case.people[first:], *case.people[:first])]
    answers = judge(people, [])
    assert sum(a.verdict in {Verdict.NEW, Verdict.SHARES} for a in answers) == len(case.on_list)
    assert any(a.verdict == Verdict.UNSURE for a in answers) == (case in UNSURE)


@given(st.lists(PEOPLE, max_size=9), st.randoms(use_true_random=False))
def test_everybody_told_by_address_and_name_is_there_once(people: list[Person], luck: random.Random) -> None:
    luck.shuffle(people)
    answers = judge(people, [])
    whole = [(p, a) for p, a in zip(people, answers, strict=True) if is_whole(p)]
    assert not [p for p, a in whole if a.verdict == Verdict.UNSURE]
    first = {n if a.row is None else a.row for n, a in enumerate(answers) if is_whole(people[n])}
    assert len(first) == len({identity_of(p) for p, _ in whole})


@given(st.lists(PEOPLE, max_size=9))
def test_one_by_one_everybody_told_by_both_is_there_once_too(people: list[Person]) -> None:
    crowd = Crowd([])
    for one in people:
        crowd.judge([one])
    for one in filter(is_whole, people):
        again = crowd.who_is(one)
        assert again.verdict == Verdict.SAME, "given again, everybody is known"


def known(n: int, text: str, *, listed: bool = False, enrolled: bool = False) -> Known:
    who = person(text)
    return Known(
        id=n,
        email=who.email,
        first_name=who.first_name,
        last_name=who.last_name,
        listed=listed,
        enrolled=enrolled,
    )


def test_a_name_alone_is_looked_for_on_the_list_only() -> None:
    sent_before = known(1, "Ana/Ba a@x.fr")
    assert Crowd([sent_before]).who_is(person("Ana/Ba")).verdict == Verdict.NEW
    assert Crowd([sent_before]).who_is(person(" a@x.fr")).known == sent_before


def test_who_stands_on_the_list_by_name_alone_is_whom_the_client_sent_before() -> None:
    before, on_list = known(1, "Ana/Ba a@x.fr"), known(2, "Ana/Ba", listed=True, enrolled=True)
    answer = Crowd([before, on_list]).who_is(person("Ana/Ba a@x.fr"))
    assert (answer.verdict, answer.known, answer.replaces) == (Verdict.COMPLETES, before, on_list)
    assert answer.is_enrolled


def test_who_was_taken_off_gives_way_to_who_is_there() -> None:
    gone = known(1, "Ana/Ba a@x.fr", listed=True)
    there = known(2, "Ana/Ba b@x.fr", listed=True, enrolled=True)
    assert Crowd([gone, there]).who_is(person("Ana/Ba")).known == there


def test_said_to_be_nobody_known_somebody_is_new() -> None:
    people = [person("Ana/Ba a@x.fr"), person("Bo/Cy a@x.fr"), person(" a@x.fr")]
    assert judge(people, [], sure={2})[2].verdict == Verdict.SHARES
    assert judge([*people, people[2]], [], sure={2})[3].row == 2, "the same again"
