"""The home of the office."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from cordee.clients.states import Sector
from cordee.closure import actions as closure
from cordee.journal.models import Delivery
from cordee.journal.states import DeliveryState
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.missions import actions as missions
from cordee.missions.rules import LineDraft
from tests.cast import Cast


def order_without_mission(cast: Cast, title: str = "Conférence d’ouverture") -> Any:
    return missions.record_order(
        client_id=cast.valmont.pk,
        sector=Sector.PUBLIC_BODY,
        title=title,
        agreed_on=date(2026, 12, 20),
        lines=[LineDraft(service_type_id=cast.workshop.pk, quantity=1, unit_price=Decimal(900))],
        by=COMMAND,
    )


def test_operations_see_their_queues_and_each_number_opens_its_list(
    cast: Cast, seat: Any, words: Any, now: Any, settle: Any
) -> None:
    order = order_without_mission(cast)
    alone = closure.open_mission(order_id=order_without_mission(cast, "Seule").pk, by=COMMAND)
    settle()
    now.move_to("2027-01-29 09:00")
    page = seat(cast.olga).get(reverse("office_todo"))
    queues = {q.label: q for q in page.context["queues"]}
    assert {label: q.value for label, q in queues.items()} == {
        "Order without a mission": 1,
        "Mission without a coordinator": 1,
        "Missions late": 3,
        "Fee requests to approve": 0,
        "Missions ready to bill": 0,
        "E-mails that failed": 0,
    }
    assert "4 ateliers en parallèle: to be planned" in words(page)
    assert "Seule: no coordinator" in words(page)
    client = seat(cast.olga)
    assert order.ref in words(client.get(queues["Order without a mission"].url))
    assert alone.ref in words(client.get(queues["Mission without a coordinator"].url))
    listed = words(client.get(queues["Missions late"].url))
    assert all(m.ref in listed for m in (alone, cast.mission, cast.other_mission))
    for queue in queues.values():
        assert client.get(queue.url).status_code == 200


def test_nothing_to_do_says_so(cast: Cast, seat: Any, words: Any) -> None:
    text = words(seat(cast.farid).get(reverse("office_todo")))
    assert "No request waits for you." in text
    assert "No mission is late." in text
    assert "nothing left" in text
    assert "without a mission" not in text  # finance cannot open them


def test_what_failed_is_shown_and_tried_again(cast: Cast, seat: Any, words: Any, settle: Any) -> None:
    settle()
    Delivery.objects.filter(subscriber="coordinator-mail").update(
        state=DeliveryState.FAILED, error="OSError: full"
    )
    client = seat(cast.ada)
    todo = {q.label: q for q in client.get(reverse("office_todo")).context["queues"]}
    assert todo["Automatic steps that failed"].value == 2
    page = client.get(todo["Automatic steps that failed"].url)
    assert "OSError: full" in words(page)
    assert cast.mission.ref in words(page)
    one = Delivery.objects.filter(state=DeliveryState.FAILED).order_by("pk")[0]
    after = client.post(reverse("retry_fact", args=[one.pk]), follow=True)
    assert "tried again within a minute" in words(after)
    one.refresh_from_db()
    assert one.state == DeliveryState.PENDING
    assert seat(cast.quitterie).post(reverse("retry_fact", args=[one.pk])).status_code == 403


def test_failed_mails_open_their_list(cast: Cast, seat: Any, words: Any, settle: Any) -> None:
    settle()
    Message.objects.filter(to_email=cast.camille.user.email).update(
        state="failed", sent_at=None, error="550 no such user"
    )
    client = seat(cast.olga)
    todo = {q.label: q for q in client.get(reverse("office_todo")).context["queues"]}
    failed = client.get(todo["E-mails that failed"].url)
    assert words(failed).count(cast.camille.user.email) == todo["E-mails that failed"].value > 0


def test_the_page_stays_within_its_queries(
    cast: Cast, seat: Any, django_assert_max_num_queries: Any, now: Any
) -> None:
    now.move_to("2027-02-20 09:00")
    for who in (cast.olga, cast.farid, cast.quitterie, cast.ada):
        client = seat(who)
        with django_assert_max_num_queries(12):
            client.get(reverse("office_todo"))
