"""What is found on a sheet: each thing by itself, and its limits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from cordee.attendance.queries import print_of
from cordee.attendance.states import PresenceState
from cordee.conformity.rules import Sheet, findings
from cordee.conformity.rules.findings import LOOKS, LOOKS_AT_A_HALF_DAY
from cordee.conformity.rules.kinds import KINDS
from cordee.conformity.states import FindingCode, Severity
from cordee.kernel.refusals import Turn
from tests.conformity.sheets import ANA, BO, MORNING, NOOR, sheet, signed, strokes

SUNDAY = replace(MORNING, day=date(2027, 1, 17))
AFTERNOON = replace(
    MORNING,
    id=2,
    position=2,
    starts_at=MORNING.starts_at + timedelta(hours=5),
    ends_at=MORNING.ends_at + timedelta(hours=5),
)
FLAT = ((*((x * 40, x % 2, x) for x in range(20)),),)
"""A line across the box."""
TALL = ((*((x % 2 * 30, x * 20, x) for x in range(40)), *((30 - x % 2 * 30, x * 20, x) for x in range(40))),)
"""Up and down, again and again, in a narrow column."""

WRONG: dict[FindingCode, Sheet] = {
    FindingCode.PRESENCE_MISSING: sheet(halves=[replace(MORNING, recorded=False)], marks={}),
    FindingCode.SIGNATURE_MISSING: sheet(signed=[signed(ANA)]),
    FindingCode.ABSENT_SIGNED: sheet(
        marks={(ANA.key, 1): PresenceState.PRESENT, (BO.key, 1): PresenceState.EXCUSED}
    ),
    FindingCode.FACILITATOR_MISSING: sheet(countersigned=[]),
    FindingCode.OUT_OF_WINDOW: sheet(
        signed=[signed(ANA), signed(BO, at=MORNING.ends_at + timedelta(seconds=1))]
    ),
    FindingCode.SAME_INK: sheet(
        signed=[signed(ANA), signed(BO, print=print_of(strokes(ANA.who)), strokes=strokes(ANA.who))]
    ),
    FindingCode.UNLIKE_INK: sheet(
        halves=[MORNING, AFTERNOON],
        minutes_ordered=360,
        people=[ANA],
        marks={(ANA.key, 1): PresenceState.PRESENT, (ANA.key, 2): PresenceState.PRESENT},
        signed=[signed(ANA, strokes=FLAT, print=""), signed(ANA, AFTERNOON, strokes=TALL, print="")],
        countersigned=[signed(NOOR), signed(NOOR, AFTERNOON)],
    ),
    FindingCode.DAY_OFF: sheet(
        halves=[SUNDAY],
        signed=[signed(ANA, SUNDAY), signed(BO, SUNDAY)],
        countersigned=[signed(NOOR, SUNDAY)],
    ),
    FindingCode.NOT_AS_SIGNED: sheet(title="Autre titre"),
    FindingCode.SCHOOL_SILENT: sheet(of_school=True, people=[], signed=[], marks={}),
    FindingCode.SCHOOL_COUNTS_OTHERS: sheet(of_school=True, people=[], signed=[], marks={}, confirmed=3),
    FindingCode.SIGNED_BELATED: sheet(
        signed=[signed(ANA), signed(BO, at=MORNING.ends_at + timedelta(hours=1), belated=True)]
    ),
    FindingCode.TITLE_DIFFERS: sheet(
        title="Atelier mobilité",
        ordered=("Deux ateliers sur l’eau potable", "Atelier de 3 h"),
        signed=[signed(ANA, content={}), signed(BO, content={})],
        countersigned=[signed(NOOR, content={})],
    ),
    FindingCode.HOURS_DIFFER: sheet(minutes_ordered=210),
    FindingCode.BEFORE_ORDER: sheet(agreed_on=date(2027, 1, 15)),
    FindingCode.ENROLLED_AFTER: sheet(
        people=[ANA, replace(BO, enrolled_at=MORNING.ends_at + timedelta(minutes=1))]
    ),
    FindingCode.OVER_CAPACITY: sheet(capacity=1),
}
"""For each code a sheet on which it is found, and nothing else."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def codes(found: Sheet) -> list[FindingCode]:
    return [finding.code for finding in findings(found)]


def test_nothing_is_found_on_a_sheet_on_which_all_is_right() -> None:
    assert findings(sheet()) == []


@pytest.mark.parametrize("code", FindingCode)
def test_each_finding_says_what_why_and_what_to_do(code: FindingCode) -> None:
    (found,) = findings(WRONG[code])
    assert found.code == code
    for words in (found.message, found.law, found.fix):
        assert len(words.split()) > 3, words
    assert any(source in found.law for source in ("code du travail", "code civil")), "its legal source"
    assert found.turn in Turn
    assert found.as_blocker().fix == found.fix


@pytest.mark.parametrize("code", FindingCode)
def test_each_finding_is_in_french_too(code: FindingCode) -> None:
    (english,) = findings(WRONG[code])
    told = (english.message, english.law, english.fix)
    with translation.override("fr"):
        (found,) = findings(WRONG[code])
        french = (found.message, found.law, found.fix)
    assert not set(told) & set(french)


def test_every_code_is_looked_for_and_has_its_law() -> None:
    assert LOOKS.keys() | LOOKS_AT_A_HALF_DAY.keys() == set(KINDS) == set(FindingCode) == set(WRONG)


def test_what_there_is_still_time_for_is_not_wrong_yet() -> None:
    going_on = replace(MORNING, recorded=False, ended=False)
    missing = findings(sheet(halves=[going_on], marks={}, countersigned=[]))
    assert [(f.code, f.due) for f in missing] == [
        (FindingCode.PRESENCE_MISSING, False),
        (FindingCode.FACILITATOR_MISSING, False),
    ]
    unsigned = findings(sheet(halves=[replace(MORNING, ended=False)], signed=[signed(ANA)]))
    assert [(f.code, f.due) for f in unsigned] == [(FindingCode.SIGNATURE_MISSING, False)]
    (found,) = findings(sheet(halves=[going_on], facilitators=[], countersigned=[], marks={}))[:1]
    assert (found.code, found.due) == (FindingCode.FACILITATOR_MISSING, True), "somebody has to run it"
    of_two = findings(sheet(halves=[MORNING, replace(AFTERNOON, ended=False)], signed=[signed(ANA)]))
    assert [(f.code, f.due) for f in of_two][:1] == [(FindingCode.SIGNATURE_MISSING, True)]
    assert {f.due for f in of_two if "half-day 2" in f.message} == {False}


def test_errors_come_before_questions() -> None:
    both = replace(WRONG[FindingCode.OVER_CAPACITY], countersigned=[])
    assert [f.severity for f in findings(both)] == [Severity.ERROR, Severity.QUESTION]


def test_what_may_be_all_right_is_a_question() -> None:
    questions = {code for code, kind in KINDS.items() if kind.severity == Severity.QUESTION}
    assert questions == {
        FindingCode.OUT_OF_WINDOW,
        FindingCode.UNLIKE_INK,
        FindingCode.DAY_OFF,
        FindingCode.HOURS_DIFFER,
        FindingCode.BEFORE_ORDER,
        FindingCode.ENROLLED_AFTER,
        FindingCode.OVER_CAPACITY,
        FindingCode.SCHOOL_COUNTS_OTHERS,
        FindingCode.SIGNED_BELATED,
        FindingCode.TITLE_DIFFERS,
    }


RIGHT: dict[str, Sheet] = {
    "the school confirmed": sheet(of_school=True, people=[], signed=[], marks={}, confirmed=2),
    "everybody who was counted signed a line": sheet(
        of_school=True, people=[], signed=[], marks={}, halves=[replace(MORNING, without_name=2)]
    ),
    "outside education nobody confirms for others": sheet(people=[], signed=[], marks={}),
    "the title of the order says more": sheet(
        ordered=("Journée des équipes : atelier climat", "Atelier de 3 h")
    ),
    "who was absent need not sign": sheet(
        marks={(ANA.key, 1): PresenceState.PRESENT, (BO.key, 1): PresenceState.ABSENT}, signed=[signed(ANA)]
    ),
    "the first can sign a quarter of an hour before": sheet(
        signed=[signed(ANA, at=MORNING.starts_at - timedelta(minutes=15)), signed(BO)]
    ),
    "the last at its end": sheet(signed=[signed(ANA), signed(BO, at=MORNING.ends_at)]),
    "a name typed in is like no other": sheet(
        signed=[signed(ANA, print="", strokes=()), signed(BO, print="", strokes=())]
    ),
    "one person may sign the same twice": sheet(
        halves=[MORNING, AFTERNOON],
        minutes_ordered=360,
        people=[ANA],
        marks={(ANA.key, 1): PresenceState.PRESENT, (ANA.key, 2): PresenceState.PRESENT},
        signed=[signed(ANA), signed(ANA, AFTERNOON)],
        countersigned=[signed(NOOR), signed(NOOR, AFTERNOON)],
    ),
    "somebody's own print elsewhere is theirs": sheet(
        elsewhere={print_of(strokes(ANA.who)): frozenset({ANA.who})}
    ),
    "who came on the spot was on the list by the end": sheet(
        people=[ANA, replace(BO, enrolled_at=MORNING.ends_at)]
    ),
    "as many as there is room for": sheet(capacity=2),
    "held on the day it was agreed": sheet(agreed_on=MORNING.day),
    "what has not begun is not missing": sheet(
        halves=[replace(MORNING, begun=False, recorded=False)], marks={}, signed=[], countersigned=[]
    ),
}


@pytest.mark.parametrize("why", RIGHT)
def test_nothing_is_said_of_what_is_right(why: str) -> None:
    assert codes(RIGHT[why]) == []


def test_somebody_signed_as_the_same_on_another_session() -> None:
    found = findings(sheet(elsewhere={print_of(strokes(ANA.who)): frozenset({ANA.who, "participant 99"})}))
    assert [f.code for f in found] == [FindingCode.SAME_INK]
    assert "Ana N" in found[0].message
    assert "another session" in found[0].message


def test_a_session_that_nobody_ran() -> None:
    assert codes(sheet(facilitators=[], countersigned=[])) == [FindingCode.FACILITATOR_MISSING]


def test_each_of_two_facilitators_countersigns() -> None:
    elodie = replace(NOOR, key=22, who="facilitator 2", name="Élodie Martin")
    (found,) = findings(sheet(facilitators=[NOOR, elodie]))
    assert "Élodie Martin has not countersigned" in found.message
    assert "Noor" not in found.message


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("title", "Autre", "title"),
        ("day", "2027-01-13", "day"),
        ("starts", "08:30", "hours"),
        ("ends", "12:30", "hours"),
        ("time_zone", "Indian/Reunion", "time zone"),
    ],
)
def test_what_differs_from_what_was_signed_is_named_once(field: str, value: str, word: str) -> None:
    other: Any = {**signed(ANA).content, field: value}
    (found,) = findings(sheet(signed=[signed(ANA, content=other), signed(BO, content=other)]))
    assert found.code == FindingCode.NOT_AS_SIGNED
    assert f"({word})" in found.message


def test_many_names_are_told_as_some_and_a_number() -> None:
    many = [replace(ANA, key=100 + i, who=f"participant {100 + i}", name=f"P{i}") for i in range(8)]
    marks = {(p.key, 1): PresenceState.PRESENT for p in many}
    (found,) = findings(sheet(people=many, marks=marks, signed=[]))
    assert "P0, P1, P2, P3, P4 and 3 more were there and have not signed" in found.message


def test_where_there_are_several_half_days_it_is_said_which() -> None:
    (found,) = findings(replace(RIGHT["one person may sign the same twice"], signed=[signed(ANA)]))
    assert found.message.endswith("half-day 2, Thursday, 14 January 2027.")
