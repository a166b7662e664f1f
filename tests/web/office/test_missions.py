"""The list of missions, and what the office does to one."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.closure import actions as closure
from cordee.fees import actions as fees
from cordee.fees.models import ExtraRequest
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.missions import actions as missions
from cordee.missions.models import Mission
from cordee.missions.rules import LineDraft
from cordee.missions.states import MissionStatus
from tests.cast import Cast


def close(mission: Mission, now: Any) -> None:
    Mission.objects.filter(pk=mission.pk).update(status=MissionStatus.CLOSED, closed_at=now.at)
    closure.refresh_board(mission_id=mission.pk)


def many(cast: Cast, count: int) -> None:
    for n in range(count):
        order = missions.record_order(
            client_id=cast.valmont.pk,
            sector=cast.mission.order.sector,
            title=f"Cycle {n:02d}",
            agreed_on=cast.mission.order.agreed_on,
            lines=[LineDraft(service_type_id=cast.workshop.pk, quantity=1, unit_price=Decimal(1))],
            by=COMMAND,
        )
        closure.open_mission(order_id=order.pk, coordinator_id=cast.noor.pk, by=COMMAND)


def shown(page: Any) -> list[str]:
    return [row.mission.ref for row in page.context["rows"]]


def test_running_missions_come_first_with_their_figures_and_next_step(
    cast: Cast, seat: Any, words: Any, settle: Any, now: Any
) -> None:
    settle()
    now.move_to("2027-01-29 09:00")
    page = seat(cast.olga).get(reverse("missions"))
    assert shown(page) == [cast.other_mission.ref, cast.mission.ref]
    text = words(page)
    assert "to be planned" in text
    assert "Camille Rousset" in text
    assert "Ville de Valmont" in text
    assert page.context["rows"][0].step.kind == "late"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=valmont", ["mission", "other_mission"]),
        ("q=Rousset", ["mission"]),
        ("q=cohen+2+ateliers", ["other_mission"]),
        ("q=nowhere", []),
        ("sector=company", []),
        ("sector=public_body&coordinator={dan}", ["other_mission"]),
        ("coordinator=none", []),
        ("coordinator=999999999999999999999", ["mission", "other_mission"]),
        ("late=on", []),
        ("step=to_plan", ["mission", "other_mission"]),
        ("step=to_staff", []),
        ("step=none", []),
        ("step=nonsense", ["mission", "other_mission"]),
        ("status=closed", []),
        ("page=77777777777777777777", ["mission", "other_mission"]),
    ],
)
def test_filters_narrow_the_list(cast: Cast, seat: Any, query: str, found: list[str]) -> None:
    page = seat(cast.olga).get(f"{reverse('missions')}?{query.format(dan=cast.dan.pk)}")
    assert set(shown(page)) == {getattr(cast, name).ref for name in found}


def test_a_reference_finds_its_mission_even_closed(cast: Cast, seat: Any, words: Any, now: Any) -> None:
    close(cast.mission, now)
    client = seat(cast.quitterie)
    assert shown(client.get(reverse("missions") + f"?q={cast.mission.ref}")) == [cast.mission.ref]
    nothing = client.get(reverse("missions") + f"?q={cast.mission.ref}&status=running")
    assert shown(nothing) == []
    assert "Search all missions" in words(nothing)
    assert nothing.context["everywhere_url"] == reverse("missions") + f"?q={cast.mission.ref}&status=all"


def test_recently_closed_missions_are_ready_to_bill(cast: Cast, seat: Any, now: Any) -> None:
    close(cast.mission, now)
    client = seat(cast.farid)
    assert shown(client.get(reverse("missions") + "?status=closed&recent=on")) == [cast.mission.ref]
    now.move_to("2027-02-20 09:00")
    assert shown(client.get(reverse("missions") + "?status=closed&recent=on")) == []


def test_the_list_has_pages_and_costs_the_same_with_1_and_30_rows(cast: Cast, seat: Any, words: Any) -> None:
    client = seat(cast.olga)
    client.get(reverse("missions"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("missions") + "?q=parallele")
    many(cast, 33)
    with CaptureQueriesContext(connection) as lots:
        page = client.get(reverse("missions") + "?q=cycle")
    assert len(shown(page)) == 30
    assert len(few) == len(lots) <= 12
    assert not any("COUNT(" in query["sql"].upper() for query in lots.captured_queries)
    assert page.context["page"].has_next
    second = client.get(reverse("missions") + "?q=cycle&page=2")
    assert len(shown(second)) == 3
    assert "q=cycle" in second.content.decode().split('rel="prev"')[1][:80]


def test_naming_a_coordinator_takes_one_click_and_sends_the_link(
    cast: Cast, seat: Any, words: Any, settle: Any
) -> None:
    client = seat(cast.olga)
    url = reverse("name_coordinator", args=[cast.mission.ref])
    page = client.get(url + "?q=noor")
    assert [f.pk for f, _running in page.context["people"]] == [cast.noor.pk]
    assert "0 running missions" in words(page)
    after = client.post(url, {"coordinator": cast.noor.pk})
    assert after["Location"] == reverse("mission", args=[cast.mission.ref])
    settle()
    cast.mission.refresh_from_db()
    assert cast.mission.coordinator_id == cast.noor.pk
    assert Message.objects.filter(purpose__contains="coordinator", to_email=cast.noor.user.email).count() == 1


def test_a_closed_mission_takes_no_new_coordinator(cast: Cast, seat: Any, words: Any, now: Any) -> None:
    close(cast.mission, now)
    page = seat(cast.olga).get(reverse("name_coordinator", args=[cast.mission.ref]))
    assert "is closed: nothing in it can be changed" in words(page)
    assert "Put in charge" not in words(page)
    seat(cast.olga).post(reverse("name_coordinator", args=[cast.mission.ref]), {"coordinator": cast.noor.pk})
    cast.mission.refresh_from_db()
    assert cast.mission.coordinator_id == cast.camille.pk


def test_reopening_needs_a_reason_that_stays(
    cast: Cast, seat: Any, words: Any, hidden: Any, now: Any
) -> None:
    close(cast.mission, now)
    client = seat(cast.olga)
    url = reverse("reopen_mission", args=[cast.mission.ref])
    form = hidden(client.get(url))
    refused = client.post(url, {**form, "reason": " "})
    assert refused.status_code == 422
    assert "Give a reason: it stays on record." in words(refused)
    done = client.post(url, {**form, "reason": "Une présence est fausse"})
    assert done["Location"] == reverse("mission", args=[cast.mission.ref])
    cast.mission.refresh_from_db()
    assert (cast.mission.status, cast.mission.reopened_because) == ("running", "Une présence est fausse")


def test_reopening_what_is_not_closed_is_refused(cast: Cast, seat: Any, words: Any, hidden: Any) -> None:
    client = seat(cast.olga)
    url = reverse("reopen_mission", args=[cast.mission.ref])
    refused = client.post(url, {**hidden(client.get(url)), "reason": "Pour voir"})
    assert refused.status_code == 422
    assert "This mission is not closed." in words(refused)
    assert "Pour voir" in refused.content.decode()


def test_finance_allows_one_more_request_once(cast: Cast, seat: Any, words: Any, hidden: Any) -> None:
    client = seat(cast.farid)
    url = reverse("allow_request", args=[cast.mission.ref])
    form = {**hidden(client.get(url)), "reason": "Fin d’exercice"}
    client.post(url, form)
    client.post(url, form)  # a double click
    assert ExtraRequest.objects.filter(mission=cast.mission, reason="Fin d’exercice").count() == 1
    assert "already allowed this month" in words(client.get(url))


def test_an_allowance_that_exists_is_shown(cast: Cast, seat: Any, words: Any) -> None:
    fees.allow_extra_request(mission_id=cast.mission.pk, reason="Accord du 3", by=COMMAND)
    assert "Accord du 3" in words(seat(cast.farid).get(reverse("allow_request", args=[cast.mission.ref])))
