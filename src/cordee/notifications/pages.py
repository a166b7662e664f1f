"""The personal pages that mails lead to."""

from cordee.enrolment.models import Enrolment
from cordee.missions.models import Mission


def contact_link(_mission: Mission) -> str:
    """Return the address of the page on which the client's contact gives the names; empty while there is none."""
    return ""


def participant_link(_person: Enrolment) -> str:
    """Return the address of a participant's own page; empty while there is none."""
    return ""
