"""The facilitator's own missions, sessions and fees."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.accounts.models import User
from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.catalogue.models import FeeRate
from cordee.conformity import actions as conformity
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as enrolled
from cordee.fees import actions as fees
from cordee.kernel.actor import COMMAND
from cordee.missions.models import OrderLine
from cordee.network.models import Facilitator
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.planning import actions as planning
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus
from tests.cast import Cast, draft
from tests.steps import people_in

S = AssignmentStatus


def at_a_browser(person: Facilitator, client: Client) -> Client:
    User.objects.filter(pk=person.user_id).update(language="en")
    client.force_login(person.user)
    return client


@pytest.fixture
def team(cast: Cast) -> list[Session]:
    """Plan four parallel workshops; Idris has not answered, the others run theirs."""
    people = [cast.camille, cast.noor, cast.elodie, cast.idris]
    sessions = planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        count=4,
        facilitator_ids=[p.pk for p in people],
        by=cast.actor(cast.camille),
    )
    for session, person in zip(sessions[1:3], people[1:3], strict=True):
        place = Assignment.objects.get(session=session, facilitator=person)
        planning.set_status(assignment_id=place.pk, status=S.CONFIRMED, by=cast.actor(person))
    for session in sessions:
        ana = people_in(f"Ana Sol <ana{session.pk}@valmont.example>")
        enrolment.enrol(session_id=session.pk, people=ana, by=cast.actor(cast.camille))
    return sessions


def prove(cast: Cast, session: Session) -> None:
    states = {e.pk: PresenceState.PRESENT for e in enrolled.enrolments(session.pk)}
    attendance.record_presence(
        half_day_id=session.half_days.get().pk, states=states, by=cast.actor(cast.camille)
    )


# --- missions -----------------------------------------------------------------------------------


def test_my_missions_are_those_i_coordinate(
    cast: Cast, client: Client, team: list[Session], settle: Callable[[], None]
) -> None:
    settle()
    page = at_a_browser(cast.camille, client).get("/my/missions/").text
    assert cast.mission.ref in page
    assert cast.other_mission.ref not in page
    for words in ("Ville de Valmont", "Thursday 14 January 2027", "4 planned", "0 held", "0 requested"):
        assert words in page
    assert 'class="r num"><span>4</span>' in page


def test_running_and_closed_are_apart(cast: Cast, client: Client) -> None:
    at_a_browser(cast.camille, client)
    page = client.get("/my/missions/?closed=1").text
    assert cast.mission.ref not in page
    assert "No closed mission" in page


def test_who_coordinates_nothing_reads_why(cast: Cast, client: Client) -> None:
    assert "No mission in your charge" in at_a_browser(cast.noor, client).get("/my/missions/").text


# --- sessions -----------------------------------------------------------------------------------


def test_my_sessions_to_come_with_my_answer(cast: Cast, client: Client, team: list[Session]) -> None:
    page = at_a_browser(cast.idris, client).get("/my/sessions/").text
    place = Assignment.objects.get(session=team[3], facilitator=cast.idris)
    assert "invited" in page
    assert f"/my/#ask-{place.pk}" in page
    assert f'id="ask-{place.pk}"' in client.get("/my/").text
    assert team[0].ref not in page
    planning.set_status(assignment_id=place.pk, status=S.DECLINED, by=cast.actor(cast.idris))
    page = client.get("/my/sessions/").text
    assert "declined" in page
    assert "invited" not in page
    assert reverse("session", args=[team[3].ref]) not in page


def test_my_past_sessions_with_their_proof(cast: Cast, client: Client, team: list[Session], now: Any) -> None:
    now.move_to("2027-01-14 12:30")
    page = at_a_browser(cast.noor, client).get("/my/sessions/?past=1").text
    assert "to record" in page
    assert "recorded" not in page
    assert reverse("presence", args=[team[1].ref]) in page
    prove(cast, team[1])
    page = client.get("/my/sessions/?past=1").text
    assert "recorded" in page
    assert "to record" not in page
    assert "No session to come" in client.get("/my/sessions/").text


def test_my_past_sessions_say_where_their_sheet_stands(
    cast: Cast, client: Client, team: list[Session], now: Any
) -> None:
    now.move_to("2027-01-14 12:30")
    page = at_a_browser(cast.noor, client).get("/my/sessions/?past=1").text
    assert reverse("sheet_review", args=[team[1].ref]) not in page, "presence comes first"
    prove(cast, team[1])
    assert "to complete" in client.get("/my/sessions/?past=1").text
    quality = cast.actor(cast.quitterie)
    conformity.submit(session_id=team[1].pk, note="Papier", by=quality)
    page = client.get("/my/sessions/?past=1").text
    assert "with quality" in page
    assert reverse("sheet_review", args=[team[1].ref]) in page
    conformity.accept(session_id=team[1].pk, note="Papier", by=quality)
    assert "proves it" in client.get("/my/sessions/?past=1").text


def test_a_cancelled_session_is_not_mine_any_more(cast: Cast, client: Client, team: list[Session]) -> None:
    planning.cancel_session(session_id=team[1].pk, reason="Grève", by=cast.actor(cast.camille))
    assert team[1].ref not in at_a_browser(cast.noor, client).get("/my/sessions/").text


# --- fees ---------------------------------------------------------------------------------------


def fee_page(client: Client, query: str = "") -> Any:
    return client.get(f"/my/fees/{query}")


def test_no_fee_at_all_says_so(cast: Cast, client: Client) -> None:
    page = fee_page(at_a_browser(cast.noor, client)).text
    assert "Everything you held was asked for." in page
    assert "Nothing asked for yet" in page


def test_fees_to_come_are_known_before_the_session(cast: Cast, client: Client, team: list[Session]) -> None:
    page = fee_page(at_a_browser(cast.idris, client))
    assert [(row["title"], str(row["amount"])) for row in page.context["coming"]] == [
        ("Atelier D", "250.00 EUR")
    ]
    assert re.search(r"Atelier D.*>to answer<", page.text, re.DOTALL)
    assert page.context["stats"][0]["value"] == "€250.00"


def why(client: Client) -> list[tuple[str, str]]:
    return [(row["why"], row["turn"]) for row in fee_page(client).context["waiting"]]


def test_why_a_fee_waits_and_whose_turn_it_is(
    cast: Cast, client: Client, team: list[Session], now: Any
) -> None:
    now.move_to("2027-01-14 12:30")
    noor = at_a_browser(cast.noor, client)
    assert why(noor) == [("Presence is not recorded yet.", "you or the coordinator")]
    prove(cast, team[1])
    assert why(noor) == [("Ready to be asked for.", "Camille Rousset")]
    assert reverse("mission_fees", args=[cast.mission.ref]) not in fee_page(noor).text


def test_the_coordinator_asks_for_their_own(
    cast: Cast, client: Client, team: list[Session], now: Any
) -> None:
    now.move_to("2027-01-14 12:30")
    prove(cast, team[0])
    camille = at_a_browser(cast.camille, client)
    assert why(camille) == [("Ready to be asked for.", "you")]
    assert reverse("mission_fees", args=[cast.mission.ref]) in fee_page(camille).text


def test_who_never_answered_reads_that_the_coordinator_decides(
    cast: Cast, client: Client, team: list[Session], now: Any
) -> None:
    now.move_to("2027-01-14 12:30")
    ((sentence, turn),) = why(at_a_browser(cast.idris, client))
    assert "It is not recorded that you ran it" in sentence
    assert turn == "Camille Rousset"


def test_no_amount_set_is_for_operations(cast: Cast, client: Client, team: list[Session], now: Any) -> None:
    FeeRate.objects.all().delete()
    now.move_to("2027-01-14 12:30")
    ((sentence, turn),) = why(at_a_browser(cast.noor, client))
    assert "No fee is set" in sentence
    assert turn == "operations"
    assert re.search(r"<span>\s*–\s*</span>", fee_page(client).text)


def test_a_month_already_used_is_said(cast: Cast, client: Client, team: list[Session], now: Any) -> None:
    now.move_to("2027-01-14 12:30")
    for session in team:
        prove(cast, session)
    fees.request_fees(mission_id=cast.mission.pk, by=cast.actor(cast.camille))
    place = Assignment.objects.get(session=team[3], facilitator=cast.idris)
    planning.set_status(assignment_id=place.pk, status=S.CONFIRMED, by=cast.actor(cast.camille))
    ((sentence, _turn),) = why(at_a_browser(cast.idris, client))
    assert "Fees were already asked for this month" in sentence
    assert "1 Feb" in sentence
    organisation.update(changes=OrganisationChanges(once_a_month=False), expected_version=None, by=COMMAND)
    assert why(client) == [("Ready to be asked for.", "Camille Rousset")]


def test_a_fee_goes_from_asked_to_approved(cast: Cast, client: Client, team: list[Session], now: Any) -> None:
    now.move_to("2027-01-14 12:30")
    request = fees.request_fees(mission_id=cast.mission.pk, by=cast.actor(cast.camille))
    page = fee_page(at_a_browser(cast.noor, client))
    assert "Everything you held was asked for." in page.text
    assert "asked for on 14 Jan" in page.text
    assert "finance looks at it" in page.text
    assert request.ref in page.text
    now.move_to("2027-01-16 09:00")
    fees.approve(request_id=request.pk, by=cast.actor(cast.farid))
    page = fee_page(client)
    assert "approved on 16 Jan" in page.text
    assert [s["value"] for s in page.context["stats"]] == ["€0.00", "€0.00", "€0.00", "€250.00"]


def test_a_returned_fee_says_why(cast: Cast, client: Client, team: list[Session], now: Any) -> None:
    now.move_to("2027-01-14 12:30")
    request = fees.request_fees(mission_id=cast.mission.pk, by=cast.actor(cast.camille))
    fees.return_request(request_id=request.pk, reason="Feuille illisible", by=cast.actor(cast.farid))
    ((sentence, turn),) = why(at_a_browser(cast.noor, client))
    assert sentence == "Finance returned the request: Feuille illisible"
    assert turn == "Camille Rousset"
    assert "Nothing asked for yet" in fee_page(client).text


def test_each_month_has_its_total_and_each_year_its_page(cast: Cast, client: Client, now: Any) -> None:
    OrderLine.objects.update(quantity=20)
    for day in (date(2027, 1, 14), date(2027, 1, 15), date(2027, 2, 11)):
        planning.plan_sessions(
            mission_id=cast.mission.pk,
            line_id=cast.line.pk,
            draft=draft(day=day),
            facilitator_ids=[cast.camille.pk],
            by=cast.actor(cast.camille),
        )
    for moment in ("2027-01-20 12:00", "2027-02-20 12:00"):
        now.move_to(moment)
        fees.request_fees(mission_id=cast.mission.pk, by=cast.actor(cast.camille))
    at_a_browser(cast.camille, client)
    months = fee_page(client).context["months"]
    assert [(m["name"], str(m["total"])) for m in months] == [
        ("February 2027", "250.00 EUR"),
        ("January 2027", "500.00 EUR"),
    ]
    assert fee_page(client, "?year=nonsense").status_code == 200
    now.move_to("2027-12-01 12:00")
    planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(day=date(2028, 1, 11)),
        facilitator_ids=[cast.camille.pk],
        by=cast.actor(cast.camille),
    )
    now.move_to("2028-01-12 12:00")
    fees.request_fees(mission_id=cast.mission.pk, by=cast.actor(cast.camille))
    assert [t["label"] for t in fee_page(client).context["tabs"]] == ["2028", "2027"]
    assert len(fee_page(client).context["months"]) == 1
    assert len(fee_page(client, "?year=2027").context["months"]) == 2


def test_nobody_sees_the_fees_of_others(cast: Cast, client: Client, team: list[Session], now: Any) -> None:
    now.move_to("2027-01-14 12:30")
    fees.request_fees(mission_id=cast.mission.pk, by=cast.actor(cast.camille))
    page = fee_page(at_a_browser(cast.noor, client)).text
    assert "Atelier B" in page
    assert "Atelier A" not in page
    assert "Atelier C" not in page
