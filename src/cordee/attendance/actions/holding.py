"""What every action of the room begins with."""

from cordee.missions import queries as missions
from cordee.planning.models import HalfDay, Session


def held(half_day_id: int) -> tuple[HalfDay, Session]:
    """Return the half-day and its session, the mission and then the half-day held to the end of the transaction."""
    mission_id = HalfDay.objects.values_list("session__mission_id", flat=True).get(pk=half_day_id)
    mission = missions.locked(mission_id)
    half_day, session = held_alone(half_day_id)
    session.mission = mission
    return half_day, session


def held_alone(half_day_id: int) -> tuple[HalfDay, Session]:
    """Return the half-day, held to the end of the transaction, and its session: for what must not wait for all that
    happens on the mission.
    """
    half_day = HalfDay.objects.select_for_update(of=("self",)).get(pk=half_day_id)
    session = Session.objects.select_related("mission__order__client").get(pk=half_day.session_id)
    half_day.session = session
    return half_day, session
