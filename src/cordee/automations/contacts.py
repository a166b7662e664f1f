"""A contact who is asked for names gets the link to their page; one that is ended does not leave any more."""

from cordee.enrolment.facts import ListAsked, ListLinkRevoked
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.notifications import contacts


def subscribe() -> None:
    journal.subscribe("list-request-mail", (ListAsked,), _tell_contact)
    journal.subscribe("list-request-ended", (ListLinkRevoked,), _take_back)


def _tell_contact(entry: Recorded[ListAsked]) -> None:
    contacts.list_request(entry.fact.invitation_id, entry.entry_id)


def _take_back(entry: Recorded[ListLinkRevoked]) -> None:
    contacts.withdraw_list_request(entry.fact.invitation_id, entry.entry_id)
