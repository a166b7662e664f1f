"""What did not follow by itself is told in people's words, and tried again."""

import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from cordee.clients import actions as clients
from cordee.clients.rules import ClientChanges
from cordee.journal.facts import all_subscriptions
from cordee.journal.models import Delivery
from cordee.journal.states import DeliveryState
from cordee.kernel.actor import COMMAND
from cordee.quality import actions as complaints
from cordee.quality.rules import ComplaintDraft, Raiser
from cordee.quality.states import ComplaintKind
from cordee.web.coordination.timeline.sentences import PRESENTERS
from cordee.web.office.failures import HAPPENED
from tests.cast import Cast
from tests.steps import plan


def test_every_automatic_step_has_its_words() -> None:
    ours = [s for s in all_subscriptions() if s.handler.__module__.startswith("cordee.")]
    assert [s.name for s in ours if not s.follows] == []
    told = {kind.__name__ for kind in PRESENTERS} | HAPPENED.keys()
    assert {fact.__name__ for s in ours for fact in s.facts} - told == set()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("OperationalError: database is locked", "The database was busy"),
        ("ConnectionRefusedError: [Errno 111]", "did not answer"),
        ("DoesNotExist: Session matching query", "no longer there"),
        ("Refused: not_running", "A rule of the house"),
        ("ZeroDivisionError: by zero", "An error of the software"),
        ("", "An error of the software"),
    ],
)
def test_why_it_failed_is_told_before_the_words_of_the_machine(
    cast: Cast, seat: Any, words: Any, error: str, told: str
) -> None:
    plan(cast, cast.noor)
    Delivery.objects.filter(subscriber="staffing-mail").update(state=DeliveryState.FAILED, error=error)
    page = seat(cast.ada).get(reverse("failed_facts"))
    assert told in words(page)
    assert_folded(page, error)


def assert_folded(page: Any, raw: str) -> None:
    """The raw error is for who opens the details: nobody else reads it."""
    html = unescape(page.content.decode())
    assert raw in html
    assert not raw or raw not in re.sub(r"<details>.*?</details>", "", html, flags=re.DOTALL)


def test_what_was_given_up_reads_as_people_speak_and_can_be_tried_again(
    cast: Cast, seat: Any, words: Any
) -> None:
    (session,) = plan(cast, cast.noor)
    clients.change_client(
        client_id=cast.valmont.pk, changes=ClientChanges(name="Valmont"), expected_version=None, by=COMMAND
    )
    wanted = Delivery.objects.filter(subscriber__in=("staffing-mail", "client-renamed"))
    wanted.update(state=DeliveryState.FAILED, error="SMTPServerDisconnected: bye")
    client = seat(cast.ada)
    page = client.get(reverse("failed_facts"))
    text = words(page)
    assert f"Noor van den Berg was asked to run {session.title} The message to the facilitator" in text
    assert "A client was changed Finding the missions by the client's new name" in text
    assert cast.mission.ref in text
    assert re.search(r"did not answer\..*?Technical details staffing-mail: SMTPServerDisconnected: bye", text)
    assert_folded(page, "SMTPServerDisconnected")
    assert "FacilitatorPutOn" not in text
    failed = wanted.get(subscriber="staffing-mail")
    client.post(reverse("retry_fact", args=[failed.pk]))
    failed.refresh_from_db()
    assert failed.state == DeliveryState.PENDING


def test_that_somebody_complained_is_told_to_those_in_charge_alone(cast: Cast, seat: Any, words: Any) -> None:
    draft = ComplaintDraft(kind=ComplaintKind.COMPLAINT, words="Non", confidential=True)
    complaints.receive(draft=draft, raiser=Raiser(staff_id=cast.olga.pk), by=cast.actor(cast.olga))
    Delivery.objects.update(state=DeliveryState.FAILED, error="x")
    page = reverse("failed_facts")
    assert "A complaint came in" in words(seat(cast.quitterie).get(page))
    assert "A complaint came in" not in words(seat(cast.olga).get(page))
