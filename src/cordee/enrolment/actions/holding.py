"""Holding a session while its list is changed."""

from cordee.missions import queries as missions
from cordee.missions.models import Mission
from cordee.planning.models import Session


def held(session_id: int) -> tuple[Session, Mission]:
    """Return the session and its mission; the mission is held, so that all of it changes one at a time."""
    mission = missions.locked(Session.objects.values_list("mission_id", flat=True).get(pk=session_id))
    session = Session.objects.get(pk=session_id)
    session.mission = mission
    return session, mission
