"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact, IsoTime, ReasonId, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class FeesRequested(Fact):
    """The coordinator asked for fees; `early` when sessions remain to come."""

    subject: ClassVar[str] = "fee_request_id"
    moves_mission: ClassVar[bool] = True
    fee_request_id: int
    ref: Ref
    early: bool
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinationFeeCreated(Fact):
    """The mission was closed: the coordination fee is due."""

    subject: ClassVar[str] = "fee_request_id"
    moves_mission: ClassVar[bool] = False
    fee_request_id: int
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinationFeeVoided(Fact):
    """The mission was reopened before its coordination fee was approved: it will be made again at closure."""

    subject: ClassVar[str] = "fee_request_id"
    moves_mission: ClassVar[bool] = True
    fee_request_id: int
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRequestApproved(Fact):
    subject: ClassVar[str] = "fee_request_id"
    moves_mission: ClassVar[bool] = True
    fee_request_id: int
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRequestReturned(Fact):
    subject: ClassVar[str] = "fee_request_id"
    moves_mission: ClassVar[bool] = True
    fee_request_id: int
    ref: Ref
    reason_id: ReasonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraRequestAllowed(Fact):
    """Finance allowed one more request on the mission in this month."""

    subject: ClassVar[str] = "mission_id"
    moves_mission: ClassVar[bool] = False
    mission_id: int
    month: IsoTime
    reason_id: ReasonId
