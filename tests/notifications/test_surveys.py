"""Who is asked how it was and does not answer is reminded once, on the morning so many days after, and never later."""

from datetime import timedelta

import pytest

from cordee.catalogue.states import QuestionnaireKind
from cordee.mail.models import Message
from cordee.notifications import surveys
from cordee.notifications.reminders.moments import after
from cordee.surveys import actions
from cordee.surveys.models import Addressee, Survey
from tests.cast import Cast
from tests.certificates.stories import Settle, certified
from tests.conftest import MovableClock
from tests.surveys.opinions import ask

K = QuestionnaireKind
DAYS = 5
"""After which the house reminds, unless it says otherwise."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(params=[K.HOT, K.COLD])
def survey(request: pytest.FixtureRequest, cast: Cast, now: MovableClock, settle: Settle) -> Survey:
    """A survey that Ana has answered, Ben and Cleo have not."""
    ask(cast.workshop, request.param)
    certified(cast, now, settle, "Ana", "Ben", "Cleo")
    if request.param == K.COLD:
        now.move_to("2027-03-16 08:13")
        actions.ask_cold_due()
    settle()
    Addressee.objects.filter(enrolment__participant__first_name="Ana").update(answered=True)
    return Survey.objects.get()


def reminded() -> list[str]:
    found = Message.objects.filter(purpose="survey_reminder").exclude(state="cancelled")
    return sorted(name.split()[0] for name in found.values_list("to_name", flat=True))


def test_the_silent_alone_are_reminded_and_once(survey: Survey, now: MovableClock, settle: Settle) -> None:
    due = after(survey.opened_at, DAYS)
    for moment, told in (
        (due - HOUR, []),
        (due, ["Ben", "Cleo"]),
        (due + HOUR, ["Ben", "Cleo"]),
        (due + DAY, ["Ben", "Cleo"]),
    ):
        now.at = moment
        surveys.write_due()
        settle()
        assert reminded() == told, moment - due


@pytest.mark.parametrize("late", ["closed", "over", "a day late"])
def test_nobody_is_reminded_of_what_is_over_or_too_late(survey: Survey, now: MovableClock, late: str) -> None:
    due = after(survey.opened_at, DAYS)
    changes = {"closed": {"closed_at": due - HOUR}, "over": {"closes_at": due}, "a day late": {}}[late]
    Survey.objects.update(**changes)
    now.at = due + DAY if late == "a day late" else due
    surveys.write_due()
    assert reminded() == []
