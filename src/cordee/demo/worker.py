"""The worker of the demo: the same listeners, spared what would change nothing in the stories told here."""

from functools import cache

from cordee.journal.facts import Recorded, fact_types, subscription
from cordee.journal.models import Delivery, Entry
from cordee.journal.states import MACHINE as DELIVERY
from cordee.journal.states import DeliveryState
from cordee.kernel import clock
from cordee.kernel.facts import Fact
from cordee.mail.models import Message
from cordee.mail.states import MACHINE as MESSAGE

_LEFT_OUT = frozenset({"reminders", "ready-billed"})
"""Listeners that follow reminders: here they are written on the last mornings, when most is said. And those that bill
what waited for a supplier: here suppliers are complete before anything is billed.
"""
_WAITS_FOR = {
    "closure": frozenset({"FeesRequested", "OrderAmended", "SessionCancelled", "CorrectionFinished"})
}
"""Listeners that need not look after every fact: here a mission is complete after one of these only, and what
lists say of it is written once the stories are told.
"""


def settle() -> None:
    """Hand over every fact that waits, until nothing follows any more, then let the mails leave.

    A listener that fails fails the whole: a demo world with failures in it is not one.
    """
    while waiting := list(
        Delivery.objects.filter(state=DeliveryState.PENDING).select_related("entry").order_by("pk")
    ):
        DELIVERY.move_all(Delivery.objects.filter(pk__in=[d.pk for d in waiting]), "finish", attempts=1)
        for delivery in waiting:
            awaited = _WAITS_FOR.get(delivery.subscriber)
            if delivery.subscriber not in _LEFT_OUT and (awaited is None or delivery.entry.fact in awaited):
                _hand_over(delivery.subscriber, delivery.entry)
    # No mail server is asked, whatever the settings: these people do not exist.
    MESSAGE.move_all(Message.objects.filter(due_at__lte=clock.now()), "send", attempts=1)
    MESSAGE.move_all(Message.objects.all(), "succeed", sent_at=clock.now())


def _hand_over(subscriber: str, entry: Entry) -> None:
    listener = subscription(subscriber)
    if listener is None:
        raise LookupError(f"nobody is called {subscriber}")
    fact = _kinds()[entry.fact](**entry.payload)
    listener.handler(Recorded(entry.pk, entry.at, fact, entry.mission_id, entry.user_id))


@cache
def _kinds() -> dict[str, type[Fact]]:
    return fact_types()
