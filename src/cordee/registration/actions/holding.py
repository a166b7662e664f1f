"""Holding a session while those who want to come are sorted."""

from cordee.missions.models import Mission
from cordee.planning.actions.holding import held
from cordee.planning.models import Session
from cordee.registration.models import Invitation, Registration


def held_invitation(invitation_id: int) -> tuple[Invitation, Session, Mission]:
    """Return the invitation with its session and mission, which is held."""
    session_id = Invitation.objects.values_list("session_id", flat=True).get(pk=invitation_id)
    session, mission = held(session_id)
    return Invitation.objects.get(pk=invitation_id), session, mission


def held_registration(registration_id: int) -> tuple[Registration, Session, Mission]:
    """Return the registration as it stands now, with its session and mission, which is held."""
    session_id = Registration.objects.values_list("invitation__session_id", flat=True).get(pk=registration_id)
    session, mission = held(session_id)
    return Registration.objects.get(pk=registration_id), session, mission
