"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Code, Fact, IdKey


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceRecorded(Fact):
    """Presence was recorded for the first time on a half-day."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    half_day_id: int
    present: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceCorrected(Fact):
    """Presence was changed after it had been recorded; `changes` maps enrolments to before and after."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    half_day_id: int
    changes: dict[IdKey, list[Code]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadcountRecorded(Fact):
    """The number of people present was recorded, where no list is kept (education)."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    half_day_id: int
    before: int | None
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryConfirmed(Fact):
    """The contact of a school confirmed that a session without a list took place, through their link or on paper."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = True
    session_id: int
    confirmation_id: int
    present: int
    on_paper: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesTold(Fact):
    """It was said when somebody came or went on a half-day."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    half_day_id: int
    enrolment_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfDaySigned(Fact):
    """Somebody on the list signed for a half-day."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    half_day_id: int
    enrolment_id: int
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfDayCountersigned(Fact):
    """A facilitator confirmed by signature who was there on a half-day: it is frozen."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    half_day_id: int
    signature_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfDayReopened(Fact):
    """A countersigned half-day was opened again: what was countersigned no longer stands."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    half_day_id: int
    reopening_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BelatedSignatureArrived(Fact):
    """A signature came from a device that had no network, too late to be kept without somebody's word."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    half_day_id: int
    belated_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BelatedSignatureDecided(Fact):
    """It was said whether a belated signature counts."""

    subject: ClassVar[str] = "session_id"
    moves_mission: ClassVar[bool] = False
    session_id: int
    half_day_id: int
    belated_id: int
    counts: bool
