"""What the sessions say of missions: what is planned, confirmed and held, and who is missing."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cordee.kernel.days import LONG, day_text
from cordee.kernel.periods import local
from cordee.kernel.refusals import Turn
from cordee.kernel.steps import Count, Look, Step, StepCode, Told
from cordee.missions.models import Mission, OrderLine
from cordee.missions.steps import lines_of, missions
from cordee.organisation.models import Organisation
from cordee.organisation.queries import policy
from cordee.planning import queries
from cordee.planning.models import OnSession, Session
from cordee.planning.states import COUNTED, AssignmentStatus, SessionStatus, StaffRole

PLANNED = Count("planned")
"""Prestations: somebody invited or confirmed, to run a session that is not cancelled."""
CONFIRMED = Count("confirmed")
HELD = Count("held")
"""Prestations confirmed whose session has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One session that is not cancelled, with the people on it, at the moment of the look."""

    session: Session
    has_ended: bool

    @property
    def counted(self) -> list[OnSession]:
        """Those who run it, or are asked to: each is a prestation."""
        return [a for a in self.session.people if a.role == StaffRole.FACILITATOR and a.status in COUNTED]

    @property
    def confirmed(self) -> list[OnSession]:
        return [a for a in self.counted if a.status == AssignmentStatus.CONFIRMED]

    @property
    def held(self) -> list[OnSession]:
        """The prestations that took place."""
        return self.confirmed if self.has_ended else []

    @property
    def unanswered(self) -> list[OnSession]:
        return [a for a in self.session.people if a.status == AssignmentStatus.INVITED]

    @property
    def first_day(self) -> date:
        """The local day on which it starts."""
        return self.session.starts.date()

    @property
    def last_day(self) -> date:
        """The local day on which it ends."""
        return self.session.ends.date()


def tell(look: Look) -> dict[int, Told]:
    """Say of each mission what is planned, what is held, and where somebody is missing."""
    known = look.at(missions)
    return {pk: _told(known[pk], look) for pk in known}


def all_sessions(look: Look) -> dict[int, list[Session]]:
    """Return every session of each mission with the people on it, in the order they take place."""
    known, lines = look.at(missions), look.at(lines_of)
    found: dict[int, list[Session]] = defaultdict(list)
    for session in queries.sessions_of_missions(known, [line for pk in known for line in lines[pk]]):
        session.mission = known[session.mission_id]
        found[session.mission_id].append(session)
    return found


def standing(look: Look) -> dict[int, list[Standing]]:
    """Return the sessions of each mission that are not cancelled, in the order they take place."""
    found: dict[int, list[Standing]] = defaultdict(list)
    for pk, sessions in look.at(all_sessions).items():
        found[pk] = [
            Standing(session=s, has_ended=s.ends_at <= look.now)
            for s in sessions
            if s.status == SessionStatus.PLANNED
        ]
    return found


def days(look: Look) -> dict[int, tuple[date, date]]:
    """Return the first and the last local day of what is planned, by mission; of those with a session."""
    return {
        pk: (min(at.first_day for at in found), max(at.last_day for at in found))
        for pk, found in look.at(standing).items()
        if found
    }


def _told(mission: Mission, look: Look) -> Told:
    lines, sessions = look.at(lines_of)[mission.pk], look.at(standing)[mission.pk]
    counts = {line.pk: _counts([at for at in sessions if at.session.line_id == line.pk]) for line in lines}
    steps = [step for line in lines for step in _to_plan(mission, line, sessions, look)]
    for at in sessions:
        steps += _after(at, look.at(policy)) if at.has_ended else _before(at, look.at(policy))
    return Told(steps=steps, counts=counts)


def _counts(sessions: list[Standing]) -> dict[Count, int]:
    return {
        PLANNED: sum(len(at.counted) for at in sessions),
        CONFIRMED: sum(len(at.confirmed) for at in sessions),
        HELD: sum(len(at.held) for at in sessions),
    }


def _to_plan(mission: Mission, line: OrderLine, sessions: list[Standing], look: Look) -> Iterator[Step]:
    # A session that nobody runs yet takes up a prestation, as where one plans: to staff it is a step of its own.
    missing = line.quantity - sum(max(len(at.counted), 1) for at in sessions if at.session.line_id == line.pk)
    if missing > 0:
        yield Step(
            code=StepCode.TO_PLAN,
            message=ngettext(
                "%(n)d prestation of %(service)s still to be planned and staffed.",
                "%(n)d prestations of %(service)s still to be planned and staffed.",
                missing,
            )
            % {"n": missing, "service": line.service_type.name},
            fix=_(
                "Plan sessions and put facilitators on them; "
                "if the client gives some up, ask operations for an amendment."
            ),
            turn=Turn.COORDINATOR,
            due_on=look.day(mission.opened_at) + timedelta(days=14),
        )


def _before(at: Standing, organisation: Organisation) -> Iterator[Step]:
    session = at.session
    if not at.counted:
        yield Step(
            code=StepCode.TO_STAFF,
            message=_("Nobody runs %(session)s yet.") % {"session": session.title},
            fix=_("Put a facilitator on it."),
            turn=Turn.COORDINATOR,
            due_on=at.first_day - timedelta(days=organisation.enrol_before_days),
            blocks_closure=False,
            subject=session.ref,
        )
    for place in at.unanswered:
        asked = local(place.invited_at, session.time_zone).date()
        yield Step(
            code=StepCode.UNANSWERED,
            message=_("%(name)s has not answered for %(session)s yet.")
            % {"name": place.name, "session": session.title},
            fix=_("Remind them, or put somebody else on the session."),
            turn=Turn.FACILITATOR,
            due_on=asked + timedelta(days=organisation.answer_within_days),
            blocks_closure=False,
            subject=session.ref,
        )
    yield Step(
        code=StepCode.SESSION_TO_COME,
        message=_("%(session)s takes place on %(day)s.")
        % {"session": session.title, "day": day_text(at.first_day, LONG, get_language() or "fr")},
        turn=Turn.TIME,
        due_on=at.first_day,
        subject=session.ref,
    )


def _after(at: Standing, organisation: Organisation) -> Iterator[Step]:
    session = at.session
    for place in at.unanswered:
        yield Step(
            code=StepCode.UNANSWERED,
            message=_("It is not known whether %(name)s ran %(session)s.")
            % {"name": place.name, "session": session.title},
            fix=_("Set the status: confirmed if they ran it, withdrawn if not."),
            turn=Turn.COORDINATOR,
            due_on=at.last_day + timedelta(days=organisation.presence_within_days),
            subject=session.ref,
        )
    if not at.counted:
        yield Step(
            code=StepCode.NOBODY_RAN_IT,
            message=_("%(session)s has ended without a facilitator.") % {"session": session.title},
            fix=_("Put on who ran it, or ask operations to cancel it."),
            turn=Turn.COORDINATOR,
            due_on=at.last_day,
            subject=session.ref,
        )
