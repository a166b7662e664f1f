"""A complaint is acknowledged at once; who raised it is told what is answered and decided, quality what is late."""

from django.utils.translation import gettext_lazy as _

from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.notifications import complaints
from cordee.quality.facts import (
    ComplaintDecided,
    ComplaintLate,
    ComplaintReceived,
    ComplaintRestricted,
    ComplaintSpokenOf,
)


def subscribe() -> None:
    journal.subscribe(
        "complaint-received",
        (ComplaintReceived,),
        _acknowledge,
        follows=_("The acknowledgement of a complaint"),
    )
    journal.subscribe(
        "complaint-news",
        (ComplaintSpokenOf, ComplaintDecided),
        _tell,
        follows=_("The answer to a complaint"),
    )
    journal.subscribe(
        "complaint-restricted",
        (ComplaintRestricted,),
        _hide,
        follows=_("Hiding the messages about a complaint that was made confidential"),
    )
    journal.subscribe(
        "complaint-late", (ComplaintLate,), _remind, follows=_("The reminder of a late complaint")
    )


def _acknowledge(entry: Recorded[ComplaintReceived]) -> None:
    complaints.received(entry.fact.complaint_id)


def _tell(entry: Recorded[ComplaintSpokenOf | ComplaintDecided]) -> None:
    match entry.fact:
        case ComplaintSpokenOf(complaint_id=complaint_id, exchange_id=exchange_id):
            complaints.spoken_of(complaint_id, exchange_id)
        case ComplaintDecided(complaint_id=complaint_id, decision_id=decision_id):
            complaints.decided(complaint_id, decision_id)


def _hide(entry: Recorded[ComplaintRestricted]) -> None:
    complaints.restricted(entry.fact.complaint_id)


def _remind(entry: Recorded[ComplaintLate]) -> None:
    complaints.late(entry.fact.complaint_id)
