"""Planning, changing and cancelling sessions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.bounds import CAPACITY
from cordee.kernel.identifiers import letter, session_ref
from cordee.kernel.refusals import Blocker, Despite, refuse_if
from cordee.missions import queries as missions
from cordee.missions import rules as missions_rules
from cordee.missions.models import Mission, OrderLine
from cordee.organisation.rules import fits, is_current
from cordee.planning import queries, rules
from cordee.planning.actions.holding import held
from cordee.planning.actions.staffing import put_on
from cordee.planning.facts import SessionCancelled, SessionChanged, SessionPlanned, SessionRestored
from cordee.planning.models import Assignment, EarlierSchedule, HalfDay, Session
from cordee.planning.rules import SessionDraft
from cordee.planning.states import COUNTED, SESSION, SessionStatus, StaffRole

_TIMES = frozenset({"time_zone", "half_days"})
_INFORMING = _TIMES | {"mode", "place", "address", "video_link"}
"""Changes that those who come must be told."""
_TEXTS = ("title", "time_zone", "place", "address", "video_link", "language", "instructions")
_PLAIN = (*_TEXTS, "mode", "capacity")


@transaction.atomic
def plan_sessions(
    *,
    mission_id: int,
    line_id: int,
    draft: SessionDraft,
    count: int = 1,
    facilitator_ids: Sequence[int] = (),
    regularised_because: str = "",
    despite_clash: Despite = False,
    by: Actor,
) -> list[Session]:
    """Plan `count` parallel sessions, and put one of `facilitator_ids` on each in turn.

    Raises Refused: not the coordinator, mission closed, in the past without the right and a reason, beyond the
    order, times that do not exist, no place, somebody expected elsewhere. Then nothing is planned.
    """
    mission = missions.locked(mission_id)
    line = OrderLine.objects.select_related("service_type").get(pk=line_id, order_id=mission.order_id)
    draft = _tidied(draft)
    refuse_if([*missions_rules.may_run(mission, by), *missions_rules.is_running(mission)])
    refuse_if([*_makes_sense(draft), *rules.not_too_many_at_once(count)])
    more = max(count, len(facilitator_ids))
    refuse_if(
        [
            *rules.starts_in_the_future(_start(draft), regularised_because, by),
            *rules.fits_the_order(line, committed=queries.committed(line.pk), more=more),
        ]
    )
    reason = regularised_because.strip() if _start(draft) <= clock.now() else ""
    sessions = [
        _plan_one(mission, line, draft, numbered=count > 1, reason=reason, by=by) for _ in range(count)
    ]
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
    title = draft.title or line.service_type.name
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
    reason_id = journal.keep_reason(reason) if reason else None
    fact = SessionPlanned(session_id=session.pk, ref=session.ref, reason_id=reason_id)
    journal.record(fact, by=by, mission_id=mission.pk)
    return session


@transaction.atomic
def change_session(
    *,
    session_id: int,
    draft: SessionDraft,
    expected_version: int | None,
    regularised_because: str = "",
    despite_clash: Despite = False,
    despite_enrolled: Despite = False,
    by: Actor,
) -> Session:
    """Change a session; those who come are told when the date, the place or the link changes.

    Raises Refused, also when somebody changed it meanwhile, somebody on it is expected elsewhere at the
    new time (unless `despite_clash`), or more people are enrolled than it shall take (unless `despite_enrolled`).
    """
    session, mission = held(session_id)
    may_run = missions_rules.may_run(mission, by)
    refuse_if([*may_run, *missions_rules.is_running(mission), *rules.is_planned(session)])
    refuse_if(is_current(session.version, expected_version))
    draft = _tidied(draft)
    draft = replace(draft, title=draft.title or session.title)
    takes_away = rules.places_may_be_taken_away(session, draft.capacity, despite=despite_enrolled)
    refuse_if([*_makes_sense(draft), *takes_away])
    changed = _differences(session, draft)
    if not changed:
        return session
    reason = regularised_because.strip()
    if _TIMES & set(changed):
        _refuse_bad_times(session, draft, reason, by, despite_clash=despite_clash)
        if _start(draft) <= clock.now():
            session.regularised_because = reason
    informs = bool(_INFORMING & set(changed))
    if informs:
        _keep_schedule(session, by)
    _apply(session, draft)
    session.version += 1
    session.schedule_version += informs
    session.save()
    _write_half_days(session, draft)
    reason_id = journal.keep_reason(reason) if reason else None
    fact = SessionChanged(
        session_id=session.pk, ref=session.ref, fields=changed, informs=informs, reason_id=reason_id
    )
    journal.record(fact, by=by, mission_id=mission.pk)
    return session


def _keep_schedule(session: Session, by: Actor) -> None:
    """Keep when and where a session was to be until now; who makes the change knows of it."""
    slots = queries.slots(session.half_days.all())
    EarlierSchedule.objects.create(
        session=session,
        version=session.schedule_version,
        half_days=[[s.day.isoformat(), f"{s.starts:%H:%M}", f"{s.ends:%H:%M}"] for s in slots],
        **{name: getattr(session, name) for name in ("time_zone", "mode", "place", "address", "video_link")},
    )
    if by.facilitator_id:
        places = Assignment.objects.filter(session=session, facilitator_id=by.facilitator_id)
        places.update(knows_version=session.schedule_version + 1)


def _makes_sense(draft: SessionDraft) -> list[Blocker]:
    return [
        *rules.half_days_make_sense(draft),
        *rules.place_is_known(draft),
        *fits(draft.capacity, CAPACITY, field="capacity"),
    ]


def _refuse_bad_times(
    session: Session, draft: SessionDraft, reason: str, by: Actor, *, despite_clash: Despite
) -> None:
    refuse_if(rules.times_may_change(session, draft, reason, by))
    refuse_if(rules.starts_in_the_future(_start(draft), reason, by))
    refuse_if(_clashes(session, draft, despite=despite_clash))


@transaction.atomic
def cancel_session(*, session_id: int, reason: str, by: Actor) -> Session:
    """Cancel a session: its prestations are free to be planned again, those who were to come are told.

    Raises Refused.
    """
    session, mission = held(session_id)
    may_run = missions_rules.may_run(mission, by)
    refuse_if([*may_run, *missions_rules.is_running(mission), *rules.is_planned(session)])
    refuse_if([*rules.may_cancel(session, reason, by), *rules.may_be_undone(session.pk)])
    SESSION.move(session, "cancel")
    session.cancelled_because, session.cancelled_at = reason.strip(), clock.now()
    _save_status(session)
    reason_id = journal.keep_reason(session.cancelled_because)
    fact = SessionCancelled(session_id=session.pk, ref=session.ref, reason_id=reason_id)
    journal.record(fact, by=by, mission_id=mission.pk)
    return session


@transaction.atomic
def restore_session(*, session_id: int, by: Actor) -> Session:
    """Take a cancelled session back: those on it, and on its list, are expected as before, and nobody hears of it.

    A session that is planned stays as it is. Raises Refused: word of its cancellation has left, its prestations are
    taken, somebody on it is expected elsewhere since.
    """
    session, mission = held(session_id)
    refuse_if([*missions_rules.may_run(mission, by), *missions_rules.is_running(mission)])
    if session.status == SessionStatus.PLANNED:
        return session
    refuse_if([*rules.may_restore(session, by), *rules.may_be_restored(session)])
    refuse_if(_no_room_again(session))
    SESSION.move(session, "restore")
    session.cancelled_because, session.cancelled_at = "", None
    _save_status(session)
    fact = SessionRestored(session_id=session.pk, ref=session.ref)
    journal.record(fact, by=by, mission_id=mission.pk)
    return session


def _save_status(session: Session) -> None:
    session.version += 1
    session.save(update_fields=["status", "cancelled_because", "cancelled_at", "version"])


def _no_room_again(session: Session) -> list[Blocker]:
    """Return what was done since with the prestations of a cancelled session, or with the time of those on it."""
    places = _expected_on(session)
    counted = sum(place.role == StaffRole.FACILITATOR for place in places)
    committed = queries.committed(session.line_id)
    line = missions.line(session.line_id)
    times = list(session.half_days.order_by("position").values_list("starts_at", "ends_at"))
    names = {place.facilitator_id: place.facilitator.full_name for place in places}
    found = queries.clashes(names, times, leaving_out=session.pk)
    return [
        *rules.fits_the_order(line, committed=committed, more=max(1, counted)),
        *(b for pk, others in found.items() for b in rules.is_free_again(names[pk], others)),
    ]


def _start(draft: SessionDraft) -> datetime:
    return draft.half_days[0].starts_at(draft.time_zone)


def _tidied(draft: SessionDraft) -> SessionDraft:
    """Return the draft without spaces around its texts: they would look like changes."""
    return replace(draft, **{name: getattr(draft, name).strip() for name in _TEXTS})


def _clashes(session: Session, draft: SessionDraft, *, despite: Despite) -> list[Blocker]:
    on_it = {place.facilitator_id: place.facilitator for place in _expected_on(session)}
    times = [(h.starts_at(draft.time_zone), h.ends_at(draft.time_zone)) for h in draft.half_days]
    found = queries.clashes(on_it, times, leaving_out=session.pk)
    return [b for pk, others in found.items() for b in rules.no_clash(on_it[pk], others, despite=despite)]


def _expected_on(session: Session) -> list[Assignment]:
    places = Assignment.objects.filter(session=session, status__in=COUNTED)
    return list(places.select_related("facilitator__user").order_by("pk"))


def _apply(session: Session, draft: SessionDraft) -> None:
    for name in _PLAIN:
        setattr(session, name, getattr(draft, name))
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
        HalfDay.objects.update_or_create(
            session=session,
            position=position,
            defaults={
                "day": slot.day,
                "starts": slot.starts,
                "ends": slot.ends,
                "starts_at": slot.starts_at(draft.time_zone),
                "ends_at": slot.ends_at(draft.time_zone),
            },
        )
    session.half_days.filter(position__gt=len(draft.half_days)).delete()
