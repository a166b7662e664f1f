"""Access needs at the office: the officer's queue, one request, and what others see of it: nothing but what to do."""

from typing import Any

import pytest
from django.urls import reverse

from cordee.accommodation import actions, queries
from cordee.accommodation.models import AccommodationRequest
from cordee.enrolment import actions as enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import AFTER, disability_officer, enrol, plan
from tests.web.coordination.conftest import Visitor

NEED = "Je suis malentendante."
ADAPTATION = "La placer devant."
TOKEN = "6f0f2a52-3c53-4a0e-9f43-1c3d1b1f2a02"


@pytest.fixture
def come(seat: Any) -> Any:
    return lambda person: Visitor(seat(person))


@pytest.fixture
def session(cast: Cast) -> Session:
    return plan(cast, cast.noor, capacity=40)[0]


@pytest.fixture
def asked(cast: Cast, session: Session) -> AccommodationRequest:
    (ana,) = enrol(cast, session, "Ana")
    return actions.ask(enrolment_id=ana.pk, need=NEED, by=Actor(ActorKind.LINK))


@pytest.fixture
def hanae(cast: Cast, come: Any) -> Any:
    return come(disability_officer())


def form(**values: Any) -> dict[str, Any]:
    return {"form_token": TOKEN, "expected_version": 1, "due_on": "2027-01-07", **values}


def test_the_officer_finds_it_on_their_home_and_in_the_list(
    hanae: Any, asked: AccommodationRequest, now: MovableClock
) -> None:
    home = hanae.get(reverse("office_todo"))
    page = reverse("access_need", args=[asked.pk])
    assert f'href="{page}"' in home
    assert "Access needs to see to" in home
    assert NEED not in home
    html = hanae.get(reverse("access_needs"))
    assert "Ana N" in html
    assert NEED not in html
    now.move_to("2027-01-08 09:00")
    assert "1 late" in hanae.get(reverse("office_todo"))
    assert "Ana N" not in hanae.get(reverse("access_needs") + "?state=done")


def test_it_is_read_adapted_and_put_in_place(hanae: Any, asked: AccommodationRequest) -> None:
    page = reverse("access_need", args=[asked.pk])
    html = hanae.get(page)
    assert NEED in html
    assert "It is in place" not in html, "nothing is written yet"
    html = hanae.follow(page, form(adaptation=ADAPTATION))
    assert "It is in place" in html
    hanae.follow(reverse("finish_access_need", args=[asked.pk]))
    asked.refresh_from_db()
    assert asked.state == "done"
    html = hanae.follow(reverse("reopen_access_need", args=[asked.pk]))
    assert ADAPTATION in html
    assert "Hanae Lefort" in html, "what happened says by whom"


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(
    hanae: Any, asked: AccommodationRequest
) -> None:
    page = reverse("access_need", args=[asked.pk])
    actions.prepare(
        request_id=asked.pk, adaptation="Autre", due_on=asked.due_on, expected_version=None, by=COMMAND
    )
    html = hanae.refused(page, form(adaptation=ADAPTATION))
    assert "This request was changed meanwhile." in html
    assert ADAPTATION in html, "nothing typed is lost"


def test_declining_asks_for_a_reason(hanae: Any, asked: AccommodationRequest) -> None:
    decline = reverse("decline_access_need", args=[asked.pk])
    assert "Give a reason: it stays on record." in hanae.refused(decline, {"form_token": TOKEN, "reason": ""})
    html = hanae.follow(decline, {"form_token": TOKEN, "reason": "Aucune salle."})
    assert "Aucune salle." in html


def test_the_officer_notes_what_they_were_told_themselves(cast: Cast, hanae: Any, session: Session) -> None:
    (bo,) = enrol(cast, session, "Bo")
    page = reverse("record_access_need", args=[session.ref])
    assert f'href="{page}"' in hanae.get(reverse("session_beside", args=[session.ref]))
    html = hanae.follow(page, {"form_token": TOKEN, "enrolment": bo.pk, "need": NEED})
    assert NEED in html
    (asked,) = queries.of_enrolment(bo.pk)
    assert asked.need == NEED


def test_who_runs_the_session_reads_the_adaptation_never_the_reason(
    cast: Cast, come: Any, session: Session, asked: AccommodationRequest, now: MovableClock
) -> None:
    address = reverse("session_beside", args=[session.ref])
    for somebody in (cast.noor, cast.camille, cast.olga):
        assert 'id="adaptations"' not in come(somebody).get(address), "that there is a need tells nothing"
    actions.prepare(
        request_id=asked.pk, adaptation=ADAPTATION, due_on=asked.due_on, expected_version=None, by=COMMAND
    )
    for somebody in (cast.noor, cast.camille, cast.olga):
        html = come(somebody).get(address)
        assert ADAPTATION in html
        assert "to be put in place" in html
        assert NEED not in html
        assert "access need" not in html.lower(), "nor in the timeline"
    now.move_to(AFTER)
    assert ADAPTATION not in come(cast.noor).get(address), "once the session is over it is of no more use"


def test_quality_reads_the_evidence_without_names(cast: Cast, come: Any, asked: AccommodationRequest) -> None:
    quitterie = come(cast.quitterie)
    assert f'href="{reverse("access_needs")}?state=done"' in quitterie.get(reverse("office_todo"))
    html = quitterie.get(reverse("access_needs"))
    assert asked.enrolment.session.title in html
    assert "Ana" not in html
    assert NEED not in html


def test_a_list_of_thirty_costs_as_much_as_one(
    cast: Cast, hanae: Any, session: Session, asked: AccommodationRequest, django_assert_num_queries: Any
) -> None:
    hanae.get(reverse("access_needs"))
    with django_assert_num_queries(5):
        hanae.get(reverse("access_needs"))
    people = [Person(email=f"p{n}@x.fr") for n in range(30)]
    for row in enrolment.enrol(session_id=session.pk, people=people, by=COMMAND).new:
        actions.ask(enrolment_id=row.pk, need=NEED, by=COMMAND)
    with django_assert_num_queries(5):
        hanae.get(reverse("access_needs"))
