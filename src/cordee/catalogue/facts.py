"""What this room can say happened."""

from dataclasses import dataclass
from typing import ClassVar

from cordee.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTypeAdded(Fact):
    subject: ClassVar[str] = "service_type_id"
    service_type_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTypeChanged(Fact):
    subject: ClassVar[str] = "service_type_id"
    service_type_id: int
    fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeScheduleAdded(Fact):
    subject: ClassVar[str] = "fee_schedule_id"
    fee_schedule_id: int
    valid_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRatesChanged(Fact):
    subject: ClassVar[str] = "fee_schedule_id"
    fee_schedule_id: int
    rates: int
