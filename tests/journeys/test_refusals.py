"""The same road with each refusal on the way: what is wrong, what to do, nothing typed lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.missions.models import Mission
from cordee.missions.states import MissionStatus
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast, draft
from tests.journeys.conftest import Letterbox, Visitor, words

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def camille(
    cast: Cast, visit: Callable[..., Visitor], letterbox: Letterbox, settle: Callable[[], None]
) -> Visitor:
    settle()
    return visit(cast.camille.user)


def _fill_plan(visitor: Visitor, *, day: str, count: int, place: str) -> None:
    page = visitor.page
    with page.expect_response(lambda r: r.request.method == "POST"):  # the half-days, derived anew
        page.locator("[name=count]").fill(str(count))
        page.locator("[name=day]").fill(day)
        page.locator("[name=starts]").fill("09:00")
        page.locator("[name=ends]").fill("12:00")
        page.locator("[name=ends]").blur()
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.locator("[name=place]").fill(place)


def test_planning_is_refused_with_its_reason_and_nothing_typed_is_lost(cast: Cast, camille: Visitor) -> None:
    camille.go(f"/missions/{cast.mission.ref}/plan/")
    _fill_plan(camille, day="2026-12-01", count=1, place="Salle des fêtes")
    camille.press("Plan")
    camille.sees("This session starts in the past: sessions must be planned before they take place.")
    expect(camille.page.locator("[name=place]")).to_have_value("Salle des fêtes")
    expect(camille.page.locator("[name=day]")).to_have_value("2026-12-01")

    _fill_plan(camille, day="2027-01-14", count=5, place="Salle des fêtes")
    camille.press("Plan")
    camille.sees("Ask operations for an amendment, or put a co-facilitator on as observer.")

    _fill_plan(camille, day="2027-01-14", count=2, place="")
    camille.press("Plan")
    camille.sees("A session on site needs a place.")
    assert not Session.objects.exists()

    _fill_plan(camille, day="2027-01-14", count=2, place="Salle des fêtes")
    sent = camille.page.evaluate("Object.fromEntries(new FormData(document.querySelector('form.plan')))")
    camille.press("Plan")
    assert Session.objects.count() == 2
    address = f"{camille.base_url}/missions/{cast.mission.ref}/plan/"
    again = camille.page.request.post(address, form=sent, headers={"Referer": address})
    assert again.url.startswith(f"{camille.base_url}/missions/{cast.mission.ref}/")
    assert Session.objects.count() == 2, "the same form sent again plans nothing more"


def test_a_list_with_a_wrong_address_keeps_the_wrong_line_on_screen(cast: Cast, camille: Visitor) -> None:
    session = _plan_one(cast)
    camille.go(f"/sessions/{session.ref}/")
    camille.page.locator("#id_text").fill(
        "Aïcha Benali <aicha@valmont.example>\nPaul Roux <paul@@asso.example>"
    )
    camille.press("Read the list")
    camille.reads("« paul@@asso.example » n’est pas une adresse électronique.")
    camille.press(camille.page.locator("#enrol button.main[value=enrol]"))
    assert Enrolment.objects.filter(session=session).count() == 1
    wrong = camille.page.locator(".list-row [name^=email]")
    expect(wrong).to_have_value("paul@@asso.example")
    wrong.fill("paul@asso.example")
    camille.press(camille.page.locator("#enrol button.main[value=enrol]"))
    assert Enrolment.objects.filter(session=session).count() == 2


def test_nobody_is_present_before_the_session_and_no_fee_is_due(cast: Cast, camille: Visitor) -> None:
    session = _plan_one(cast)
    camille.go(f"/sessions/{session.ref}/presence/")
    assert camille.page.locator("main fieldset:not([disabled])").count() == 0
    camille.go(f"/missions/{cast.mission.ref}/fees/")
    camille.sees("There is no fee to ask for now.")
    assert camille.button("Ask for these fees").count() == 0


def test_the_second_editor_is_told_and_keeps_what_was_typed(
    cast: Cast, camille: Visitor, visit: Callable[..., Visitor]
) -> None:
    session = _plan_one(cast)
    camille.go(f"/sessions/{session.ref}/change/")
    olga = visit(cast.olga)
    olga.go(f"/sessions/{session.ref}/change/")
    olga.page.locator("[name=place]").fill("Médiathèque")
    olga.press("Save")
    camille.page.locator("[name=place]").fill("Gymnase")
    camille.press("Save")
    camille.sees("Somebody else changed this while you were editing.")
    expect(camille.page.locator("[name=place]")).to_have_value("Gymnase")
    session.refresh_from_db()
    assert session.place == "Médiathèque"


def test_another_coordinator_does_not_learn_that_the_mission_exists(
    cast: Cast, camille: Visitor, visit: Callable[..., Visitor]
) -> None:
    dan = visit(cast.dan.user)
    dan.go(f"/missions/{cast.mission.ref}/")
    assert cast.valmont.name not in dan.page.content()
    expect(dan.page.get_by_role("heading", level=1)).to_be_visible()


def test_once_a_month_unless_finance_allows_one_more_then_closed_and_locked(
    cast: Cast, camille: Visitor, visit: Callable[..., Visitor], now: Any, settle: Callable[[], None]
) -> None:
    first, *others = _four_sessions(cast)
    now.move_to("2027-01-14 13:00")
    _prove(cast, first)
    camille.go(f"/missions/{cast.mission.ref}/fees/")
    camille.sees("early: sessions are still to come")
    camille.press("Ask for these fees")

    now.move_to("2027-01-22 13:00")
    for session in others:
        _prove(cast, session)
    settle()
    camille = visit(cast.camille.user)
    camille.go(f"/missions/{cast.mission.ref}/fees/")
    camille.reads(words("Not now"))
    assert camille.button("Ask for these fees").count() == 0

    farid = visit(cast.farid)
    farid.go(f"/missions/{cast.mission.ref}/fees/")
    farid.follow("Allow one more request this month")
    farid.page.locator("[name=reason]").fill("Paiement avant la fin du mois, vu avec l’équipe.")
    farid.press("Allow one more request")
    camille.go(f"/missions/{cast.mission.ref}/fees/")
    camille.press("Ask for these fees")
    assert Mission.objects.get(pk=cast.mission.pk).status == MissionStatus.CLOSED
    camille.go(f"/missions/{cast.mission.ref}/plan/")
    camille.reads(
        words("Mission %(mission)s is closed: nothing in it can be changed.", mission=cast.mission.ref)
    )


def _plan_one(cast: Cast) -> Session:
    return planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        facilitator_ids=[cast.camille.pk],
        by=cast.actor(cast.camille),
    )[0]


def _four_sessions(cast: Cast) -> list[Session]:
    camille = cast.actor(cast.camille)
    return [
        planning.plan_sessions(
            mission_id=cast.mission.pk,
            line_id=cast.line.pk,
            draft=draft(date(2027, 1, day)),
            facilitator_ids=[cast.camille.pk],
            by=camille,
        )[0]
        for day in (14, 20, 21, 22)
    ]


def _prove(cast: Cast, session: Session) -> None:
    camille = cast.actor(cast.camille)
    if not enrolment.enrolments(session.pk):
        attendance.add_walk_in(
            session_id=session.pk, person=Person(first_name="Aïcha", last_name="Benali"), by=camille
        )
    attendance.record_presence(
        half_day_id=session.half_days.get().pk,
        states={e.pk: PresenceState.PRESENT for e in enrolment.enrolments(session.pk)},
        by=camille,
    )
