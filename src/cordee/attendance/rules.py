"""When presence may be recorded."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cordee.attendance.models import HalfDayRecord
from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import Blocker, Turn
from cordee.missions.rules import can_run
from cordee.planning.models import HalfDay, Session


def may_record(session: Session, actor: Actor, *, on_session: bool) -> Iterator[Blocker]:
    """Presence is recorded by those who run the session, the coordinator or operations."""
    if not (on_session or can_run(session.mission, actor)):
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
            _("%(count)d people on the list have no presence yet.") % {"count": missing},
            _("Use “All present”, then change the exceptions."),
        )
    if set(given) - set(expected):
        yield Blocker(
            "not_on_list",
            _("The list has changed since this page was loaded."),
            _("Load the page again and record presence on the list as it is now."),
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
