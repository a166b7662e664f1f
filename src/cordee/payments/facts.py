"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact, IsoTime, ReasonId, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPrepared(Fact):
    subject: ClassVar[str] = "batch_id"
    moves_mission: ClassVar[bool] = False
    batch_id: int
    ref: Ref
    payments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTakenOut(Fact):
    """A payment was taken out of a batch before it was approved."""

    subject: ClassVar[str] = "batch_id"
    moves_mission: ClassVar[bool] = False
    batch_id: int
    payment_id: int
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchApproved(Fact):
    """A second person approved a batch."""

    subject: ClassVar[str] = "batch_id"
    moves_mission: ClassVar[bool] = False
    batch_id: int
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchExported(Fact):
    """The bank's file was taken; `again`: it had been before."""

    subject: ClassVar[str] = "batch_id"
    moves_mission: ClassVar[bool] = False
    batch_id: int
    ref: Ref
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchExecuted(Fact):
    """The bank carried a batch out: its payments are made."""

    subject: ClassVar[str] = "batch_id"
    moves_mission: ClassVar[bool] = False
    batch_id: int
    ref: Ref
    day: IsoTime


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCancelled(Fact):
    subject: ClassVar[str] = "batch_id"
    moves_mission: ClassVar[bool] = False
    batch_id: int
    ref: Ref
    reason_id: ReasonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRejected(Fact):
    """The bank sent a payment back: what it paid is due again."""

    subject: ClassVar[str] = "batch_id"
    moves_mission: ClassVar[bool] = False
    batch_id: int
    payment_id: int
    ref: Ref
    reason_id: ReasonId
