"""The worker of the demo: the same listeners, spared what would change nothing in the stories told here."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

from cordee.journal.facts import Recorded, fact_types, subscription
from cordee.journal.models import Delivery, Entry
from cordee.journal.states import MACHINE as DELIVERY
from cordee.journal.states import DeliveryState
from cordee.kernel import clock
from cordee.kernel.facts import Fact
from cordee.mail.models import Message
from cordee.mail.states import MACHINE as MESSAGE
from cordee.mail.states import MessageState

_LEFT_OUT = frozenset({"reminders", "ready-billed"})
"""Listeners that follow reminders: here they are written on the last mornings, when most is said. And those that bill
what waited for a supplier: here suppliers are complete before anything is billed.
"""
_LATELY = frozenset({"seal-session"})
"""Listeners that take long, and of which the last month is enough to see what they do."""
_A_MONTH = timedelta(days=31)
_WAITS_FOR = {
    "closure": frozenset({"FeesRequested", "OrderAmended", "SessionCancelled", "CorrectionFinished"})
}
"""Listeners that need not look after every fact: here a mission is complete after one of these only, and what
lists say of it is written once the stories are told.
"""


@dataclass
class _Done:
    """How far the worker came: what is older was handed over, or has left. To ask whole tables each time takes long."""

    delivery: int = 0
    message: int = 0
    waiting: set[int] = field(default_factory=set)
    """Messages that have not left."""


_done = _Done()


def begin() -> None:
    """Begin with an empty database."""
    _done.delivery, _done.message, _done.waiting = 0, 0, set()


def settle() -> None:
    """Hand over every fact that waits, until nothing follows any more, then let the mails leave.

    A listener that fails fails the whole: a demo world with failures in it is not one.
    """
    lately = clock.real_time() - _A_MONTH
    while waiting := list(
        Delivery.objects.filter(pk__gt=_done.delivery, state=DeliveryState.PENDING)
        .select_related("entry")
        .order_by("pk")
    ):
        _done.delivery = waiting[-1].pk
        DELIVERY.move_all(Delivery.objects.filter(pk__in=[d.pk for d in waiting]), "finish", attempts=1)
        for delivery in waiting:
            awaited = _WAITS_FOR.get(delivery.subscriber)
            if (
                delivery.subscriber not in _LEFT_OUT
                and (awaited is None or delivery.entry.fact in awaited)
                and (delivery.subscriber not in _LATELY or delivery.entry.at > lately)
            ):
                _hand_over(delivery.subscriber, delivery.entry)
    _send()


def _send() -> None:
    """Let leave what is due. No mail server is asked, whatever the settings: these people do not exist."""
    new = list(Message.objects.filter(pk__gt=_done.message).order_by("pk").values_list("pk", flat=True))
    _done.message = new[-1] if new else _done.message
    rows = Message.objects.filter(pk__in=_done.waiting | set(new))
    MESSAGE.move_all(rows.filter(due_at__lte=clock.now()), "send", attempts=1)
    MESSAGE.move_all(rows, "succeed", sent_at=clock.now())
    _done.waiting = set(rows.exclude(state=MessageState.SENT).values_list("pk", flat=True))


def _hand_over(subscriber: str, entry: Entry) -> None:
    listener = subscription(subscriber)
    if listener is None:
        raise LookupError(f"nobody is called {subscriber}")
    fact = _kinds()[entry.fact](**entry.payload)
    listener.handler(Recorded(entry.pk, entry.at, fact, entry.mission_id, entry.user_id))


@cache
def _kinds() -> dict[str, type[Fact]]:
    return fact_types()
