"""The signatures of a session: who signed, the phone handed round, the countersignature."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.attendance import actions as attendance
from cordee.attendance import queries
from cordee.attendance.models import Signature
from cordee.attendance.states import PresenceState
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.enrolment.states import PAGE_LASTS, PARTICIPANT_LINK
from cordee.links import actions as links
from cordee.links.queries import token
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import AFTER, DURING, all_present, confirm, enrol, plan

DRAWN = "[[[10,10,0],[200,80,40],[320,20,90]]]"


@pytest.fixture
def session(cast: Cast, client: Client) -> Session:
    (session,) = plan(cast, cast.noor, capacity=40)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    client.force_login(cast.noor.user)
    return session


def send(client: Client, address: str, **given: Any) -> Any:
    form = client.get(address).context["form"]
    return client.post(address, {"form_token": form["form_token"].value(), **given})


def desk(client: Client, session: Session) -> Any:
    return client.get(reverse("signing", args=[session.ref]))


def people(client: Client, session: Session) -> list[Any]:
    found: list[Any] = desk(client, session).context["halves"][0].people
    return found


def test_a_phone_is_handed_round(client: Client, session: Session, now: MovableClock) -> None:
    assert [person.sign_url for person in people(client, session)] == ["", ""], "not weeks before"
    now.move_to(DURING)
    ana, bo = people(client, session)
    assert send(client, ana.sign_url, strokes=DRAWN).status_code == 302
    half = desk(client, session).context["halves"][0]
    assert [bool(person.signed) for person in half.people] == [True, False]
    assert half.signed == 1
    assert Signature.objects.get().way == "handed_round"
    now.move_to(AFTER)
    response = send(client, bo.sign_url, strokes=DRAWN)
    assert "late_because" in response.context["form"].errors, "afterwards a reason is asked for"
    assert send(client, bo.sign_url, strokes=DRAWN, late_because="Batterie vide").status_code == 302
    assert "Batterie vide" in desk(client, session).content.decode()


def test_countersigning_freezes_and_opening_again_does_not(
    cast: Cast, client: Client, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    address = reverse("countersign", args=[session.ref, 1])
    assert send(client, address, strokes=DRAWN).status_code == 422, "presence comes first"
    all_present(cast, session)
    assert "je confirme qui était présent·e pendant cette demi-journée" in client.get(address).text
    asked = send(client, address, strokes=DRAWN)
    assert asked.status_code == 422, "they can still sign"
    html = asked.content.decode()
    assert "2 personnes présentes n’ont pas signé, et ne pourraient plus le faire." in html
    answer = f"{session.half_days.get().pk}:2"
    assert f'value="{answer}"' in html
    assert "[[10,10,0]" in html, "the drawing is kept"
    assert send(client, address, strokes=DRAWN, despite_unsigned=answer).status_code == 302
    assert people(client, session)[0].sign_url == ""
    presence = client.get(reverse("presence", args=[session.ref])).context
    assert {cell.disabled for line in presence["people"] for cell in line.cells} == {True}
    reopen = reverse("reopen_half_day", args=[session.ref, 1])
    assert send(client, reopen, reason="").status_code == 422
    assert send(client, reopen, reason="Bo est parti").status_code == 302
    assert queries.standing_countersignatures(session.pk) == {}


def test_who_is_absent_or_excused_is_not_asked_to_sign(
    cast: Cast, client: Client, session: Session, now: MovableClock
) -> None:
    now.move_to(DURING)
    ana, bo = Enrolment.objects.filter(session=session).order_by("pk")
    states = {ana.pk: PresenceState.ABSENT, bo.pk: PresenceState.EXCUSED}
    half_day = session.half_days.get()
    attendance.record_presence(half_day_id=half_day.pk, states=states, by=cast.actor(cast.noor))
    assert [person.sign_url for person in people(client, session)] == ["", ""]
    states[bo.pk] = PresenceState.LATE
    attendance.record_presence(half_day_id=half_day.pk, states=states, by=cast.actor(cast.noor))
    assert sum(bool(person.sign_url) for person in people(client, session)) == 1


def test_the_list_costs_the_same_with_thirty(
    client: Client, cast: Cast, session: Session, now: MovableClock, django_assert_max_num_queries: Any
) -> None:
    now.move_to("2027-01-14 08:50")
    for more in (1, 30):
        enrol(cast, session, *(f"P{more}{n}" for n in range(more)))
        with django_assert_max_num_queries(14):
            desk(client, session)


def test_who_has_no_address_gets_a_code_on_paper(
    client: Client, cast: Cast, session: Session, now: MovableClock
) -> None:
    address = reverse("signing_cards", args=[session.ref])
    assert client.get(address).context["cards"] == []
    people = [Person(first_name="Zoé", last_name="Sans"), Person(first_name="Luc", last_name="Sans")]
    enrolment.enrol(session_id=session.pk, people=people, by=cast.actor(cast.olga))
    first = client.get(address)
    assert [card.name for card in first.context["cards"]] == ["Luc Sans", "Zoé Sans"]
    assert first.context["cards"][0].picture != first.context["cards"][1].picture
    again = client.get(address)
    assert again.context["cards"] == first.context["cards"], "printed twice, one code"
    luc = Enrolment.objects.get(participant__first_name="Luc")
    link = links.give(purpose=PARTICIPANT_LINK, subject_id=luc.pk, to="", until=session.ends_at + PAGE_LASTS)
    page = reverse("participant", args=[token(link)])
    now.move_to(DURING)
    assert client.get(page).status_code == 200
    assert client.get(reverse("participant_sign", args=[token(link), 1])).status_code == 200
    luc.participant.email = "luc@valmont.example"
    luc.participant.save()
    assert client.get(page).status_code == 410, "who has an address now gets a link of their own"
