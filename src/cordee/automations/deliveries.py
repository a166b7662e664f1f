"""The contact of a school is asked to confirm a session without a list, once somebody counted who was there."""

from django.utils.translation import gettext_lazy as _

from cordee.attendance import queries as attendance
from cordee.attendance.facts import DeliveryConfirmed, HeadcountRecorded
from cordee.clients.facts import ContactChanged
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.notifications import deliveries


def subscribe() -> None:
    journal.subscribe(
        "delivery-mail",
        (HeadcountRecorded, DeliveryConfirmed),
        _ask,
        follows=_("The request to the school to confirm a session"),
    )
    journal.subscribe(
        "delivery-links",
        (ContactChanged,),
        _ask_anew,
        follows=_("The request to the school to confirm a session"),
    )


def _ask(entry: Recorded[HeadcountRecorded | DeliveryConfirmed]) -> None:
    deliveries.reconcile(entry.fact.session_id)


def _ask_anew(entry: Recorded[ContactChanged]) -> None:
    """A link opens for the address it was sent to: who has another one gets one of their own."""
    for session_id in attendance.counted_and_not_confirmed(entry.fact.contact_id):
        deliveries.reconcile(session_id)
