"""A request that finance returns goes back to the coordinator,
and opens the mission again if it was closed.
"""

from django.utils.translation import gettext_lazy as _

from cordee.closure import actions as closure
from cordee.closure import queries as closure_queries
from cordee.fees.facts import FeeRequestReturned
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.journal.queries import reasons
from cordee.kernel.actor import SYSTEM
from cordee.missions import queries as missions
from cordee.missions.states import MissionStatus
from cordee.notifications import office


def subscribe() -> None:
    journal.subscribe(
        "returned-mail",
        (FeeRequestReturned,),
        _tell_coordinator,
        follows=_("The message that fees were returned"),
    )
    journal.subscribe("returned-reopens", (FeeRequestReturned,), _reopen, follows=_("Reopening the mission"))


def _tell_coordinator(entry: Recorded[FeeRequestReturned]) -> None:
    office.fees_returned(entry.fact.fee_request_id)


def _reopen(entry: Recorded[FeeRequestReturned]) -> None:
    mission = missions.mission(entry.mission_id or 0)
    if mission and mission.status == MissionStatus.CLOSED and closure_queries.lacks_fees(mission):
        reason = f"{entry.fact.ref}: {reasons([entry.fact.reason_id]).get(entry.fact.reason_id, '')}"
        closure.reopen(mission_id=mission.pk, reason=reason, by=SYSTEM)
