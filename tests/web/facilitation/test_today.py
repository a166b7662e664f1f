"""The day itself: everything for today's sessions in one hand."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.attendance import actions as attendance
from cordee.attendance.states import Way
from cordee.enrolment.models import Enrolment
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.attendance.test_signing import given
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import DURING, all_present, confirm, enrol, plan


@pytest.fixture
def session(cast: Cast, client: Client) -> Session:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    cast.noor.user.language = "en"
    cast.noor.user.save()
    client.force_login(cast.noor.user)
    return session


def shown(client: Client) -> list[Any]:
    found: list[Any] = client.get(reverse("today")).context["sessions"]
    return found


def buttons(client: Client) -> dict[str, str]:
    ((hours,),) = [today.hours for today in shown(client)]
    return {button.label: button.detail for button in hours.buttons}


def missing(client: Client) -> list[str]:
    ((hours,),) = [today.hours for today in shown(client)]
    return [sentence for sentence, _url in hours.missing]


def test_the_buttons_follow_the_day(cast: Cast, client: Client, session: Session, now: MovableClock) -> None:
    assert shown(client) == [], "weeks before"
    now.move_to("2027-01-14 07:30")
    assert buttons(client) == {}, "nothing to do in the room yet"
    assert missing(client) == []
    now.move_to("2027-01-14 08:50")
    assert buttons(client) == {
        "Show the code": "0 of 2 signed",
        "Have them sign on this phone": "or afterwards, with the reason",
    }
    now.move_to(DURING)
    assert buttons(client)["Presence"] == "not recorded yet"
    assert missing(client) == ["Presence is not recorded.", "Your countersignature is missing."]
    ana = Enrolment.objects.order_by("pk")[0]
    half_day = session.half_days.get()
    attendance.sign(
        half_day_id=half_day.pk,
        enrolment_id=ana.pk,
        given=given(way=Way.HANDED_ROUND),
        by=cast.actor(cast.noor),
    )
    all_present(cast, session)
    assert buttons(client)["Show the code"] == "1 of 2 signed"
    assert buttons(client)["Presence"] == "2 people present"
    assert "Countersign" in buttons(client)
    assert missing(client) == [
        "1 person who is present has not signed on a screen.",
        "Your countersignature is missing.",
    ]
    attendance.countersign(
        half_day_id=half_day.pk, given=given(way=Way.ACCOUNT), despite_unsigned=True, by=cast.actor(cast.noor)
    )
    assert set(buttons(client)) == {"Presence", "Deposit the signed sheet"}, "it is frozen"
    now.move_to("2027-01-15 08:00")
    assert shown(client) == [], "the day after"


def test_coordinators_see_the_sessions_of_their_missions(
    cast: Cast, client: Client, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    client.force_login(cast.camille.user)
    assert [today.session for today in shown(client)] == [session]
    assert "countersignature" not in " ".join(missing(client)), "she does not run it"
    for stranger in (cast.elodie, cast.dan):
        client.force_login(stranger.user)
        assert shown(client) == []


def test_only_those_who_said_yes_and_sessions_that_take_place(
    cast: Cast, client: Client, session: Session, now: MovableClock
) -> None:
    (asked,) = plan(cast, cast.noor, starts="14:00", ends="17:00")
    (off,) = plan(cast, cast.noor, starts="18:00", ends="20:00")
    confirm(cast, off, cast.noor)
    planning.cancel_session(session_id=off.pk, reason="Fuite", by=cast.actor(cast.olga))
    now.move_to(DURING)
    assert [today.session for today in shown(client)] == [session]
    assert asked.pk != session.pk


def test_what_is_over_makes_place_for_what_goes_on(
    cast: Cast, client: Client, session: Session, now: MovableClock
) -> None:
    (later,) = plan(cast, cast.noor, starts="14:00", ends="17:00")
    confirm(cast, later, cast.noor)
    now.move_to(DURING)
    assert [today.session for today in shown(client)] == [session, later]
    now.move_to("2027-01-14 14:05")
    assert [today.session for today in shown(client)] == [later, session]


@pytest.mark.parametrize(
    ("moment", "is_there"),
    [
        ("2027-01-14 03:00", False),  # 13 Jan, 22:00 in Guadeloupe
        ("2027-01-14 06:00", True),  # 14 Jan, 1:00 there
        ("2027-01-15 04:00", True),  # 14 Jan, 23:00 there
        ("2027-01-15 06:00", False),
    ],
)
def test_today_is_where_the_session_takes_place(
    *, cast: Cast, client: Client, session: Session, now: MovableClock, moment: str, is_there: bool
) -> None:
    (far,) = plan(cast, cast.noor, time_zone="America/Guadeloupe")
    confirm(cast, far, cast.noor)
    now.move_to(moment)
    assert (far in [today.session for today in shown(client)]) is is_there


def test_a_session_over_midnight_stays_until_its_end(
    cast: Cast, client: Client, session: Session, now: MovableClock
) -> None:
    (night,) = plan(cast, cast.noor, starts="22:00", ends="01:00")
    confirm(cast, night, cast.noor)
    now.move_to("2027-01-15 00:30")
    assert [today.session for today in shown(client)] == [night]
    now.move_to("2027-01-15 01:30")
    assert shown(client) == []


def test_it_costs_the_same_with_one_session_and_with_four(
    cast: Cast, client: Client, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    with CaptureQueriesContext(connection) as one:
        shown(client)
    now.move_to("2027-01-13 12:00")
    for hour in range(12, 15):
        (another,) = plan(cast, cast.noor, starts=f"{hour}:00", ends=f"{hour}:45")
        confirm(cast, another, cast.noor)
    now.move_to(DURING)
    with CaptureQueriesContext(connection) as four:
        assert len(shown(client)) == 4
    assert len(one) == len(four) <= 12


def test_my_work_leads_there(client: Client, session: Session, now: MovableClock) -> None:
    page = client.get(reverse("my_work"))
    assert reverse("today") in page.content.decode()
    assert not page.context["is_today"]
    now.move_to("2027-01-14 07:30")
    assert client.get(reverse("my_work")).context["is_today"]
