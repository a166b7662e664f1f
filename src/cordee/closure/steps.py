"""What a mission still lacks: each step with its deadline, and whose turn it is.
Pure: facts in, steps out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.fees.models import FeeLine
from cordee.kernel.periods import local
from cordee.kernel.refusals import Blocker, Turn
from cordee.missions.models import Mission, OrderLine
from cordee.organisation.models import Organisation
from cordee.planning.models import Assignment, Session
from cordee.planning.states import COUNTED, AssignmentStatus, StaffRole


@dataclass(frozen=True, slots=True, kw_only=True)
class LineProgress:
    """The counter of one order line, in prestations."""

    line: OrderLine
    ordered: int
    planned: int
    confirmed: int
    held: int
    proven: int
    requested: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionProgress:
    """One session that is not cancelled, as far as it has come."""

    session: Session
    people: Sequence[Assignment]
    enrolled: int
    proven: bool
    present: int

    @property
    def counted(self) -> list[Assignment]:
        return [a for a in self.people if a.role == StaffRole.FACILITATOR and a.status in COUNTED]

    @property
    def unanswered(self) -> list[Assignment]:
        return [a for a in self.people if a.status == AssignmentStatus.INVITED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Everything the rooms below know of a mission, at one moment (UTC)."""

    mission: Mission
    policy: Organisation
    lines: Sequence[LineProgress]
    sessions: Sequence[SessionProgress]
    fees_to_request: int
    fees_returned: bool
    unrated: Sequence[OrderLine] = ()
    """Lines without a coordination fee, known once nothing else is missing."""
    now: datetime
    cancelled: Sequence[Session] = ()
    fee_lines: Sequence[FeeLine] = ()
    """Every fee ever asked for, with its request, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to be done before the mission can close, or on the way."""

    code: str
    message: str
    fix: str = ""
    turn: Turn
    due_on: date | None = None
    """Local day from which it is late."""
    blocks_closure: bool = True
    subject: str = ""
    """Reference of the session concerned, when there is one."""

    def as_blocker(self) -> Blocker:
        return Blocker(self.code, self.message, self.fix, self.turn, subject=self.subject)


def steps(progress: Progress) -> list[Step]:
    """Return what the mission still lacks, the oldest deadline first."""
    found = [
        *_reopened(progress),
        *_coordinator(progress),
        *(step for line in progress.lines for step in _planning(progress, line)),
        *(step for session in progress.sessions for step in _session(progress, session)),
        *_fees(progress),
        *_coordination(progress),
    ]
    return sorted(found, key=lambda s: (s.turn == Turn.TIME, s.due_on or date.max))


def _reopened(progress: Progress) -> Iterator[Step]:
    mission = progress.mission
    if mission.reopened_because:
        yield Step(
            code="reopened",
            message=_("The mission was reopened: %(reason)s") % {"reason": mission.reopened_because},
            fix=_("Put it right, then say that the correction is finished."),
            turn=Turn.COORDINATOR,
            due_on=local(progress.now, "Europe/Paris").date(),
        )


def _coordinator(progress: Progress) -> Iterator[Step]:
    if progress.mission.coordinator_id is None:
        yield Step(
            code="no_coordinator",
            message=_("Nobody is in charge of this mission yet."),
            fix=_("Name its coordinator."),
            turn=Turn.OPERATIONS,
            due_on=local(progress.mission.opened_at, "Europe/Paris").date(),
        )


def _planning(progress: Progress, line: LineProgress) -> Iterator[Step]:
    missing = line.ordered - line.planned
    if missing > 0:
        yield Step(
            code="to_plan",
            message=ngettext(
                "%(n)d prestation of %(service)s still to be planned and staffed.",
                "%(n)d prestations of %(service)s still to be planned and staffed.",
                missing,
            )
            % {"n": missing, "service": line.line.service_type.name},
            fix=_(
                "Plan sessions and put facilitators on them; "
                "if the client gives some up, ask operations for an amendment."
            ),
            turn=Turn.COORDINATOR,
            due_on=local(progress.mission.opened_at, "Europe/Paris").date() + timedelta(days=14),
        )


def _session(progress: Progress, at: SessionProgress) -> Iterator[Step]:
    session = at.session
    starts = local(session.starts_at, session.time_zone).date()
    if session.ends_at > progress.now:
        yield from _before(progress, at, starts)
        yield Step(
            code="session_to_come",
            message=_("%(session)s takes place on %(day)s.")
            % {"session": session.title, "day": date_format(starts)},
            turn=Turn.TIME,
            due_on=starts,
            subject=session.ref,
        )
    else:
        yield from _after(progress, at)


def _before(progress: Progress, at: SessionProgress, starts: date) -> Iterator[Step]:
    session, policy = at.session, progress.policy
    if not at.counted:
        yield Step(
            code="to_staff",
            message=_("Nobody runs %(session)s yet.") % {"session": session.title},
            fix=_("Put a facilitator on it."),
            turn=Turn.COORDINATOR,
            due_on=starts - timedelta(days=policy.enrol_before_days),
            blocks_closure=False,
            subject=session.ref,
        )
    for place in at.unanswered:
        yield Step(
            code="unanswered",
            message=_("%(name)s has not answered for %(session)s yet.")
            % {"name": place.facilitator.full_name, "session": session.title},
            fix=_("Remind them, or put somebody else on the session."),
            turn=Turn.FACILITATOR,
            due_on=local(place.invited_at, session.time_zone).date()
            + timedelta(days=policy.answer_within_days),
            blocks_closure=False,
            subject=session.ref,
        )
    if not at.enrolled and progress.mission.order.sector not in ENROLMENT_OPTIONAL:
        yield Step(
            code="to_enrol",
            message=_("Nobody is enrolled on %(session)s.") % {"session": session.title},
            fix=_("Paste the client's list: without it, no joining instructions and an empty sheet."),
            turn=Turn.COORDINATOR,
            due_on=starts - timedelta(days=policy.enrol_before_days),
            blocks_closure=False,
            subject=session.ref,
        )


def _after(progress: Progress, at: SessionProgress) -> Iterator[Step]:
    session, policy = at.session, progress.policy
    ended = local(session.ends_at, session.time_zone).date()
    for place in at.unanswered:
        yield Step(
            code="unanswered",
            message=_("It is not known whether %(name)s ran %(session)s.")
            % {"name": place.facilitator.full_name, "session": session.title},
            fix=_("Set the status: confirmed if they ran it, withdrawn if not."),
            turn=Turn.COORDINATOR,
            due_on=ended + timedelta(days=policy.presence_within_days),
            subject=session.ref,
        )
    if not at.counted:
        yield Step(
            code="nobody_ran_it",
            message=_("%(session)s has ended without a facilitator.") % {"session": session.title},
            fix=_("Put on who ran it, or ask operations to cancel it."),
            turn=Turn.COORDINATOR,
            due_on=ended,
            subject=session.ref,
        )
    if not at.proven:
        yield Step(
            code="presence_missing",
            message=_("Presence is not recorded for %(session)s.") % {"session": session.title},
            fix=_("Record it for every half-day: without it nothing proves the session."),
            turn=Turn.COORDINATOR,
            due_on=ended + timedelta(days=policy.presence_within_days),
            subject=session.ref,
        )


def _coordination(progress: Progress) -> Iterator[Step]:
    for line in progress.unrated:
        yield Step(
            code="no_coordination_fee",
            message=_("No coordination fee is set for %(service)s (%(sector)s).")
            % {
                "service": line.service_type.name,
                "sector": progress.mission.order.get_sector_display(),
            },
            fix=_("Complete the fee schedule or the order line; give 0 if none is due."),
            turn=Turn.OPERATIONS,
            due_on=local(progress.now, "Europe/Paris").date(),
        )


def _fees(progress: Progress) -> Iterator[Step]:
    if progress.fees_to_request:
        last = max(
            (s.session.ends_at for s in progress.sessions if s.session.ends_at <= progress.now),
            default=progress.now,
        )
        yield Step(
            code="fees_to_request",
            message=ngettext(
                "The fee of %(n)d prestation is to be asked for.",
                "The fees of %(n)d prestations are to be asked for.",
                progress.fees_to_request,
            )
            % {"n": progress.fees_to_request},
            fix=_("Finance returned the last request: read why, put it right and ask again.")
            if progress.fees_returned
            else _("Check them and send the request."),
            turn=Turn.COORDINATOR,
            due_on=local(last, "Europe/Paris").date() + timedelta(days=7),
        )
