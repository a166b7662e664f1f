"""Holding a session while it is changed."""

from collections.abc import Iterable

from cordee.missions import queries as missions
from cordee.missions.models import Mission
from cordee.planning.models import Session


def held(session_id: int) -> tuple[Session, Mission]:
    """Return the session and its mission; the mission is held, so that all of it changes one at a time."""
    mission = missions.locked(Session.objects.values_list("mission_id", flat=True).get(pk=session_id))
    session = Session.objects.select_related("line").get(pk=session_id)
    session.mission = mission
    return session, mission


def hold(session_ids: Iterable[int]) -> None:
    """Hold the missions of these sessions until the end of the transaction: what is read now stays true."""
    found = Session.objects.filter(pk__in=set(session_ids))
    held = Mission.objects.select_for_update().filter(pk__in=found.values("mission_id")).order_by("pk")
    list(held.values_list("pk", flat=True))
