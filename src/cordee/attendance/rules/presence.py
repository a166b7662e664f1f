"""When presence may be recorded."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.attendance.models import HalfDayRecord, Presence
from cordee.attendance.states import HERE
from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.bounds import PRESENT
from cordee.kernel.refusals import Blocker, Turn
from cordee.missions.models import Mission
from cordee.missions.rules import can_run
from cordee.organisation.rules import fits
from cordee.planning.models import HalfDay, Session
from cordee.planning.queries import is_on_session


def records(mission: Mission, actor: Actor, is_on_it: Callable[[int], bool]) -> bool:
    """Tell whether the actor records presence on a session: who runs it, the coordinator or operations. `is_on_it`
    tells whether a facilitator is on the session; it is asked only where that matters.
    """
    own = actor.facilitator_id
    return can_run(mission, actor) or (own is not None and is_on_it(own))


def may_record(session: Session, actor: Actor) -> Iterator[Blocker]:
    """Presence is recorded by those who run the session, the coordinator or operations."""
    if not records(session.mission, actor, partial(is_on_session, session.pk)):
        yield Blocker(
            "not_on_session",
            _("Only those who run this session can record presence."),
            _("Ask its facilitator or the coordinator."),
        )


def has_begun(half_day: HalfDay) -> Iterator[Blocker]:
    """Nobody is present before the half-day has begun."""
    if half_day.starts_at > clock.now():
        yield Blocker(
            "not_started",
            _("This half-day has not begun yet."),
            _("Presence can be recorded from its start."),
            Turn.TIME,
        )


def nobody_recorded_since(record: HalfDayRecord | None, seen: str) -> Iterator[Blocker]:
    """Two people recording the same half-day: the second is told, not overwritten."""
    if (record.seen if record else "") != seen:
        yield Blocker(
            "changed_meanwhile",
            _("Somebody else recorded presence on this half-day meanwhile."),
            _("Your marks are still below: compare them with theirs, then record again."),
        )


def something_is_recorded(half_days: int) -> Iterator[Blocker]:
    """Saving an empty grid says so."""
    if not half_days:
        yield Blocker(
            "nothing_recorded",
            _("No presence was ticked."),
            _("Use “All present”, then change the exceptions."),
        )


def everybody_is_accounted_for(expected: Mapping[int, Any], given: Mapping[int, Any]) -> Iterator[Blocker]:
    """Each person on the list is present, late, absent or excused."""
    missing = len(set(expected) - set(given))
    if missing:
        yield Blocker(
            "presence_incomplete",
            ngettext(
                "%(n)d person on the list has no presence yet.",
                "%(n)d people on the list have no presence yet.",
                missing,
            )
            % {"n": missing},
            _("Use “All present”, then change the exceptions."),
        )
    if set(given) - set(expected):
        yield Blocker(
            "not_on_list",
            _("The list has changed since this page was loaded."),
            _("Load the page again and record presence on the list as it is now."),
        )


def was_there(mark: Presence | None) -> Iterator[Blocker]:
    """Only of who was there can be said from when to when."""
    if mark is None or mark.state not in HERE:
        yield Blocker(
            "not_there",
            _("No presence is recorded for this half-day."),
            _("Record it first, or sign; then say when you came or left."),
            Turn.FACILITATOR,
        )


def times_make_sense(
    half_day: HalfDay, arrived_at: datetime | None, left_at: datetime | None
) -> Iterator[Blocker]:
    """People come and go within the half-day, and leave after they came."""
    begins, ends = half_day.starts_at, half_day.ends_at
    if arrived_at is not None and not begins <= arrived_at < ends:
        yield Blocker(
            "arrived_outside",
            _("This is not within the half-day."),
            _("Leave it empty for who was there from the beginning."),
            field="arrived",
        )
    elif left_at is not None and not (arrived_at or begins) < left_at <= ends:
        yield Blocker(
            "left_outside",
            _("This is not within the half-day, or before they came."),
            _("Leave it empty for who stayed to the end."),
            field="left",
        )


def list_is_optional(session: Session) -> Iterator[Blocker]:
    """A bare number of people is enough in education only; elsewhere each person is on the list."""
    if session.mission.order.sector not in ENROLMENT_OPTIONAL:
        yield Blocker(
            "list_needed",
            _("Nobody is on the list of this session."),
            _("Add those who came, then record their presence."),
        )


def some_came(present: int) -> Iterator[Blocker]:
    if present < 1:
        yield Blocker(
            "nobody_came",
            _("Nobody was there?"),
            _("Give the number of people, or ask operations to cancel the session."),
            field="present",
        )
    else:
        yield from fits(present, PRESENT, field="present")
