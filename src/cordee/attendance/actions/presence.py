"""Recording and correcting presence, also as it stands on a signed sheet of paper."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from cordee.attendance import queries, rules
from cordee.attendance.actions.holding import held
from cordee.attendance.facts import HeadcountRecorded, PresenceCorrected, PresenceRecorded
from cordee.attendance.models import HalfDayRecord, Presence
from cordee.attendance.states import HERE, PresenceState
from cordee.enrolment import actions as enrolment_actions
from cordee.enrolment import queries as enrolment
from cordee.enrolment.rules import Person
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import SYSTEM, Actor
from cordee.kernel.refusals import refuse_if
from cordee.missions import queries as missions
from cordee.missions.rules import is_running
from cordee.planning.models import HalfDay, Session
from cordee.planning.rules import is_planned

if TYPE_CHECKING:
    from cordee.kernel.facts import Fact


@transaction.atomic
def record_presence(
    *, half_day_id: int, states: Mapping[int, PresenceState], seen: str | None = None, by: Actor
) -> HalfDayRecord:
    """Record the presence of everybody on the list (by enrolment) on a half-day, or correct it.

    Correctable until the mission is closed; each correction stands in the timeline. `seen` is what the
    person had before them (`HalfDayRecord.seen`, empty for nothing): when somebody recorded since, it is
    refused. Raises Refused.
    """
    half_day, session = _open(half_day_id, by)
    if seen is not None:
        refuse_if(rules.nobody_recorded_since(queries.standing_record(half_day.pk), seen))
    on_list = {e.pk: e for e in enrolment.enrolments(session.pk)}
    if not on_list:
        refuse_if([*rules.list_is_optional(session), *rules.some_came(0)])
    refuse_if(rules.everybody_is_accounted_for(on_list, states))
    marks = queries.standing_marks(half_day.pk, on_list)
    before = {pk: mark.state for pk, mark in marks.items()}
    changes = {pk: state for pk, state in states.items() if before.get(pk) != state}
    _mark(half_day, changes, marks, by)
    return _tell_recorded(half_day, session, states, changes=changes, before=before, by=by)


@transaction.atomic
def record_from_paper(*, half_day_id: int, there: Mapping[int, bool], by: Actor) -> frozenset[int]:
    """Note as present who signed on paper (by enrolment), as absent who did not; once everybody on the list has a
    mark, the half-day counts as recorded.

    Who signed on a screen stays present, whatever paper says; who was late stays late, who was excused excused. Return
    those who signed on a screen where paper says that they were not there. What changes nothing is taken even when the
    half-day is countersigned or the mission closed: a sheet may come later. Raises Refused.
    """
    half_day, session = held(half_day_id)
    refuse_if(rules.may_record(session, by))
    on_list = {e.pk for e in enrolment.enrolments(session.pk)}
    marks = queries.standing_marks(half_day.pk, on_list)
    on_screen = queries.signed(half_day.pk)
    kept = frozenset(pk for pk, here in there.items() if not here and pk in on_screen)
    changes = {
        pk: PresenceState.PRESENT if here else PresenceState.ABSENT
        for pk, here in there.items()
        if pk in on_list and pk not in kept and not _says_so(marks.get(pk), here=here)
    }
    record = queries.standing_record(half_day.pk)
    if record and not changes:
        return kept
    refuse_if(
        [
            *is_running(session.mission),
            *is_planned(session),
            *rules.has_begun(half_day),
            *rules.is_not_frozen(frozen=queries.is_frozen(half_day)),
        ]
    )
    _mark(half_day, changes, marks, by)
    before = {pk: PresenceState(m.state) for pk, m in marks.items()}
    states = before | changes
    if record or (on_list and on_list == set(states)):
        _tell_recorded(half_day, session, states, changes=changes, before=before, by=by)
    return kept


def _says_so(known: Presence | None, *, here: bool) -> bool:
    return known is not None and (known.state in HERE) == here


def _tell_recorded(
    half_day: HalfDay,
    session: Session,
    states: Mapping[int, PresenceState],
    *,
    changes: Mapping[int, PresenceState],
    before: Mapping[int, str],
    by: Actor,
) -> HalfDayRecord:
    """Keep that a half-day is recorded, with `states` of everybody on the list of which some are `changes` of what was
    `before`, and say so in the journal.
    """
    present = sum(state in HERE for state in states.values())
    recorded = _keep_record(half_day, present, by)
    if recorded.replaces_id is None:
        fact: Fact = PresenceRecorded(
            session_id=session.pk, half_day_id=half_day.pk, present=present, people=len(states)
        )
        journal.record(fact, by=by, mission_id=session.mission_id)
    elif changes:
        moves = {str(pk): [before.get(pk, ""), str(state)] for pk, state in changes.items()}
        fact = PresenceCorrected(session_id=session.pk, half_day_id=half_day.pk, changes=moves)
        journal.record(fact, by=by, mission_id=session.mission_id)
    return recorded


@transaction.atomic
def record_headcount(*, half_day_id: int, present: int, seen: str | None = None, by: Actor) -> HalfDayRecord:
    """Record how many people were there, where no list is kept (education); `seen` as in `record_presence`.

    Raises Refused.
    """
    half_day, session = _open(half_day_id, by)
    refuse_if([*rules.list_is_optional(session), *rules.some_came(present)])
    known = queries.standing_record(half_day.pk)
    if seen is not None:
        refuse_if(rules.nobody_recorded_since(known, seen))
    before = known.present if known else None
    if known and before == present:
        return known
    recorded = _keep_record(half_day, present, by)
    fact = HeadcountRecorded(session_id=session.pk, half_day_id=half_day.pk, before=before, present=present)
    journal.record(fact, by=by, mission_id=session.mission_id)
    return recorded


@transaction.atomic
def add_walk_in(*, session_id: int, person: Person, by: Actor) -> int:
    """Add somebody who came without being on the list, present on the half-days recorded already that nobody
    countersigned. Return their place (enrolment), which they may have had before. Raises Refused.
    """
    added = enrolment_actions.add_walk_in(session_id=session_id, person=person, by=by)
    _count_in(session_id, {e.pk for e in added.new}, by)
    (outcome,) = added.outcomes
    if outcome.enrolment is None:
        raise ValueError("who came is somebody of their own: they have a place")
    return outcome.enrolment.pk


@transaction.atomic
def count_in(*, session_id: int, enrolment_ids: Iterable[int]) -> None:
    """Note as present, on the half-days recorded already, people who put themselves on the list at the door.
    Who has a word there keeps it. Safe to run twice.
    """
    missions.locked(Session.objects.values_list("mission_id", flat=True).get(pk=session_id))
    _count_in(session_id, set(enrolment_ids), SYSTEM)


def _count_in(session_id: int, enrolment_ids: set[int], by: Actor) -> None:
    # Who signs holds their half-day alone, not the mission.
    list(HalfDay.objects.select_for_update().filter(session=session_id).order_by("pk"))
    frozen = queries.standing_countersignatures(session_id)
    for record in queries.standing_records(session_id).exclude(half_day__in=frozen):
        known = queries.standing_marks(record.half_day_id, enrolment_ids)
        missing = sorted(enrolment_ids.difference(known))
        if missing:
            _mark(record.half_day, dict.fromkeys(missing, PresenceState.PRESENT), known, by)
            _keep_record(record.half_day, record.present + len(missing), by)


def mark_present(half_day: HalfDay, enrolment_id: int, by: Actor) -> None:
    """Note somebody who signed as present, where nothing was said of them yet; the half-day is held."""
    known = queries.standing_marks(half_day.pk, [enrolment_id])
    if not known:
        _mark(half_day, {enrolment_id: PresenceState.PRESENT}, known, by)


def _open(half_day_id: int, by: Actor) -> tuple[HalfDay, Session]:
    """Return the half-day and its session, both held, after asking whether presence may be recorded."""
    half_day, session = held(half_day_id)
    refuse_if(
        [
            *rules.may_record(session, by),
            *is_running(session.mission),
            *is_planned(session),
            *rules.has_begun(half_day),
            *rules.is_not_frozen(frozen=queries.is_frozen(half_day)),
        ]
    )
    return half_day, session


def _mark(
    half_day: HalfDay, states: Mapping[int, PresenceState], before: Mapping[int, Presence], by: Actor
) -> None:
    """Add the marks, each naming the one that it replaces. Who is still counted as there left when they left."""
    left = {pk: mark.left_at for pk, mark in before.items()}
    Presence.objects.bulk_create(
        new_mark(half_day, pk, state, replaces=before.get(pk), left_at=left.get(pk), by=by)
        for pk, state in states.items()
    )


def new_mark(
    half_day: HalfDay,
    enrolment_id: int,
    state: PresenceState,
    *,
    replaces: Presence | None,
    arrived_at: datetime | None = None,
    left_at: datetime | None = None,
    by: Actor,
) -> Presence:
    """Return a mark that is not written yet; of who was not there no times are kept."""
    here = state in HERE
    return Presence(
        enrolment_id=enrolment_id,
        half_day=half_day,
        state=state,
        arrived_at=arrived_at if here else None,
        left_at=left_at if here else None,
        recorded_at=clock.now(),
        user_id=by.user_id,
        replaces=replaces,
    )


def _keep_record(half_day: HalfDay, present: int, by: Actor) -> HalfDayRecord:
    return HalfDayRecord.objects.create(
        half_day=half_day,
        present=present,
        recorded_at=clock.now(),
        user_id=by.user_id,
        replaces=queries.standing_record(half_day.pk),
    )
