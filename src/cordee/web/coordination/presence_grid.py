"""The presence of a session as the page shows it: people × half-days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.attendance import queries as attendance
from cordee.attendance.models import Signature
from cordee.attendance.queries import Recorded, Stay
from cordee.attendance.states import PresenceState
from cordee.deposits import queries as deposits
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import Source
from cordee.kernel import clock
from cordee.kernel.periods import local
from cordee.network.queries import everybodys_names
from cordee.planning import queries as planning
from cordee.planning.models import HalfDay, Session
from cordee.web.addresses import address
from cordee.web.components.formatting import clock as clock_time
from cordee.web.components.formatting import hours as hours_of
from cordee.web.components.formatting import short_day


@dataclass(frozen=True, slots=True)
class Cell:
    """One person on one half-day, as the presence component takes it."""

    name: str
    value: str
    label: str
    disabled: bool
    times: str = ""
    """When they came or left, where it was not from start to end."""
    times_url: str = ""
    """Where that is said; empty while it cannot be."""
    signed: str = ""
    """That they signed, and when or on what; empty while they have not."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person in the grid."""

    name: str
    detail: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """One half-day of the grid: whether it can be recorded, and what is recorded already."""

    id: int
    label: str
    begun: bool
    opens: datetime
    """Where the session is."""
    frozen: bool
    """Countersigned: nothing in it changes until a facilitator opens it again."""
    position: int
    recorded: Recorded | None
    who: str
    seen: str
    count: str


class Grid:
    """The presence of a session as it is recorded, with what was typed over it."""

    def __init__(self, session: Session, typed: Mapping[str, str] | None) -> None:
        self.session = session
        self.half_days = planning.half_days(session.pk)
        self.records = attendance.records(session.pk)
        self.known = attendance.grid(session.pk)
        self.frozen = set(attendance.standing_countersignatures(session.pk))
        self.people = enrolment.enrolments(session.pk)
        self.stays = attendance.stays(session.pk)
        self.drawn = attendance.signed_on(session.pk)
        self.on_paper = deposits.of_sessions([session.pk])[session.pk].signed
        self.typed = typed
        self.told = False
        """Whether the page says that somebody else recorded since it was shown."""
        self.now = clock.now()

    def begun(self, half_day: HalfDay) -> bool:
        return half_day.starts_at <= self.now

    def value(self, person: Enrolment, half_day: HalfDay) -> str:
        """Return what was typed for somebody, else what is recorded."""
        name = cell_name(person.pk, half_day.pk)
        known = self.known.get((person.pk, half_day.pk), "")
        return self.typed.get(name, known) if self.typed is not None else known

    def states(self, half_day: HalfDay) -> dict[int, PresenceState]:
        """Return what was typed for a half-day, by enrolment."""
        found = {}
        for person in self.people:
            value = (self.typed or {}).get(cell_name(person.pk, half_day.pk), "")
            if value in tuple(PresenceState):
                found[person.pk] = PresenceState(value)
        return found

    def columns(self) -> list[Column]:
        users = {r.user_id for r in self.records.values() if r.user_id is not None}
        names, _facilitators = everybodys_names(users, ())
        return [self._column(h, names) for h in self.half_days]

    def _column(self, half_day: HalfDay, names: Mapping[int, str]) -> Column:
        recorded = self.records.get(half_day.pk)
        several = len(self.half_days) > 1
        hours = hours_of(half_day.starts, half_day.ends)
        typed = (self.typed or {}).get(f"count-{half_day.pk}")
        return Column(
            id=half_day.pk,
            label=f"{short_day(half_day.day)}, {hours}" if several else hours,
            begun=self.begun(half_day),
            opens=local(half_day.starts_at, self.session.time_zone),
            frozen=half_day.pk in self.frozen,
            position=half_day.position,
            recorded=recorded,
            who=names.get(recorded.user_id or 0, "") if recorded else "",
            seen=self._seen(half_day, recorded),
            count=typed if typed is not None else str(recorded.present) if recorded else "",
        )

    def _seen(self, half_day: HalfDay, recorded: Recorded | None) -> str:
        """Return what whoever records had before them: what is recorded now only once they were told of it."""
        now = recorded.seen if recorded else ""
        return now if self.typed is None or self.told else self.typed.get(f"seen-{half_day.pk}", now)

    def lines(self, columns: Sequence[Column]) -> list[Line]:
        return [
            Line(
                e.participant.full_name,
                _("on the spot") if e.source == Source.WALK_IN else "",
                [self._cell(e, h, c) for h, c in zip(self.half_days, columns, strict=True)],
            )
            for e in self.people
        ]

    def _cell(self, person: Enrolment, half_day: HalfDay, column: Column) -> Cell:
        stay = self.stays.get((person.pk, half_day.pk))
        open_to = bool(stay and stay.minutes) and not column.frozen
        return Cell(
            cell_name(person.pk, half_day.pk),
            self.value(person, half_day),
            column.label,
            column.frozen or not column.begun,
            _times(stay, self.session) if stay else "",
            address("stay", self.session.ref, half_day.position, person.pk) if open_to else "",
            self._signed(person, half_day),
        )

    def _signed(self, person: Enrolment, half_day: HalfDay) -> str:
        """Return in words that somebody signed: on a screen since when, or on paper."""
        drawn: Signature | None = self.drawn.get(half_day.pk, {}).get(person.pk)
        if drawn:
            return _("signed at %(hour)s") % {
                "hour": clock_time(local(drawn.signed_at, self.session.time_zone))
            }
        return _("signed on paper") if (person.pk, half_day.pk) in self.on_paper else ""


def _times(stay: Stay, session: Session) -> str:
    """Return in words when somebody came and left; nothing for who was there from start to end."""
    came, left = (
        clock_time(local(at, session.time_zone)) if at else "" for at in (stay.arrived_at, stay.left_at)
    )
    if came and left:
        return _("from %(came)s to %(left)s") % {"came": came, "left": left}
    if came:
        return _("from %(came)s") % {"came": came}
    return _("until %(left)s") % {"left": left} if left else ""


def cell_name(enrolment_id: int, half_day_id: int) -> str:
    return f"p-{enrolment_id}-{half_day_id}"
