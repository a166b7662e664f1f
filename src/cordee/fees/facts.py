"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Code, Fact, IsoTime, ReasonId, Ref


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FeesBilled(Fact):
    """An invoice was issued in a supplier's name for approved fees."""

    subject: ClassVar[str] = "payable_id"
    moves_mission: ClassVar[bool] = False
    payable_id: int
    invoice_id: int
    number: Ref
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceExpected(Fact):
    """Approved fees wait for the supplier's own invoice."""

    subject: ClassVar[str] = "payable_id"
    moves_mission: ClassVar[bool] = False
    payable_id: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceReceived(Fact):
    """A supplier gave its own invoice; `differences` from what is due."""

    subject: ClassVar[str] = "payable_id"
    moves_mission: ClassVar[bool] = False
    payable_id: int
    received_id: int
    differences: list[Code]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedAccepted(Fact):
    """Finance accepted a supplier's own invoice."""

    subject: ClassVar[str] = "payable_id"
    moves_mission: ClassVar[bool] = False
    payable_id: int
    received_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedReturned(Fact):
    """Finance returned a supplier's own invoice, with a reason."""

    subject: ClassVar[str] = "payable_id"
    moves_mission: ClassVar[bool] = False
    payable_id: int
    received_id: int
    reason_id: ReasonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PayableCredited(Fact):
    """An invoice was credited; its fees stand on the next one."""

    subject: ClassVar[str] = "payable_id"
    moves_mission: ClassVar[bool] = False
    payable_id: int
    credit_id: int
    replaced_by: int
