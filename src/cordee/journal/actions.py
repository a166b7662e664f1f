"""Writing facts, and handing them to those who listen."""

import logging
from contextvars import ContextVar
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from cordee.jobs import registry
from cordee.journal import queries
from cordee.journal.facts import Recorded, fact_types, subscribers_of, subscription
from cordee.journal.models import Delivery, Entry, Reason
from cordee.journal.states import ERASED, MACHINE, DeliveryState
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.facts import Fact, ReasonId
from cordee.kernel.tokens import hidden

log = logging.getLogger(__name__)

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Set once per request or command, so that everything one click did can be found together."""

LEASE = timedelta(seconds=20)
"""A delivery taken by a worker that died is taken again after this time; one still at work holds its row longer."""
GIVE_UP_AFTER = 8
DELIVERED_KEPT_FOR = timedelta(days=30)
"""How long it can be looked up what followed from a fact."""


def record(fact: Fact, *, by: Actor, mission_id: int | None = None) -> Entry:
    """Append `fact` to the journal and write one delivery per subscriber, in the caller's transaction."""
    payload = fact.payload()
    entry = Entry.objects.create(
        at=clock.now(),
        fact=type(fact).__name__,
        subject=f"{fact.subject}:{payload[fact.subject]}" if fact.subject else "",
        mission_id=mission_id,
        actor_kind=by.kind,
        user_id=by.user_id,
        link_id=by.link_id,
        request_id=request_id.get(),
        payload=payload,
    )
    names = subscribers_of(type(fact))
    if names:
        Delivery.objects.bulk_create(
            Delivery(entry=entry, subscriber=name, due_at=entry.at) for name in names
        )
        registry.start("journal.deliver", entry.pk)
    return entry


def keep_reason(text: str) -> ReasonId:
    """Keep a reason in its giver's words, for a fact to name it."""
    return ReasonId(Reason.objects.create(text=text).pk)


@transaction.atomic
def erase_reason(reason_id: ReasonId) -> None:
    """Erase the words of a reason, where they speak of somebody, and wherever they stand on the rows of the same
    mission; what happened stays on record.
    """
    text = Reason.objects.select_for_update().get(pk=reason_id).text
    entry = Entry.objects.filter(payload__reason_id=reason_id).first()
    if text and entry and entry.mission_id is not None:
        for field in queries.reason_fields():
            rows = queries.rows_with_reason(field, entry.mission_id)
            rows.filter(**{field.name: text}).update(**{field.name: ERASED})
    Reason.objects.filter(pk=reason_id).update(text="")


def erase_written(key: str) -> bool:
    """Erase a reason that no fact names, where it stands (`queries.WrittenReason.key`). Tell whether it was there."""
    column, _colon, number = key.partition(":")
    for field in queries.reason_fields():
        if column == f"{field.model._meta.label_lower}.{field.name}" and number.isdecimal():
            return bool(queries.row_with_reason(field, int(number)).update(**{field.name: ERASED}))
    return False


def deliver(entry_id: int) -> None:
    """Hand one entry to the subscribers that have not had it. Safe to run twice."""
    for delivery_id in Delivery.objects.filter(entry_id=entry_id, state=DeliveryState.PENDING).values_list(
        "pk"
    ):
        _deliver_one(delivery_id[0])


def deliver_due(limit: int = 500) -> int:
    """Hand over what is due: first attempts that were missed, and retries. Return how many were tried."""
    due = Delivery.objects.filter(state=DeliveryState.PENDING, due_at__lte=clock.now()).order_by("pk")
    ids = list(due.values_list("pk", flat=True)[:limit])
    return sum(_deliver_one(delivery_id) for delivery_id in ids)


def forget_delivered() -> None:
    """Forget the deliveries that were made long ago: nobody reads them, and each fact leaves several. Those given up
    stay until somebody sees to them. Safe to run twice.
    """
    old = Delivery.objects.filter(state=DeliveryState.DONE, due_at__lt=clock.now() - DELIVERED_KEPT_FOR)
    old.delete()


def retry(delivery_id: int) -> None:
    """Try a delivery that was given up once more."""
    MACHINE.move_all(Delivery.objects.filter(pk=delivery_id), "retry", attempts=0, due_at=clock.now())


def _deliver_one(delivery_id: int) -> bool:
    now = clock.now()
    claimed = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.PENDING, due_at__lte=now).update(
        attempts=F("attempts") + 1, due_at=now + LEASE
    )
    if not claimed:
        return False
    try:
        with transaction.atomic():
            delivery = _held(delivery_id)
            if delivery is None:
                return False
            _hand_over(delivery)
            MACHINE.move_all(Delivery.objects.filter(pk=delivery_id), "finish", error="")
    except Exception as error:
        # Whatever a subscriber raises is kept and shown: one bad listener must not stop the others.
        delivery = Delivery.objects.get(pk=delivery_id)
        log.exception("%s failed on entry %s", delivery.subscriber, delivery.entry_id)
        _put_back(delivery, error)
    return True


def _held(delivery_id: int) -> Delivery | None:
    """Return a delivery that still waits, held to the end of the transaction, however long its listener takes."""
    waiting = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.PENDING).select_related("entry")
    return waiting.select_for_update(of=("self",)).first()


def _hand_over(delivery: Delivery) -> None:
    listener = subscription(delivery.subscriber)
    kind = fact_types().get(delivery.entry.fact)
    if listener is None or kind is None:
        return  # gone from the code since: nobody is waiting for it
    entry = delivery.entry
    listener.handler(Recorded(entry.pk, entry.at, kind(**entry.payload), entry.mission_id, entry.user_id))


def _put_back(delivery: Delivery, error: Exception) -> None:
    given_up = delivery.attempts >= GIVE_UP_AFTER
    MACHINE.move_all(
        Delivery.objects.filter(pk=delivery.pk),
        "give_up" if given_up else "try_later",
        due_at=clock.now() + timedelta(seconds=5 * 3**delivery.attempts),
        error=hidden(f"{type(error).__name__}: {error}")[:2000],  # people of the office read it
    )
