"""What a mission waits for, in a few words: lists show the code that the board keeps."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.closure.queries import Listed
from cordee.closure.states import NOTHING_DUE
from cordee.kernel.steps import StepCode
from cordee.missions.states import MissionStatus

WORDS: dict[StepCode, Promise] = {
    StepCode.REOPENED: gettext_lazy("correction under way"),
    StepCode.NO_COORDINATOR: gettext_lazy("no coordinator"),
    StepCode.TO_PLAN: gettext_lazy("to be planned"),
    StepCode.TO_STAFF: gettext_lazy("nobody runs a session"),
    StepCode.UNANSWERED: gettext_lazy("facilitators have not answered"),
    StepCode.TO_ENROL: gettext_lazy("nobody enrolled"),
    StepCode.ROWS_WAIT: gettext_lazy("a list of the client to check"),
    StepCode.NOBODY_RAN_IT: gettext_lazy("nobody ran a session"),
    StepCode.SESSION_TO_COME: gettext_lazy("a session to come"),
    StepCode.PAGES_TO_CONFIRM: gettext_lazy("signed pages to confirm"),
    StepCode.PRESENCE_MISSING: gettext_lazy("presence to record"),
    StepCode.SHEET_MISSING: gettext_lazy("a sheet to complete"),
    StepCode.SHEET_REFUSED: gettext_lazy("a sheet was refused"),
    StepCode.FEES_TO_REQUEST: gettext_lazy("fees to ask for"),
    StepCode.NO_COORDINATION_FEE: gettext_lazy("coordination fee to be set"),
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """The words, the status kind, and the day from which it is late."""

    words: str
    kind: str
    due_on: date | None


def next_step(mission: Listed, today: date) -> NextStep:
    """Return what a mission waits for first."""
    if mission.status == MissionStatus.CLOSED:
        return NextStep(_("closed"), "done", None)
    due_on = mission.due_on if mission.due_on != NOTHING_DUE else None
    told = words(mission.next_step)
    if due_on and due_on < today:
        return NextStep(told, "late", due_on)
    return NextStep(told, "wait" if mission.next_step else "go", due_on)


def words(code: str) -> str:
    """Return the words of a step; a board may have been written by another version of the house."""
    if not code:
        return _("nothing to do for now")
    return str(WORDS[StepCode(code)]) if code in set(StepCode) else _("something to do")
