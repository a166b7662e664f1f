"""What a mission waits for, in a few words: lists show the code that the board keeps."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.missions.models import Mission
from cordee.missions.states import NOTHING_DUE, MissionStatus

WORDS = {
    "": gettext_lazy("nothing to do for now"),
    "reopened": gettext_lazy("correction under way"),
    "no_coordinator": gettext_lazy("no coordinator"),
    "to_plan": gettext_lazy("to be planned"),
    "to_staff": gettext_lazy("nobody runs a session"),
    "unanswered": gettext_lazy("facilitators have not answered"),
    "to_enrol": gettext_lazy("nobody enrolled"),
    "nobody_ran_it": gettext_lazy("nobody ran a session"),
    "presence_missing": gettext_lazy("presence to record"),
    "fees_to_request": gettext_lazy("fees to ask for"),
    "no_coordination_fee": gettext_lazy("coordination fee to be set"),
}


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
    words = str(WORDS.get(mission.next_step) or _("something to do"))
    if due_on and due_on < today:
        return NextStep(words, "late", due_on)
    return NextStep(words, "wait" if mission.next_step else "go", due_on)
