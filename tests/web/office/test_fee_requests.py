"""Finance: requests, decisions, the file of approved fees."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.accounts.models import User
from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.clients.models import ClientOrganisation
from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as enrolment_queries
from cordee.fees import actions as fees
from cordee.fees.models import FeeRequest
from cordee.kernel.actor import COMMAND
from cordee.kernel.spreadsheets import harmless
from cordee.planning import actions as planning
from cordee.planning.states import AssignmentStatus
from tests.cast import Cast, draft
from tests.steps import people_in


@pytest.fixture
def asked(cast: Cast, now: Any) -> FeeRequest:
    """Two of four workshops took place and their fees were asked for."""
    camille = cast.actor(cast.camille)
    sessions = planning.plan_sessions(
        mission_id=cast.mission.pk,
        line_id=cast.line.pk,
        draft=draft(),
        count=2,
        facilitator_ids=[cast.camille.pk, cast.noor.pk],
        by=camille,
    )
    place = next(a for s in sessions for a in s.assignments.all() if a.facilitator_id == cast.noor.pk)
    planning.set_status(assignment_id=place.pk, status=AssignmentStatus.CONFIRMED, by=cast.actor(cast.noor))
    for session in sessions:
        ana = people_in(f"Ana Paz <ana{session.pk}@x.example>")
        enrolment.enrol(session_id=session.pk, people=ana, by=camille)
    now.move_to("2027-01-20 10:00")
    for session in sessions:
        states = {e.pk: PresenceState.PRESENT for e in enrolment_queries.enrolments(session.pk)}
        attendance.record_presence(half_day_id=session.half_days.get().pk, states=states, by=camille)
    return fees.request_fees(mission_id=cast.mission.pk, by=camille)


def test_finance_checks_and_approves(cast: Cast, seat: Any, words: Any, asked: FeeRequest) -> None:
    client = seat(cast.farid)
    listed = client.get(reverse("fee_requests"))
    assert asked.ref in words(listed)
    assert "€500.00" in words(listed)
    page = client.get(reverse("fee_request", args=[asked.ref]))
    text = words(page)
    assert "€500.00 for Ville de Valmont" in text
    assert "Camille Rousset" in text
    assert "Noor van den Berg" in text
    assert "the fee schedule" in text
    done = client.post(reverse("approve_fees", args=[asked.ref]), follow=True)
    assert "Farid Amrani" not in text
    assert "Farid Amrani" in words(done)
    asked.refresh_from_db()
    assert asked.status == "approved"
    again = client.post(reverse("approve_fees", args=[asked.ref]), follow=True)
    assert "was already decided" in words(again)
    assert "Nothing to approve" in words(client.get(reverse("fee_requests")))


def test_finance_returns_with_a_reason(
    cast: Cast, seat: Any, words: Any, hidden: Any, asked: FeeRequest
) -> None:
    client = seat(cast.farid)
    form = hidden(client.get(reverse("fee_request", args=[asked.ref])))
    url = reverse("return_fees", args=[asked.ref])
    refused = client.post(url, {**form, "reason": ""})
    assert refused.status_code == 422
    assert "Give a reason: it stays on record." in words(refused)
    client.post(url, {**form, "reason": "La session C n’a pas eu lieu"})
    asked.refresh_from_db()
    assert (asked.status, asked.return_reason) == ("returned", "La session C n’a pas eu lieu")
    assert "La session C n’a pas eu lieu" in words(client.get(reverse("fee_request", args=[asked.ref])))
    assert asked.ref in words(client.get(reverse("fee_requests") + "?status=returned"))


def test_others_read_but_do_not_decide(cast: Cast, seat: Any, words: Any, asked: FeeRequest) -> None:
    for who in (cast.olga, cast.quitterie):
        client = seat(who)
        text = words(client.get(reverse("fee_request", args=[asked.ref])))
        assert "Return the request" not in text
        assert client.post(reverse("approve_fees", args=[asked.ref])).status_code == 403
        assert client.post(reverse("return_fees", args=[asked.ref]), {"reason": "x"}).status_code == 403


def test_the_file_of_approved_fees(cast: Cast, seat: Any, asked: FeeRequest) -> None:
    client = seat(cast.farid)
    ClientOrganisation.objects.filter(pk=cast.valmont.pk).update(name='=HYPERLINK("http://evil")')
    User.objects.filter(pk=cast.noor.user_id).update(first_name="@SUM(1)")
    fees.approve(request_id=asked.pk, by=COMMAND)
    answer = client.get(reverse("approved_fees") + "?month=2027-01")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="cordee-fees-2027-01.csv"' in answer["Content-Disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["Request", "Kind", "Mission", "Client"]
    assert len(rows) == 3
    first, second = rows[1:]
    assert first[0] == asked.ref
    assert first[3] == '\'=HYPERLINK("http://evil")'
    assert (first[5], first[6]) == ("Camille Rousset", cast.camille.user.email)
    assert first[7:] == ["1", "250,00", "250,00", "2027-01-20"]
    assert second[5] == "'@SUM(1) van den Berg"
    empty = client.get(reverse("approved_fees") + "?month=2027-02")
    assert len(empty.content.decode().splitlines()) == 1


@pytest.mark.parametrize("cell", ["=1+1", "+33 6", "-2", "@x", "\tx", "\rx"])
def test_cells_that_would_run_are_neutralised(cell: str) -> None:
    assert harmless(cell) == "'" + cell
    assert harmless("x" + cell) == "x" + cell


def test_a_month_narrows_list_and_file(cast: Cast, seat: Any, words: Any, asked: FeeRequest) -> None:
    fees.approve(request_id=asked.pk, by=COMMAND)
    client = seat(cast.farid)
    page = client.get(reverse("fee_requests") + "?status=approved&month=2027-01")
    assert asked.ref in words(page)
    assert reverse("approved_fees") + "?month=2027-01" in page.content.decode()
    assert asked.ref not in words(client.get(reverse("fee_requests") + "?status=approved&month=2026-12"))
    assert asked.ref in words(client.get(reverse("fee_requests") + "?status=all&month=99-1"))


def test_the_list_costs_the_same_with_1_and_30_rows(cast: Cast, seat: Any, asked: FeeRequest) -> None:
    client = seat(cast.farid)
    url = reverse("fee_requests") + "?status=all"
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    FeeRequest.objects.bulk_create(
        FeeRequest(
            mission=cast.other_mission,
            ref=f"R-{n}",
            kind="facilitation",
            status="returned",
            month=asked.month,
            sent_at=asked.sent_at,
            decided_at=asked.sent_at,
            return_reason="x",
        )
        for n in range(33)
    )
    with CaptureQueriesContext(connection) as lots:
        page = client.get(url)
    assert len(page.context["rows"]) == 30
    assert len(few) == len(lots) <= 12
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("fee_request", args=[asked.ref]))
    assert len(one) <= 12
