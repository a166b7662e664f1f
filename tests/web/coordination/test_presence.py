"""Presence by half-day: all or nothing, correctable, told who recorded it."""

from datetime import date, time
from typing import Any

import pytest
from django.urls import reverse

from cordee.attendance import actions
from cordee.attendance import queries as attendance
from cordee.clients.states import Sector
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as enrolments
from cordee.enrolment.rules import Person
from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.periods import HalfDaySlot
from cordee.missions.models import Order
from cordee.planning import actions as planning
from cordee.planning import queries as planning_queries
from cordee.planning.models import Session
from cordee.planning.rules import SessionDraft
from tests.cast import Cast
from tests.conformity.sheets import given
from tests.conftest import MovableClock

TOKENS = [f"6f0f2a52-3c53-4a0e-9f43-1c3d1b1f2b{n:02d}" for n in range(9)]
DAY = date(2027, 1, 14)


@pytest.fixture
def session(cast: Cast) -> Session:
    """Two half-days on Thursday with Élodie, and three people on the list."""
    by = cast.actor(cast.camille)
    slots = (HalfDaySlot(DAY, time(9), time(12)), HalfDaySlot(DAY, time(14), time(17)))
    session = planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=SessionDraft(title="Atelier", half_days=slots, place="Mairie"),
        facilitator_ids=[cast.elodie.pk],
        by=by,
    )[0]
    people = [Person(email=f"{name}@valmont.example", last_name=name) for name in ("anna", "bob", "carl")]
    enrolment.enrol(session_id=session.pk, people=people, by=by)
    return session


@pytest.fixture
def path(session: Session) -> str:
    return reverse("presence", args=[session.ref])


def ticks(session: Session, half_days: int, state: str = "present", token: int = 0) -> dict[str, str]:
    found = {"form_token": TOKENS[token]}
    records = attendance.records(session.pk)
    for half_day in planning_queries.half_days(session.pk)[:half_days]:
        seen = records.get(half_day.pk)
        found[f"seen-{half_day.pk}"] = seen.seen if seen else ""
        for person in enrolments.enrolments(session.pk):
            found[f"p-{person.pk}-{half_day.pk}"] = state
    return found


def recorded(session: Session) -> list[int]:
    return [r.present for _, r in sorted(attendance.records(session.pk).items())]


def test_before_it_begins_the_grid_says_from_when(elodie: Any, path: str) -> None:
    html = elodie.get(path)
    assert "Can be recorded from Thursday 14 January 2027, 9:00 on." in html
    assert html.count("disabled") == 6
    assert "Record the presence</span>" not in html


def test_a_half_day_is_recorded_once_begun(elodie: Any, session: Session, path: str, now: Any) -> None:
    now.move_to("2027-01-14 09:10")
    html = elodie.get(path)
    assert html.count(" disabled") == 3
    html = elodie.follow(path, ticks(session, 1))
    assert "Presence is recorded." in html
    assert recorded(session) == [3]
    html = elodie.get(path)
    assert "3 people present" in html
    assert "Recorded by Élodie Martin" in html


def test_all_half_days_are_saved_or_none(elodie: Any, session: Session, path: str, now: Any) -> None:
    now.move_to("2027-01-14 17:30")
    typed = ticks(session, 2, "late")
    missing = typed.popitem()[0]
    html = elodie.refused(path, typed)
    assert "1 person on the list has no presence yet." in html
    assert recorded(session) == []
    assert html.count('value="late"') == 6
    assert html.count("checked") == 5
    elodie.follow(path, {**typed, missing: "absent"})
    assert recorded(session) == [3, 2]


def test_an_empty_grid_says_so(elodie: Any, session: Session, path: str, now: Any) -> None:
    now.move_to("2027-01-14 17:30")
    assert "No presence was ticked." in elodie.refused(path, {"form_token": TOKENS[0]})


def test_it_is_corrected_and_the_second_of_two_is_told(
    elodie: Any, camille: Any, session: Session, path: str, now: Any
) -> None:
    now.move_to("2027-01-14 17:30")
    elodie.follow(path, ticks(session, 2))
    mine, theirs = ticks(session, 2, "absent", token=1), ticks(session, 2, "excused", token=2)
    now.move_to("2027-01-14 17:40")
    camille.follow(path, mine)
    html = elodie.refused(path, theirs)
    assert "Somebody else recorded presence on this half-day meanwhile." in html
    assert "Recorded by Camille Rousset" in html
    assert recorded(session) == [0, 0]
    elodie.follow(path, ticks(session, 2, "excused", token=3))
    assert "Presence of 3 people corrected for Atelier" in camille.get(reverse("session", args=[session.ref]))


def test_a_walk_in_typed_beside_the_grid_hides_nobody_elses_presence(
    elodie: Any, camille: Any, session: Session, path: str, now: Any
) -> None:
    now.move_to("2027-01-14 09:10")
    theirs = ticks(session, 1, "absent", token=1)
    camille.follow(path, ticks(session, 1))
    html = elodie.refused(path, theirs | {"last_name": "Zora"})
    assert "Somebody else recorded presence on this half-day meanwhile." in html
    assert recorded(session) == [3]
    assert len(enrolments.enrolments(session.pk)) == 3
    walk_in = reverse("walk_in", args=[session.ref])
    (half_day, _later) = planning_queries.half_days(session.pk)
    assert f'name="seen-{half_day.pk}" value=""' in elodie.refused(walk_in, theirs)
    html = elodie.post(walk_in, theirs | {"last_name": "Zora"}).content.decode()
    assert f'name="seen-{half_day.pk}" value=""' in html, "the page still shows what it showed"
    assert 'name="last_name" value="Zora"' not in html


def test_two_who_count_the_same_half_day_are_told(camille: Any, cast: Cast, now: Any) -> None:
    Order.objects.filter(mission=cast.mission).update(sector=Sector.EDUCATION)
    (session,) = planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=SessionDraft(title="Atelier", half_days=(HalfDaySlot(DAY, time(9), time(12)),), place="Mairie"),
        by=cast.actor(cast.camille),
    )
    now.move_to("2027-01-14 12:30")
    (half_day,) = planning_queries.half_days(session.pk)
    path = reverse("presence", args=[session.ref])
    shown = {f"seen-{half_day.pk}": "", f"count-{half_day.pk}": "12"}
    camille.follow(path, shown | {"form_token": TOKENS[0]})
    html = camille.refused(path, shown | {"form_token": TOKENS[1], f"count-{half_day.pk}": "9"})
    assert "Somebody else recorded presence on this half-day meanwhile." in html
    assert 'value="9"' in html
    assert recorded(session) == [12]


def test_a_walk_in_is_added_and_what_is_ticked_stays(
    elodie: Any, session: Session, path: str, now: Any
) -> None:
    now.move_to("2027-01-14 09:10")
    walk_in = reverse("walk_in", args=[session.ref])
    html = elodie.post(walk_in, ticks(session, 1, "late") | {"last_name": "Zora"}).content.decode()
    assert "Zora" in html
    assert "on the spot" in html
    assert html.count("checked") == 4
    assert recorded(session) == []
    assert [e.participant.last_name for e in enrolments.enrolments(session.pk)] == [
        "Zora",
        "anna",
        "bob",
        "carl",
    ]


def test_a_walk_in_who_counts_already_is_not_said_to_be_recorded_still(
    elodie: Any, session: Session, path: str, now: Any
) -> None:
    now.move_to("2027-01-14 09:10")
    walk_in = reverse("walk_in", args=[session.ref])
    before = elodie.post(walk_in, ticks(session, 1) | {"last_name": "Zora"}).content.decode()
    assert "Now record the presence." in before
    elodie.follow(path, ticks(session, 1, token=1))
    after = elodie.post(walk_in, ticks(session, 1, token=2) | {"last_name": "Yann"}).content.decode()
    assert "Added, and counted as present." in after
    assert "Now record the presence." not in after


def test_a_walk_in_typed_and_saved_with_the_grid_is_present(
    elodie: Any, session: Session, path: str, now: Any
) -> None:
    now.move_to("2027-01-14 09:10")
    elodie.follow(path, ticks(session, 1) | {"last_name": "Zora"})
    assert recorded(session) == [4]


def test_a_walk_in_without_a_name_is_refused(elodie: Any, session: Session, now: Any) -> None:
    now.move_to("2027-01-14 09:10")
    html = elodie.refused(reverse("walk_in", args=[session.ref]), ticks(session, 1, "late"))
    assert "has neither a name nor an address" in html
    assert html.count("checked") == 3


def test_in_education_a_number_is_enough(camille: Any, cast: Cast, now: Any) -> None:
    Order.objects.filter(pk=cast.mission.order_id).update(sector=Sector.EDUCATION)
    slots = (HalfDaySlot(DAY, time(9), time(12)),)
    session = planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=SessionDraft(title="Atelier", half_days=slots, place="Lycée"),
        by=cast.actor(cast.camille),
    )[0]
    now.move_to("2027-01-14 12:10")
    path = reverse("presence", args=[session.ref])
    name = f"count-{session.half_days.get().pk}"
    assert f'name="{name}"' in camille.get(path)
    assert "Nobody was there?" in camille.refused(path, {"form_token": TOKENS[0], name: "0"})
    camille.follow(path, {"form_token": TOKENS[1], name: "31"})
    assert recorded(session) == [31]
    assert "31 people were counted" in camille.get(reverse("session", args=[session.ref]))


def test_elsewhere_an_empty_list_needs_names(
    camille: Any, cast: Cast, sessions: list[Session], now: Any
) -> None:
    now.move_to("2027-01-14 12:10")
    html = camille.get(reverse("presence", args=[sessions[0].ref]))
    assert "Add those who came, then record their presence." in html


def test_finance_may_not_record(come: Any, cast: Cast, session: Session, path: str, now: Any) -> None:
    now.move_to("2027-01-14 12:10")
    farid = come(cast.farid)
    assert "Record the presence</span>" not in farid.get(path)
    assert farid.post(path, ticks(session, 1)).status_code == 403


def test_when_somebody_came_and_left_stands_beside_their_presence(
    client: Any, cast: Cast, session: Session, path: str, now: MovableClock
) -> None:
    now.move_to("2027-01-14 12:30")
    client.force_login(cast.elodie.user)
    client.post(path, ticks(session, 1))
    anna, *_others = client.get(path).context["people"]
    morning, afternoon = anna.cells
    assert (morning.times, afternoon.times_url) == ("", ""), "nothing is said of what has not been"
    form = client.get(morning.times_url).context["form"]
    given = {"form_token": form["form_token"].value(), "arrived": "09:40", "left": "13:00"}
    response = client.post(morning.times_url, given)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["left"]
    assert response.context["form"]["arrived"].value() == "09:40", "what was typed stays"
    assert client.post(morning.times_url, given | {"left": "11:30"}).status_code == 302
    anna, *_others = client.get(path).context["people"]
    assert "9" in anna.cells[0].times
    assert "11" in anna.cells[0].times
    again = client.get(morning.times_url).context["form"]
    assert (again["arrived"].value(), again["left"].value()) == (time(9, 40), time(11, 30))


def test_who_has_signed_stands_beside_their_presence(
    client: Any, session: Session, path: str, cast: Cast, now: MovableClock
) -> None:
    now.move_to("2027-01-14 09:02")
    anna, *_others = enrolments.enrolments(session.pk)
    morning, _afternoon = planning_queries.half_days(session.pk)
    link = Actor(ActorKind.LINK, link_id=1)
    actions.sign(half_day_id=morning.pk, enrolment_id=anna.pk, given=given("anna"), by=link)
    client.force_login(cast.elodie.user)
    page = client.get(path)
    signed = [[bool(cell.signed) for cell in line.cells] for line in page.context["people"]]
    assert signed == [[True, False], [False, False], [False, False]]
    assert "a signé à 9 h 02" in page.text.replace("\xa0", " ")


def test_times_after_midnight_belong_to_the_next_day(
    client: Any, cast: Cast, session: Session, now: MovableClock
) -> None:
    by = cast.actor(cast.camille)
    night = planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=SessionDraft(title="Nuit", half_days=(HalfDaySlot(DAY, time(22), time(1)),), place="Mairie"),
        facilitator_ids=[cast.elodie.pk],
        by=by,
    )[0]
    enrolment.enrol(session_id=night.pk, people=[Person(email="zoe@valmont.example")], by=by)
    now.move_to("2027-01-15 00:50")
    client.force_login(cast.elodie.user)
    client.post(reverse("presence", args=[night.ref]), ticks(night, 1))
    (zoe,) = client.get(reverse("presence", args=[night.ref])).context["people"]
    form = client.get(zoe.cells[0].times_url).context["form"]
    given = {"form_token": form["form_token"].value(), "arrived": "22:30", "left": "00:30"}
    assert client.post(zoe.cells[0].times_url, given).status_code == 302
    ((stay,),) = [list(attendance.stays(night.pk).values())]
    assert stay.minutes == 120
