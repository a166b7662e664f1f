"""The personal pages that mails lead to."""

from cordee.missions.models import Mission


def contact_link(_mission: Mission) -> str:
    """Return the address of the page on which the client's contact gives the names; empty while there is none."""
    return ""
