"""Putting facilitators on sessions, their answers and their roles."""

from django.db import transaction

from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import Blocker, Despite, refuse_if
from cordee.missions import queries as missions
from cordee.missions import rules as missions_rules
from cordee.network.models import Facilitator
from cordee.planning import queries, rules
from cordee.planning.actions.holding import held
from cordee.planning.facts import AssignmentChanged, FacilitatorPutOn, RoleChanged
from cordee.planning.models import Assignment, Session
from cordee.planning.states import ASSIGNMENT, COUNTED, AssignmentStatus, StaffRole


@transaction.atomic
def put_on(
    *,
    session_id: int,
    facilitator_id: int,
    role: StaffRole = StaffRole.FACILITATOR,
    despite_clash: Despite = False,
    by: Actor,
) -> Assignment:
    """Put a facilitator on a session; the request to answer follows by mail. Coordinators confirm themselves.

    Who has a live place already keeps it as it is. Raises Refused: beyond the order, too many, expected
    elsewhere at that time (unless `despite_clash`).
    """
    session, mission = held(session_id)
    may_run = missions_rules.may_run(mission, by)
    refuse_if([*may_run, *missions_rules.is_running(mission), *rules.is_planned(session)])
    facilitator = Facilitator.objects.select_related("user").get(pk=facilitator_id)
    known = Assignment.objects.filter(session=session, facilitator=facilitator).first()
    if known and known.status in COUNTED:
        return known
    refuse_if(_staffing_blockers(session, facilitator, role, despite_clash=despite_clash))
    own = by.facilitator_id == facilitator.pk
    now = clock.now()
    place = known or Assignment(session=session, facilitator=facilitator, round=0)
    before = known.status if known else ""
    place.role, place.invited_at, place.reason = role, now, ""
    place.answered_at, place.knows_version = now if own else None, session.schedule_version
    if own:
        ASSIGNMENT.move(place, "confirm")
    elif known:
        ASSIGNMENT.move(place, "invite_again")
    place.round += 1
    place.save()
    fact = _changed(place, before) if known else _put_on(place)
    journal.record(fact, by=by, mission_id=mission.pk)
    return place


def _put_on(place: Assignment) -> FacilitatorPutOn:
    return FacilitatorPutOn(
        session_id=place.session_id,
        assignment_id=place.pk,
        facilitator_id=place.facilitator_id,
        role=place.role,
        status=place.status,
    )


def _changed(place: Assignment, before: str) -> AssignmentChanged:
    return AssignmentChanged(
        session_id=place.session_id,
        assignment_id=place.pk,
        facilitator_id=place.facilitator_id,
        before=before,
        after=place.status,
    )


def _staffing_blockers(
    session: Session, facilitator: Facilitator, role: StaffRole, *, despite_clash: Despite
) -> list[Blocker]:
    live = Assignment.objects.filter(session=session, status__in=COUNTED)
    times = list(session.half_days.order_by("position").values_list("starts_at", "ends_at"))
    clashes = queries.clashes([facilitator.pk], times, leaving_out=session.pk).get(facilitator.pk, [])
    blockers = [
        *rules.not_too_many_on_it(live.count()),
        *rules.no_clash(facilitator, clashes, despite=despite_clash),
    ]
    # The first facilitator takes the place that the session already holds on the line.
    if role == StaffRole.FACILITATOR and live.filter(role=StaffRole.FACILITATOR).exists():
        blockers += _room_for_one_more(session)
    return blockers


def _room_for_one_more(session: Session) -> list[Blocker]:
    line = missions.line(session.line_id)
    return list(rules.fits_the_order(line, committed=queries.committed(line.pk), more=1))


@transaction.atomic
def set_status(*, assignment_id: int, status: AssignmentStatus, reason: str = "", by: Actor) -> Assignment:
    """Change the status of a facilitator on a session: an answer, or the coordinator's menu. Raises Refused.

    Asking for the status it already has does nothing.
    """
    session, mission = held(_session_of(assignment_id))
    place = Assignment.objects.select_related("facilitator__user").get(pk=assignment_id)
    place.session = session
    may_set = rules.may_set_status(place, status, by)
    refuse_if([*may_set, *missions_rules.is_running(mission), *rules.is_planned(session)])
    if place.status == status:
        return place
    refuse_if(rules.move_is_possible(place, status))
    if status not in COUNTED:
        refuse_if(rules.may_be_undone(session.pk, place.facilitator_id))
    elif place.status not in COUNTED:
        role = StaffRole(place.role)
        refuse_if(_staffing_blockers(session, place.facilitator, role, despite_clash=False))
    return _move(place, status, reason, by)


def _move(place: Assignment, status: AssignmentStatus, reason: str, by: Actor) -> Assignment:
    before, now = ASSIGNMENT.move(place, ASSIGNMENT.leading_to(status, place)), clock.now()
    place.reason = reason.strip()
    if status == AssignmentStatus.INVITED:
        place.invited_at, place.answered_at, place.round = now, None, place.round + 1
    else:
        place.answered_at = now
    place.save(update_fields=["status", "reason", "invited_at", "answered_at", "round"])
    journal.record(_changed(place, before), by=by, mission_id=place.session.mission_id)
    return place


@transaction.atomic
def set_role(*, assignment_id: int, role: StaffRole, by: Actor) -> Assignment:
    """Make a facilitator on a session an observer (not counted, not paid), or count them again.

    Raises Refused.
    """
    session, mission = held(_session_of(assignment_id))
    place = Assignment.objects.select_related("facilitator__user").get(pk=assignment_id)
    may_run = missions_rules.may_run(mission, by)
    refuse_if([*may_run, *missions_rules.is_running(mission), *rules.is_planned(session)])
    if place.role == role:
        return place
    if role == StaffRole.OBSERVER:
        refuse_if(rules.may_be_undone(session.pk, place.facilitator_id))
    elif place.status in COUNTED and _others_run_it(session):
        refuse_if(_room_for_one_more(session))
    place.role = role
    place.save(update_fields=["role"])
    fact = RoleChanged(
        session_id=session.pk, assignment_id=place.pk, facilitator_id=place.facilitator_id, role=role
    )
    journal.record(fact, by=by, mission_id=mission.pk)
    return place


def _others_run_it(session: Session) -> bool:
    return session.assignments.filter(role=StaffRole.FACILITATOR, status__in=COUNTED).exists()


def _session_of(assignment_id: int) -> int:
    return Assignment.objects.values_list("session_id", flat=True).get(pk=assignment_id)
