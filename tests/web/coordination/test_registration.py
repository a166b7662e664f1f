"""Registration by link on the session page: switched on and off, shared, and those who wait sorted."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from cordee.registration import actions
from cordee.registration.models import Invitation, Registration
from tests.cast import Cast
from tests.steps import enrol


def address(session: Session, name: str, *more: Any) -> str:
    return reverse(name, args=[session.ref, *more])


def typed(closes_at: str) -> dict[str, str]:
    return {"closes_at": closes_at, "form_token": str(uuid4())}


@pytest.fixture
def session(sessions: list[Session]) -> Session:
    return sessions[2]


def test_it_is_off_until_the_coordinator_switches_it_on(camille: Any, session: Session) -> None:
    page = camille.get(address(session, "session_beside"))
    assert "Let people register themselves" in page
    for name in ("registration_qr", "registration_poster"):
        camille.get(address(session, name), status=404)
    camille.follow(address(session, "session_registration"), typed("2027-01-13T18:00"))
    page = camille.get(address(session, "session_beside"))
    token = Invitation.objects.get().token
    assert "Open until Wednesday 13 January 2027, 18:00." in page
    assert f'value="http://localhost:8000/r/{token}/"' in page
    assert f'src="{address(session, "registration_qr")}"' in page
    page = camille.follow(address(session, "session_registration"), {"do": "close"})
    assert "Registration is switched off." in page
    assert address(session, "registration_qr") not in page


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2027-01-01T10:00", "Registration would be closed already."),
        ("2027-01-14T09:01", "after the session has started"),
        ("tomorrow", "Give a day and a time."),
    ],
)
def test_a_closing_that_makes_no_sense_is_refused(
    camille: Any, session: Session, moment: str, said: str
) -> None:
    page = camille.refused(address(session, "session_registration"), typed(moment))
    assert said in page
    assert f'value="{moment}"' in page
    assert not Invitation.objects.exists()


def test_the_qr_code_is_a_picture_without_style_and_the_poster_says_what_it_is_for(
    elodie: Any, session: Session
) -> None:
    token = actions.open_registration(session_id=session.pk, by=COMMAND).token
    answer = elodie.client.get(address(session, "registration_qr"))
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")
    assert b"style" not in answer.content
    poster = elodie.get(address(session, "registration_poster"))
    for words in ("Atelier C", "Thursday 14 January 2027", "Hôtel de ville", "Scan to register", token):
        assert words in poster


def test_who_waits_is_shown_in_order_and_let_in_or_taken_off(
    cast: Cast, camille: Any, elodie: Any, session: Session, settle: Any
) -> None:
    enrol(cast, session, *(f"P{n}" for n in range(14)))
    invitation = actions.open_registration(session_id=session.pk, by=COMMAND)
    for name in ("Zoe", "Ana", "Bo"):
        person = Person(
            email=f"{name.lower()}@x.example", first_name=name, last_name="N", details={"Service": "Voirie"}
        )
        actions.ask(invitation_id=invitation.pk, person=person, by=COMMAND)
        if name != "Bo":
            actions.confirm(registration_id=Registration.objects.latest("pk").pk, by=COMMAND)
    zoe, ana, bo = Registration.objects.order_by("pk")
    page = camille.get(address(session, "session_beside"))
    assert "2 people wait" in page
    assert page.index("Zoe N") < page.index("Ana N")
    assert "1 registration not confirmed yet" in page
    assert "Service: Voirie" in page
    assert "Zoe N" in elodie.get(address(session, "session_beside"))
    assert address(session, "decide_registration", zoe.pk) not in elodie.get(
        address(session, "session_beside")
    )

    page = camille.follow(address(session, "decide_registration", ana.pk), {"do": "admit"})
    assert "capacity of 14: 0 places are left" in page
    camille.follow(address(session, "decide_registration", zoe.pk), {"do": "remove"})
    camille.follow(address(session, "decide_registration", bo.pk), {"do": "remove"})
    assert list(Registration.objects.order_by("pk").values_list("state", flat=True)) == [
        "removed",
        "waiting",
        "removed",
    ]
    assert camille.post(address(session, "decide_registration", ana.pk), {"do": "x"}).status_code == 404


def test_registrations_of_other_sessions_are_not_found(camille: Any, sessions: list[Session]) -> None:
    invitation = actions.open_registration(session_id=sessions[0].pk, by=COMMAND)
    person = Person(email="a@x.example", first_name="A", last_name="B")
    actions.ask(invitation_id=invitation.pk, person=person, by=COMMAND)
    other = address(sessions[1], "decide_registration", Registration.objects.get().pk)
    assert camille.post(other, {"do": "remove"}).status_code == 404


def test_once_it_began_nothing_is_switched_any_more(camille: Any, session: Session, now: Any) -> None:
    now.move_to("2027-01-14 09:05")
    assert 'id="registration"' not in camille.get(address(session, "session"))
    assert "Nobody can register any more" in camille.get(address(session, "session_registration"))


def test_on_the_day_the_facilitator_shows_the_code(elodie: Any, session: Session, now: Any) -> None:
    actions.open_registration(session_id=session.pk, by=COMMAND)
    now.move_to("2027-01-14 08:30")
    assert "Show the QR code" in elodie.get(address(session, "session"))
