"""What a mission waits for, in a few words: lists show the code that the board keeps."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cordee.missions.models import Mission
from cordee.missions.states import NOTHING_DUE, MissionStatus


@dataclass(frozen=True, slots=True)
class NextStep:
    """The words, the status kind, and the day from which it is late."""

    words: str
    kind: str
    due_on: date | None


def next_step(mission: Mission, today: date) -> NextStep:
    """Return what the mission waits for first."""
    if mission.status == MissionStatus.CLOSED:
        return NextStep(_("closed"), "done", None)
    due_on = mission.due_on if mission.due_on != NOTHING_DUE else None
    words = _words(mission.next_step)
    if due_on and due_on < today:
        return NextStep(words, "late", due_on)
    return NextStep(words, "wait" if mission.next_step else "go", due_on)


def _words(code: str) -> str:
    return {
        "": _("nothing to do for now"),
        "reopened": _("correction under way"),
        "no_coordinator": _("no coordinator"),
        "to_plan": _("to be planned"),
        "to_staff": _("nobody runs a session"),
        "unanswered": _("facilitators have not answered"),
        "to_enrol": _("nobody enrolled"),
        "nobody_ran_it": _("nobody ran a session"),
        "presence_missing": _("presence to record"),
        "fees_to_request": _("fees to ask for"),
        "no_coordination_fee": _("coordination fee to be set"),
    }.get(code, _("something to do"))
