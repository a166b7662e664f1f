"""The dashboards: what they say of a few missions. In the demo world every number is compared with its list."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.clients.states import Sector
from cordee.enrolment import actions as enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.missions.models import Order, OrderLine
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast, draft
from tests.dashboards import wrong_on
from tests.web.office.test_missions import many

OPERATIONS = "operations_dashboard"


def plan(cast: Cast, day: date, *, count: int = 1, staffed: bool = True) -> list[Session]:
    return planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(day),
        count=count,
        facilitator_ids=[cast.noor.pk] if staffed else [],
        by=COMMAND,
    )


def test_operations_read_what_waits_and_how_full_the_weeks_are(
    cast: Cast, seat: Any, words: Any, now: Any, settle: Any
) -> None:
    (session,) = plan(cast, date(2027, 1, 31))  # a Sunday: the last day of this week
    people = [Person(email=f"{n}@mairie.example", first_name=n, last_name="Roux") for n in ("ana", "bo")]
    enrolment.enrol(session_id=session.pk, people=people, by=COMMAND)
    plan(cast, date(2027, 2, 1), staffed=False)
    plan(cast, date(2027, 3, 22))  # in the ninth week
    settle()
    now.move_to("2027-01-29 09:00")
    client = seat(cast.olga)
    page = client.get(reverse(OPERATIONS))
    this, following, *others = page.context["weeks"]
    assert [(w.sessions.number, w.unstaffed.number) for w in (this, following)] == [(1, 0), (1, 1)]
    assert (this.taken.number, this.places, this.rate) == (2, 14, 14)
    assert not any(week.sessions for week in others)
    assert "Camille Rousset 1" in words(page)
    assert wrong_on(client, reverse(OPERATIONS)) == []
    listed = client.get(reverse("coming_sessions") + "?week=2027-01-27")  # any day of the week
    assert "1 session · Places taken: 2 of 14 (14%)" in words(listed)
    assert "Noor van den Berg" in words(listed)


def test_places_of_schools_which_keep_their_own_lists_are_not_counted(
    cast: Cast, seat: Any, words: Any
) -> None:
    plan(cast, date(2027, 1, 14))
    Order.objects.filter(pk=cast.mission.order_id).update(sector=Sector.EDUCATION)
    client = seat(cast.olga)
    week = client.get(reverse(OPERATIONS)).context["weeks"][1]
    assert (week.sessions.number, week.places, week.rate) == (1, 0, None)
    assert "the school's list" in words(client.get(week.sessions.url))


@pytest.mark.parametrize("week", ["", "x", "0001-01-01", "9999-12-31", "2027-02-30"])
def test_a_week_that_makes_no_sense_narrows_nothing(cast: Cast, seat: Any, week: str) -> None:
    plan(cast, date(2027, 1, 14))
    page = seat(cast.olga).get(reverse("coming_sessions") + f"?week={week}")
    assert len(page.context["rows"]) == 1


@pytest.mark.parametrize("name", [OPERATIONS, "coming_sessions"])
def test_a_dashboard_costs_the_same_however_much_there_is(cast: Cast, seat: Any, name: str) -> None:
    plan(cast, date(2027, 1, 14))
    client = seat(cast.olga)
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(name))
    many(cast, 30)
    OrderLine.objects.filter(pk=cast.line.pk).update(quantity=99)
    for week in range(6):
        plan(cast, date(2027, 1, 15) + timedelta(weeks=week), count=5, staffed=False)
    with CaptureQueriesContext(connection) as lots:
        client.get(reverse(name))
    assert len(few) == len(lots) <= 12
