"""Every mail of the house, each declared once: its words, its reader, and when it leaves unless the office decides
otherwise. A new one stands on the pages of the office by itself.
"""

from django.utils.translation import gettext

from cordee.notifications.mails.complaints import AboutComplaints
from cordee.notifications.mails.contacts import ToContacts
from cordee.notifications.mails.coordinators import ToCoordinators
from cordee.notifications.mails.facilitators import ToFacilitators
from cordee.notifications.mails.improving import AboutImproving
from cordee.notifications.mails.mail import PLACEHOLDER, Computed, Mail, Table, placeholders
from cordee.notifications.mails.meanings import MEANINGS
from cordee.notifications.mails.money import AboutMoney
from cordee.notifications.mails.office import ToOffice
from cordee.notifications.mails.participants import ToParticipants
from cordee.notifications.mails.suppliers import AboutSuppliers
from cordee.notifications.states import Timing

__all__ = [
    "CHANGES",
    "COMPUTED",
    "MAILS",
    "MEANINGS",
    "PLACEHOLDER",
    "REMINDERS",
    "TELLS_CANCELLATION",
    "TO_PARTICIPANTS",
    "TO_STAFF",
    "Mail",
    "Purpose",
    "Table",
    "name_of",
    "placeholders",
]


class Purpose(
    ToParticipants,
    ToContacts,
    ToFacilitators,
    ToCoordinators,
    ToOffice,
    AboutMoney,
    AboutSuppliers,
    AboutComplaints,
    AboutImproving,
):
    """All of them by name, such as `Purpose.JOINING`."""


MAILS: dict[str, Mail] = {
    mail: mail for group in Purpose.__bases__ for mail in vars(group).values() if isinstance(mail, Mail)
}
"""All of them by code."""


def _computed(by: Computed) -> frozenset[Mail]:
    return frozenset(mail for mail in MAILS.values() if mail.computed == by)


TO_PARTICIPANTS = _computed(Computed.PARTICIPANTS)
TO_STAFF = _computed(Computed.STAFF)
REMINDERS = _computed(Computed.REMINDERS)
COMPUTED = TO_PARTICIPANTS | TO_STAFF | REMINDERS
"""Mails that are computed from what is true now, by `participants`, `staff` and `reminders`: see `refresh`."""
TELLS_CANCELLATION = frozenset(mail for mail in MAILS.values() if mail.tells_cancellation)
"""The only mails about a cancelled session that still leave."""
CHANGES = frozenset(
    mail
    for mail in MAILS.values()
    if mail.rule and mail.rule.timing == Timing.AFTER_CHANGE and not mail.tells_cancellation
)
"""News of a change: they wait some minutes, in which it can be undone."""


def name_of(purpose: str) -> str:
    """Return what a message is for, in the words of the trade; also of one that is not written any more."""
    return str(MAILS[purpose].name) if purpose in MAILS else gettext("Message")
