"""The sheet of a session for those who run it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.accounts.models import User
from cordee.conformity import actions, queries
from cordee.conformity.states import Reason
from cordee.planning.models import Session
from tests.cast import Cast
from tests.conformity.sheets import sign_all
from tests.conftest import MovableClock
from tests.forms import forms_of
from tests.steps import AFTER, DURING, enrol, plan


@pytest.fixture
def session(cast: Cast) -> Session:
    User.objects.update(language="en")
    (session,) = plan(cast, cast.noor)
    enrol(cast, session, "Ana", "Bo")
    return session


def page(who: Any, session: Session, **headers: str) -> Any:
    client = Client(headers={"accept-language": "en", **headers})
    client.force_login(getattr(who, "user", who))
    return client, client.get(reverse("sheet_review", args=[session.ref]))


def send(client: Client, shown: Any, **typed: str) -> Any:
    address = shown.wsgi_request.path
    (form,) = [f for f in forms_of(shown.text, address) if "sheet_seen" in f.hidden()]
    return client.post(address, {**form.sent(), **typed})


def test_what_is_found_is_told_with_its_law_and_what_to_do(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    now.move_to(AFTER)
    _client, shown = page(cast.camille, session)
    for words in (
        "Presence is not recorded",
        "L6362-6",
        "Record who was there",
        "Nobody is recorded as having run",
    ):
        assert words in shown.text


def test_before_the_session_nothing_is_wrong(cast: Cast, session: Session) -> None:
    _client, shown = page(cast.camille, session)
    assert "checked from the beginning of the session on" in shown.text
    assert "Wrong:" not in shown.text


def test_its_facilitator_submits_it_and_follows_it(cast: Cast, session: Session, now: MovableClock) -> None:
    sign_all(cast, now, session, cast.noor)
    client, shown = page(cast.noor, session)
    assert "Nothing is missing and nothing is wrong." in shown.text
    assert send(client, shown).status_code == 302
    assert queries.review_of(session.pk).state == "submitted"
    _client, shown = page(cast.noor, session)
    assert "quality looks at it" in shown.text
    assert "fully signed" in shown.text
    assert "sheet_seen" not in shown.text, "there is nothing to submit now"


def test_a_refusal_says_why_and_keeps_the_note(cast: Cast, session: Session, now: MovableClock) -> None:
    now.move_to(AFTER)
    client, shown = page(cast.camille, session)
    answer = send(client, shown, note="Tout le monde était là")
    assert answer.status_code == 422
    assert "Tout le monde était là" in answer.text
    assert answer.context["form"].refusals[0].code == "presence_missing"


def test_a_page_that_is_old_submits_nothing(
    cast: Cast, session: Session, now: MovableClock, settle: Any
) -> None:
    sign_all(cast, now, session, cast.noor)
    client, shown = page(cast.camille, session)
    settle()
    answer = send(client, shown, note="Ma note")
    assert answer.status_code == 422
    assert [b.code for b in answer.context["form"].refusals] == ["changed_meanwhile", "already_decided"]
    assert "Ma note" in answer.text, "nothing typed is lost"


def test_what_quality_refused_is_on_top(cast: Cast, session: Session, now: MovableClock, settle: Any) -> None:
    sign_all(cast, now, session, cast.noor)
    settle()
    actions.refuse(
        session_id=session.pk,
        reasons=[Reason.UNREADABLE, Reason.COPIED],
        note="Voir la ligne 2",
        by=cast.actor(cast.quitterie),
    )
    _client, shown = page(cast.camille, session)
    assert "Quality refused the sheet: signatures look copied, it cannot be read." in shown.text
    assert "Voir la ligne 2" in shown.text
    assert "Submit the sheet" in shown.text
    assert "nothing is wrong" not in shown.text, "quality says otherwise"
    for leads in ("presence", "signing", "session_deposits"):
        assert reverse(leads, args=[session.ref]) in shown.text, "where it is put right"


def test_the_page_of_the_session_fetches_a_summary(cast: Cast, session: Session, now: MovableClock) -> None:
    address = reverse("sheet_review", args=[session.ref])
    client, _shown = page(cast.noor, session)
    whole = client.get(reverse("session", args=[session.ref])).text
    assert f'hx-get="{address}"' not in whole, "there is nothing to say before it begins"
    now.move_to(DURING)
    whole = client.get(reverse("session", args=[session.ref])).text
    assert f'hx-get="{address}"' in whole
    assert f'href="{address}"' in whole, "without script there is a link"
    part = client.get(address, headers={"hx-request": "true"}).text
    assert part.lstrip().startswith('<div id="sheet-review"')
    assert "<html" not in part


def test_a_full_sheet_costs_as_many_queries_as_a_small_one(
    cast: Cast, session: Session, now: MovableClock
) -> None:
    def cost() -> int:
        client, _shown = page(cast.camille, session)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("sheet_review", args=[session.ref]))
        return len(asked)

    now.move_to(AFTER)
    small = cost()
    now.move_to("2027-01-04 12:00")
    enrol(cast, session, *(f"P{i}" for i in range(12)))
    sign_all(cast, now, session, cast.noor)
    assert cost() <= small + 2, "prints and late signatures are looked up once there are any"
