"""A contact who is asked for names gets the link to their page, at the address that is theirs now; one that is ended
does not leave any more.
"""

from django.utils.translation import gettext_lazy as _

from cordee.clients.facts import ContactChanged
from cordee.enrolment import actions as enrolment
from cordee.enrolment.facts import ListAsked, ListLinkRevoked
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.kernel.actor import SYSTEM
from cordee.notifications import contacts


def subscribe() -> None:
    journal.subscribe(
        "list-request-mail", (ListAsked,), _tell_contact, follows=_("The link to the client's contact")
    )
    journal.subscribe(
        "list-request-ended", (ListLinkRevoked,), _take_back, follows=_("Taking back the link that was ended")
    )
    journal.subscribe(
        "contact-links", (ContactChanged,), _give_anew, follows=_("The link to the client's contact")
    )


def _tell_contact(entry: Recorded[ListAsked]) -> None:
    contacts.list_request(entry.fact.invitation_id, entry.entry_id)


def _give_anew(entry: Recorded[ContactChanged]) -> None:
    enrolment.follow_contact(contact_id=entry.fact.contact_id, by=SYSTEM)


def _take_back(entry: Recorded[ListLinkRevoked]) -> None:
    contacts.withdraw_list_request(entry.fact.invitation_id, entry.entry_id)
