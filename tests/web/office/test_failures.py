"""What did not follow by itself is told in people's words, and tried again."""

from typing import Any

from django.urls import reverse

from cordee.clients import actions as clients
from cordee.clients.rules import ClientChanges
from cordee.journal.facts import all_subscriptions
from cordee.journal.models import Delivery
from cordee.journal.states import DeliveryState
from cordee.kernel.actor import COMMAND
from cordee.web.coordination.timeline.sentences import PRESENTERS
from cordee.web.office.failures import FOLLOWS, HAPPENED
from tests.cast import Cast
from tests.steps import plan


def test_every_automatic_step_has_its_words() -> None:
    """Add the words of a new subscriber to `web/office/failures.py`."""
    ours = [s for s in all_subscriptions() if s.handler.__module__.startswith("cordee.")]
    assert [s.name for s in ours if s.name not in FOLLOWS] == []
    told = {kind.__name__ for kind in PRESENTERS} | HAPPENED.keys()
    assert {fact.__name__ for s in ours for fact in s.facts} - told == set()


def test_what_was_given_up_reads_as_people_speak_and_can_be_tried_again(
    cast: Cast, seat: Any, words: Any
) -> None:
    (session,) = plan(cast, cast.noor)
    clients.change_client(
        client_id=cast.valmont.pk, changes=ClientChanges(name="Valmont"), expected_version=None, by=COMMAND
    )
    wanted = Delivery.objects.filter(subscriber__in=("staffing-mail", "client-renamed"))
    wanted.update(state=DeliveryState.FAILED, error="SMTPServerDisconnected()")
    client = seat(cast.ada)
    page = client.get(reverse("failed_facts"))
    text = words(page)
    assert f"Noor van den Berg was asked to run {session.title} The message to the facilitator" in text
    assert "A client was changed Finding the missions by the client's new name" in text
    assert cast.mission.ref in text
    assert "staffing-mail: SMTPServerDisconnected()" in text
    assert "FacilitatorPutOn" not in text
    failed = wanted.get(subscriber="staffing-mail")
    client.post(reverse("retry_fact", args=[failed.pk]))
    failed.refresh_from_db()
    assert failed.state == DeliveryState.PENDING
