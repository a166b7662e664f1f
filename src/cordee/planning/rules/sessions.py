"""When sessions may be planned, changed and cancelled."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from cordee.kernel import clock, zones
from cordee.kernel.actor import Actor
from cordee.kernel.bounds import PLANNING_YEARS, is_within
from cordee.kernel.periods import HalfDaySlot, NoSuchLocalTime, is_time_zone
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Despite, Turn, unless_answered
from cordee.planning.models import Session
from cordee.planning.states import (
    MOST_HALF_DAYS,
    MOST_SESSIONS_AT_ONCE,
    DeliveryMode,
    SessionStatus,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDraft:
    """A session as it is asked for. Half-days are local to `time_zone`."""

    title: str
    half_days: tuple[HalfDaySlot, ...]
    time_zone: str = field(default_factory=zones.home)
    mode: DeliveryMode = DeliveryMode.ON_SITE
    place: str = ""
    address: str = ""
    video_link: str = ""
    language: str = "fr"
    capacity: int = 14
    instructions: str = ""


type Hold = Callable[[int, int | None], Iterator[Blocker]]
"""Given a session and a facilitator (none: all on it), says why what they did must stay on record."""
_holds: list[Hold] = []


def hold(check: Hold) -> None:
    """Have `check` asked before a prestation is undone: rooms above know what hangs on it, such as fees."""
    _holds.append(check)


def may_be_undone(session_id: int, facilitator_id: int | None = None) -> Iterator[Blocker]:
    """A prestation on which something hangs is neither cancelled nor withdrawn nor made an observation."""
    for check in _holds:
        yield from check(session_id, facilitator_id)


type TimesHold = Callable[[int], Iterator[Blocker]]
"""Given a session, says why its times must stay as they are."""
_times_holds: list[TimesHold] = []


def hold_times(check: TimesHold) -> None:
    """Have `check` asked before the times of a session change: rooms above know what was signed on them."""
    _times_holds.append(check)


type PlacesHold = Callable[[int, int], Iterator[Blocker]]
"""Given a session and the number of places it shall have, says who needs more of them."""
_places_holds: list[PlacesHold] = []


def hold_places(check: PlacesHold) -> None:
    """Have `check` asked before a session takes fewer people: rooms above know who has a place."""
    _places_holds.append(check)


def places_may_be_taken_away(session: Session, capacity: int, *, despite: Despite) -> Iterator[Blocker]:
    """Fewer places than people who have one is done only knowingly; raising a capacity is never asked."""
    if capacity < session.capacity:
        for check in _places_holds:
            for question in check(session.pk, capacity):
                yield from unless_answered(question, despite)


def is_within_planning(day: date) -> bool:
    """Tell whether sessions can take place on this day: another year is a slip of the hand."""
    return is_within(day, clock.today(), PLANNING_YEARS)


def half_days_make_sense(draft: SessionDraft) -> Iterator[Blocker]:
    """One to six half-days, one after the other, at times that exist in the session's time zone."""
    if not is_time_zone(draft.time_zone):
        yield Blocker(
            "bad_time_zone",
            _("“%(zone)s” is not a time zone.") % {"zone": draft.time_zone},
            field="time_zone",
        )
        return
    if not 1 <= len(draft.half_days) <= MOST_HALF_DAYS:
        yield Blocker(
            "half_days_count",
            _("A session has 1 to %(most)d half-days.") % {"most": MOST_HALF_DAYS},
            _("Plan several sessions for a longer training."),
            field="half_days",
        )
        return
    if not all(is_within_planning(slot.day) for slot in draft.half_days):
        yield Blocker(
            "too_far_away",
            _("Sessions take place within %(most)d years of today.") % {"most": PLANNING_YEARS},
            _("Look at the year of the day."),
            field="day",
        )
        return
    missing = list(_times_exist(draft))
    yield from missing or _are_in_order(draft)


def _times_exist(draft: SessionDraft) -> Iterator[Blocker]:
    """No half-day begins or ends at a time that the clocks jump over; the first that does is told."""
    last = len(draft.half_days) - 1
    for position, slot in enumerate(draft.half_days):
        for edge, moment in (("starts", slot.starts_at), ("ends", slot.ends_at)):
            try:
                moment(draft.time_zone)
            except NoSuchLocalTime as error:
                yield Blocker(
                    "no_such_time",
                    _("%(time)s does not exist: the clocks go forward that night.") % {"time": error},
                    _("Choose a time before or after the change."),
                    # Of several half-days, only the first start and the last end were typed above them.
                    field=edge if (position, edge) in {(0, "starts"), (last, "ends")} else "half_days",
                )
                return


def _are_in_order(draft: SessionDraft) -> Iterator[Blocker]:
    """Each half-day begins after the end of the one before."""
    zone = draft.time_zone
    moments = [moment for slot in draft.half_days for moment in (slot.starts_at(zone), slot.ends_at(zone))]
    if moments != sorted(moments):
        yield Blocker(
            "half_days_overlap",
            _("The half-days overlap or are not in order."),
            _("Give each half-day a start after the end of the one before."),
            field="half_days",
        )


def place_is_known(draft: SessionDraft) -> Iterator[Blocker]:
    """Participants must know where to go."""
    if draft.mode == DeliveryMode.ON_SITE and not (draft.place.strip() or draft.address.strip()):
        yield Blocker(
            "no_place",
            _("A session on site needs a place."),
            _(
                "Give the name of the place or its address; "
                "“to be confirmed” is fine, you can change it later."
            ),
            field="place",
        )
    if draft.mode == DeliveryMode.REMOTE and not draft.video_link.strip():
        yield Blocker("no_link", _("A remote session needs its video link."), field="video_link")


def starts_in_the_future(starts_at: datetime, reason: str, actor: Actor) -> Iterator[Blocker]:
    """Sessions are planned before they take place; operations may regularise, with a reason on record."""
    if starts_at > clock.now():
        return
    if not actor.may(Permission.REGULARISE_SESSIONS):
        yield Blocker(
            "in_the_past",
            _("This session starts in the past: sessions must be planned before they take place."),
            _("Choose a time to come. If it really took place, ask operations to regularise it."),
            Turn.OPERATIONS,
            "day",
        )
    elif not reason.strip():
        yield Blocker(
            "in_the_past",
            _("This session starts in the past."),
            _("To regularise it, give the reason: it stays on record."),
            Turn.OPERATIONS,
            "regularised_because",
        )


def fits_the_order(line: Any, *, committed: int, more: int) -> Iterator[Blocker]:
    """No more prestations than ordered. `committed` counts what is planned on the line already."""
    room = line.quantity - committed
    if more > room:
        left = (
            _("all %(ordered)d are planned already") % {"ordered": line.quantity}
            if room <= 0
            else _("%(left)d of %(ordered)d are left") % {"left": room, "ordered": line.quantity}
        )
        yield Blocker(
            "beyond_order",
            _("That is more than the client ordered for %(service)s: %(left)s.")
            % {"service": line.service_type.name, "left": left},
            _("Ask operations for an amendment, or put a co-facilitator on as observer."),
            Turn.OPERATIONS,
            "line",
        )


def not_too_many_at_once(count: int) -> Iterator[Blocker]:
    if not 1 <= count <= MOST_SESSIONS_AT_ONCE:
        yield Blocker(
            "sessions_count",
            _("Between 1 and %(most)d sessions can be planned at once.") % {"most": MOST_SESSIONS_AT_ONCE},
            field="count",
        )


def is_planned(session: Session) -> Iterator[Blocker]:
    """A cancelled session is not changed any more."""
    if session.status == SessionStatus.CANCELLED:
        yield Blocker(
            "session_cancelled",
            _("Session %(session)s is cancelled.") % {"session": session.ref},
            _("Plan a new one."),
        )


def times_may_change(session: Session, draft: SessionDraft, reason: str, actor: Actor) -> Iterator[Blocker]:
    """The times of a session that has begun are corrected by operations only, keeping its half-days.

    What people signed for is never changed under them.
    """
    for check in _times_holds:
        yield from check(session.pk)
    if session.starts_at > clock.now():
        return
    if not actor.may(Permission.REGULARISE_SESSIONS):
        yield Blocker(
            "already_started",
            _("This session has already started: its times cannot be changed."),
            _("If they are wrong, ask operations to correct them."),
            Turn.OPERATIONS,
            "day",
        )
    elif not reason.strip():
        yield Blocker(
            "already_started",
            _("This session has already started."),
            _("To correct its times, give the reason: it stays on record."),
            Turn.OPERATIONS,
            "regularised_because",
        )
    elif draft.half_days[0].starts_at(draft.time_zone) > clock.now():
        yield Blocker(
            "not_to_the_future",
            _("This session has already started: it cannot be moved to a time to come."),
            _("If it did not take place, cancel it and plan another one."),
            Turn.OPERATIONS,
            "day",
        )
    elif len(draft.half_days) != session.half_days.count():
        yield Blocker(
            "half_days_fixed",
            _("The number of half-days of a session that has begun cannot change: presence hangs on them."),
            _("Correct the times, or cancel the session and regularise another one."),
            Turn.OPERATIONS,
            "half_days",
        )


def may_cancel(session: Session, reason: str, actor: Actor) -> Iterator[Blocker]:
    """Cancelling needs a reason; a session that has ended is cancelled by operations only."""
    if session.ends_at <= clock.now() and not actor.may(Permission.REGULARISE_SESSIONS):
        yield Blocker(
            "already_ended",
            _("This session has already ended."),
            _("If it did not take place, ask operations to cancel it."),
            Turn.OPERATIONS,
        )
    if not reason.strip():
        yield Blocker(
            "no_reason",
            _("Cancelling needs a reason: those who were to come will read it."),
            field="reason",
        )
