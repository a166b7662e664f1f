"""The personal pages that mails lead to."""

from django.urls import reverse

from cordee.enrolment import queries as enrolment
from cordee.enrolment.queries import Asked
from cordee.missions.models import Mission
from cordee.notifications import compose


def contact_link(mission: Mission) -> str:
    """Return the address of the page on which the order's contact gives the names; empty as long as they were
    not asked to. Nobody gets the link of somebody else: what is done through it is done in their name.
    """
    of_contact = (a for a in enrolment.asked(mission.pk) if a.contact.pk == mission.order.contact_id)
    return next((address_of(asked) for asked in of_contact if asked.is_live), "")


def address_of(asked: Asked) -> str:
    """Return the address of the page of a contact whose link lives."""
    return compose.address(reverse("contact_lists", args=[asked.token]))
