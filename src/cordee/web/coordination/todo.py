"""What is to be done on a mission, each thing doable from its line, and what is missing before it closes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Turn
from cordee.kernel.steps import Step, StepCode
from cordee.missions.models import Mission
from cordee.missions.rules import can_run, coordinates
from cordee.web.addresses import address
from cordee.web.components.formatting import day, short_day
from cordee.web.components.markup import markup
from cordee.web.components.templatetags.cordee import icon, whose_turn
from cordee.web.components.things import Thing

MOST_SHOWN = 6
"""Things to do that are shown at first; the others on demand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that is missing before closure; `you` when it is the viewer's turn."""

    text: str
    turn: str
    you: bool
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The place of a step in the to-do list: what its button says and opens, where what is missing is seen."""

    label: Promise
    page: str
    """The name of an address, of the session where the step is about one, of the mission otherwise."""
    anchor: str = ""
    section: str = "#sessions"
    """The part of the mission page that shows it."""
    several: Callable[[int], str] | None = None
    """What blocks closure on several sessions or lines, told once: with `n`, and `day` for the first."""

    def address(self, mission: Mission, step: Step) -> str:
        subject = mission.order.ref if self.page == "order" else step.subject or mission.ref
        return address(self.page, subject) + self.anchor


WAYS: dict[StepCode, Way] = {
    StepCode.REOPENED: Way(label=gettext_lazy("Correction finished"), page="finish_correction"),
    StepCode.NO_COORDINATOR: Way(label=gettext_lazy("Name the coordinator"), page="name_coordinator"),
    StepCode.TO_PLAN: Way(
        label=gettext_lazy("Plan"),
        page="plan",
        section="#order",
        several=lambda n: ngettext(
            "Prestations of %(n)d order line are still to be planned and staffed.",
            "Prestations of %(n)d order lines are still to be planned and staffed.",
            n,
        ),
    ),
    StepCode.TO_STAFF: Way(label=gettext_lazy("Put somebody on"), page="staff"),
    StepCode.UNANSWERED: Way(
        label=gettext_lazy("See and change"),
        page="session",
        anchor="#staff",
        several=lambda n: ngettext(
            "For %(n)d place it is not known who ran the session.",
            "For %(n)d places it is not known who ran the session.",
            n,
        ),
    ),
    StepCode.NOBODY_RAN_IT: Way(
        label=gettext_lazy("Put on who ran it"),
        page="staff",
        several=lambda n: ngettext(
            "%(n)d session has ended without a facilitator.",
            "%(n)d sessions have ended without a facilitator.",
            n,
        ),
    ),
    StepCode.SESSION_TO_COME: Way(
        label=gettext_lazy("Open the session"),
        page="session",
        several=lambda n: ngettext(
            "%(n)d session still takes place, on %(day)s.",
            "%(n)d sessions still take place, the first on %(day)s.",
            n,
        ),
    ),
    StepCode.TO_ENROL: Way(label=gettext_lazy("Paste the list"), page="enrol"),
    StepCode.ROWS_WAIT: Way(label=gettext_lazy("Check the list"), page="enrol"),
    StepCode.PAGES_TO_CONFIRM: Way(label=gettext_lazy("Compare"), page="session_deposits"),
    StepCode.PRESENCE_MISSING: Way(
        label=gettext_lazy("Record presence"),
        page="presence",
        several=lambda n: ngettext(
            "Presence is not recorded for %(n)d session.",
            "Presence is not recorded for %(n)d sessions.",
            n,
        ),
    ),
    StepCode.SHEET_MISSING: Way(label=gettext_lazy("Look at the sheet"), page="sheet_review"),
    StepCode.SHEET_REFUSED: Way(label=gettext_lazy("Put the sheet right"), page="sheet_review"),
    StepCode.FEES_TO_REQUEST: Way(
        label=gettext_lazy("Ask for the fees"), page="mission_fees", section="#fees"
    ),
    StepCode.NO_COORDINATION_FEE: Way(label=gettext_lazy("Set the fee"), page="order"),
}
BY_OPERATIONS = {StepCode.NO_COORDINATOR, StepCode.NO_COORDINATION_FEE}
"""Steps that those who manage orders take; whoever runs the mission takes the others."""


def to_do(steps: Sequence[Step]) -> list[Step]:
    """Return the steps that somebody can take now; what only waits for its day is left out until then."""
    today = clock.today()
    return [step for step in steps if step.turn != Turn.TIME or (step.due_on == today and step.subject)]


def items(mission: Mission, steps: Sequence[Step], actor: Actor) -> list[Thing]:
    """Return steps as things to do, each with what does it."""
    today = clock.today()
    return [_item(mission, step, actor, today) for step in steps]


def _item(mission: Mission, step: Step, actor: Actor, today: date) -> Thing:
    label, url = _action(mission, step, actor)
    kind, when = _deadline(step, today)
    return Thing(
        when=when,
        kind=kind,
        title=step.message,
        detail=markup("{} {}", _turn_chip(mission, step, actor), step.fix),
        action_label=label,
        url=url,
        post=step.code == StepCode.REOPENED,
    )


def _deadline(step: Step, today: date) -> tuple[str, str]:
    if step.due_on is None:
        return "neutral", _("no date")
    on = short_day(step.due_on)
    if step.turn == Turn.TIME:
        return "go", _("today")
    if step.due_on < today:
        return "late", _("since %(day)s") % {"day": on}
    if step.due_on == today:
        return "late", _("today")
    return "wait" if step.turn == Turn.FACILITATOR else "neutral", _("by %(day)s") % {"day": on}


def is_turn_of(turn: Turn, mission: Mission, actor: Actor) -> bool:
    """Tell whether it is the viewer who must act."""
    return {
        Turn.COORDINATOR: coordinates(mission, actor),
        Turn.OPERATIONS: actor.may(Permission.MANAGE_ORDERS),
        Turn.FINANCE: actor.may(Permission.DECIDE_FEES),
    }.get(turn, False)


def _turn_words(turn: Turn, mission: Mission, actor: Actor) -> str:
    if turn == Turn.TIME:
        return _("with time")
    return _("you") if is_turn_of(turn, mission, actor) else whose_turn(turn)


def _turn_chip(mission: Mission, step: Step, actor: Actor) -> str:
    if step.turn == Turn.TIME:
        return ""
    look = "turn you" if is_turn_of(step.turn, mission, actor) else "turn"
    words = _turn_words(step.turn, mission, actor)
    return markup('<span class="{}">{}{}</span>', look, icon("user"), words)


def _action(mission: Mission, step: Step, actor: Actor) -> tuple[str, str]:
    """Return the words and the address of what does the step, for those who may do it."""
    way = WAYS[step.code]
    if step.code in BY_OPERATIONS and actor.may(Permission.MANAGE_ORDERS):
        return str(way.label), way.address(mission, step)
    if not can_run(mission, actor):
        return (_("Look"), address("session", step.subject)) if step.subject else ("", "")
    if step.code in BY_OPERATIONS:
        return "", ""
    return str(way.label), way.address(mission, step)


def missing(mission: Mission, steps: Sequence[Step], actor: Actor) -> list[Missing]:
    """Return what blocks the closure of the mission; the same thing on several sessions is told once."""
    by_code: dict[tuple[StepCode, Turn], list[Step]] = {}
    for step in steps:
        if step.blocks_closure:
            by_code.setdefault((step.code, step.turn), []).append(step)
    return [
        Missing(
            text=_together(code, found),
            turn=_turn_words(turn, mission, actor),
            you=is_turn_of(turn, mission, actor),
            url=_where(code, found),
        )
        for (code, turn), found in by_code.items()
    ]


def _together(code: StepCode, found: Sequence[Step]) -> str:
    n = len(found)
    if n == 1:
        return found[0].message
    days = [step.due_on for step in found if step.due_on]
    first = (
        day(min(days)) if days else ""
    )  # in full: an abbreviation would end the sentence with two full stops
    several = WAYS[code].several
    return several(n) % {"n": n, "day": first} if several else found[0].message


def _where(code: StepCode, found: Sequence[Step]) -> str:
    if len(found) == 1 and found[0].subject:
        return address("session", found[0].subject)
    return WAYS[code].section


def summary(steps: Sequence[Step]) -> str:
    """Return how many things are late or due today, in words; nothing when none is."""
    today = clock.today()
    due = sum(step.turn != Turn.TIME and step.due_on is not None and step.due_on <= today for step in steps)
    return ngettext("%(n)d is due", "%(n)d are due", due) % {"n": due} if due else ""
