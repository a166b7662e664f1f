"""Finding people who are to be erased."""

from cordee.enrolment.models import Participant
from cordee.kernel.names import normal_email


def known_as(who: str) -> list[Participant]:
    """Return the participants with an address, or the one with a number; by client and name."""
    found = Participant.objects.select_related("client").order_by("client__name", "last_name", "pk")
    if who.isdecimal():
        return list(found.filter(pk=int(who)))
    return list(found.filter(email=normal_email(who))) if who else []
