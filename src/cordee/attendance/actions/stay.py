"""Saying when somebody came and went."""

from datetime import datetime

from django.db import transaction

from cordee.attendance import queries, rules
from cordee.attendance.actions.holding import held_alone
from cordee.attendance.actions.presence import new_mark
from cordee.attendance.facts import TimesTold
from cordee.attendance.models import Presence
from cordee.attendance.states import PresenceState
from cordee.enrolment.models import Enrolment
from cordee.journal import actions as journal
from cordee.kernel.actor import Actor, ActorKind
from cordee.kernel.refusals import refuse_if
from cordee.missions.rules import is_running
from cordee.planning.rules import is_planned


@transaction.atomic
def tell_times(
    *, half_day_id: int, enrolment_id: int, arrived_at: datetime | None, left_at: datetime | None, by: Actor
) -> Presence:
    """Say when somebody came to a half-day and when they left it (UTC); nothing for from its start, or to its end.

    Those who run the session say it of anybody until the half-day is countersigned, participants of themselves while
    they can sign. Their mark is replaced by one with these times; who came late is late. Raises Refused.
    """
    half_day, session = held_alone(half_day_id)
    mark = queries.standing_marks(half_day.pk, [enrolment_id]).get(enrolment_id)
    own = by.kind == ActorKind.LINK
    refuse_if(
        [
            *is_running(session.mission),
            *is_planned(session),
            *(rules.can_be_signed_now(half_day, "") if own else rules.may_record(session, by)),
            *rules.is_not_frozen(frozen=queries.is_frozen(half_day)),
            *rules.is_expected(Enrolment.objects.get(pk=enrolment_id, session_id=session.pk)),
            *rules.was_there(mark),
            *rules.times_make_sense(half_day, arrived_at, left_at),
        ]
    )
    assert mark is not None  # noqa: S101 - `was_there` has refused otherwise
    arrived_at = None if arrived_at == half_day.starts_at else arrived_at
    left_at = None if left_at == half_day.ends_at else left_at
    if (mark.arrived_at, mark.left_at) == (arrived_at, left_at):
        return mark
    state = PresenceState.LATE if arrived_at else PresenceState.PRESENT
    told = new_mark(
        half_day, enrolment_id, state, replaces=mark, arrived_at=arrived_at, left_at=left_at, by=by
    )
    told.save(force_insert=True)
    fact = TimesTold(session_id=session.pk, half_day_id=half_day.pk, enrolment_id=enrolment_id)
    journal.record(fact, by=by, mission_id=session.mission_id)
    return told
