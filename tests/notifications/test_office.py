"""Accounts, coordinators and the office are told what concerns them, once."""

from collections.abc import Callable
from typing import Any

import pytest

from cordee.accounts import actions as accounts
from cordee.fees import actions as fees
from cordee.fees.models import FeeRequest
from cordee.kernel.actor import COMMAND
from cordee.kernel.permissions import Role
from cordee.mail.models import Message
from cordee.missions import actions as missions
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.notifications.letters import last, letters
from tests.steps import closed

OLGA, FARID = "olga@cordee-formation.example", "farid@cordee-formation.example"
CAMILLE = "camille@reseau.example"
type Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Any) -> None:
    settings.DEMO = True


def purposes(to: str) -> list[str]:
    return [purpose for purpose, _ in letters(to, but=())]


def test_who_is_invited_gets_the_way_in(cast: Cast, settle: Settle) -> None:
    settle()
    assert purposes(OLGA) == ["invitation"]
    assert purposes("noor@reseau.example") == ["invitation"]
    message = last(OLGA)
    assert "Cordée Formation" in message.subject
    assert OLGA in message.text
    assert "/account/login/" in message.text


def test_who_is_named_coordinator_gets_the_mission(cast: Cast, settle: Settle) -> None:
    settle()
    assert purposes(CAMILLE) == ["invitation", "coordinator_named"]
    message = last(CAMILLE)
    assert cast.mission.ref in message.subject
    assert f"/missions/{cast.mission.ref}/" in message.text
    assert message.mission_id == cast.mission.pk
    missions.name_coordinator(mission_id=cast.mission.pk, facilitator_id=cast.dan.pk, by=COMMAND)
    missions.name_coordinator(mission_id=cast.mission.pk, facilitator_id=cast.camille.pk, by=COMMAND)
    settle()
    assert purposes(CAMILLE).count("coordinator_named") == 2, "named again is another fact"
    assert purposes("dan@reseau.example").count("coordinator_named") == 1, (
        "no longer in charge when it was to leave"
    )


def test_closure_is_told_to_the_coordinator_operations_and_finance(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    settle()
    closed(cast, now, settle)
    assert purposes(CAMILLE)[-1] == "mission_closed"
    assert purposes(OLGA)[-1] == purposes(FARID)[-1] == "billable"
    assert "Ville de Valmont" in last(FARID).subject
    for untold in ("quitterie@cordee-formation.example", "ada@cordee-formation.example"):
        assert purposes(untold) == ["invitation"]


def test_who_holds_two_roles_is_told_once(cast: Cast, now: MovableClock, settle: Settle) -> None:
    accounts.set_roles(user_id=cast.olga.pk, roles=[Role.OPERATIONS, Role.FINANCE], by=COMMAND)
    closed(cast, now, settle)
    assert purposes(OLGA).count("billable") == 1


def test_a_returned_request_says_why_to_the_coordinator(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    closed(cast, now, settle)
    request = FeeRequest.objects.get(kind="facilitation")
    fees.return_request(request_id=request.pk, reason="Date à revoir", by=cast.actor(cast.farid))
    settle()
    message = last(CAMILLE)
    assert message.purpose == "fees_returned"
    assert "Date à revoir" in message.text
    assert request.ref in message.subject


def test_people_read_in_their_language(cast: Cast, now: MovableClock, settle: Settle) -> None:
    accounts.set_language(user_id=cast.farid.pk, language="en")
    closed(cast, now, settle)
    assert last(FARID).subject == f"{cast.mission.ref} is closed: Ville de Valmont can be invoiced"
    assert last(OLGA).language == "fr"
    assert "is closed" not in last(OLGA).subject


def test_every_mail_is_complete(cast: Cast, now: MovableClock, settle: Settle) -> None:
    closed(cast, now, settle)
    for message in Message.objects.order_by("pk"):
        for text in (message.subject, message.text, message.html):
            assert text.strip()
            assert "{" not in text.split("</style>")[-1], message.key
        assert message.text.count("http") <= 1, "one thing to do"
        assert "<style" not in message.html, "styles are inlined"
        assert len(message.html) < 10_000
