"""The pages of certificates: of a session, of a mission, and what they give to download."""

from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.certificates import actions
from cordee.kernel.actor import COMMAND
from cordee.planning.models import Session
from tests.cast import Cast
from tests.certificates.stories import Settle, certified, name_who_signs, of
from tests.conftest import MovableClock
from tests.steps import AFTER, plan


def as_coordinator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.camille.user)
    return client


def pages(answer: Any) -> int:
    assert answer["Content-Type"] == "application/pdf", answer.content[:200]
    return len(pypdfium2.PdfDocument(answer.content))


@pytest.fixture
def session(cast: Cast, now: MovableClock, settle: Settle) -> Session:
    """A session that is over, with Ana and Bo."""
    return certified(cast, now, settle, "Ana", "Bo")


def test_a_session_gives_its_certificates_one_by_one_and_together(cast: Cast, session: Session) -> None:
    client = as_coordinator(cast)
    page = client.get(reverse("session_certificates", args=[session.ref])).text
    number = of("Ana")[0].number
    assert "Ana N" in page
    assert "3\u00a0h" in page
    one = client.get(reverse("certificate_file", args=[cast.mission.ref, number]))
    assert pages(one) == 1
    assert pages(client.get(reverse("session_certificates_file", args=[session.ref]))) == 2


def test_the_pages_of_session_and_mission_lead_to_them(cast: Cast, session: Session) -> None:
    client = as_coordinator(cast)
    for name, ref, leads in (
        ("session", session.ref, "session_certificates"),
        ("mission", cast.mission.ref, "mission_certificates"),
    ):
        assert reverse(leads, args=[ref]) in client.get(reverse(name, args=[ref])).text


def test_a_session_to_come_says_when_they_are_made(cast: Cast) -> None:
    (session,) = plan(cast, cast.noor)
    client = as_coordinator(cast)
    for name in ("session_certificates", "session_certificates_file"):
        assert "Pas encore d’attestation" in client.get(reverse(name, args=[session.ref])).text
    assert "session_certificates" not in client.get(reverse("session", args=[session.ref])).text


def test_a_mission_says_why_nothing_is_certified_of_a_session(cast: Cast, now: MovableClock) -> None:
    plan(cast, cast.noor)
    address = reverse("mission_certificates", args=[cast.mission.ref])
    assert "n’est pas encore terminée" in as_coordinator(cast).get(address).text
    now.move_to(AFTER)
    assert "Les présences ne sont pas notées pour chaque" in as_coordinator(cast).get(address).text


def test_a_mission_produces_certificates_of_realisation(cast: Cast, session: Session) -> None:
    client = as_coordinator(cast)
    produce, file = (
        reverse(name, args=[cast.mission.ref])
        for name in ("produce_realisations", "mission_realisation_file")
    )
    refused = client.post(produce, follow=True).text
    assert "qualité" in refused
    assert "Aucun n’a encore été produit" in client.get(file).text
    name_who_signs()
    assert "Produire" in client.get(reverse("mission_certificates", args=[cast.mission.ref])).text
    assert "CR-2027-0001" in client.post(produce, follow=True).text
    assert pages(client.get(file)) == 2
    assert pages(client.get(reverse("mission_participation_file", args=[cast.mission.ref]))) == 2


def test_a_certificate_is_not_reached_through_another_mission(cast: Cast, session: Session) -> None:
    client = Client()
    client.force_login(cast.olga)
    number = of("Ana")[0].number
    assert client.get(reverse("certificate_file", args=[cast.mission.ref, number])).status_code == 200
    assert client.get(reverse("certificate_file", args=[cast.other_mission.ref, number])).status_code == 404


def test_lists_cost_the_same_for_1_and_30(cast: Cast, now: MovableClock, settle: Settle) -> None:
    name_who_signs()
    client = as_coordinator(cast)
    found: list[list[int]] = []
    for led_by, names in ((cast.noor, ["Ana"]), (cast.elodie, [f"Bo{n}" for n in range(30)])):
        session = certified(cast, now, settle, *names, led_by=led_by)
        actions.produce_realisations(mission_id=cast.mission.pk, by=COMMAND)
        costs = []
        for name, ref in (("session_certificates", session.ref), ("mission_certificates", cast.mission.ref)):
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(name, args=[ref]))
            costs.append(len(queries))
        found.append(costs)
        now.move_to("2027-01-05 09:00")
    assert found[0] == found[1]
    assert max(found[0]) <= 10
