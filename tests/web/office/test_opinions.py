"""The results of surveys at the office: figures with their method, comparisons, comments, and who reads what."""

from typing import Any

import pytest
from django.urls import reverse

from cordee.catalogue.states import QuestionnaireKind
from cordee.planning.models import Session
from cordee.surveys import actions
from cordee.surveys.models import Survey
from tests.cast import Cast
from tests.certificates.stories import Settle, certified
from tests.conftest import MovableClock
from tests.surveys.opinions import ask, asked_in, fill, say
from tests.web.office.conftest import Seat, Words

K = QuestionnaireKind
NAMES = ("Ana", "Ben", "Cleo", "Driss", "Eva")


@pytest.fixture
def session(cast: Cast, now: MovableClock, settle: Settle) -> Session:
    """Five people have answered how it was, and it is told; one wrote a formula."""
    for kind in (K.HOT, K.FACILITATOR):
        ask(cast.workshop, kind)
    session = certified(cast, now, settle, *NAMES)
    for place, asked in enumerate(asked_in(Survey.objects.get(kind=K.HOT))):
        say(asked, receipt=f"{place}", q1=10 - place, q7="=1+1<b>", q8=f"Plus de pauses {place}")
    actions.close_due()
    return session


def test_figures_say_their_number_period_and_method(
    cast: Cast, session: Session, seat: Seat, words: Words
) -> None:
    said = words(seat(cast.quitterie).get(reverse("survey_results")))
    assert "100% Response rate Answered: 5 of 5" in said
    assert "8.0 Recommendation NPS 20, n = 5" in said
    assert "Answers told: n = 5. Given: 5. Asked: 5. Surveys: 1." in said
    assert "from 1 February 2026 to 31 January 2027" in said
    assert "The NPS is" in said


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"about": "{session.ref}"}, True),
        ({"about": "{session.mission.ref}"}, True),
        ({"about": "M-1999-1"}, False),
        ({"facilitator": "{cast.noor.pk}"}, True),
        ({"facilitator": "{cast.idris.pk}"}, False),
        ({"service": "{cast.training.pk}"}, False),
        ({"client": "{cast.valmont.pk}", "period": "2027-01"}, True),
        ({"period": "2026"}, False),
        ({"period": "all"}, True),
    ],
)
def test_figures_are_narrowed(
    cast: Cast, session: Session, seat: Seat, words: Words, narrowed: dict[str, str], *, expected: bool
) -> None:
    query: Any = {name: value.format(session=session, cast=cast) for name, value in narrowed.items()}
    said = words(seat(cast.quitterie).get(reverse("survey_results"), query))
    assert ("8.0 of 10 on average" in said) == expected
    assert ("No answer to show" in said) != expected


def test_a_year_of_figures_costs_as_much_as_one_session(
    cast: Cast, session: Session, seat: Seat, django_assert_max_num_queries: Any
) -> None:
    quality = seat(cast.quitterie)
    address = reverse("survey_results")
    for number in range(2):
        if number:
            fill(session, 30)
        with django_assert_max_num_queries(12):
            assert quality.get(address, {"client": cast.valmont.pk}).status_code == 200
