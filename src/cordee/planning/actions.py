"""Planning, changing and cancelling sessions; putting facilitators on them; amending what was ordered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.identifiers import letter, session_ref
from cordee.kernel.refusals import Blocker, refuse_if
from cordee.missions import actions as missions_actions
from cordee.missions import queries as missions
from cordee.missions import rules as missions_rules
from cordee.missions.models import Amendment, Mission, OrderLine
from cordee.network.models import Facilitator
from cordee.organisation.rules import is_current
from cordee.planning import queries, rules
from cordee.planning.facts import (
    AssignmentChanged,
    FacilitatorPutOn,
    RoleChanged,
    SessionCancelled,
    SessionChanged,
    SessionPlanned,
)
from cordee.planning.models import Assignment, HalfDay, Session
from cordee.planning.rules import SessionDraft
from cordee.planning.states import COUNTED, AssignmentStatus, SessionStatus, StaffRole

_INFORMING = frozenset({"time_zone", "half_days", "mode", "place", "address", "video_link"})
"""Changes that those who come must be told."""
_PLAIN = ("title", "time_zone", "mode", "place", "address", "video_link", "language", "capacity", "instructions")


@transaction.atomic
def plan_sessions(
    *,
    mission_id: int,
    line_id: int,
    draft: SessionDraft,
    count: int = 1,
    facilitator_ids: Sequence[int] = (),
    regularised_because: str = "",
    despite_clash: bool = False,
    by: Actor,
) -> list[Session]:
    """Plan `count` parallel sessions, and put one of `facilitator_ids` on each in turn.

    Raises Refused: not the coordinator, mission closed, in the past without the right and a reason, beyond the
    order, times that do not exist, no place, somebody expected elsewhere. Then nothing is planned.
    """
    mission = missions.locked(mission_id)
    line = OrderLine.objects.select_related("service_type").get(pk=line_id, order_id=mission.order_id)
    refuse_if([*missions_rules.may_run(mission, by), *missions_rules.is_running(mission)])
    refuse_if([*rules.half_days_make_sense(draft), *rules.place_is_known(draft), *rules.not_too_many_at_once(count)])
    starts_at = draft.half_days[0].starts_at(draft.time_zone)
    refuse_if(
        [
            *rules.starts_in_the_future(starts_at, regularised_because, by),
            *rules.fits_the_order(
                line, committed=queries.committed(line.pk), more=max(count, len(facilitator_ids))
            ),
        ]
    )
    in_the_past = starts_at <= clock.now()
    reason = regularised_because.strip() if in_the_past else ""
    sessions = [_plan_one(mission, line, draft, numbered=count > 1, reason=reason, by=by) for _ in range(count)]
    for position, facilitator_id in enumerate(facilitator_ids):
        put_on(
            session_id=sessions[position % count].pk,
            facilitator_id=facilitator_id,
            despite_clash=despite_clash,
            by=by,
        )
    return sessions


def _plan_one(
    mission: Mission, line: OrderLine, draft: SessionDraft, *, numbered: bool, reason: str, by: Actor
) -> Session:
    last = Session.objects.filter(mission=mission).aggregate(last=Max("position"))["last"] or 0
    position = last + 1
    title = draft.title.strip() or line.service_type.name
    session = Session(
        mission=mission,
        line=line,
        ref=session_ref(mission.ref, position),
        position=position,
        regularised_because=reason,
    )
    _apply(session, draft)
    session.title = f"{title} {letter(position)}" if numbered else title
    session.save()
    _write_half_days(session, draft)
    journal.record(
        SessionPlanned(session_id=session.pk, ref=session.ref, regularised_because=reason),
        by=by,
        mission_id=mission.pk,
    )
    return session


@transaction.atomic
def change_session(
    *,
    session_id: int,
    draft: SessionDraft,
    expected_version: int | None,
    regularised_because: str = "",
    by: Actor,
) -> Session:
    """Change a session; those who come are told when the date, the place or the link changes. Raises Refused."""
    session, mission = _locked(session_id)
    refuse_if(
        [
            *missions_rules.may_run(mission, by),
            *missions_rules.is_running(mission),
            *rules.is_planned(session),
            *is_current(session.version, expected_version),
        ]
    )
    refuse_if([*rules.half_days_make_sense(draft), *rules.place_is_known(draft)])
    draft = replace(draft, title=draft.title.strip() or session.title)
    changed = _differences(session, draft)
    if "half_days" in changed or "time_zone" in changed:
        refuse_if(rules.times_may_change(session, draft, regularised_because, by))
        starts_at = draft.half_days[0].starts_at(draft.time_zone)
        refuse_if(rules.starts_in_the_future(starts_at, regularised_because, by))
    if not changed:
        return session
    informs = bool(_INFORMING & set(changed))
    _apply(session, draft)
    session.version += 1
    session.schedule_version += informs
    session.save()
    _write_half_days(session, draft)
    fact = SessionChanged(
        session_id=session.pk,
        ref=session.ref,
        fields=changed,
        informs=informs,
        regularised_because=regularised_because.strip(),
    )
    journal.record(fact, by=by, mission_id=mission.pk)
    return session


@transaction.atomic
def cancel_session(*, session_id: int, reason: str, by: Actor) -> Session:
    """Cancel a session: its prestations are free to be planned again, those who were to come are told.

    Raises Refused.
    """
    session, mission = _locked(session_id)
    refuse_if(
        [
            *missions_rules.may_run(mission, by),
            *missions_rules.is_running(mission),
            *rules.is_planned(session),
            *rules.may_cancel(session, reason, by),
        ]
    )
    session.status = SessionStatus.CANCELLED
    session.cancelled_because = reason.strip()
    session.version += 1
    session.save(update_fields=["status", "cancelled_because", "version"])
    journal.record(
        SessionCancelled(session_id=session.pk, ref=session.ref, reason=reason.strip()),
        by=by,
        mission_id=mission.pk,
    )
    return session


@transaction.atomic
def put_on(
    *,
    session_id: int,
    facilitator_id: int,
    role: StaffRole = StaffRole.FACILITATOR,
    despite_clash: bool = False,
    by: Actor,
) -> Assignment:
    """Put a facilitator on a session; the request to answer follows by mail. Coordinators confirm themselves.

    Raises Refused: beyond the order, too many, expected elsewhere at that time (unless `despite_clash`).
    """
    session, mission = _locked(session_id)
    refuse_if(
        [*missions_rules.may_run(mission, by), *missions_rules.is_running(mission), *rules.is_planned(session)]
    )
    facilitator = Facilitator.objects.select_related("user").get(pk=facilitator_id)
    known = Assignment.objects.filter(session=session, facilitator=facilitator).first()
    if known and known.status in COUNTED:
        return known
    refuse_if(_staffing_blockers(session, facilitator, role, despite_clash=despite_clash))
    own = by.facilitator_id == facilitator.pk
    status = AssignmentStatus.CONFIRMED if own else AssignmentStatus.INVITED
    now = clock.now()
    place = known or Assignment(session=session, facilitator=facilitator)
    before = known.status if known else ""
    place.role, place.status, place.invited_at, place.reason = role, status, now, ""
    place.answered_at = now if own else None
    place.round = place.round + 1 if known else 1
    place.save()
    fact = FacilitatorPutOn(
        session_id=session.pk, assignment_id=place.pk, facilitator_id=facilitator.pk, role=role, status=status
    )
    journal.record(
        fact
        if not before
        else AssignmentChanged(
            session_id=session.pk,
            assignment_id=place.pk,
            facilitator_id=facilitator.pk,
            before=before,
            after=status,
        ),
        by=by,
        mission_id=mission.pk,
    )
    return place


def _staffing_blockers(
    session: Session, facilitator: Facilitator, role: StaffRole, *, despite_clash: bool
) -> list[Blocker]:
    live = Assignment.objects.filter(session=session, status__in=COUNTED)
    times = list(session.half_days.values_list("starts_at", "ends_at"))
    clashes = queries.clashes([facilitator.pk], times, leaving_out=session.pk).get(facilitator.pk, [])
    blockers = [
        *rules.not_too_many_on_it(live.count()),
        *rules.no_clash(facilitator.full_name, clashes, despite=despite_clash),
    ]
    if role == StaffRole.FACILITATOR:
        # The first facilitator takes the place that the session already holds on the line.
        more = 1 if live.filter(role=StaffRole.FACILITATOR).exists() else 0
        line = missions.line(session.line_id)
        blockers += rules.fits_the_order(line, committed=queries.committed(line.pk), more=more) if more else ()
    return blockers


@transaction.atomic
def set_status(*, assignment_id: int, status: AssignmentStatus, reason: str = "", by: Actor) -> Assignment:
    """Change the status of a facilitator on a session: an answer, or the coordinator's menu. Raises Refused.

    Asking for the status it already has does nothing.
    """
    place = Assignment.objects.select_related("session").get(pk=assignment_id)
    session, mission = _locked(place.session_id)
    place = Assignment.objects.select_for_update().get(pk=assignment_id)
    place.session = session
    refuse_if(
        [
            *rules.may_set_status(place, status, by),
            *missions_rules.is_running(mission),
            *rules.is_planned(session),
        ]
    )
    if place.status == status:
        return place
    refuse_if(rules.move_is_possible(place, status))
    if status in COUNTED and place.status not in COUNTED:
        facilitator = Facilitator.objects.select_related("user").get(pk=place.facilitator_id)
        refuse_if(_staffing_blockers(session, facilitator, StaffRole(place.role), despite_clash=False))
    return _move(place, status, reason, by)


def _move(place: Assignment, status: AssignmentStatus, reason: str, by: Actor) -> Assignment:
    before, now = place.status, clock.now()
    place.status = status
    place.reason = reason.strip()
    if status == AssignmentStatus.INVITED:
        place.invited_at, place.answered_at, place.round = now, None, place.round + 1
    else:
        place.answered_at = now
    place.save(update_fields=["status", "reason", "invited_at", "answered_at", "round"])
    fact = AssignmentChanged(
        session_id=place.session_id,
        assignment_id=place.pk,
        facilitator_id=place.facilitator_id,
        before=before,
        after=status,
    )
    journal.record(fact, by=by, mission_id=place.session.mission_id)
    return place


@transaction.atomic
def set_role(*, assignment_id: int, role: StaffRole, by: Actor) -> Assignment:
    """Make a facilitator on a session an observer (not counted, not paid), or count them again. Raises Refused."""
    place = Assignment.objects.get(pk=assignment_id)
    session, mission = _locked(place.session_id)
    refuse_if(
        [*missions_rules.may_run(mission, by), *missions_rules.is_running(mission), *rules.is_planned(session)]
    )
    place = Assignment.objects.select_for_update().select_related("facilitator__user").get(pk=assignment_id)
    if place.role == role:
        return place
    if role == StaffRole.FACILITATOR and place.status in COUNTED:
        others = session.assignments.filter(role=StaffRole.FACILITATOR, status__in=COUNTED)
        line = missions.line(session.line_id)
        if others.exists():
            refuse_if(rules.fits_the_order(line, committed=queries.committed(line.pk), more=1))
    place.role = role
    place.save(update_fields=["role"])
    journal.record(
        RoleChanged(
            session_id=session.pk, assignment_id=place.pk, facilitator_id=place.facilitator_id, role=role
        ),
        by=by,
        mission_id=mission.pk,
    )
    return place


@transaction.atomic
def amend_order_line(*, line_id: int, quantity: int, reason: str, by: Actor) -> Amendment:
    """Change how many prestations of a line are ordered, as agreed with the client; never below what is planned.

    It stands in this room because only here is it known what is planned. Raises Refused.
    """
    line = missions.line(line_id)
    mission = Mission.objects.filter(order_id=line.order_id).first()
    if mission:
        missions.locked(mission.pk)
    planned = queries.committed(line_id)
    return missions_actions.record_amendment(
        line_id=line_id, quantity=quantity, reason=reason, planned=planned, by=by
    )


def _locked(session_id: int) -> tuple[Session, Mission]:
    """Return the session and its mission; the mission is held, so that all of it changes one at a time."""
    mission = missions.locked(Session.objects.values_list("mission_id", flat=True).get(pk=session_id))
    session = Session.objects.select_related("line").get(pk=session_id)
    session.mission = mission
    return session, mission


def _apply(session: Session, draft: SessionDraft) -> None:
    for name in _PLAIN:
        value = getattr(draft, name)
        setattr(session, name, value.strip() if isinstance(value, str) else value)
    session.starts_at = draft.half_days[0].starts_at(draft.time_zone)
    session.ends_at = draft.half_days[-1].ends_at(draft.time_zone)


def _differences(session: Session, draft: SessionDraft) -> list[str]:
    changed = [name for name in _PLAIN if getattr(session, name) != getattr(draft, name)]
    if queries.slots(session.half_days.all()) != draft.half_days:
        changed.append("half_days")
    return changed


def _write_half_days(session: Session, draft: SessionDraft) -> None:
    """Write the half-days in place, by position: presence hangs on them."""
    for position, slot in enumerate(draft.half_days, start=1):
        starts_at: datetime = slot.starts_at(draft.time_zone)
        HalfDay.objects.update_or_create(
            session=session,
            position=position,
            defaults={
                "day": slot.day,
                "starts": slot.starts,
                "ends": slot.ends,
                "starts_at": starts_at,
                "ends_at": slot.ends_at(draft.time_zone),
            },
        )
    session.half_days.filter(position__gt=len(draft.half_days)).delete()
