"""The referential as data: complete, dated, and what applies to whom."""

from datetime import date

import pytest

from cordee.audits.states import CRITERIA, REFERENTIALS, ActionKind, Referential, in_force

CRITERION_OF = {1: range(1, 4), 2: range(4, 9), 3: range(9, 17), 4: range(17, 21), 5: range(21, 23)}
CRITERION_OF |= {6: range(23, 30), 7: range(30, 34)}


@pytest.mark.parametrize(("text", "last"), [(REFERENTIALS[0], 32), (REFERENTIALS[1], 33)])
def test_every_text_has_its_indicators_each_in_its_criterion(*, text: Referential, last: int) -> None:
    assert [one.number for one in text.indicators] == list(range(1, last + 1))
    assert set(CRITERIA) == set(range(1, 8))
    assert all(one.number in CRITERION_OF[one.criterion] for one in text.indicators)
    assert all(one.title for one in text.indicators)
    assert text.changed <= {one.number for one in text.indicators}


@pytest.mark.parametrize(
    ("day", "code"),
    [("2019-01-01", "2019"), ("2026-10-31", "2019"), ("2026-11-01", "2026"), ("2031-01-01", "2026")],
)
def test_an_audit_goes_by_the_text_in_force_on_its_day(*, day: str, code: str) -> None:
    assert in_force(date.fromisoformat(day)).code == code


@pytest.mark.parametrize(
    ("kinds", "left_out"),
    [
        ({ActionKind.TRAINING}, {3, 7, 13, 14, 15, 16, 20, 28, 29, 33}),
        ({ActionKind.SKILLS_REVIEW}, {3, 7, 8, 13, 14, 15, 16, 20, 28, 29, 33}),
        ({ActionKind.VALIDATION}, {7, 8, 13, 14, 15, 20, 28, 29, 33}),
        ({ActionKind.CERTIFYING}, {13, 14, 15, 20, 28, 29, 33}),
        ({ActionKind.APPRENTICESHIP}, set()),
    ],
)
def test_what_applies_follows_from_what_is_offered(*, kinds: set[ActionKind], left_out: set[int]) -> None:
    text = in_force(date(2027, 1, 1))
    assert {one.number for one in text.indicators if not one.applies_to(kinds)} == left_out
