"""A signature that came too late from a device without network: those who run the session are asked."""

from django.utils.translation import gettext_lazy as _

from cordee.attendance.facts import BelatedSignatureArrived, BelatedSignatureDecided
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.notifications import staff


def subscribe() -> None:
    journal.subscribe(
        "belated-signature-mail",
        (BelatedSignatureArrived, BelatedSignatureDecided),
        _ask,
        follows=_("The question whether a signature counts"),
    )


def _ask(entry: Recorded[BelatedSignatureArrived | BelatedSignatureDecided]) -> None:
    staff.belated(entry.fact.session_id)
