"""Signing in the room, by the code on the facilitator's screen."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cordee.attendance import queries
from cordee.attendance.models import Signature
from cordee.attendance.states import CODE_SECONDS
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from cordee.surveys.models import Addressee
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.steps import AFTER, DURING, enrol, plan
from tests.surveys.opinions import HOT, ask

DRAWN = "[[[10,10,0],[200,80,40],[320,20,90]]]"


@pytest.fixture(autouse=True)
def nobody_tried_yet(client: Client, db: None) -> None:
    cache.clear()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def session(cast: Cast) -> Session:
    return plan(cast, cast.noor, language="en")[0]


@pytest.fixture
def ana(cast: Cast, session: Session) -> Enrolment:
    return enrol(cast, session, "Ana", "Bo")[0]


def scan(client: Client, session: Session) -> Any:
    return client.get(reverse("room_by_code", args=[queries.code_shown(session.pk)]), follow=True)


def later(now: MovableClock, seconds: float) -> None:
    now.at += timedelta(seconds=seconds)


def send(client: Client, address: str, **given: Any) -> Any:
    form = client.get(address).context["form"]
    return client.post(address, {"form_token": form["form_token"].value(), **given}, follow=True)


def test_who_is_in_the_room_scans_chooses_a_name_and_signs(
    client: Client, session: Session, ana: Enrolment, now: MovableClock
) -> None:
    now.move_to(DURING)
    page = scan(client, session)
    ((_when, people),) = page.context["halves"]
    assert [(p.name, p.signed) for p in people] == [("Ana N", False), ("Bo N", False)]
    back = send(client, people[0].url, strokes=DRAWN)
    ((_when, people),) = back.context["halves"]
    assert [p.signed for p in people] == [True, False]
    signature = Signature.objects.get()
    assert (signature.enrolment_id, signature.way, signature.link_id, signature.user_id) == (
        ana.pk,
        "code",
        None,
        None,
    )
    assert "You signed for this half-day" in client.get(people[0].url).content.decode()


def test_the_code_is_typed_as_people_type(
    client: Client, session: Session, ana: Enrolment, now: MovableClock
) -> None:
    now.move_to(DURING)
    code = queries.code_shown(session.pk)
    for text in (code, code.lower(), f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}"):
        response = client.post(reverse("room_code"), {"code": text})
        assert response.status_code == 302, text


def test_a_code_is_taken_for_its_twenty_seconds_and_the_next(
    client: Client, session: Session, ana: Enrolment, now: MovableClock
) -> None:
    now.move_to(DURING)
    address = reverse("room_by_code", args=[queries.code_shown(session.pk)])
    later(now, CODE_SECONDS)
    assert client.get(address).status_code == 302, "who was typing it comes in"
    later(now, CODE_SECONDS)
    response = client.get(address)
    assert response.status_code == 422, "a photo of it sent to somebody opens nothing"
    assert "changes every 20 seconds" in response.content.decode()
    assert queries.code_shown(session.pk) not in address


def test_two_sessions_never_show_each_other_s_list(cast: Cast, client: Client, now: MovableClock) -> None:
    first, second = plan(cast, count=2)
    enrol(cast, first, "Ana")
    enrol(cast, second, "Bo")
    now.move_to(DURING)
    for session, name in ((first, "Ana N"), (second, "Bo N")):
        ((_when, people),) = scan(client, session).context["halves"]
        assert [p.name for p in people] == [name]


@pytest.mark.parametrize("text", ["", "AAAAAA", "000000", "AAA", "A" * 20, "é€😀 !;"])
def test_what_is_no_code_opens_nothing(
    client: Client, session: Session, now: MovableClock, text: str
) -> None:
    now.move_to(DURING)
    response = client.post(reverse("room_code"), {"code": text})
    assert response.status_code == 422
    assert response.context["form"].errors["code"]


def test_guessing_by_the_address_of_the_code_ends_too(
    client: Client, session: Session, ana: Enrolment, now: MovableClock
) -> None:
    cache.clear()
    now.move_to(DURING)
    wrong = reverse("room_by_code", args=["222222"])
    answers = [client.get(wrong).status_code for _ in range(61)]
    assert answers == [422] * 60 + [429]
    assert scan(client, session).status_code == 429
    cache.clear()


def test_before_and_after_no_code_opens(
    client: Client, session: Session, ana: Enrolment, now: MovableClock
) -> None:
    assert scan(client, session).status_code == 422, "weeks before"
    now.move_to(AFTER)
    assert scan(client, session).status_code == 422, "when it is over"


def test_nor_that_of_a_cancelled_session(
    cast: Cast, client: Client, session: Session, ana: Enrolment, now: MovableClock
) -> None:
    now.move_to(DURING)
    Session.objects.filter(pk=session.pk).update(
        status="cancelled", cancelled_because="Fuite", cancelled_at=clock.now()
    )
    assert scan(client, session).status_code == 422


def test_the_way_in_ends_after_ten_minutes(
    client: Client, session: Session, ana: Enrolment, now: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    now.move_to(DURING)
    page = scan(client, session).request["PATH_INFO"]
    assert client.get(page).status_code == 200
    monkeypatch.setattr("django.core.signing.time.time", lambda: clock.real_time().timestamp() + 601)
    response = client.get(page)
    assert response.status_code == 410
    assert "Ten minutes are over" in response.content.decode()
    assert client.get(reverse("room", args=["spoiled"])).status_code == 410


def test_what_waited_on_a_device_opens_nothing_to_look_at(
    client: Client, session: Session, ana: Enrolment, now: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    now.move_to(DURING)
    page = scan(client, session).request["PATH_INFO"]
    monkeypatch.setattr("django.core.signing.time.time", lambda: clock.real_time().timestamp() + 601)
    assert client.get(page, HTTP_CORDEE_KEPT="1").status_code == 410, "who is there is shown to nobody later"


def test_somebody_taken_off_the_list_meanwhile_is_not_there(
    client: Client, session: Session, ana: Enrolment, now: MovableClock
) -> None:
    now.move_to(DURING)
    ((_when, people),) = scan(client, session).context["halves"]
    enrolment.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND)
    assert client.get(people[0].url).status_code == 404


def test_guessing_is_slowed_down(client: Client, session: Session, now: MovableClock) -> None:
    now.move_to(DURING)
    right = queries.code_shown(session.pk)
    for _ in range(70):
        assert client.post(reverse("room_code"), {"code": right}).status_code == 302, "a full hall comes in"
    answers = [client.post(reverse("room_code"), {"code": "AAAAAA"}).status_code for _ in range(61)]
    assert (answers[0], answers[-1]) == (422, 429)
    assert client.post(reverse("room_code"), {"code": right}).status_code == 429


def test_the_screen_shows_the_code_and_who_is_still_missing(
    cast: Cast, client: Client, session: Session, ana: Enrolment, now: MovableClock
) -> None:
    client.force_login(cast.noor.user)
    cast.noor.user.language = "en"
    cast.noor.user.save()
    address = reverse("signing_code", args=[session.ref])
    assert "15 minutes before" in client.get(address).content.decode(), "weeks before, nothing can be signed"
    now.move_to(DURING)
    code = queries.code_shown(session.pk)
    shown = client.get(address)
    assert f"{code[:3]} {code[3:]}" in shown.content.decode()
    assert "0 of 2 signed" in shown.content.decode()
    ((_when, people),) = scan(client, session).context["halves"]
    send(client, people[0].url, strokes=DRAWN)
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "1 of 2 signed" in part
    assert "<html" not in part
    client.force_login(cast.elodie.user)
    assert client.get(address).status_code == 404, "not to a facilitator of another session"


def test_near_the_end_who_is_in_the_room_says_how_it_was(
    cast: Cast, client: Client, session: Session, ana: Enrolment, now: MovableClock
) -> None:
    """Before presence is recorded, and without a link of their own; nobody sees there who has answered."""
    ask(cast.workshop)
    now.move_to(DURING)
    assert scan(client, session).context["surveys"] == []
    now.move_to("2027-01-14 11:30")
    before = scan(client, session)
    assert [name for name, _url in before.context["surveys"]] == ["Ana N", "Bo N"]
    assert not Addressee.objects.exists(), "who looks at the list is not asked yet"
    own = before.context["surveys"][0][1]
    for _ in range(2):
        page = client.get(own)
    assert Addressee.objects.get().enrolment_id == ana.pk
    form = page.context["form"]
    given = {form.add_prefix(key): value for key, value in HOT.items()}
    hidden = {form[name].html_name: form[name].value() for name in ("form_token", "seen_version")}
    assert client.post(own, {**hidden, **given}).status_code == 302
    assert Addressee.objects.get().answered
    names = [name for name, _url in scan(client, session).context["surveys"]]
    assert names == ["Ana N", "Bo N"]
    client.force_login(cast.noor.user)
    assert "dites comment c’était" in client.get(reverse("signing_code", args=[session.ref])).text
